/** Asking for another plan for a subscription: what has to be true of it, when it is asked for and when it is edited. */
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Offer } from '../records/offers';
import { conflict, refused } from '../lib/errors';
import { lockSubscription } from '../lib/locks';
import type { ApplicationRow } from '../lib/rows';
import { requireChangeable } from '../subscriptions/planChange';

const FIELD = { field: 'subscription' };

/**
 * Nobody changes the subscription until the transaction ends.
 *
 * @param request - the one that is edited, if any
 * @returns the plan that it has
 * @throws InputError naming the field, ConflictError where it cannot be changed now
 */
export async function checkPlanChange(
  tx: Knex.Transaction,
  offer: Offer,
  application: Pick<ApplicationRow, 'id' | 'name'>,
  subscriptionId: Id,
  request?: Id,
): Promise<Id> {
  const subscription = await lockSubscription(tx, subscriptionId);
  const link: unknown = await tx('subscription_products')
    .where({ subscription_id: subscriptionId, product_id: offer.product.id })
    .first('product_id');
  if (subscription?.application_id !== application.id || !link) {
    throw refused(
      new InputError(
        `subscription: the application has no subscription ${subscriptionId} to ${offer.product.title}`,
      ),
      'invalid',
      FIELD,
    );
  }
  requireChangeable(subscription);
  if (subscription.plan_id === offer.plan.id) {
    throw refused(
      new InputError(
        `plan: the subscription is on ${offer.plan.title} already; choose another one`,
      ),
      'invalid',
      { field: 'plan', plan: offer.plan.title },
    );
  }
  const pending: { id: Id; plan: string } | undefined = await tx(
    'access_requests',
  )
    .join('plans', 'plans.id', 'access_requests.plan_id')
    .where({ changes_subscription_id: subscriptionId, status: 'pending' })
    .modify(query => {
      if (request !== undefined) {
        query.whereNot({ 'access_requests.id': request });
      }
    })
    .first({ id: 'access_requests.id', plan: 'plans.title' });
  if (pending) {
    throw conflict(
      `subscription: another change of its plan waits already: access request ${pending.id}`,
      'already-pending',
      {
        ...FIELD,
        application: application.name,
        product: offer.product.title,
        plan: pending.plan,
        accessRequest: pending.id,
      },
    );
  }
  return subscription.plan_id;
}
