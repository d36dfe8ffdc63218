/** What a change of plan is and when it holds, apart from how it is drawn. */
import { DateTime } from 'luxon';
import {
  givesLess,
  type PlanChange,
  type PlanLink,
  type PlanSummary,
  type Product,
  type Subscription,
} from 'backstage-plugin-api-products-common';

/** At once, or when the quota period that has begun is over. */
export type When = NonNullable<PlanChange['when']>;

/** Where the plan has no quota, there is no period to wait for. */
export const canWait = ({ quota }: Pick<PlanLink, 'quota'>): boolean =>
  quota !== 'unlimited';

/** When a change holds where nobody says when. */
export const usualWhen = (from: PlanLink, to: PlanLink): When =>
  canWait(from) && givesLess(from, to) ? 'period-end' : 'now';

/** `1 Dec`, or with its year where that is another one. */
export const dayOf = (at: DateTime): string =>
  at.toFormat(at.year === DateTime.now().year ? 'd LLL' : 'd LLL yyyy');

/** When the quota period of the plan ends: of a month the portal knows, of other periods only the gateway. */
export const periodEndOf = ({
  quota,
}: Pick<PlanLink, 'quota'>): DateTime | undefined =>
  quota !== 'unlimited' && quota.per === 'month'
    ? DateTime.utc().startOf('month').plus({ months: 1 })
    : undefined;

/** The plans that it could move to. */
export const otherPlans = (
  product: Product,
  { plan }: Pick<Subscription, 'plan'>,
): PlanSummary[] => product.plans.filter(({ ref }) => ref !== plan.ref);
