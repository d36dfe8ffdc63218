import { redact } from './redact';
import { pause, readRetryAfter, waitBeforeRetry } from './retry';

describe('redact', () => {
  const token = 'eyJvcmciOiJkZWZhdWx0IiwiaWQiOiJhYmMiLCJoIjoibXVybXVyNjQifQ==';

  it.each([
    ['known secrets', 'bad s3cret/x!', 'bad [redacted]!'],
    ['known secrets, encoded', 'at /s3cret%2Fx?', 'at /[redacted]?'],
    ['tokens', `no key ${token}.`, 'no key [redacted].'],
    ['tokens, encoded', `no ${encodeURIComponent(token)}.`, 'no [redacted].'],
    ['bare keys', `bsk_${'0a'.repeat(32)} is gone`, 'bsk_[redacted] is gone'],
    [
      'nothing else',
      'policy bs-plan-default.gold',
      'policy bs-plan-default.gold',
    ],
    ['line breaks', 'a\n  b', 'a b'],
  ])('takes out %s', (_, text, clean) => {
    expect(redact(text, ['s3cret/x', ''])).toBe(clean);
  });

  it('shortens long texts', () => {
    expect(redact('x '.repeat(1_000), []).length).toBeLessThan(310);
  });
});

describe('waitBeforeRetry', () => {
  it('doubles, with jitter between half and all of it, up to ten seconds', () => {
    expect(waitBeforeRetry(0, 200, undefined, 0)).toBe(100);
    expect(waitBeforeRetry(0, 200, undefined, 1)).toBe(200);
    expect(waitBeforeRetry(3, 200, undefined, 1)).toBe(1_600);
    expect(waitBeforeRetry(30, 200, undefined, 1)).toBe(10_000);
  });

  it('never waits less than it was asked to, and gives up where that is too long', () => {
    expect(waitBeforeRetry(0, 200, 3_000, 0)).toBe(3_000);
    expect(waitBeforeRetry(0, 200, 0, 1)).toBe(200);
    expect(waitBeforeRetry(0, 200, 10_001, 0)).toBeUndefined();
  });
});

describe('readRetryAfter', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');

  it.each([
    [undefined, undefined],
    ['3', 3_000],
    [['4', '5'], 4_000],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('of %p is %p', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});

it('a pause ends when it is aborted', async () => {
  const controller = new AbortController();
  const paused = pause(60_000, controller.signal);
  controller.abort();
  await expect(paused).resolves.toBeUndefined();
});
