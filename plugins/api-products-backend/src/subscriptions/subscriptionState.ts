import type { Knex } from 'knex';
import {
  isOpen,
  statusFromCredentials,
  type Id,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { toIso, type Clock } from '../lib/clock';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow, PlanRow, SubscriptionRow } from '../lib/rows';
import { announce, enqueueNotice } from '../notices/notify';
import { contextOf } from './context';
import { LIVE_KEYS } from './deps';
import { planInForce } from './planChange';
import { isToBeSuspended } from './suspension';
import { isHeld } from './told';

type KeyState = Pick<
  CredentialRow,
  'status' | 'last_error' | 'told' | 'confirm_at'
>;

/** Suspended or resumed when the gateway is known to have all of its keys so, not before. */
function statusOf(
  subscription: SubscriptionRow,
  credentials: readonly KeyState[],
): SubscriptionRow['status'] {
  const suspended = isToBeSuspended(subscription);
  const isKnown = credentials
    .filter(({ status }) => LIVE_KEYS.includes(status))
    .every(key => isHeld(key, { suspended }));
  return statusFromCredentials(
    subscription.status,
    credentials.map(({ status }) => status),
    isKnown ? suspended : undefined,
  );
}

/** The plan that it moves to, when the gateway is known to have all of its keys on it, not before. */
function planOf(
  subscription: SubscriptionRow,
  credentials: readonly KeyState[],
  now: number,
): Id {
  const wanted = planInForce(subscription, now);
  const keys = credentials.filter(({ status }) => LIVE_KEYS.includes(status));
  const suspended = isToBeSuspended(subscription);
  return keys.length > 0 &&
    keys.every(key => isHeld(key, { suspended, plan: wanted }))
    ? wanted
    : subscription.plan_id;
}

async function endPlanChange(
  tx: Knex.Transaction,
  clock: Clock,
  subscription: SubscriptionRow,
  product: Id | undefined,
): Promise<void> {
  const { id, next_plan_id: next } = subscription;
  await tx('subscriptions')
    .where({ id })
    .update({
      plan_id: next,
      next_plan_id: null,
      next_plan_at: null,
      revision: tx.raw('revision + 1'),
      updated_at: toIso(clock.now()),
    });
  const plan: Pick<PlanRow, 'title'> = await tx('plans')
    .where({ id: next })
    .first('title');
  const context = await contextOf(tx, id);
  const products = context?.products.map(({ title }) => title).join(', ');
  const application = context?.application.name;
  const subject = `subscription:${id}`;
  await recordHistory(tx, clock, {
    subject,
    event: 'subscription.plan-changed',
    message: `“${application}” has ${products} on ${plan.title} now`,
    product: product ?? context?.products[0]?.id,
    application: subscription.application_id,
  });
  await enqueueNotice(tx, clock, {
    recipients: [
      subscription.requester_ref,
      ...(context ? [context.application.owner] : []),
    ],
    title: `“${application}” has ${products} on ${plan.title} now`,
    description: 'Its keys are the same, and what they have used stays used',
    link: `/api-products/my-access?subscription=${id}`,
    topic: 'api-products.subscription.plan-changed',
    scope: subject,
  });
}

/** What the readable history says when a subscription has got a new status by itself. */
const SENTENCES: Partial<Record<SubscriptionRow['status'], string>> = {
  active: 'The gateway accepts its key',
  suspended: 'The gateway refuses its keys until it is resumed',
  failed: 'Its key could not be made',
  provisioning: 'Its key is being made again',
  revoking: 'Its last key is being revoked',
  revoked: 'The gateway refuses every key of it',
  expired: 'Its last key has expired',
};

/**
 * Derives the subscription's status from its credentials after one of them has changed, in the transaction of that
 * change, and closes it when it has ended, which makes room for a new request. Does nothing where nothing follows.
 */
export async function settleSubscription(
  tx: Knex.Transaction,
  clock: Clock,
  subscriptionId: Id,
): Promise<void> {
  const subscription = await lockSubscription(tx, subscriptionId);
  if (subscription) {
    await settleLocked(tx, clock, subscription);
  }
}

/**
 * The same where the caller has the lock.
 *
 * @param product - the first of the subscription, if it is at hand
 */
export async function settleLocked(
  tx: Knex.Transaction,
  clock: Clock,
  subscription: SubscriptionRow,
  product?: Id,
): Promise<void> {
  const { id: subscriptionId } = subscription;
  const credentials: KeyState[] = await tx('credentials')
    .where({ subscription_id: subscriptionId })
    .orderBy('updated_at', 'desc')
    .select('status', 'last_error', 'told', 'confirm_at');
  const status = statusOf(subscription, credentials);
  const plan = planOf(subscription, credentials, clock.now());
  if (plan !== subscription.plan_id) {
    await endPlanChange(tx, clock, subscription, product);
  }
  const lastError = isOpen(status)
    ? credentials.find(({ last_error: error }) => error !== null)?.last_error ??
      null
    : null;
  if (status === subscription.status) {
    if (lastError !== subscription.last_error) {
      // Not a new revision: nothing that anybody decides on has changed.
      await tx('subscriptions')
        .where({ id: subscriptionId })
        .update({ last_error: lastError });
    }
    return;
  }
  await tx('subscriptions')
    .where({ id: subscriptionId })
    .update({
      status,
      open: isOpen(status),
      revision: tx.raw('revision + 1'),
      last_error: lastError,
      updated_at: toIso(clock.now()),
    });
  if (!isOpen(status)) {
    await tx('subscription_products')
      .where({ subscription_id: subscriptionId })
      .update({ open: false });
  }
  await recordHistory(tx, clock, {
    subject: `subscription:${subscriptionId}`,
    event: `subscription.${status}`,
    message: SENTENCES[status] ?? `It is ${status}`,
    product: product ?? (await firstProductOf(tx, subscriptionId)),
    application: subscription.application_id,
  });
  await announce(tx, clock, {
    topic: `api-products.subscription.${status}`,
    subject: `subscription:${subscriptionId}`,
    payload: { status },
  });
}

async function firstProductOf(
  tx: Knex.Transaction,
  subscriptionId: Id,
): Promise<Id | undefined> {
  const row: { product_id: Id } | undefined = await tx('subscription_products')
    .where({ subscription_id: subscriptionId })
    .first('product_id');
  return row?.product_id;
}
