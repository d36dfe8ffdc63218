import type { Id } from 'backstage-plugin-api-products-common';
import type { Queryable } from '../lib/Database';
import type { ProductRow, SubscriptionRow } from '../lib/rows';

/** Where a credential belongs: who may read its history, and who is told. */
export interface CredentialContext {
  subscription: SubscriptionRow;
  application: { id: Id; name: string; owner: string };
  /** In the order of their titles. */
  products: Pick<ProductRow, 'id' | 'title' | 'authentication'>[];
}

/** Two statements. */
export async function contextOf(
  tx: Queryable,
  subscriptionId: Id,
): Promise<CredentialContext | undefined> {
  const found:
    | (SubscriptionRow & {
        application_name: string;
        application_owner: string;
      })
    | undefined = await tx('subscriptions')
    .join('applications', 'applications.id', 'subscriptions.application_id')
    .where('subscriptions.id', subscriptionId)
    .first('subscriptions.*', {
      application_name: 'applications.name',
      application_owner: 'applications.owner_ref',
    });
  if (!found) {
    return undefined;
  }
  const { application_name: name, application_owner: owner, ...rest } = found;
  const products: CredentialContext['products'] = await tx(
    'subscription_products',
  )
    .join('products', 'products.id', 'subscription_products.product_id')
    .where('subscription_products.subscription_id', subscriptionId)
    .orderBy(['products.title', 'products.id'])
    .select('products.id', 'products.title', 'products.authentication');
  return {
    subscription: rest,
    application: { id: rest.application_id, name, owner },
    products,
  };
}

/** For history lines: the application, and the first of the products. */
export const historyScope = (context: CredentialContext | undefined) => ({
  application: context?.application.id,
  product: context?.products[0]?.id,
});

/** What people know a key by who do not know its subscription. */
export const keyTitle = (
  { name }: { name: string },
  context: { application: { name: string } } | undefined,
): string =>
  context ? `${context.application.name}: key “${name}”` : `Key “${name}”`;
