/** What somebody reaches beyond what is their own: products that they decide about and applications of their groups. */
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import { whereAmong, whereIdAmong, type Form } from '../lib/semiJoins';

/** Ids of the products that the caller or their groups own or are named approvers of, platform owner or not. */
export const decidedProducts = (
  db: Knex,
  caller: UserCaller,
): Knex.QueryBuilder =>
  db
    .from(
      db
        .union([
          db('products').whereIn('owner_ref', caller.ownership).select('id'),
          db('product_approvers')
            .whereIn('approver_ref', caller.ownership)
            .select({ id: 'product_id' }),
        ])
        .as('decided'),
    )
    .select('decided.id');

/** Ids of the applications of the caller and their groups, deleted ones as well. */
export const ownApplications = (
  db: Knex,
  caller: UserCaller,
): Knex.QueryBuilder =>
  db('applications as own').whereIn('own.owner_ref', caller.ownership);

/** Rows whose column is a product that the caller or their groups decide about. */
export function whereDecided(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  column: string,
  caller: UserCaller,
): void {
  if (form === 'together') {
    whereIdAmong(db, query, column, decidedProducts(db, caller));
    return;
  }
  const product = db('products as decided').where(any =>
    any
      .whereIn('decided.owner_ref', caller.ownership)
      .orWhereExists(named =>
        named
          .select(db.raw('1'))
          .from('product_approvers as named')
          .whereRaw('?? = ??', ['named.product_id', 'decided.id'])
          .whereIn('named.approver_ref', caller.ownership),
      ),
  );
  whereAmong(db, query, form, column, product, 'decided.id');
}

/** Rows whose column is an application of the caller or their groups. */
export function whereOfOwn(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  column: string,
  caller: UserCaller,
): void {
  const own = ownApplications(db, caller);
  if (form === 'together') {
    whereIdAmong(db, query, column, own.select('own.id'));
  } else {
    whereAmong(db, query, form, column, own, 'own.id');
  }
}
