import {
  fromTykQuota,
  fromTykRate,
  periodSeconds,
  toTykLimits,
} from './limits';

const DAY = 86_400;

describe('periodSeconds', () => {
  it.each([
    ['PT1H', 3_600],
    ['P1D', DAY],
    ['P7D', 7 * DAY],
    ['P1W', 7 * DAY],
    ['P30D', 30 * DAY],
    ['P1DT12H', 1.5 * DAY],
    ['PT90M', 5_400],
    ['PT30S', 30],
    ['month', 31 * DAY],
    ['P1M', 31 * DAY],
    ['P1Y', 366 * DAY],
  ])('of %s is %d', (per, seconds) => {
    expect(periodSeconds(per)).toBe(seconds);
  });

  it.each(['', 'P', 'PT', 'P0D', '-P1D', '30 days', 'PT1.5H'])(
    'refuses %p',
    per => {
      expect(() => periodSeconds(per)).toThrow('not a positive duration');
    },
  );
});

describe('toTykLimits', () => {
  it('writes what is limited', () => {
    expect(
      toTykLimits({
        rateLimit: { requests: 5, per: 10 },
        quota: { requests: 20, per: 'P1D' },
      }),
    ).toEqual({ rate: 5, per: 10, quota_max: 20, quota_renewal_rate: DAY });
  });

  it('writes −1 for what is not', () => {
    expect(toTykLimits({ rateLimit: 'unlimited', quota: 'unlimited' })).toEqual(
      { rate: -1, per: -1, quota_max: -1, quota_renewal_rate: -1 },
    );
  });

  it.each([0, -1, Number.NaN])('refuses %p requests', requests => {
    expect(() =>
      toTykLimits({ rateLimit: { requests, per: 1 }, quota: 'unlimited' }),
    ).toThrow('Tyk takes 0 for unlimited');
    expect(() =>
      toTykLimits({ rateLimit: 'unlimited', quota: { requests, per: 'P1D' } }),
    ).toThrow('Tyk takes 0 for unlimited');
  });
});

describe('limits from Tyk', () => {
  it.each([
    [0, 60],
    [-1, -1],
    [5, 0],
  ])('rate %d per %d is unlimited', (rate, per) => {
    expect(fromTykRate(rate, per)).toBe('unlimited');
  });

  it('case 46: a quota of 0 is unlimited', () => {
    expect(fromTykQuota(0, 60)).toBe('unlimited');
    expect(fromTykQuota(-1, -1)).toBe('unlimited');
  });

  it('a quota that does not renew has no period', () => {
    expect(fromTykQuota(5, 0)).toEqual({ requests: 5 });
    expect(fromTykQuota(5, 60)).toEqual({ requests: 5, perSeconds: 60 });
  });
});
