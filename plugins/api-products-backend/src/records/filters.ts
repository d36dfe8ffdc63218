/** The filters of the catalogue's lists, as SQL. */
import type {
  EntityRef,
  Origin,
  ProductLifecycle,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Caller } from '../identity/Caller';
import { whereCatalogueOpen, whereCombinable } from './visibility';

/** What all three lists can be narrowed by; absent or empty means everything. */
export interface RecordFilter {
  /** Words; every one must occur. */
  q?: string;
  owner?: EntityRef[];
  origin?: readonly Origin[];
}

export interface PlanFilter extends RecordFilter {
  catalogue?: EntityRef[];
  billing?: readonly ('free' | 'fixed' | 'metered')[];
}

export interface ProductFilter extends PlanFilter {
  /** Every one must be there. */
  tag?: readonly string[];
  lifecycle?: readonly (ProductLifecycle | 'coming-soon')[];
  auth?: readonly string[];
}

const some = <T>(values: readonly T[] | undefined): T[] | undefined =>
  values && values.length > 0 ? [...values] : undefined;

const words = (text: string | undefined): string[] =>
  (text ?? '').toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);

/** For `like … escape '!'`; the backslash would need care on every database of its own. */
const escaped = (text: string): string => text.replace(/[!%_]/g, '!$&');

function whereLike(
  query: Knex.QueryBuilder,
  expression: string,
  columns: string[],
  text: string,
): void {
  query.whereRaw(`${expression} like ? escape '!'`, [
    ...columns,
    `%${escaped(text)}%`,
  ]);
}

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

/** Plans and catalogues are few and have no text of their own to search in. */
function whereNamed(
  query: Knex.QueryBuilder,
  table: 'plans' | 'catalogues',
  filter: RecordFilter,
): void {
  for (const word of words(filter.q)) {
    whereLike(
      query,
      `lower(?? || ' ' || ?? || ' ' || coalesce(??, ''))`,
      [`${table}.title`, `${table}.name`, `${table}.description`],
      word,
    );
  }
}

/** A catalogue that the caller does not see finds nothing, so that a filter tells nothing of it. */
function whereInCatalogue(
  query: Knex.QueryBuilder,
  refColumn: string,
  refs: readonly EntityRef[] | undefined,
  caller: Caller,
): void {
  const catalogues = some(refs);
  if (!catalogues) {
    return;
  }
  query.whereIn(refColumn, item => {
    item
      .select('catalogue_items.item_ref')
      .from('catalogue_items')
      .join('catalogues', 'catalogues.ref', 'catalogue_items.catalogue_ref')
      .whereIn('catalogues.ref', catalogues);
    whereCatalogueOpen(item, caller);
  });
}

export function whereProduct(
  query: Knex.QueryBuilder,
  filter: ProductFilter,
  caller: Caller,
): void {
  whereRecord(query, 'products', filter);
  whereInCatalogue(query, 'products.ref', filter.catalogue, caller);
  for (const word of words(filter.q)) {
    whereLike(query, '??', ['products.search_text'], word);
  }
  for (const tag of filter.tag ?? []) {
    whereLike(
      query,
      '??',
      ['products.tags'],
      ` ${tag.toLocaleLowerCase('en-US')} `,
    );
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
  const billing = some(filter.billing);
  if (billing) {
    query.whereIn('products.id', plan => {
      plan
        .select('product_plans.product_id')
        .from('product_plans')
        .join('plans', 'plans.ref', 'product_plans.plan_ref')
        .join('products', 'products.id', 'product_plans.product_id')
        .whereIn('plans.billing_mode', billing);
      whereCombinable(plan, caller);
    });
  }
}

export function wherePlan(
  query: Knex.QueryBuilder,
  filter: PlanFilter,
  caller: Caller,
): void {
  whereRecord(query, 'plans', filter);
  whereNamed(query, 'plans', filter);
  whereInCatalogue(query, 'plans.ref', filter.catalogue, caller);
  const billing = some(filter.billing);
  if (billing) {
    query.whereIn('plans.billing_mode', billing);
  }
}

export function whereCatalogue(
  query: Knex.QueryBuilder,
  filter: RecordFilter,
): void {
  whereRecord(query, 'catalogues', filter);
  whereNamed(query, 'catalogues', filter);
}
