/** Which subscriptions a list shows, as SQL. */
import type { Knex } from 'knex';
import { PLAN_KIND, PRODUCT_KIND, readRef } from '../lib/refs';
import { whereApprovableBy } from '../records/visibility';
import type { UserCaller } from '../identity/Caller';
import type { SubscriptionFilter } from './types';

/** Of an application of the caller or the caller's groups, whoever asked for it. */
function whereUsedBy(query: Knex.QueryBuilder, caller: UserCaller): void {
  query.whereIn('subscriptions.application_id', ours =>
    ours
      .select('app.id')
      .from('applications as app')
      .whereIn('app.owner_ref', caller.ownership),
  );
}

/** Rows with a product that `narrow` lets through. */
function whereProduct(
  query: Knex.QueryBuilder,
  narrow: (products: Knex.QueryBuilder) => void,
): void {
  query.whereExists(product => {
    product
      .select('products.id')
      .from('subscription_products')
      .join('products', 'products.id', 'subscription_products.product_id')
      .whereRaw('?? = ??', [
        'subscription_products.subscription_id',
        'subscriptions.id',
      ]);
    narrow(product);
  });
}

/** Narrows a query over `subscriptions` joined with `plans` and `applications`. */
export function whereSubscription(
  query: Knex.QueryBuilder,
  caller: UserCaller,
  filter: SubscriptionFilter,
): void {
  if (filter.as !== 'owner') {
    whereUsedBy(query, caller);
  } else if (!caller.platformOwner) {
    whereProduct(query, products => whereApprovableBy(products, caller));
  }
  if (filter.status && filter.status.length > 0) {
    query.whereIn('subscriptions.status', [...filter.status]);
  }
  if (filter.product !== undefined) {
    const ref = readRef('product', filter.product, { only: PRODUCT_KIND });
    whereProduct(query, products => products.where('products.ref', ref));
  }
  if (filter.plan !== undefined) {
    query.where('plans.ref', readRef('plan', filter.plan, { only: PLAN_KIND }));
  }
  if (filter.application !== undefined) {
    query.where('subscriptions.application_id', filter.application);
  }
}
