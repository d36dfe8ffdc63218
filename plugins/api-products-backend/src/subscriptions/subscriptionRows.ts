/** Subscriptions as they are read: one joined row each, and the products of a page of them. */
import type {
  CalledApi,
  EntityRef,
  Id,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { calledApisOf } from '../records/calledApis';
import { productSpecOf } from '../records/specs';
import type { Queryable } from '../lib/Database';
import type { SubscriptionRow } from '../lib/rows';

/** A subscription with what is shown beside it. */
export interface JoinedSubscription extends SubscriptionRow {
  plan_ref: EntityRef;
  plan_title: string;
  plan_spec: string;
  application_name: string;
  application_owner: EntityRef;
  application_component: EntityRef | null;
  next_plan_ref: EntityRef | null;
  next_plan_title: string | null;
  next_plan_spec: string | null;
  header_name: string | null;
  header_prefix: string | null;
}

/** A product of a subscription. */
export interface SubscribedProduct {
  id: Id;
  ref: EntityRef;
  title: string;
  owner: EntityRef;
  gatewayEndpoint?: string;
  apis: CalledApi[];
  /** Those who decide about it besides platform owners. */
  approvers: EntityRef[];
}

/** How the provider wants the key presented is known from any key it has made. */
const presentedAs = (db: Queryable, column: 'header_name' | 'header_prefix') =>
  db('credentials')
    .whereRaw('?? = ??', ['credentials.subscription_id', 'subscriptions.id'])
    .whereNotNull('credentials.header_name')
    .orderBy('credentials.created_at', 'desc')
    .limit(1)
    .select(`credentials.${column}`)
    .as(column);

/** Joins and selects what is shown of rows of `subscriptions`. */
export const selectSubscription = (
  db: Queryable,
  query: Knex.QueryBuilder,
): Knex.QueryBuilder<JoinedSubscription, JoinedSubscription[]> =>
  query
    .join('plans', 'plans.id', 'subscriptions.plan_id')
    .join('applications', 'applications.id', 'subscriptions.application_id')
    .leftJoin(
      'plans as next_plans',
      'next_plans.id',
      'subscriptions.next_plan_id',
    )
    .select('subscriptions.*', {
      plan_ref: 'plans.ref',
      plan_title: 'plans.title',
      plan_spec: 'plans.spec',
      next_plan_ref: 'next_plans.ref',
      next_plan_title: 'next_plans.title',
      next_plan_spec: 'next_plans.spec',
      application_name: 'applications.name',
      application_owner: 'applications.owner_ref',
      application_component: 'applications.component_ref',
    })
    .select(presentedAs(db, 'header_name'), presentedAs(db, 'header_prefix'));

/** The products of several subscriptions, by title, with who decides about them. Two statements. */
export async function productsOfSubscriptions(
  db: Queryable,
  subscriptionIds: Id[],
): Promise<(subscriptionId: Id) => SubscribedProduct[]> {
  const links: {
    subscription_id: Id;
    id: Id;
    ref: EntityRef;
    title: string;
    owner: EntityRef;
    spec: string;
    approver_ref: EntityRef | null;
  }[] = await db('subscription_products')
    .join('products', 'products.id', 'subscription_products.product_id')
    .leftJoin(
      'product_approvers',
      'product_approvers.product_id',
      'products.id',
    )
    .whereIn('subscription_products.subscription_id', subscriptionIds)
    .orderBy([
      'products.title',
      'products.id',
      'product_approvers.approver_ref',
    ])
    .select(
      'subscription_products.subscription_id',
      'products.id',
      'products.ref',
      'products.title',
      'products.spec',
      'product_approvers.approver_ref',
      { owner: 'products.owner_ref' },
    );
  const approvers = new Map<Id, Set<EntityRef>>();
  for (const { id, owner, approver_ref: named } of links) {
    const those = approvers.get(id) ?? new Set([owner]);
    approvers.set(id, named === null ? those : those.add(named));
  }
  const apisOf = await calledApisOf(db, [...approvers.keys()]);
  const products = [
    ...new Map(links.map(link => [link.id, link])).values(),
  ].map(({ id, ref, title, owner, spec }) => ({
    id,
    ref,
    title,
    owner,
    gatewayEndpoint: productSpecOf({ spec }).gatewayEndpoint,
    apis: apisOf(id),
    approvers: [...(approvers.get(id) ?? [])],
  }));
  const found = new Map<Id, Set<Id>>();
  for (const link of links) {
    const ids = found.get(link.subscription_id) ?? new Set();
    found.set(link.subscription_id, ids.add(link.id));
  }
  return id => products.filter(product => found.get(id)?.has(product.id));
}
