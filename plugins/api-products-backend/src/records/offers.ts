/**
 * Everything the access room needs to know of a product on a plan, in the caller's eyes.
 */
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  EntityRef,
  PlanSpec,
  Terms,
} from 'backstage-plugin-api-products-common';
import type { Queryable } from '../lib/Database';
import { keepRecord } from '../lib/locks';
import { isTrue, type PlanRow, type ProductRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { withoutCredential } from './authentication';
import { approversOf, planSpecOf, productSpecOf } from './specs';
import {
  whereOfferedWith,
  wherePlanVisible,
  whereProductVisible,
} from './visibility';

/** A product on a plan, as the caller may ask for it. @internal */
export interface Offer {
  product: ProductRow;
  plan: PlanRow;
  terms: Terms[];
  planSpec: PlanSpec;
  /** The owner and the named approvers. */
  approvers: EntityRef[];
}

/** Why the product takes no new requests, whatever the plan. */
function refusalOf(product: ProductRow): string | undefined {
  if (product.hidden_at !== null) {
    return 'is hidden: it is gone from where it is managed';
  }
  if (product.lifecycle !== 'active') {
    return `is ${product.lifecycle}`;
  }
  if (isTrue(product.coming_soon)) {
    return 'is coming soon';
  }
  if (product.provider_id === null) {
    return 'is documentation only';
  }
  return withoutCredential(product);
}

/**
 * Looks the product and the plan up in the caller's eyes and makes sure that they can be asked for together now.
 *
 * In a transaction, neither is taken away until it ends.
 *
 * @param refs - complete and in lower case
 * @throws NotFoundError if the product or the plan is unknown or invisible to the caller
 * @throws ConflictError naming `product` if it takes no new requests, or `plan` if the two cannot work together
 * @throws InputError naming `plan` if it is not offered with the product in a catalogue the caller sees
 * @internal
 */
export async function resolveOffer(
  tx: Queryable,
  caller: UserCaller,
  refs: { product: EntityRef; plan: EntityRef },
): Promise<Offer> {
  await keepRecord(tx, 'products', { ref: refs.product });
  await keepRecord(tx, 'plans', { ref: refs.plan });
  const product: ProductRow | undefined = await tx('products')
    .where('products.ref', refs.product)
    .modify(query => whereProductVisible(query, caller))
    .first('products.*');
  if (!product) {
    throw new NotFoundError(`There is no product ${refs.product}`);
  }
  const plan: PlanRow | undefined = await tx('plans')
    .where('plans.ref', refs.plan)
    .whereNull('plans.deleted_at')
    .where(any => {
      // As a subquery: to a platform owner everything is visible, and an empty half of an `or` would not count.
      any.whereIn('plans.id', seen => {
        seen.select('plans.id').from('plans');
        wherePlanVisible(seen, caller);
      });
      any.orWhere(offered => whereOfferedWith(offered, product.id, caller));
    })
    .first('plans.*');
  if (!plan) {
    throw new NotFoundError(`There is no plan ${refs.plan}`);
  }
  const refusal = refusalOf(product);
  if (refusal) {
    throw new ConflictError(
      `product: ${product.title} ${refusal} and takes no new requests`,
    );
  }
  const offered: { id: string } | undefined = await tx('plans')
    .where('plans.id', plan.id)
    .modify(query => whereOfferedWith(query, product.id, caller))
    .first('plans.id');
  if (!offered) {
    throw new InputError(
      `plan: ${plan.title} is not offered with ${product.title} in a catalogue you can see`,
    );
  }
  if (plan.provider_id !== product.provider_id) {
    throw new ConflictError(
      `plan: ${plan.title} is not kept by the provider of ${product.title} and cannot work with it`,
    );
  }
  const spec = productSpecOf(product);
  return {
    product,
    plan,
    terms: spec.terms,
    planSpec: planSpecOf(plan),
    approvers: approversOf(spec),
  };
}
