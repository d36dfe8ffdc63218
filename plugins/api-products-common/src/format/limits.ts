import type { IsoDuration, Quota, RateLimit } from '../model';
import { formatDuration } from './durations';
import { formatNumber } from './numbers';

/** What a plan without a limit shows in its place. */
const NO_LIMIT = 'none';

const ONE_OF: ReadonlyMap<number, string> = new Map([
  [1, 'second'],
  [60, 'minute'],
  [3600, 'hour'],
  [86400, 'day'],
]);

function seconds(per: number): string {
  const one = ONE_OF.get(per);
  if (one) {
    return one;
  }
  if (per >= 3600 && per % 3600 === 0) {
    return `${formatNumber(per / 3600)} h`;
  }
  if (per >= 60 && per % 60 === 0) {
    return `${formatNumber(per / 60)} min`;
  }
  return `${formatNumber(per)} s`;
}

/** A rate: `5 per 10 s`, `100 per minute`, `none` where there is no limit. @public */
export function formatRateLimit(limit: RateLimit | 'unlimited'): string {
  return limit === 'unlimited'
    ? NO_LIMIT
    : `${formatNumber(limit.requests)} per ${seconds(limit.per)}`;
}

function period(per: IsoDuration | 'month'): string {
  return per === 'month' ? per : formatDuration(per).replace(/^1 (?!.* )/, '');
}

/**
 * A quota: `20 per day`, `100 000 per month` (the calendar month in UTC), `1 000 per 30 days`, `none` where there is
 * no limit.
 *
 * @public
 */
export function formatQuota(quota: Quota | 'unlimited'): string {
  return quota === 'unlimited'
    ? NO_LIMIT
    : `${formatNumber(quota.requests)} per ${period(quota.per)}`;
}
