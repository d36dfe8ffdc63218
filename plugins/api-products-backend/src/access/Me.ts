import type {
  EntityRef,
  Me as MeView,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Person, UserCaller } from '../identity/Caller';
import { countUpTo } from '../lib/totals';
import { decidedProducts, whereDecided } from '../records/reach';

const ID = 'access_requests.id';
const PRODUCT = 'access_requests.product_id';

/** Somebody can own thousands; who asks for the caller does not want a list. */
const OWNED_SHOWN = 100;

interface Options {
  db: Knex;
  allowSelfApproval: boolean;
  platformOwners: EntityRef[];
}

export class Me {
  readonly #options: Options;

  static create(options: Options): Me {
    return new Me(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * The caller, what they own and what waits for them. A platform owner decides about every product: `platformOwner`
   * says so, and `ownedProducts` names only those that are their own or their groups', the first hundred of them.
   */
  async get({ caller }: Person): Promise<MeView> {
    const { db, allowSelfApproval, platformOwners } = this.#options;
    const pending = () => db('access_requests').where('status', 'pending');
    const [ownedProducts, pendingForMe, myPending] = await Promise.all([
      ownedBy(db, caller),
      countUpTo(db, [
        {
          key: ID,
          query: pending().modify(query => {
            if (!caller.platformOwner) {
              whereDecided(db, query, 'together', PRODUCT, caller);
            }
            if (!allowSelfApproval) {
              query.whereNot('requester_ref', caller.ref);
            }
          }),
        },
      ]),
      countUpTo(db, [
        { key: ID, query: pending().where('requester_ref', caller.ref) },
      ]),
    ]);
    return {
      user: caller.ref,
      groups: caller.ownership.filter(ref => ref.startsWith('group:')),
      platformOwner: caller.platformOwner,
      platformOwners,
      planAuthor: caller.planAuthor,
      ownedProducts: ownedProducts.slice(0, OWNED_SHOWN),
      ...(ownedProducts.length > OWNED_SHOWN && { moreOwnedProducts: true }),
      counts: {
        pendingForMe: pendingForMe.totalItems,
        myPending: myPending.totalItems,
      },
    };
  }
}

function ownedBy(db: Knex, caller: UserCaller): Promise<EntityRef[]> {
  return db('products')
    .whereNull('products.deleted_at')
    .whereIn('products.id', decidedProducts(db, caller))
    .orderBy('products.ref')
    .limit(OWNED_SHOWN + 1)
    .pluck('products.ref');
}
