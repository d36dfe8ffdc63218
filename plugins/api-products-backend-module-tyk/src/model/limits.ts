/**
 * Limits in the portal's words and in Tyk's.
 *
 * Tyk takes 0 and less for "no limit", so 0 is never written: a plan that allows nothing is a mistake, not a plan.
 */
import type { Quota, RateLimit } from 'backstage-plugin-api-products-common';
import {
  MONTH_QUOTA_SECONDS,
  ProviderRejectedError,
} from 'backstage-plugin-api-products-node';

/** Seconds; −1 is unlimited, or never. */
export interface TykLimits {
  rate: number;
  per: number;
  quota_max: number;
  quota_renewal_rate: number;
}

const DAY = 86_400;

const DURATION =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const UNITS = [366 * DAY, MONTH_QUOTA_SECONDS, 7 * DAY, DAY, 3600, 60, 1];

/**
 * Seconds of a quota's period. Months and years count as their longest.
 *
 * @throws ProviderRejectedError if it is not a positive ISO 8601 duration
 */
export function periodSeconds(per: Quota['per']): number {
  if (per === 'month') return MONTH_QUOTA_SECONDS;
  const parts = DURATION.exec(per)?.slice(1) ?? [];
  const seconds = parts.reduce(
    (sum, part, index) => sum + Number(part ?? 0) * (UNITS[index] ?? 0),
    0,
  );
  if (!(seconds > 0)) {
    throw new ProviderRejectedError(
      `The quota's period ${per} is not a positive duration`,
    );
  }
  return seconds;
}

/** @throws ProviderRejectedError for limits that Tyk would take for "unlimited" */
export function toTykLimits(plan: {
  rateLimit: RateLimit | 'unlimited';
  quota: Quota | 'unlimited';
}): TykLimits {
  const { rateLimit, quota } = plan;
  if (rateLimit !== 'unlimited') {
    if (!(rateLimit.requests > 0) || !(rateLimit.per > 0)) {
      throw new ProviderRejectedError(
        'The rate limit must allow at least one request in a positive number of seconds: Tyk takes 0 for unlimited',
      );
    }
  }
  if (quota !== 'unlimited' && !(quota.requests > 0)) {
    throw new ProviderRejectedError(
      'The quota must allow at least one request: Tyk takes 0 for unlimited',
    );
  }
  return {
    rate: rateLimit === 'unlimited' ? -1 : rateLimit.requests,
    per: rateLimit === 'unlimited' ? -1 : rateLimit.per,
    quota_max: quota === 'unlimited' ? -1 : quota.requests,
    quota_renewal_rate: quota === 'unlimited' ? -1 : periodSeconds(quota.per),
  };
}

export function fromTykRate(
  rate: number,
  per: number,
): RateLimit | 'unlimited' {
  return rate > 0 && per > 0 ? { requests: rate, per } : 'unlimited';
}

export function fromTykQuota(
  max: number,
  renewal: number,
): { requests: number; perSeconds?: number } | 'unlimited' {
  if (max <= 0) return 'unlimited';
  return renewal > 0
    ? { requests: max, perSeconds: renewal }
    : { requests: max };
}
