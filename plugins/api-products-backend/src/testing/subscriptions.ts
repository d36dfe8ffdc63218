/** Subscriptions for tests, as an approval makes them. */
import { randomUUID } from 'node:crypto';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { planSpecOf } from '../records/specs';
import type { CredentialDeps } from '../subscriptions/deps';
import { FIRST_NAME, issueCredential } from '../subscriptions/issue';
import { toIso } from '../lib/clock';
import type { CredentialRow, PlanRow, ProductRow } from '../lib/rows';
import { idOf } from './records';

export interface TestSubscription {
  id: Id;
  applicationId: Id;
  credential: CredentialRow;
}

/**
 * An application of shop-team with an approved request of dana's, its subscription and the credential that is being
 * made for it. Product and plan must be there.
 */
export async function subscribe(
  knex: Knex,
  deps: CredentialDeps,
  refs: { product?: string; plan?: string; application?: string } = {},
): Promise<TestSubscription> {
  const productId = await idOf(
    knex,
    'product',
    refs.product ?? 'apiproduct:default/payments',
  );
  const planId = await idOf(knex, 'plan', refs.plan ?? 'apiplan:default/free');
  const requester = 'user:default/dana';
  const now = toIso(deps.clock.now());
  const times = { created_at: now, updated_at: now };
  const [applicationId, requestId, id] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  return knex.transaction(async tx => {
    await tx('applications').insert({
      id: applicationId,
      name: refs.application ?? `Shop backend ${applicationId.slice(0, 8)}`,
      owner_ref: 'group:default/shop-team',
      created_by: requester,
      ...times,
    });
    await tx('access_requests').insert({
      id: requestId,
      status: 'approved',
      product_id: productId,
      plan_id: planId,
      application_id: applicationId,
      requester_ref: requester,
      ...times,
    });
    await tx('subscriptions').insert({
      id,
      status: 'provisioning',
      access_request_id: requestId,
      application_id: applicationId,
      plan_id: planId,
      requester_ref: requester,
      ...times,
    });
    await tx('subscription_products').insert({
      subscription_id: id,
      product_id: productId,
      application_id: applicationId,
      created_at: times.created_at,
    });
    const plan: PlanRow = await tx('plans').where({ id: planId }).first();
    const product: ProductRow = await tx('products')
      .where({ id: productId })
      .first();
    const credential = await issueCredential(tx, deps, {
      subscriptionId: id,
      applicationId,
      product,
      plan,
      planSpec: planSpecOf(plan),
      createdBy: requester,
      name: FIRST_NAME,
    });
    return { id, applicationId, credential };
  });
}
