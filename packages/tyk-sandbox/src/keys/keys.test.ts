import { hashKey, hashWith } from './hash';
import { makeToken, tokenAlgorithm, tokenOrg, tokenPrefix } from './token';

const FOX = 'The quick brown fox jumps over the lazy dog';

// murmur64 of whole tokens: the first from a portal's recorded answer, the others from a gateway's.
const RECORDED = [
  [
    'eyJvcmciOiI2MTcwMDZjMTgyOWI2ZjAwMDFjNmMwMzkiLCJpZCI6IjQ0ZDc1OWYwZGVjYzQ2MDliYmMxNDVjYjJkMTJhNjM4IiwiaCI6Im11cm11cjY0In0=',
    '60bf6ae8aeddde79',
  ],
  [
    'eyJvcmciOiJkZWZhdWx0IiwiaWQiOiJhZWEyMGU1ZDgwMjY0Yzg4OGNhMzUwOGMwMGM1M2Y3NSIsImgiOiJtdXJtdXI2NCJ9',
    '594652bce02cca5b',
  ],
  [
    'eyJvcmciOiJkZWZhdWx0IiwiaWQiOiI4YmFmYzJkMzdlODQ0OGE0YmY5ZGUzZjZlYTcxMWUzZSIsImgiOiJtdXJtdXI2NCJ9',
    'bfa46b75144d22d9',
  ],
] as const;

describe('hashes', () => {
  it.each([
    ['murmur32', '', '00000000'],
    ['murmur32', 'hello', '248bfa47'],
    ['murmur32', FOX, '2e4ff723'],
    ['murmur64', '', '0000000000000000'],
    ['murmur64', 'hello', 'cbd8a7b341bd9b02'],
    ['murmur128', 'hello', 'cbd8a7b341bd9b025b1e906a48ae1d19'],
    ['murmur128', FOX, 'e34bbc7bbc071b6c7a433ca9c49a9347'],
    [
      'sha256',
      'hello',
      '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    ],
  ] as const)('%s of "%s" is %s', (algorithm, text, hash) => {
    expect(hashWith(algorithm, text)).toBe(hash);
  });

  it.each(RECORDED)('of a recorded token %s is %s', (token, hash) => {
    expect(hashKey(token)).toBe(hash);
  });

  it('follow the algorithm that a token names, murmur32 for anything else', () => {
    const token = makeToken('default', 'abc', 'sha256');
    expect(hashKey(token)).toHaveLength(64);
    expect(hashKey(makeToken('default', 'abc', 'murmur128'))).toHaveLength(32);
    expect(hashKey(makeToken('default', 'abc', undefined))).toHaveLength(8);
    expect(hashKey('eyJub3QiOiJhIHRva2VuIn0=')).toHaveLength(8);
  });
});

describe('tokens', () => {
  it('wrap a custom id', () => {
    const token = makeToken('default', 'bsk_1', 'murmur64');
    expect(Buffer.from(token, 'base64').toString()).toBe(
      '{"org":"default","id":"bsk_1","h":"murmur64"}',
    );
    expect(tokenOrg(token)).toBe('default');
    expect(tokenAlgorithm(token)).toBe('murmur64');
  });

  it('have 32 random hexadecimal digits where no id was given', () => {
    const [first, second] = [1, 2].map(() => makeToken('o', '', undefined));
    expect(first).toMatch(/^o[0-9a-f]{32}$/);
    expect(first).not.toBe(second);
  });

  it('drop the organisation from an id that starts with it', () => {
    expect(makeToken('default', 'defaultabc', undefined)).toBe('defaultabc');
  });

  it('have no organisation where they are no tokens, but for old keys with a MongoDB id', () => {
    expect(tokenOrg('bsk_0123')).toBe('');
    expect(tokenOrg('eyJub3')).toBe('');
    expect(tokenOrg('5e9d9544a1dcd60001d0ed20abc')).toBe(
      '5e9d9544a1dcd60001d0ed20',
    );
  });

  it('can be found by the organisation they start with', () => {
    expect(
      makeToken('default', 'x', 'murmur64').startsWith(tokenPrefix('default')),
    ).toBe(true);
  });
});
