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

type KeyedRow = Pick<
  ProductRow | PlanRow,
  'id' | 'namespace' | 'name' | 'provider_key'
>;

/**
 * What a provider goes by where it has not told its own name yet. It stays when the record is renamed, and what comes
 * under the former name then gets another one: two records with one key would write into one policy.
 */
async function providerKeysOf(
  db: Queryable,
  noun: 'product' | 'plan',
  rows: readonly KeyedRow[],
): Promise<Map<Id, string>> {
  const keyOf = ({ namespace, name }: KeyedRow) => `${namespace}/${name}`;
  const lower = (key: string) => key.toLocaleLowerCase('en-US');
  const others: { id: Id; provider_key: string }[] = await db(TABLES[noun])
    .whereIn(
      'provider_key',
      rows
        .filter(row => row.provider_key === null)
        .map(row => lower(keyOf(row))),
    )
    .select('id', 'provider_key');
  return new Map(
    rows.map(row => {
      const key = keyOf(row);
      const isTaken = others.some(
        other => other.provider_key === lower(key) && other.id !== row.id,
      );
      return [row.id, row.provider_key ?? (isTaken ? `${key}/${row.id}` : key)];
    }),
  );
}

export async function providerKeyOf(
  db: Queryable,
  noun: 'product' | 'plan',
  row: KeyedRow,
): Promise<string> {
  const keys = await providerKeysOf(db, noun, [row]);
  return keys.get(row.id) ?? `${row.namespace}/${row.name}`;
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

const byKey = <T>(rows: readonly T[], keyOf: (row: T) => string) => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
};

/**
 * Of several products at once; without those that are gone, or that have an API that could not be found at the provider.
 * Without it, a product would open less than it promises.
 */
export async function providerProductsOf(
  db: Queryable,
  ids: readonly Id[],
): Promise<Map<Id, ProviderProduct | ConflictError>> {
  const rows = await db<ProductRow>('products').whereIn('id', ids);
  const keys = await providerKeysOf(db, 'product', rows);
  const apis = byKey(
    await db<ProductApiRow>('product_apis')
      .whereIn('product_id', ids)
      .orderBy(['product_id', 'position']),
    api => api.product_id,
  );
  return new Map(
    rows.map((row): [Id, ProviderProduct | ConflictError] => {
      try {
        return [
          row.id,
          {
            key: keys.get(row.id) ?? row.ref,
            title: productSpecOf(row).providerName ?? row.title,
            apis: mergedApis(apis.get(row.id) ?? []),
            ...referenceOf(row),
          },
        ];
      } catch (error) {
        if (error instanceof ConflictError) {
          return [row.id, error];
        }
        throw error;
      }
    }),
  );
}

/**
 * @throws NotFoundError if the product is gone
 * @throws ConflictError if an API of it could not be found at the provider
 */
export async function providerProductOf(
  tx: Queryable,
  productId: Id,
): Promise<ProviderProduct> {
  const product = (await providerProductsOf(tx, [productId])).get(productId);
  if (!product) {
    throw new NotFoundError(`There is no product with id ${productId}`);
  }
  if (product instanceof ConflictError) {
    throw product;
  }
  return product;
}

/** Of several plans at once, without those that are gone. */
export async function providerPlansOf(
  db: Queryable,
  ids: readonly Id[],
): Promise<Map<Id, ProviderPlan>> {
  const rows = await db<PlanRow>('plans').whereIn('id', ids);
  const keys = await providerKeysOf(db, 'plan', rows);
  const sold: {
    plan_ref: string;
    provider_id: Id | null;
    provider_api_id: string;
  }[] = await db('product_plans')
    .join('products', 'products.id', 'product_plans.product_id')
    .join('product_apis', 'product_apis.product_id', 'products.id')
    .whereIn(
      'product_plans.plan_ref',
      rows.map(row => row.ref),
    )
    .whereNotNull('product_apis.provider_api_id')
    .distinct(
      'product_plans.plan_ref',
      'products.provider_id',
      'product_apis.provider_api_id',
    )
    .orderBy('product_apis.provider_api_id');
  const soldWith = byKey(sold, row => row.plan_ref);
  return new Map(
    rows.map(row => {
      const spec = planSpecOf(row);
      const plan: ProviderPlan = {
        key: keys.get(row.id) ?? row.ref,
        title: spec.providerName ?? row.title,
        rateLimit: spec.rateLimit,
        quota: spec.quota,
        ...(spec.keyLifetime === 'never'
          ? {}
          : { keyLifetimeSeconds: secondsOf(spec.keyLifetime) }),
        credentialMetadata: spec.credentialMetadata,
        apiIds: (soldWith.get(row.ref) ?? [])
          .filter(api => api.provider_id === row.provider_id)
          .map(api => api.provider_api_id),
        ...referenceOf(row),
      };
      return [row.id, plan];
    }),
  );
}

/** @throws NotFoundError if the plan is gone. */
export async function providerPlanOf(
  tx: Queryable,
  planId: Id,
): Promise<ProviderPlan> {
  const plan = (await providerPlansOf(tx, [planId])).get(planId);
  if (!plan) {
    throw new NotFoundError(`There is no plan with id ${planId}`);
  }
  return plan;
}
