import type {
  EntityRef,
  Me as MeView,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import { countOf } from '../lib/paging';
import { whereApprovableBy } from '../records/visibility';

/**
 * The caller, what they own and what waits for them. A platform owner decides about every product: `platformOwner` says
 * so, and `ownedProducts` names only those that are their own or their groups'.
 * @internal
 */
export async function meOf(
  db: Knex,
  caller: UserCaller,
  options: { allowSelfApproval: boolean; platformOwners: EntityRef[] },
): Promise<MeView> {
  const pending = () => db('access_requests').where('status', 'pending');
  const [ownedProducts, pendingForMe, myPending] = await Promise.all([
    ownedBy(db, caller),
    countOf(
      pending()
        .join('products', 'products.id', 'access_requests.product_id')
        .modify(query => {
          whereApprovableBy(query, caller);
          if (!options.allowSelfApproval) {
            query.whereNot('access_requests.requester_ref', caller.ref);
          }
        }),
    ),
    countOf(pending().where('requester_ref', caller.ref)),
  ]);
  return {
    user: caller.ref,
    groups: caller.ownership.filter(ref => ref.startsWith('group:')),
    platformOwner: caller.platformOwner,
    platformOwners: options.platformOwners,
    planAuthor: caller.planAuthor,
    ownedProducts,
    counts: { pendingForMe, myPending },
  };
}

function ownedBy(db: Knex, caller: UserCaller): Promise<EntityRef[]> {
  return db('products')
    .whereNull('products.deleted_at')
    .modify(query =>
      whereApprovableBy(query, { ...caller, platformOwner: false }),
    )
    .orderBy('products.ref')
    .pluck('products.ref');
}
