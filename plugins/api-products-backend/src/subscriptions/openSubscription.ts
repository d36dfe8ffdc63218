/** An application has one open subscription to a product. */
import type { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Id } from 'backstage-plugin-api-products-common';
import { conflict } from '../lib/errors';
import type { ProductRow } from '../lib/rows';

export async function openSubscriptionOf(
  tx: Knex.Transaction,
  applicationId: Id,
  productId: Id,
): Promise<Id | undefined> {
  const found: { subscription_id: Id } | undefined = await tx(
    'subscription_products',
  )
    .where({ application_id: applicationId, product_id: productId, open: true })
    .first('subscription_id');
  return found?.subscription_id;
}

export async function alreadySubscribed(
  tx: Knex.Transaction,
  of: {
    applicationId: Id;
    applicationName: string;
    product: Pick<ProductRow, 'id' | 'title'>;
  },
): Promise<ConflictError> {
  const id = await openSubscriptionOf(tx, of.applicationId, of.product.id);
  return conflict(
    `“${of.applicationName}” already has a subscription to ${of.product.title}: ${id}`,
    'already-subscribed',
    {
      application: of.applicationName,
      product: of.product.title,
      subscription: id,
    },
  );
}
