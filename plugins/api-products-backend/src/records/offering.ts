/** Builds what a provider needs to know of a product or a plan from our rows. */
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  ANNOTATION_PROVIDER_API_ID,
  type Id,
  type IsoDuration,
} from 'backstage-plugin-api-products-common';
import type {
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { Duration } from 'luxon';
import type { Queryable } from '../lib/Database';
import {
  TABLES,
  type PlanRow,
  type ProductApiRow,
  type ProductRow,
} from '../lib/rows';
import { planSpecOf, productSpecOf } from './specs';

/**
 * What a provider goes by where it has not told its own name yet. It stays when the record is renamed, and what comes
 * under the former name then gets another one: two records with one key would write into one policy.
 */
export async function providerKeyOf(
  db: Queryable,
  noun: 'product' | 'plan',
  row: Pick<ProductRow | PlanRow, 'id' | 'namespace' | 'name' | 'provider_key'>,
): Promise<string> {
  if (row.provider_key !== null) {
    return row.provider_key;
  }
  const key = `${row.namespace}/${row.name}`;
  const other: unknown = await db(TABLES[noun])
    .where({ provider_key: key.toLocaleLowerCase('en-US') })
    .whereNot({ id: row.id })
    .first('id');
  return other === undefined ? key : `${key}/${row.id}`;
}

const referenceOf = (row: { policy_id: string | null }) =>
  row.policy_id === null ? {} : { reference: { policyId: row.policy_id } };

/** Months count 30 days, years 365. */
function secondsOf(duration: IsoDuration): number {
  const parsed = Duration.fromISO(duration);
  if (!parsed.isValid) {
    throw new InputError(`'${duration}' is not an ISO 8601 duration`);
  }
  return Math.round(parsed.as('seconds'));
}

export const unresolvedApi = (apiRef: string): string =>
  `It is not known which API of the provider ${apiRef} is: set providerApiId beside it in the product, or the annotation ${ANNOTATION_PROVIDER_API_ID} on it`;

type OfferedApi = ProviderProduct['apis'][number];

function offeredApi(api: ProductApiRow): OfferedApi {
  if (api.provider_api_id === null) {
    throw new ConflictError(unresolvedApi(api.api_ref ?? ''));
  }
  return {
    id: api.provider_api_id,
    name: api.title ?? api.api_ref ?? api.provider_api_id,
    versions: api.versions === null ? undefined : JSON.parse(api.versions),
    allowedUrls:
      api.allowed_urls === null ? undefined : JSON.parse(api.allowed_urls),
  };
}

/** Without a list everything is open, so what one of them leaves open stays open. */
const together = <T>(one: T[] | undefined, other: T[] | undefined) =>
  one && other && [...one, ...other];

/** Several entities can stand for one API of the provider, as for its versions; the provider is told of it once. */
function mergedApis(rows: ProductApiRow[]): OfferedApi[] {
  const merged = new Map<string, OfferedApi>();
  for (const api of rows.map(offeredApi)) {
    const first = merged.get(api.id);
    const versions = first && together(first.versions, api.versions);
    merged.set(
      api.id,
      first
        ? {
            ...first,
            versions: versions && [...new Set(versions)],
            allowedUrls: together(first.allowedUrls, api.allowedUrls),
          }
        : api,
    );
  }
  return [...merged.values()];
}

/**
 * @throws NotFoundError if the product is gone
 * @throws ConflictError if an API of it could not be found at the provider: without it, the product would open less
 *   than it promises
 */
export async function providerProductOf(
  tx: Queryable,
  productId: Id,
): Promise<ProviderProduct> {
  const row = await tx<ProductRow>('products').where('id', productId).first();
  if (!row) {
    throw new NotFoundError(`There is no product with id ${productId}`);
  }
  const apis = await tx<ProductApiRow>('product_apis')
    .where('product_id', productId)
    .orderBy('position');
  return {
    key: await providerKeyOf(tx, 'product', row),
    title: productSpecOf(row).providerName ?? row.title,
    apis: mergedApis(apis),
    ...referenceOf(row),
  };
}

/** @throws NotFoundError if the plan is gone. */
export async function providerPlanOf(
  tx: Queryable,
  planId: Id,
): Promise<ProviderPlan> {
  const row = await tx<PlanRow>('plans').where('id', planId).first();
  if (!row) {
    throw new NotFoundError(`There is no plan with id ${planId}`);
  }
  const apis: { provider_api_id: string }[] = await tx('product_plans')
    .join('products', 'products.id', 'product_plans.product_id')
    .join('product_apis', 'product_apis.product_id', 'products.id')
    .where('product_plans.plan_ref', row.ref)
    .where('products.provider_id', row.provider_id)
    .whereNotNull('product_apis.provider_api_id')
    .distinct('product_apis.provider_api_id')
    .orderBy('product_apis.provider_api_id');
  const spec = planSpecOf(row);
  return {
    key: await providerKeyOf(tx, 'plan', row),
    title: spec.providerName ?? row.title,
    rateLimit: spec.rateLimit,
    quota: spec.quota,
    ...(spec.keyLifetime === 'never'
      ? {}
      : { keyLifetimeSeconds: secondsOf(spec.keyLifetime) }),
    credentialMetadata: spec.credentialMetadata,
    apiIds: apis.map(api => api.provider_api_id),
    ...referenceOf(row),
  };
}
