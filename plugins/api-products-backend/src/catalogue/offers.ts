/**
 * Everything the access room needs to know of a product on a plan, in the caller's eyes.
 */
import type {
  EntityRef,
  PlanSpec,
  Terms,
} from 'backstage-plugin-api-products-common';
import type { Queryable } from '../database/Database';
import type { PlanRow, ProductRow } from '../database/rows';
import type { UserCaller } from '../identity/Caller';

/** A product on a plan, as the caller may ask for it. @internal */
export interface Offer {
  product: ProductRow;
  plan: PlanRow;
  terms: Terms[];
  planSpec: PlanSpec;
  /** The owner and the named approvers. */
  approvers: EntityRef[];
}

/**
 * Looks the product and the plan up in the caller's eyes and makes sure that they can be asked for together now.
 *
 * @throws NotFoundError if the product or the plan is unknown or invisible to the caller
 * @throws InputError naming `plan` if it is not offered with the product in a catalogue the caller sees
 * @throws ConflictError naming `product` if it takes no new requests
 * @internal
 */
export async function resolveOffer(
  _tx: Queryable,
  _caller: UserCaller,
  _refs: { product: EntityRef; plan: EntityRef },
): Promise<Offer> {
  throw new Error('Not there yet');
}
