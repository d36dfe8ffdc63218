import { readTykQuota } from './quota';

const headers = (limit?: string, remaining?: string, reset?: string) => {
  const all = new Headers();
  if (limit !== undefined) all.set('X-RateLimit-Limit', limit);
  if (remaining !== undefined) all.set('X-RateLimit-Remaining', remaining);
  if (reset !== undefined) all.set('X-RateLimit-Reset', reset);
  return all;
};

describe('case 56: X-RateLimit headers tell the quota', () => {
  it.each<[string, Headers, unknown]>([
    [
      'some left',
      headers('100', '40', '1795265744'),
      { limit: 100, remaining: 40, renewsAt: 1795265744 },
    ],
    [
      'none left',
      headers('100', '0', '1795265744'),
      { limit: 100, remaining: 0, renewsAt: 1795265744 },
    ],
    ['never renews', headers('100', '1', '0'), { limit: 100, remaining: 1 }],
    ['less than nothing', headers('5', '-1'), { limit: 5, remaining: 0 }],
    ['unlimited', headers('-1', '0', '0'), { limit: 'unlimited' }],
    ['no plan', headers('0', '0', '0'), { limit: 'unlimited' }],
    ['switched off', headers(), undefined],
    ['not Tyk’s', headers('100, 100;w=60', '3'), undefined],
  ])('%s', (_, sent, expected) => {
    expect(readTykQuota({ status: 200, headers: sent })).toEqual(expected);
  });

  it('not on a 429, where they can only be those of the rate', () => {
    expect(
      readTykQuota({ status: 429, headers: headers('5', '0', '1795265744') }),
    ).toBeUndefined();
  });
});
