import type { Knex } from 'knex';
import { isSqlite, type Queryable } from './Database';
import type { PlanRow, ProductRow, SubscriptionRow } from './rows';

interface RecordRow {
  products: ProductRow;
  plans: PlanRow;
}

/**
 * Makes whoever changes the same subscription or its credentials wait until this transaction ends. Transactions that
 * change both take this lock first, so that none waits for another in a circle. SQLite has one writer anyway.
 *
 * @returns the subscription as it is now
 */
export async function lockSubscription(
  tx: Knex.Transaction,
  subscriptionId: string,
): Promise<SubscriptionRow | undefined> {
  return tx('subscriptions')
    .where({ id: subscriptionId })
    .modify(query => {
      if (!isSqlite(tx)) query.forUpdate();
    })
    .first();
}

/**
 * Makes whoever writes products, plans and catalogues wait until this transaction ends, so that what must be unique
 * among them is still so when it is written, and no two writers wait for each other in a circle. Take it before any row.
 */
export async function lockCatalogue(tx: Knex.Transaction): Promise<void> {
  if (!isSqlite(tx)) {
    await tx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
      'api-products:catalogue',
    ]);
  }
}

/**
 * Makes whoever takes this record away, or away from its subscribers, wait until this transaction ends, and waits for
 * them; what is looked up of it afterwards stays so. Others are not kept waiting.
 *
 * @returns the record as it is now
 */
export async function keepRecord<T extends 'products' | 'plans'>(
  tx: Queryable,
  table: T,
  where: { ref: string; deleted_at: null },
): Promise<RecordRow[T] | undefined> {
  return tx(table)
    .where(where)
    .modify(query => {
      if (!isSqlite(tx)) query.forKeyShare();
    })
    .first();
}

/** The same for several, in an order in which nobody waits in a circle. @returns by id */
export async function keepRecords<T extends 'products' | 'plans'>(
  tx: Knex.Transaction,
  table: T,
  ids: readonly string[],
): Promise<Map<string, RecordRow[T]>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await tx(table)
    .whereIn('id', [...new Set(ids)])
    .orderBy('id')
    .modify(query => {
      if (!isSqlite(tx)) query.forKeyShare();
    });
  return new Map(rows.map((row: RecordRow[T]) => [row.id, row]));
}

/**
 * Makes whoever decides or edits one of these access requests wait until this transaction ends. Who writes many of them
 * takes them in the same order as others do, so that none waits for another in a circle.
 */
export async function lockAccessRequests(
  tx: Knex.Transaction,
  ids: readonly string[],
): Promise<void> {
  if (!isSqlite(tx) && ids.length > 1) {
    await tx('access_requests')
      .whereIn('id', [...ids])
      .orderBy('id')
      .forUpdate()
      .select('id');
  }
}

/** The other side of `keepRecord`. */
export async function lockRecordRow(
  tx: Knex.Transaction,
  table: 'products' | 'plans' | 'catalogues',
  id: string,
): Promise<void> {
  if (!isSqlite(tx)) {
    await tx(table).where({ id }).forUpdate().select('id');
  }
}
