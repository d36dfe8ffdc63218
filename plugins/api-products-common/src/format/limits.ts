import type { PlanSummary, Quota, RateLimit } from '../model';
import { durationParts, formatDuration } from './durations';
import { formatNumber } from './numbers';

const SECONDS = [
  { unit: 'day', short: 'd', seconds: 86_400 },
  { unit: 'hour', short: 'h', seconds: 3_600 },
  { unit: 'minute', short: 'min', seconds: 60 },
  { unit: 'second', short: 's', seconds: 1 },
] as const;

function formatSeconds(per: number): string {
  const one = SECONDS.find(({ seconds }) => seconds === per);
  if (one) {
    return one.unit;
  }
  const whole = SECONDS.find(({ seconds }) => per % seconds === 0);
  return whole
    ? `${formatNumber(per / whole.seconds)} ${whole.short}`
    : `${per} s`;
}

/** A rate limit: `5 per 10 s`, `100 per minute`, `unlimited`. @public */
export function formatRateLimit(rateLimit: RateLimit | 'unlimited'): string {
  if (rateLimit === 'unlimited') {
    return 'unlimited';
  }
  return `${formatNumber(rateLimit.requests)} per ${formatSeconds(
    rateLimit.per,
  )}`;
}

/** The period of a quota after `per`: `month`, `day`, `30 days`. @public */
export function formatQuotaPeriod(per: Quota['per']): string {
  if (per === 'month') {
    return 'month';
  }
  const parts = durationParts(per);
  const [only] = parts;
  if (parts.length === 1 && only.count === 1) {
    return only.unit;
  }
  return parts.length === 1 && only.unit === 'day' && only.count === 7
    ? 'week'
    : formatDuration(per);
}

/** A quota: `20 per day`, `100 000 per month`, `none`. @public */
export function formatQuota(quota: Quota | 'unlimited'): string {
  if (quota === 'unlimited') {
    return 'none';
  }
  return `${formatNumber(quota.requests)} per ${formatQuotaPeriod(quota.per)}`;
}

/** Both limits of a plan in one line: `5 per 10 s · 20 per day`, `200 per minute · no quota`, `no limits`. @public */
export function formatLimits(
  plan: Pick<PlanSummary, 'rateLimit' | 'quota'>,
): string {
  if (plan.rateLimit === 'unlimited' && plan.quota === 'unlimited') {
    return 'no limits';
  }
  const rate =
    plan.rateLimit === 'unlimited'
      ? 'no rate limit'
      : formatRateLimit(plan.rateLimit);
  const quota =
    plan.quota === 'unlimited' ? 'no quota' : formatQuota(plan.quota);
  return `${rate} · ${quota}`;
}
