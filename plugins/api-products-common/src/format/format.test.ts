import {
  formatDuration,
  formatKeyLifetime,
  formatNumber,
  formatPrice,
  formatQuota,
  formatRateLimit,
  formatLimits,
  formatMoney,
  formatShortPrice,
} from '.';
import type { Pricing, Quota, RateLimit } from '../model';

describe('formatNumber', () => {
  it.each<[number | string, string]>([
    [0, '0'],
    [999, '999'],
    [1000, '1 000'],
    [100000, '100 000'],
    [1234567, '1 234 567'],
    [1234.5, '1 234.5'],
    ['12345678901234567890.12', '12 345 678 901 234 567 890.12'],
    [-1000, '-1 000'],
  ])('%p is read as %p', (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });
});

describe('formatDuration', () => {
  it.each([
    ['P90D', '90 days'],
    ['P1D', '1 day'],
    ['P365D', '1 year'],
    ['P1Y', '1 year'],
    ['P2Y', '2 years'],
    ['P1Y6M', '1 year 6 months'],
    ['P2W', '2 weeks'],
    ['PT24H', '24 hours'],
    ['P1DT12H', '1 day 12 hours'],
    ['PT1M30S', '1 minute 30 seconds'],
    ['P1000D', '1 000 days'],
    ['PT0S', 'PT0S'],
    ['soon', 'soon'],
  ])('%p is read as %p', (duration, expected) => {
    expect(formatDuration(duration)).toBe(expected);
  });

  it.each([
    ['never', 'forever'],
    ['P90D', '90 days'],
    ['P1Y', '1 year'],
  ])('a key that lives %p lives %p', (lifetime, expected) => {
    expect(formatKeyLifetime(lifetime)).toBe(expected);
  });
});

describe('formatRateLimit', () => {
  it.each<[RateLimit | 'unlimited', string]>([
    [{ requests: 5, per: 10 }, '5 per 10 s'],
    [{ requests: 5, per: 1 }, '5 per second'],
    [{ requests: 100, per: 60 }, '100 per minute'],
    [{ requests: 100, per: 90 }, '100 per 90 s'],
    [{ requests: 100, per: 120 }, '100 per 2 min'],
    [{ requests: 1000, per: 3600 }, '1 000 per hour'],
    [{ requests: 1000, per: 7200 }, '1 000 per 2 h'],
    [{ requests: 10000, per: 86400 }, '10 000 per day'],
    ['unlimited', 'unlimited'],
  ])('%p is read as %p', (limit, expected) => {
    expect(formatRateLimit(limit)).toBe(expected);
  });
});

describe('formatQuota', () => {
  it.each<[Quota | 'unlimited', string]>([
    [{ requests: 20, per: 'P1D' }, '20 per day'],
    [{ requests: 100000, per: 'month' }, '100 000 per month'],
    [{ requests: 1000, per: 'PT1H' }, '1 000 per hour'],
    [{ requests: 1000, per: 'P7D' }, '1 000 per week'],
    [{ requests: 1000, per: 'P30D' }, '1 000 per 30 days'],
    [{ requests: 1000, per: 'P1DT12H' }, '1 000 per 1 day 12 hours'],
    ['unlimited', 'none'],
  ])('%p is read as %p', (quota, expected) => {
    expect(formatQuota(quota)).toBe(expected);
  });
});

describe('formatPrice', () => {
  const fixed: Pricing = {
    mode: 'fixed',
    amount: '49.00',
    currency: 'USD',
    period: 'month',
  };

  it.each<[string, Pricing, string]>([
    ['free', { mode: 'free' }, 'Free'],
    ['free with a label', { mode: 'free', label: 'On us' }, 'On us'],
    ['fixed', fixed, '$49 / month'],
    ['in the words of its plan', { ...fixed, label: '$49/mo' }, '$49 / mo'],
    ['with cents', { ...fixed, amount: '49.50' }, '$49.50 / month'],
    [
      'large, by year',
      { ...fixed, amount: '12000.00', period: 'year', currency: 'EUR' },
      '€12 000 / year',
    ],
    [
      'a currency without symbol',
      { ...fixed, currency: 'CHF' },
      'CHF 49 / month',
    ],
    ['not a currency', { ...fixed, currency: 'coins' }, 'coins 49 / month'],
    ['without currency', { ...fixed, currency: undefined }, '49 / month'],
    ['once', { ...fixed, period: undefined }, '$49'],
    ['by agreement', { mode: 'fixed', label: 'By agreement' }, 'By agreement'],
    ['fixed, unsaid', { mode: 'fixed' }, 'On request'],
    [
      'metered with a label',
      { mode: 'metered', label: 'from $0.002 per call', amount: '0.002' },
      'from $0.002 per call',
    ],
    [
      'metered',
      { mode: 'metered', amount: '0.002', currency: 'USD' },
      'from $0.002 per call',
    ],
    ['metered, unsaid', { mode: 'metered' }, 'Metered'],
  ])('%s', (_, pricing, expected) => {
    expect(formatPrice(pricing)).toBe(expected);
  });

  it('takes less room where there is little', () => {
    expect(formatShortPrice(fixed)).toBe('$49/month');
  });
});

describe('formatMoney', () => {
  it.each([
    ['0.00', 'USD', '$0'],
    ['10.00', 'USD', '$10'],
    ['0.002', 'USD', '$0.002'],
  ])('%p %p is read as %p', (amount, currency, expected) => {
    expect(formatMoney(amount, currency)).toBe(expected);
  });
});

describe('formatLimits', () => {
  const rateLimit = { requests: 5, per: 10 };
  const quota = { requests: 20, per: 'P1D' };
  it.each<[Parameters<typeof formatLimits>[0], string]>([
    [{ rateLimit, quota }, '5 per 10 s · 20 per day'],
    [{ rateLimit, quota: 'unlimited' }, '5 per 10 s · no quota'],
    [{ rateLimit: 'unlimited', quota }, 'no rate limit · 20 per day'],
    [{ rateLimit: 'unlimited', quota: 'unlimited' }, 'no limits'],
  ])('%p is read as %p', (plan, expected) => {
    expect(formatLimits(plan)).toBe(expected);
  });
});
