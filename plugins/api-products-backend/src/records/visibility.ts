/**
 * Who sees what, as SQL, so that lists filter and page in one statement and a record that is not for the caller does
 * not exist for them: not listed, 404 by name.
 *
 * - A catalogue is open to everybody where it is public, else to its audience, its owner and the platform owners. Those
 *   who publish in it see that it is there as well, but not by that what others list in it.
 * - A product is seen by those who decide about it whatever its state; by others while it is active or deprecated and
 *   stands in a catalogue that is open to them.
 * - What was deleted is seen by nobody; its history is.
 * - A plan is seen by its owner and by those to whom a catalogue is open that it stands in, unless it is held back.
 * - A product and a plan can be combined where a catalogue holds both that is open to the caller. Those who decide about
 *   the product see every catalogue it stands in, because they or Git put it there.
 *
 * Where it can be, a subquery does not depend on the row: then a database computes it once per list, not once per row.
 */
import type { Knex } from 'knex';
import type { Caller, UserCaller } from '../identity/Caller';

/** Lifecycles of products that people who do not decide about them can see. */
const SEEN_LIFECYCLES = ['active', 'deprecated'] as const;

const seesEverything = (caller: Caller): boolean =>
  caller.kind === 'service' || caller.platformOwner;

const ownershipOf = (caller: Caller): string[] =>
  caller.kind === 'user' ? caller.ownership : [];

function whereOpenTo(any: Knex.QueryBuilder, ownership: string[]): void {
  any
    .where('catalogues.visibility', 'public')
    .orWhereIn('catalogues.owner_ref', ownership)
    .orWhereIn('catalogues.id', audience =>
      audience
        .select('catalogue_audience.catalogue_id')
        .from('catalogue_audience')
        .whereIn('catalogue_audience.audience_ref', ownership),
    );
}

/** Rows of `catalogues` in which the caller sees what stands there. */
export function whereCatalogueOpen(
  query: Knex.QueryBuilder,
  caller: Caller,
): void {
  query.whereNull('catalogues.hidden_at').whereNull('catalogues.deleted_at');
  if (!seesEverything(caller)) {
    query.where(any => whereOpenTo(any, ownershipOf(caller)));
  }
}

/** Rows of `catalogues` that the caller sees, those in which they only publish as well. */
export function whereCatalogueVisible(
  query: Knex.QueryBuilder,
  caller: Caller,
): void {
  query.whereNull('catalogues.hidden_at').whereNull('catalogues.deleted_at');
  if (seesEverything(caller)) {
    return;
  }
  const ownership = ownershipOf(caller);
  query.where(any => {
    whereOpenTo(any, ownership);
    any.orWhereIn('catalogues.id', publishers =>
      publishers
        .select('catalogue_publishers.catalogue_id')
        .from('catalogue_publishers')
        .whereIn('catalogue_publishers.publisher_ref', ownership),
    );
  });
}

/** Rows of `catalogue_items` that stand in a catalogue that is open to the caller. */
export function whereInOpenCatalogue(
  query: Knex.QueryBuilder,
  caller: Caller,
): void {
  query.whereIn('catalogue_items.catalogue_ref', visible => {
    visible.select('catalogues.ref').from('catalogues');
    whereCatalogueOpen(visible, caller);
  });
}

/** Restricts `query` to records whose ref column stands in a catalogue that is open to the caller. */
function whereListed(
  query: Knex.QueryBuilder,
  refColumn: string,
  caller: Caller,
): void {
  query.whereExists(item => {
    item
      .select('catalogue_items.item_ref')
      .from('catalogue_items')
      .whereRaw('?? = ??', ['catalogue_items.item_ref', refColumn]);
    whereInOpenCatalogue(item, caller);
  });
}

/** Rows of `products` that the caller decides about: owner, named approver, or platform owner. */
export function whereApprovableBy(
  query: Knex.QueryBuilder,
  caller: UserCaller,
): void {
  if (caller.platformOwner) {
    return;
  }
  query.where(any =>
    any
      .whereIn('products.owner_ref', caller.ownership)
      .orWhereIn('products.id', approver =>
        approver
          .select('product_approvers.product_id')
          .from('product_approvers')
          .whereIn('product_approvers.approver_ref', caller.ownership),
      ),
  );
}

/** Rows of `products` that the caller sees. */
export function whereProductVisible(
  query: Knex.QueryBuilder,
  caller: Caller,
): void {
  query.whereNull('products.deleted_at');
  if (caller.kind === 'service') {
    query.whereNull('products.hidden_at');
    return;
  }
  if (caller.platformOwner) {
    return;
  }
  query.where(any => {
    any.where(decides => whereApprovableBy(decides, caller));
    any.orWhere(seen => {
      seen
        .whereNull('products.hidden_at')
        .whereIn('products.lifecycle', [...SEEN_LIFECYCLES]);
      whereListed(seen, 'products.ref', caller);
    });
  });
}

/** Rows of `plans` that the caller sees. */
export function wherePlanVisible(
  query: Knex.QueryBuilder,
  caller: Caller,
): void {
  query.whereNull('plans.deleted_at');
  if (caller.kind === 'service') {
    query.whereNull('plans.hidden_at');
    return;
  }
  if (caller.platformOwner) {
    return;
  }
  query.where(any => {
    any.whereIn('plans.owner_ref', caller.ownership);
    any.orWhere(seen => {
      seen.whereNull('plans.hidden_at').whereNull('plans.held_back');
      whereListed(seen, 'plans.ref', caller);
    });
  });
}

/**
 * Rows of `products` joined with `plans` where a catalogue that the caller sees holds both. The plan must also be one
 * that the product offers; that is the join's business.
 */
export function whereCombinable(
  query: Knex.QueryBuilder,
  caller: Caller,
): void {
  query.whereNull('plans.hidden_at').whereNull('plans.held_back');
  query.where(any => {
    any.whereExists(both => {
      bothIn(both);
      whereCatalogueOpen(both, caller);
    });
    if (caller.kind === 'user' && !caller.platformOwner) {
      any.orWhere(own => {
        whereApprovableBy(own, caller);
        own.whereExists(both => {
          bothIn(both);
          both.whereNull('catalogues.hidden_at');
        });
      });
    }
  });
}

function bothIn(query: Knex.QueryBuilder): void {
  query
    .select('catalogues.id')
    .from('catalogues')
    .join('catalogue_items as of_product', join =>
      join.on('of_product.catalogue_ref', 'catalogues.ref'),
    )
    .join('catalogue_items as of_plan', join =>
      join.on('of_plan.catalogue_ref', 'catalogues.ref'),
    )
    .whereRaw('?? = ??', ['of_product.item_ref', 'products.ref'])
    .whereRaw('?? = ??', ['of_plan.item_ref', 'plans.ref']);
}

/** Rows of `plans` that the caller can combine with the product. */
export function whereOfferedWith(
  query: Knex.QueryBuilder,
  productId: string,
  caller: Caller,
): void {
  query.whereExists(offer => {
    offer
      .select('product_plans.plan_ref')
      .from('product_plans')
      .join('products', 'products.id', 'product_plans.product_id')
      .whereRaw('?? = ??', ['product_plans.plan_ref', 'plans.ref'])
      .where('products.id', productId);
    whereCombinable(offer, caller);
  });
}
