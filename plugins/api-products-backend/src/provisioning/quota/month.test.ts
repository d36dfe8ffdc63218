import { MONTH_QUOTA_SECONDS } from 'backstage-plugin-api-products-node';
import { beganIn, monthOf } from './month';

const at = (iso: string) => Date.parse(iso);

it.each([
  ['2026-11-30T23:59:59.999Z', '2026-11', '2026-11-01', '2026-12-01'],
  ['2026-12-01T00:00:00.000Z', '2026-12', '2026-12-01', '2027-01-01'],
  ['2026-12-31T23:59:59.999Z', '2026-12', '2026-12-01', '2027-01-01'],
  ['2028-02-29T12:00:00.000Z', '2028-02', '2028-02-01', '2028-03-01'],
  ['2027-02-28T23:59:59.999Z', '2027-02', '2027-02-01', '2027-03-01'],
  // Clocks change on these days in Europe; UTC does not.
  ['2026-03-29T01:30:00.000Z', '2026-03', '2026-03-01', '2026-04-01'],
  ['2026-10-25T01:30:00.000Z', '2026-10', '2026-10-01', '2026-11-01'],
])('%s is in %s', (now, name, start, end) => {
  expect(monthOf(at(now))).toEqual({
    name,
    start: at(`${start}T00:00:00.000Z`),
    end: at(`${end}T00:00:00.000Z`),
  });
});

describe('a window', () => {
  const month = monthOf(at('2028-03-01T00:00:10Z'));
  const seconds = (iso: string) => at(iso) / 1000;
  const quota = { requests: 10, perSeconds: MONTH_QUOTA_SECONDS };
  const window = (begun: string) =>
    beganIn(month, {
      quota,
      quotaRenewsAt: seconds(begun) + MONTH_QUOTA_SECONDS,
    });

  it('has begun in the month from its first instant on', () => {
    expect(window('2028-03-01T00:00:00Z')).toBe(true);
    expect(window('2028-02-29T23:59:59Z')).toBe(false);
    expect(window('2028-02-01T00:00:00Z')).toBe(false);
  });

  it('has not where nothing is known of it', () => {
    expect(beganIn(month, { quota })).toBe(false);
  });

  it('is measured by what the gateway has', () => {
    const quotaRenewsAt = seconds('2028-03-02T00:00:00Z');
    const day = { requests: 10, perSeconds: 86_400 };
    expect(beganIn(month, { quota: day, quotaRenewsAt })).toBe(true);
    expect(beganIn(month, { quota, quotaRenewsAt })).toBe(false);
  });
});
