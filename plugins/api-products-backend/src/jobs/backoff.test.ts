import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnauthorisedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import fc from 'fast-check';
import { backoffMs, judge } from './backoff';

describe('backoffMs', () => {
  it('doubles from one second to five minutes', () => {
    expect([1, 2, 3, 4, 9, 10, 1000].map(n => backoffMs(n, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]);
  });

  it('stays between half and all of it, whatever the jitter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const full = backoffMs(failures, 1);
          const wait = backoffMs(failures, random);
          expect(wait).toBeGreaterThanOrEqual(full / 2);
          expect(wait).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});

describe('judge', () => {
  it('tries again what is unavailable, no sooner than the provider asked', () => {
    const error = new ProviderUnavailableError('busy', {
      retryAfterMs: 90_000,
    });
    expect(judge(error, 1, 0)).toEqual({
      kind: 'retry',
      message: 'busy',
      waitMs: 90_000,
    });
  });

  it('does not let a provider ask for more than an hour', () => {
    const error = new ProviderUnavailableError('busy', { retryAfterMs: 1e12 });
    expect(judge(error, 1, 0).waitMs).toBe(60 * 60_000);
  });

  it('waits long for a refused token, and says who has to act', () => {
    const verdict = judge(new ProviderUnauthorisedError('no entry'), 1, 1);
    expect(verdict).toMatchObject({ kind: 'retry', waitMs: 300_000 });
    expect(verdict.message).toContain('no entry; a platform owner');
  });

  it.each([
    new ProviderRejectedError('no'),
    new ProviderConflictError('no'),
    new ProviderUnsupportedError('no'),
  ])('takes a $name for an answer', error => {
    expect(judge(error, 1, 0)).toMatchObject({
      kind: 'refused',
      message: 'no',
    });
  });

  it('does not repeat the words of errors that are not the provider’s', () => {
    const verdict = judge(new TypeError('key=s3cr3t'), 1, 0);
    expect(verdict.kind).toBe('retry');
    expect(verdict.message).toBe(
      'Unexpected TypeError; the log of the backend says more',
    );
  });
});
