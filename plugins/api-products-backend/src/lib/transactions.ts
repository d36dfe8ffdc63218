import { Knex } from 'knex';
import { isSqlite } from './Database';

/**
 * Runs a state change as one transaction. SQLite has one writer, so there the callers queue up at the pool; on
 * PostgreSQL each statement of a change is a compare-and-set, so `read committed` is enough and nothing is retried.
 */
export function inTransaction<T>(
  knex: Knex,
  change: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(
    change,
    isSqlite(knex) ? {} : { isolationLevel: 'read committed' },
  );
}

/** Does it when the transaction is committed, and never if it is not. */
export function afterCommit(tx: Knex.Transaction, then: () => void): void {
  tx.executionPromise.then(then, () => {});
}
