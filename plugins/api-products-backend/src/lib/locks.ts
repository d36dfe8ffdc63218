import type { Knex } from 'knex';
import { isSqlite, type Queryable } from './Database';

/**
 * Makes whoever changes the same subscription or its credentials wait until this transaction ends. Transactions that
 * change both take this lock first, so that none waits for another in a circle. SQLite has one writer anyway.
 */
export async function lockSubscription(
  tx: Knex.Transaction,
  subscriptionId: string,
): Promise<void> {
  if (!isSqlite(tx)) {
    await tx('subscriptions')
      .where({ id: subscriptionId })
      .forUpdate()
      .select('id');
  }
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
 * Makes whoever takes one of these records away, or away from its subscribers, wait until this transaction ends, and
 * waits for them; take it before looking whether the record is there. Others are not kept waiting.
 */
export async function keepRecord(
  tx: Queryable,
  table: 'products' | 'plans',
  where: { id: string } | { ref: string },
): Promise<void> {
  if (!isSqlite(tx)) {
    await tx(table).where(where).orderBy('id').forKeyShare().select('id');
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
