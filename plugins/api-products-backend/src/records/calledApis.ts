/**
 * How the APIs of products are called, as the last synchronisation has seen them at their provider: one statement,
 * however many products.
 */
import type {
  ApiCall,
  CalledApi,
  Id,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import type { Queryable } from '../lib/Database';
import type { ProductApiRow } from '../lib/rows';

/** A part of the product, and what is known of it at its provider. */
interface SoldApiRow
  extends Pick<
    ProductApiRow,
    'product_id' | 'api_ref' | 'title' | 'provider_api_id' | 'versions'
  > {
  /** {@link ProviderApi} as JSON; null where the provider was not asked yet, or has it no longer. */
  api: string | null;
}

export async function calledApisOf(
  db: Queryable,
  productIds: readonly Id[],
): Promise<(productId: Id) => CalledApi[]> {
  const rows: SoldApiRow[] = await db('product_apis')
    .join('products', 'products.id', 'product_apis.product_id')
    .leftJoin('provider_apis', on =>
      on
        .on('provider_apis.provider_id', 'products.provider_id')
        .on('provider_apis.api_id', 'product_apis.provider_api_id'),
    )
    .whereIn('product_apis.product_id', productIds)
    .whereNotNull('product_apis.provider_api_id')
    .orderBy(['product_apis.product_id', 'product_apis.position'])
    .select(
      'product_apis.product_id',
      'product_apis.api_ref',
      'product_apis.title',
      'product_apis.provider_api_id',
      'product_apis.versions',
      'provider_apis.api',
    );
  return id => rows.filter(row => row.product_id === id).map(calledApi);
}

/** Of an entity that has no title. */
const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

function calledApi(row: SoldApiRow): CalledApi {
  const api: ProviderApi | undefined =
    row.api === null ? undefined : JSON.parse(row.api);
  const sold: string[] | undefined =
    row.versions === null ? undefined : JSON.parse(row.versions);
  const title = row.title ?? api?.name ?? nameOf(row.api_ref ?? '');
  return api?.call
    ? { title, ...withVersion(api.call, sold) }
    : { title, alongside: [], notes: [] };
}

/**
 * The call of a version that the product sells.
 *
 * @param sold - versions of the product; absent = all of them
 */
function withVersion(
  { address, keyPlaces, version, notes = [] }: ApiCall,
  sold: readonly string[] | undefined,
): Omit<CalledApi, 'title'> {
  const known = version?.values ?? [];
  const callable = sold ? known.filter(one => sold.includes(one)) : known;
  const needed =
    version?.fallback === undefined || !callable.includes(version.fallback);
  const [chosen] = callable;
  if (!version || !needed || chosen === undefined) {
    return { ...(address ? { address } : {}), keyPlaces, alongside: [], notes };
  }
  const others =
    callable.length > 1
      ? [...notes, `There are several versions: ${callable.join(', ')}.`]
      : notes;
  if (version.in === 'path') {
    return {
      ...(address
        ? { address: `${address.replace(/\/*$/, '/')}${chosen}/` }
        : {}),
      keyPlaces,
      alongside: [],
      notes: others,
    };
  }
  return {
    ...(address ? { address } : {}),
    keyPlaces,
    alongside: version.name
      ? [{ in: version.in, name: version.name, value: chosen }]
      : [],
    notes: others,
  };
}
