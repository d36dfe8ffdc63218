/** Builds what a provider needs to know of a product or a plan from our rows. */
import type { Id } from 'backstage-plugin-api-products-common';
import type {
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import type { Queryable } from '../database/Database';

/** @throws NotFoundError if the product is gone. @internal */
export async function providerProductOf(
  _tx: Queryable,
  _productId: Id,
): Promise<ProviderProduct> {
  throw new Error('Not there yet');
}

/** @throws NotFoundError if the plan is gone. @internal */
export async function providerPlanOf(
  _tx: Queryable,
  _planId: Id,
): Promise<ProviderPlan> {
  throw new Error('Not there yet');
}
