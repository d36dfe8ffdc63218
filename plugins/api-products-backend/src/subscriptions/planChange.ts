/**
 * Moving a subscription to another plan: the same keys, and what they have used of their quota stays used. The plan it
 * has is the plan it has until the gateway is known to have the other one.
 */
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import {
  givesLess,
  type Id,
  type PlanSpec,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { toIso, type Clock } from '../lib/clock';
import { conflict } from '../lib/errors';
import { lockSubscription } from '../lib/locks';
import type { AccessRequestRow, PlanRow, SubscriptionRow } from '../lib/rows';
import { planSpecOf } from '../records/specs';
import { reconcileKeysOf } from './reconcileJob';
import { isToBeSuspended } from './suspension';

/** When a change is to hold: at once, or when the quota period that has begun is over. */
type When = NonNullable<AccessRequestRow['change_when']>;

/** When the quota period of the plan ends; null where only the gateway knows. */
function periodEnd(
  { quota }: Pick<PlanSpec, 'quota'>,
  now: number,
): number | null {
  if (quota === 'unlimited') {
    return now;
  }
  return quota.per === 'month'
    ? DateTime.fromMillis(now, { zone: 'utc' })
        .startOf('month')
        .plus({ months: 1 })
        .toMillis()
    : null;
}

/** The plan that its keys should have now. */
export const planInForce = (
  {
    plan_id,
    next_plan_id,
    next_plan_at,
  }: Pick<SubscriptionRow, 'plan_id' | 'next_plan_id' | 'next_plan_at'>,
  now: number,
): Id =>
  next_plan_id !== null &&
  next_plan_at !== null &&
  Date.parse(next_plan_at) <= now
    ? next_plan_id
    : plan_id;

/** @throws ConflictError saying why its plan cannot be changed now */
export function requireChangeable(subscription: SubscriptionRow): void {
  const { id, status, next_plan_id: next } = subscription;
  const said = isToBeSuspended(subscription) ? 'suspended' : status;
  if (said !== 'active') {
    throw conflict(
      `subscription: it is ${said}; the plan is changed while it is active`,
      'not-active',
      { field: 'subscription', subscription: id, status: said },
    );
  }
  if (next !== null) {
    throw conflict(
      'subscription: it is moving to another plan already; withdraw that first',
      'conflict',
      { field: 'subscription', subscription: id },
    );
  }
}

/**
 * The change is decided: its keys get the plan now, or later. Under no lock of the caller's.
 *
 * @throws ConflictError where the subscription cannot be changed any more
 */
export async function changePlan(
  tx: Knex.Transaction,
  clock: Clock,
  subscriptionId: Id,
  to: { plan: PlanRow; when: When | null },
): Promise<void> {
  const subscription = await lockSubscription(tx, subscriptionId);
  if (!subscription) {
    throw conflict('subscription: it is gone', 'over', {
      field: 'subscription',
    });
  }
  requireChangeable(subscription);
  const now = clock.now();
  const from: PlanRow = await tx('plans')
    .where({ id: subscription.plan_id })
    .first();
  const [before, after] = [planSpecOf(from), planSpecOf(to.plan)];
  const when = to.when ?? (givesLess(before, after) ? 'period-end' : 'now');
  const at = when === 'now' ? now : periodEnd(before, now);
  await tx('subscriptions')
    .where({ id: subscription.id })
    .update({
      next_plan_id: to.plan.id,
      next_plan_at: at === null ? null : toIso(at),
      revision: subscription.revision + 1,
      updated_at: toIso(now),
    });
  await reconcileKeysOf(tx, clock, { subscription: subscription.id });
}

/** The subscription stays on the plan that it has. @throws ConflictError where it is moving by now, or nowhere */
export async function withdrawPlanChange(
  tx: Knex.Transaction,
  clock: Clock,
  subscription: SubscriptionRow,
  by: string,
  product: Id | undefined,
): Promise<void> {
  const { id, next_plan_id: next, plan_id } = subscription;
  const fields = { subscription: id, status: subscription.status };
  if (next === null) {
    throw conflict('No change of its plan is planned', 'over', fields);
  }
  if (planInForce(subscription, clock.now()) !== plan_id) {
    throw conflict(
      'The gateway is being told of the other plan already; ask for another change',
      'over',
      fields,
    );
  }
  await tx('subscriptions')
    .where({ id })
    .update({
      next_plan_id: null,
      next_plan_at: null,
      revision: subscription.revision + 1,
      updated_at: toIso(clock.now()),
    });
  await recordHistory(tx, clock, {
    subject: `subscription:${id}`,
    event: 'subscription.plan-change-withdrawn',
    actor: by,
    message: 'Withdrew the change of its plan',
    product,
    application: subscription.application_id,
  });
  await reconcileKeysOf(tx, clock, { subscription: id });
}
