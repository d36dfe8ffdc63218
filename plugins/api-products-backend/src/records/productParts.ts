/**
 * What stands beside a page of products in other tables: one statement for each kind of part, however many products
 * there are on the page.
 */
import type {
  EntityRef,
  Id,
  MyAccess,
  ProductApi,
} from 'backstage-plugin-api-products-common';
import type { Queryable } from '../lib/Database';
import type { PlanRow, ProductApiRow, ProductRow } from '../lib/rows';
import type { Caller, UserCaller } from '../identity/Caller';
import type { ProductParts } from './views';
import { whereCatalogueOpen, whereCombinable } from './visibility';

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

function apiOf(row: ProductApiRow): ProductApi {
  return {
    ref: row.api_ref ?? undefined,
    title: row.title ?? undefined,
    providerApiId: row.provider_api_id ?? undefined,
    versions: row.versions === null ? undefined : JSON.parse(row.versions),
    allowedUrls:
      row.allowed_urls === null ? undefined : JSON.parse(row.allowed_urls),
  };
}

async function apisOf(
  db: Queryable,
  ids: string[],
): Promise<Map<string, ProductApi[]>> {
  const rows = await db<ProductApiRow>('product_apis')
    .whereIn('product_id', ids)
    .orderBy(['product_id', 'position']);
  const found = new Map<string, ProductApi[]>();
  for (const row of rows) {
    push(found, row.product_id, apiOf(row));
  }
  return found;
}

/** Plans that the caller can combine with each product, lowest display priority first. */
async function plansOf(
  db: Queryable,
  ids: string[],
  caller: Caller,
): Promise<Map<string, PlanRow[]>> {
  const rows: (PlanRow & { of_product_id: string })[] = await db(
    'product_plans',
  )
    .join('products', 'products.id', 'product_plans.product_id')
    .join('plans', 'plans.ref', 'product_plans.plan_ref')
    .whereIn('product_plans.product_id', ids)
    .whereIn('products.id', ids)
    .modify(query => whereCombinable(query, caller))
    .orderBy('plans.display_priority', 'desc')
    .orderBy('product_plans.position')
    .select('plans.*', 'product_plans.product_id as of_product_id');
  const found = new Map<string, PlanRow[]>();
  for (const row of rows) {
    push(found, row.of_product_id, row);
  }
  return found;
}

/** Catalogues that the caller sees, by the ref of what stands in them. */
export async function cataloguesOf(
  db: Queryable,
  refs: EntityRef[],
  caller: Caller,
): Promise<Map<EntityRef, EntityRef[]>> {
  const rows: { item_ref: string; ref: string }[] = await db('catalogue_items')
    .join('catalogues', 'catalogues.ref', 'catalogue_items.catalogue_ref')
    .whereIn('catalogue_items.item_ref', refs)
    .modify(query => whereCatalogueOpen(query, caller))
    .orderBy('catalogues.ref')
    .select('catalogue_items.item_ref', 'catalogues.ref');
  const found = new Map<EntityRef, EntityRef[]>();
  for (const row of rows) {
    push(found, row.item_ref, row.ref);
  }
  return found;
}

/** What the caller or their groups have of each product: an open subscription, or else a pending request. */
async function myAccessOf(
  db: Queryable,
  ids: string[],
  caller: UserCaller,
): Promise<Map<string, MyAccess>> {
  const pending = db('access_requests as r')
    .join('applications as a', 'a.id', 'r.application_id')
    .join('plans as p', 'p.id', 'r.plan_id')
    .whereIn('r.product_id', ids)
    .where('r.status', 'pending')
    .whereIn('a.owner_ref', caller.ownership)
    .select(
      'r.product_id',
      'p.title as plan',
      'r.created_at as since',
      db.raw(`'pending' as status`),
    );
  const rows: {
    product_id: string;
    plan: string;
    status: 'pending' | 'subscribed';
  }[] = await db('subscription_products as sp')
    .join('subscriptions as s', 's.id', 'sp.subscription_id')
    .join('applications as a', 'a.id', 'sp.application_id')
    .join('plans as p', 'p.id', 's.plan_id')
    .whereIn('sp.product_id', ids)
    .where('sp.open', true)
    .whereIn('a.owner_ref', caller.ownership)
    .select(
      'sp.product_id',
      'p.title as plan',
      's.created_at as since',
      db.raw(`'subscribed' as status`),
    )
    .unionAll(pending)
    .orderBy('since');
  const found = new Map<string, MyAccess>();
  // The latest wins, and what is there wins over what is asked for.
  for (const { product_id: id, plan, status } of rows) {
    if (status === 'subscribed' || found.get(id)?.status !== 'subscribed') {
      found.set(id, { status, plan });
    }
  }
  return found;
}

type AccessAndPlans = Pick<ProductParts, 'plans' | 'myAccess'>;

/** Two statements, or none for no products. */
export async function accessAndPlansOf(
  db: Queryable,
  products: ProductRow[],
  caller: Caller,
): Promise<(product: ProductRow) => AccessAndPlans> {
  const ids = products.map(product => product.id);
  if (ids.length === 0) {
    return () => ({ plans: [] });
  }
  const [plans, mine] = await Promise.all([
    plansOf(db, ids, caller),
    caller.kind === 'user'
      ? myAccessOf(db, ids, caller)
      : new Map<string, MyAccess>(),
  ]);
  return ({ id }) => ({ plans: plans.get(id) ?? [], myAccess: mine.get(id) });
}

/** Four statements, or none for no products. */
export async function partsOf(
  db: Queryable,
  products: ProductRow[],
  caller: Caller,
): Promise<(product: ProductRow) => ProductParts> {
  const ids = products.map(product => product.id);
  if (ids.length === 0) {
    return () => ({ apis: [], plans: [], catalogues: [] });
  }
  const [apis, catalogues, accessAndPlans] = await Promise.all([
    apisOf(db, ids),
    cataloguesOf(
      db,
      products.map(product => product.ref),
      caller,
    ),
    accessAndPlansOf(db, products, caller),
  ]);
  return product => ({
    ...accessAndPlans(product),
    apis: apis.get(product.id) ?? [],
    catalogues: catalogues.get(product.ref) ?? [],
  });
}

/**
 * Who decides about each of the products besides platform owners: the owner first, then the named approvers. One
 * statement.
 */
export async function approversOfProducts(
  db: Queryable,
  products: { id: Id; owner: EntityRef }[],
): Promise<(productId: Id) => EntityRef[]> {
  const named: { product_id: Id; approver_ref: EntityRef }[] = await db(
    'product_approvers',
  )
    .whereIn('product_id', [...new Set(products.map(({ id }) => id))])
    .orderBy('approver_ref')
    .select('product_id', 'approver_ref');
  const found = new Map<Id, Set<EntityRef>>();
  for (const { id, owner } of products) {
    found.set(id, new Set([owner]));
  }
  for (const { product_id: id, approver_ref: ref } of named) {
    found.get(id)?.add(ref);
  }
  return id => [...(found.get(id) ?? [])];
}
