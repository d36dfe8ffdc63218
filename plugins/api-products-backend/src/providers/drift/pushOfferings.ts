/** Brings products and plans to the provider once more, although it is known to have them as they are. */
import { TABLES } from '../../lib/rows';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { enqueue } from '../../jobs/JobQueue';
import { type Noun } from './ourOfferings';

export async function putOffering(
  tx: Knex.Transaction,
  clock: Clock,
  noun: Noun,
  id: Id,
): Promise<void> {
  const changed = await tx(TABLES[noun])
    .where({ id })
    .whereNotNull('provider_id')
    .whereNull('deleted_at')
    .update({ provider_status: 'pending', provider_message: null });
  if (changed === 0) {
    return;
  }
  await enqueue(tx, clock, {
    kind: noun === 'product' ? 'put-product' : 'put-plan',
    subject: `${noun}:${id}`,
  });
}

export async function putOfferingsOfKey(
  tx: Knex.Transaction,
  clock: Clock,
  credentialId: Id,
): Promise<void> {
  const rows: { plan_id: Id; product_id: Id }[] = await tx('credentials')
    .join('subscriptions', 'subscriptions.id', 'credentials.subscription_id')
    .join(
      'subscription_products',
      'subscription_products.subscription_id',
      'subscriptions.id',
    )
    .where('credentials.id', credentialId)
    .orderBy('subscription_products.product_id')
    .select('subscriptions.plan_id', 'subscription_products.product_id');
  for (const { product_id: id } of rows) {
    await putOffering(tx, clock, 'product', id);
  }
  for (const id of new Set(rows.map(row => row.plan_id))) {
    await putOffering(tx, clock, 'plan', id);
  }
}
