import { revocationOf, revocationWarning } from './revocation';
import { decodeToken, hashSetupOf, possibleTokens } from './tokens';

/** Recorded with a real installation, as is its hash. */
const TOKEN =
  'eyJvcmciOiI2MTcwMDZjMTgyOWI2ZjAwMDFjNmMwMzkiLCJpZCI6IjQ0ZDc1OWYwZGVjYzQ2MDliYmMxNDVjYjJkMTJhNjM4IiwiaCI6Im11cm11cjY0In0=';
const ORGANISATION = '617006c1829b6f0001c6c039';
const ID = '44d759f0decc4609bbc145cb2d12a638';

describe('tokens', () => {
  it('are decoded', () => {
    expect(decodeToken(TOKEN)).toEqual({
      organisation: ORGANISATION,
      id: ID,
      hashFunction: 'murmur64',
    });
  });

  it.each(['', 'abc', `${ORGANISATION}${ID}`, 'e30=', 'bnVsbA==', 'eyJvcmci'])(
    'are told from %p',
    text => {
      expect(decodeToken(text)).toBeUndefined();
    },
  );

  it('can have these forms', () => {
    const forms = possibleTokens(ORGANISATION, ID);
    expect(forms).toContain(TOKEN);
    expect(forms).toContain(`${ORGANISATION}${ID}`);
    expect(forms).toHaveLength(5);
  });

  it('leave the organisation out of an id that begins with it', () => {
    expect(possibleTokens('bs', 'bsk_1')).toContain('bsk_1');
    expect(possibleTokens('bs', 'bsk_1').map(decodeToken)[0]?.id).toBe('k_1');
  });
});

describe('case 31: how an installation keeps keys', () => {
  const murmur64 = '60bf6ae8aeddde79';

  it.each([
    [TOKEN, murmur64, 'murmur64', 'safe'],
    ['default0123', '0123abcd', 'murmur32', 'unsafe'],
    ['default0123', 'a'.repeat(32), 'murmur128', 'unsafe'],
    ['default0123', 'a'.repeat(64), 'sha256', 'unsafe'],
    [TOKEN, undefined, 'unhashed', 'safe'],
    [TOKEN, '', 'unhashed', 'safe'],
    [TOKEN, 'a'.repeat(64), 'unknown', 'unknown'],
    [TOKEN, 'abc', 'unknown', 'unknown'],
  ])('%s with hash %s: %s, %s', (token, hash, setup, safety) => {
    const found = hashSetupOf(token, hash);
    expect(found).toBe(setup);
    expect(revocationOf(found)).toBe(safety);
    expect(revocationWarning(found) !== undefined).toBe(safety === 'unsafe');
  });
});
