import type { Id } from 'backstage-plugin-api-products-common';
import type { Queryable } from '../lib/Database';
import type { SubscriptionRow } from '../lib/rows';

/** Where a credential belongs: who may read its history, and who is told. */
export interface CredentialContext {
  subscription: SubscriptionRow;
  application: { id: Id; name: string; owner: string };
  /** In the order of their titles. */
  products: { id: Id; title: string }[];
}

export async function contextOf(
  tx: Queryable,
  subscriptionId: Id,
): Promise<CredentialContext | undefined> {
  const subscription: SubscriptionRow | undefined = await tx('subscriptions')
    .where({ id: subscriptionId })
    .first();
  if (!subscription) {
    return undefined;
  }
  const application: CredentialContext['application'] | undefined = await tx(
    'applications',
  )
    .where({ id: subscription.application_id })
    .select('id', 'name', { owner: 'owner_ref' })
    .first();
  const products: CredentialContext['products'] = await tx(
    'subscription_products',
  )
    .join('products', 'products.id', 'subscription_products.product_id')
    .where('subscription_products.subscription_id', subscriptionId)
    .orderBy(['products.title', 'products.id'])
    .select('products.id', 'products.title');
  return application && { subscription, application, products };
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
