/** Calendar months, UTC. Pure. */
import {
  MONTH_QUOTA_SECONDS,
  type CredentialState,
} from 'backstage-plugin-api-products-node';
import { DateTime } from 'luxon';
import { planSpecOf } from '../../records/specs';

export interface Month {
  /** `YYYY-MM`. */
  name: string;
  /** Milliseconds since the epoch. */
  start: number;
  /** When the next one begins. */
  end: number;
}

export function monthOf(now: number): Month {
  const start = DateTime.fromMillis(now, { zone: 'utc' }).startOf('month');
  return {
    name: start.toFormat('yyyy-MM'),
    start: start.toMillis(),
    end: start.plus({ months: 1 }).toMillis(),
  };
}

/**
 * Whether the window that the gateway counts in has begun in the month: then there is nothing to begin anew. A window
 * that is over, or of which nothing is known, has not.
 */
export function beganIn(
  month: Month,
  { quota, quotaRenewsAt }: Pick<CredentialState, 'quota' | 'quotaRenewsAt'>,
): boolean {
  if (quotaRenewsAt === undefined) {
    return false;
  }
  const seconds =
    (quota === 'unlimited' ? undefined : quota.perSeconds) ??
    MONTH_QUOTA_SECONDS;
  return (quotaRenewsAt - seconds) * 1000 >= month.start;
}

/** Whether a plan's quota is counted by calendar months. */
export function isMonthly(row: { spec: string }): boolean {
  const { quota } = planSpecOf(row);
  return quota !== 'unlimited' && quota.per === 'month';
}
