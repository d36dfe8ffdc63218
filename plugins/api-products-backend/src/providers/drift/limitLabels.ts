/** Limits as a provider keeps them and as a plan says them. Pure. */
import type {
  IsoDuration,
  Quota,
  RateLimit,
} from 'backstage-plugin-api-products-common';
import {
  MONTH_QUOTA_SECONDS,
  type FoundQuota,
} from 'backstage-plugin-api-products-node';
import { Duration } from 'luxon';
import { durationOf } from '../import/content';

/** Seconds of the window that a gateway is given for a quota's period. */
const periodSeconds = (per: Quota['per']): number =>
  per === 'month'
    ? MONTH_QUOTA_SECONDS
    : Math.round(Duration.fromISO(per).as('seconds'));

export const sameQuota = (
  ours: Quota | 'unlimited',
  theirs: FoundQuota | 'unlimited',
): boolean =>
  ours === 'unlimited' || theirs === 'unlimited'
    ? ours === theirs
    : ours.requests === theirs.requests &&
      periodSeconds(ours.per) === theirs.perSeconds;

/** 60 a minute and one a second are not the same: the first allows a burst. */
export const sameRate = (
  ours: RateLimit | 'unlimited',
  theirs: RateLimit | 'unlimited',
): boolean =>
  ours === 'unlimited' || theirs === 'unlimited'
    ? ours === theirs
    : ours.requests === theirs.requests && ours.per === theirs.per;

/** For people, and to be taken over: `per` is missing where the quota never renews, which no plan can say. */
export const quotaLabel = (
  quota: FoundQuota | 'unlimited',
):
  | { requests: number; per: IsoDuration }
  | { requests: number }
  | 'unlimited' =>
  quota === 'unlimited' || quota.perSeconds === undefined
    ? quota
    : { requests: quota.requests, per: durationOf(quota.perSeconds) };

export const lifetimeLabel = (
  seconds: number | undefined,
): IsoDuration | 'never' =>
  seconds === undefined ? 'never' : durationOf(seconds);
