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
import type { Knex } from 'knex';
import { Duration } from 'luxon';
import type { Queryable } from '../lib/Database';
import {
  isTrue,
  TABLES,
  type PlanRow,
  type ProductApiRow,
  type ProductRow,
  type SqlBoolean,
} from '../lib/rows';
import { planSpecOf, productSpecOf } from './specs';

/** Whether another record goes by the name at the provider. */
interface Named {
  name_taken: SqlBoolean;
}

/** A product, with what a provider needs to know beside it. */
export type OfferedProduct = ProductRow & Named;

/** The same of a plan. */
export type OfferedPlan = PlanRow & Named;

/** Records with whether their names are taken at the provider. */
function offered(
  db: Queryable,
  noun: 'product' | 'plan',
  ids: readonly Id[],
): Knex.QueryBuilder {
  const table = TABLES[noun];
  return db(table)
    .whereIn(`${table}.id`, ids)
    .select(`${table}.*`, {
      // Names are of ASCII.
      name_taken: db.raw(
        `exists (select 1 from ?? as other where other.provider_key = lower(?? || '/' || ??) and other.id <> ??)`,
        [table, `${table}.namespace`, `${table}.name`, `${table}.id`],
      ),
    });
}

export const offeredProducts = async (
  db: Queryable,
  ids: readonly Id[],
): Promise<OfferedProduct[]> => offered(db, 'product', ids);

export const offeredPlans = async (
  db: Queryable,
  ids: readonly Id[],
): Promise<OfferedPlan[]> => offered(db, 'plan', ids);

/**
 * What a provider goes by where it has not told its own name yet. It stays when the record is renamed, and what comes
 * under the former name then gets another one: two records with one key would write into one policy.
 */
function keyOf(row: OfferedProduct | OfferedPlan): string {
  const name = `${row.namespace}/${row.name}`;
  return (
    row.provider_key ?? (isTrue(row.name_taken) ? `${name}/${row.id}` : name)
  );
}

/** @throws NotFoundError if the record is gone */
export async function providerKeyOf(
  db: Queryable,
  noun: 'product' | 'plan',
  id: Id,
): Promise<string> {
  const row: OfferedProduct | OfferedPlan | undefined = await offered(
    db,
    noun,
    [id],
  ).first();
  if (!row) {
    throw new NotFoundError(`There is no ${noun} with id ${id}`);
  }
  return keyOf(row);
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

const byKey = <T>(rows: readonly T[], groupOf: (row: T) => string) => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = groupOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
};

/**
 * Of several products at once; with an error in the place of those that have an API that could not be found at the
 * provider. Without it, a product would open less than it promises.
 */
export async function providerProductsOf(
  db: Queryable,
  rows: readonly OfferedProduct[],
): Promise<Map<Id, ProviderProduct | ConflictError>> {
  const apis = byKey(
    await db<ProductApiRow>('product_apis')
      .whereIn(
        'product_id',
        rows.map(({ id }) => id),
      )
      .orderBy(['product_id', 'position']),
    api => api.product_id,
  );
  return new Map(
    rows.map((row): [Id, ProviderProduct | ConflictError] => {
      try {
        return [
          row.id,
          {
            key: keyOf(row),
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
  const rows = await offeredProducts(tx, [productId]);
  const product = (await providerProductsOf(tx, rows)).get(productId);
  if (!product) {
    throw new NotFoundError(`There is no product with id ${productId}`);
  }
  if (product instanceof ConflictError) {
    throw product;
  }
  return product;
}

/** Of several plans at once. */
export async function providerPlansOf(
  db: Queryable,
  rows: readonly OfferedPlan[],
): Promise<Map<Id, ProviderPlan>> {
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
        key: keyOf(row),
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
  const rows = await offeredPlans(tx, [planId]);
  const plan = (await providerPlansOf(tx, rows)).get(planId);
  if (!plan) {
    throw new NotFoundError(`There is no plan with id ${planId}`);
  }
  return plan;
}
