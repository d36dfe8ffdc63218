/** What moving to another plan gives or takes; when a change holds where nobody has said when depends on it. */
import { Duration } from 'luxon';
import type { PlanLink, Quota } from '../model';

const secondsOf = (per: Quota['per']): number =>
  (per === 'month'
    ? Duration.fromObject({ days: 30 })
    : Duration.fromISO(per)
  ).as('seconds');

const perSecond = (quota: PlanLink['quota']): number =>
  quota === 'unlimited' ? Infinity : quota.requests / secondsOf(quota.per);

const rateOf = (rate: PlanLink['rateLimit']): number =>
  rate === 'unlimited' ? Infinity : rate.requests / rate.per;

/**
 * Whether the other plan gives less: less quota over time, or as much and a lower rate. Then a change holds when the
 * quota period is over unless somebody asks otherwise, and else at once.
 * @public
 */
export function givesLess(
  from: Pick<PlanLink, 'quota' | 'rateLimit'>,
  to: Pick<PlanLink, 'quota' | 'rateLimit'>,
): boolean {
  const [before, after] = [perSecond(from.quota), perSecond(to.quota)];
  return before === after
    ? rateOf(to.rateLimit) < rateOf(from.rateLimit)
    : after < before;
}
