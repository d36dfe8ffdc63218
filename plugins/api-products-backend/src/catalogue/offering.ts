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
import type { Queryable } from '../database/Database';
import type { PlanRow, ProductApiRow, ProductRow } from '../database/rows';
import { planSpecOf, productSpecOf } from './specs';

const keyOf = (row: { namespace: string; name: string }): string =>
  `${row.namespace}/${row.name}`;

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

/** @internal */
export const unresolvedApi = (apiRef: string): string =>
  `It is not known which API of the provider ${apiRef} is: set providerApiId beside it in the product, or the annotation ${ANNOTATION_PROVIDER_API_ID} on it`;

/**
 * @throws NotFoundError if the product is gone
 * @throws ConflictError if an API of it could not be found at the provider: without it, the product would open less
 *   than it promises
 * @internal
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
    key: keyOf(row),
    title: productSpecOf(row).providerName ?? row.title,
    apis: apis.map(api => {
      if (api.provider_api_id === null) {
        throw new ConflictError(unresolvedApi(api.api_ref));
      }
      return {
        id: api.provider_api_id,
        name: api.title ?? api.api_ref,
        versions: api.versions === null ? undefined : JSON.parse(api.versions),
        allowedUrls:
          api.allowed_urls === null ? undefined : JSON.parse(api.allowed_urls),
      };
    }),
    ...referenceOf(row),
  };
}

/** @throws NotFoundError if the plan is gone. @internal */
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
    key: keyOf(row),
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
