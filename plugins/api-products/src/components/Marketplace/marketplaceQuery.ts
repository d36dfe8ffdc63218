/**
 * The marketplace's state is its address: filters, search, order and page can be shared, bookmarked and left with
 * "back". Pure, so that it is tested without a page.
 */
import type {
  Authentication,
  Pricing,
  ProductLifecycleFilter,
  ProductOrder,
  ProductQuery,
} from 'backstage-plugin-api-products-common';

/** Products on a page: fills rows of two, three and four cards. */
const PAGE_SIZE = 24;

export const LIFECYCLES: ProductLifecycleFilter[] = [
  'active',
  'coming-soon',
  'deprecated',
  'draft',
  'retired',
];

export const BILLING_MODES: Pricing['mode'][] = ['free', 'fixed', 'metered'];

export const AUTHENTICATIONS: Authentication[] = [
  'auth-token',
  'jwt',
  'basic',
  'mtls',
  'keyless',
];

export const ORDERS: ProductOrder[] = ['relevance', 'title', 'updatedAt'];

/** Names of the filters in the address. */
export const FILTERS = [
  'catalogue',
  'owner',
  'tag',
  'lifecycle',
  'billing',
  'auth',
] as const;

export type FilterName = (typeof FILTERS)[number];

/** Only what the backend knows: an address typed by hand must not give an error. */
function known<T extends string>(values: T[], params: string[]): T[] {
  return values.filter(value => params.includes(value));
}

/** Reads the address. */
export function readQuery(params: URLSearchParams): ProductQuery {
  return {
    q: params.get('q') ?? undefined,
    catalogue: params.getAll('catalogue'),
    owner: params.getAll('owner'),
    tag: params.getAll('tag'),
    lifecycle: known(LIFECYCLES, params.getAll('lifecycle')),
    billing: known(BILLING_MODES, params.getAll('billing')),
    auth: known(AUTHENTICATIONS, params.getAll('auth')),
    orderBy: ORDERS.find(order => order === params.get('orderBy')),
    cursor: params.get('cursor') ?? undefined,
    limit: PAGE_SIZE,
  };
}

/** Whether anything narrows the list. */
export function isNarrowed(query: ProductQuery): boolean {
  return (
    Boolean(query.q) || FILTERS.some(name => (query[name] ?? []).length > 0)
  );
}

/** Sets the values of a filter, and goes back to the first page. */
export function withFilter(
  params: URLSearchParams,
  name: FilterName,
  values: string[],
): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(name);
  next.delete('cursor');
  values.forEach(value => next.append(name, value));
  return next;
}

/** Without the value where it is among them, with it where it is not. */
export const toggled = (values: string[], value: string): string[] =>
  values.includes(value)
    ? values.filter(item => item !== value)
    : [...values, value];

/** Sets or, without a value, takes away; a new search or order starts on the first page. */
export function withValue(
  params: URLSearchParams,
  name: 'q' | 'orderBy' | 'cursor' | 'view',
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params);
  if (name === 'q' || name === 'orderBy') {
    next.delete('cursor');
  }
  if (value) {
    next.set(name, value);
  } else {
    next.delete(name);
  }
  return next;
}

/** Takes away every filter and the search; order and view stay. */
export function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  [...FILTERS, 'q', 'cursor'].forEach(name => next.delete(name));
  return next;
}
