/** The filters of the catalogue's lists, as SQL. */
import type {
  EntityRef,
  Origin,
  ProductLifecycle,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Caller, UserCaller } from '../identity/Caller';
import { isSqlite } from '../lib/Database';
import type { Queries } from '../lib/paging';
import { whereWords } from '../lib/searchWords';
import { whereAmong, type Form } from '../lib/semiJoins';
import { whereDecided } from './reach';
import {
  whereCatalogueOpen,
  whereCombinable,
  whereInOpenCatalogue,
} from './visibility';

/** What all three lists can be narrowed by; absent or empty means everything. */
export interface RecordFilter {
  /** Words; every one must occur. */
  q?: string;
  owner?: EntityRef[];
  origin?: readonly Origin[];
}

export interface PlanFilter extends RecordFilter {
  provider?: string;
  /** Plans that stand in no catalogue. */
  unlisted?: true;
  catalogue?: EntityRef[];
  billing?: readonly ('free' | 'fixed' | 'metered')[];
}

export interface ProductFilter extends Omit<PlanFilter, 'unlisted'> {
  /** Every one must be there. */
  tag?: readonly string[];
  lifecycle?: readonly (ProductLifecycle | 'coming-soon')[];
  auth?: readonly string[];
}

const some = <T>(values: readonly T[] | undefined): T[] | undefined =>
  values && values.length > 0 ? [...values] : undefined;

/** `table` is one of ours, never from a request. */
function whereRecord(
  query: Knex.QueryBuilder,
  table: 'plans' | 'products' | 'catalogues',
  filter: RecordFilter,
): void {
  const owner = some(filter.owner);
  if (owner) {
    query.whereIn(`${table}.owner_ref`, owner);
  }
  const origin = some(filter.origin);
  if (origin) {
    query.whereIn(`${table}.origin`, origin);
  }
}

/** A catalogue that the caller does not see finds nothing, so that a filter tells nothing of it. */
function whereInCatalogue(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  refColumn: string,
  refs: readonly EntityRef[] | undefined,
  caller: Caller,
): void {
  const catalogues = some(refs);
  if (!catalogues) {
    return;
  }
  const items = db('catalogue_items')
    .join('catalogues', 'catalogues.ref', 'catalogue_items.catalogue_ref')
    .whereIn('catalogues.ref', catalogues)
    .modify(open => whereCatalogueOpen(open, caller));
  whereAmong(db, query, form, refColumn, items, 'catalogue_items.item_ref');
}

/** Products of which a plan with this kind of billing can be had. */
function whereBilled(
  db: Knex,
  query: Knex.QueryBuilder,
  billing: string[],
  caller: Caller,
): void {
  const plans = db('product_plans')
    .join('plans', 'plans.ref', 'product_plans.plan_ref')
    .whereIn('plans.billing_mode', billing)
    .modify(both => whereCombinable(both, caller));
  whereAmong(
    db,
    query,
    'one-by-one',
    'products.id',
    plans,
    'product_plans.product_id',
  );
}

function whereProduct(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  filter: ProductFilter,
  caller: Caller,
): void {
  query.whereNull('products.deleted_at');
  whereRecord(query, 'products', filter);
  if (filter.provider !== undefined) {
    query.where('products.provider_id', filter.provider);
  }
  const states = some(filter.lifecycle);
  if (states) {
    query.where(any => {
      any.whereIn(
        'products.lifecycle',
        states.filter(state => state !== 'coming-soon'),
      );
      if (states.includes('coming-soon')) {
        any.orWhere('products.coming_soon', true);
      }
    });
  }
  const auth = some(filter.auth);
  if (auth) {
    query.whereIn('products.authentication', auth);
  }
  for (const tag of filter.tag ?? []) {
    const tags = db('product_tags').where(
      'product_tags.tag',
      tag.toLocaleLowerCase('en-US'),
    );
    whereAmong(db, query, form, 'products.id', tags, 'product_tags.product_id');
  }
  whereInCatalogue(db, query, form, 'products.ref', filter.catalogue, caller);
  whereWords(db, query, form, 'product', 'products.id', filter.q);
  const billing = some(filter.billing);
  if (billing) {
    whereBilled(db, query, billing, caller);
  }
}

/** Products that stand where the caller sees them, whoever decides about them. */
function whereListed(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  caller: UserCaller,
): void {
  // Written out, because an index is of these and no others.
  query
    .whereNull('products.hidden_at')
    .whereRaw(`products.lifecycle in ('active', 'deprecated')`);
  const items = db('catalogue_items').modify(item =>
    whereInOpenCatalogue(item, caller),
  );
  whereAmong(
    db,
    query,
    form,
    'products.ref',
    items,
    'catalogue_items.item_ref',
  );
}

/** The products of a list as the caller sees them. */
export function productQueries(
  db: Knex,
  filter: ProductFilter,
  caller: Caller,
): Queries {
  const products = (form: Form) =>
    db('products').modify(q => whereProduct(db, q, form, filter, caller));
  if (caller.kind === 'service' || caller.platformOwner) {
    const narrow = (query: Knex.QueryBuilder) =>
      caller.kind === 'service' ? query.whereNull('products.hidden_at') : query;
    return {
      sets: [{ query: narrow(products('together')), key: 'products.id' }],
      scans: [{ query: narrow(products('one-by-one')) }],
      passesOthers: true,
    };
  }
  const decided = (query: Knex.QueryBuilder, form: Form) =>
    whereDecided(db, query, form, 'products.id', caller);
  // To count what is narrowed, or on SQLite, all items of all catalogues would be read first.
  const narrowed = isSqlite(db) || Object.values(filter).some(Boolean);
  const listed = (query: Knex.QueryBuilder, form: Form) =>
    whereListed(db, query, narrowed ? 'one-by-one' : form, caller);
  return {
    sets: [decided, listed].map(those => ({
      query: products('together').modify(those, 'together'),
      key: 'products.id',
    })),
    scans: [
      {
        query: products('one-by-one').where(any => {
          any.where(there => listed(there, 'one-by-one'));
          any.orWhere(own => decided(own, 'one-by-one'));
        }),
      },
    ],
    passesOthers: true,
  };
}

export function wherePlan(
  db: Knex,
  query: Knex.QueryBuilder,
  filter: PlanFilter,
  caller: Caller,
): void {
  whereRecord(query, 'plans', filter);
  if (filter.provider !== undefined) {
    query.where('plans.provider_id', filter.provider);
  }
  if (filter.unlisted) {
    query.whereNotExists(
      db('catalogue_items')
        .whereRaw('?? = ??', ['catalogue_items.item_ref', 'plans.ref'])
        .select(db.raw('1')),
    );
  }
  whereWords(db, query, 'together', 'plan', 'plans.id', filter.q);
  whereInCatalogue(
    db,
    query,
    'together',
    'plans.ref',
    filter.catalogue,
    caller,
  );
  const billing = some(filter.billing);
  if (billing) {
    query.whereIn('plans.billing_mode', billing);
  }
}

export function whereCatalogue(
  db: Knex,
  query: Knex.QueryBuilder,
  filter: RecordFilter,
): void {
  whereRecord(query, 'catalogues', filter);
  whereWords(db, query, 'together', 'catalogue', 'catalogues.id', filter.q);
}
