import { Knex } from 'knex';
import { isSqlite } from './Database';

/** What is still to be written of transactions that are under way. */
const beforeCommit = new WeakMap<
  Knex.Transaction,
  Array<() => Promise<void>>
>();

/**
 * Runs a state change as one transaction. SQLite has one writer, so there the callers queue up at the pool; on
 * PostgreSQL each statement of a change is a compare-and-set, so `read committed` is enough and nothing is retried.
 */
export function inTransaction<T>(
  knex: Knex,
  change: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(
    async tx => {
      const writes: Array<() => Promise<void>> = [];
      beforeCommit.set(tx, writes);
      const result = await change(tx);
      for (const write of writes) {
        await write();
      }
      return result;
    },
    isSqlite(knex) ? {} : { isolationLevel: 'read committed' },
  );
}

/**
 * Gathers what accompanies a change and is read by none of its statements, such as the lines of the history: all of a
 * transaction are written together, just before it is committed. In a transaction that `inTransaction` has not begun,
 * each is written at once.
 *
 * @param write - is given what one transaction has gathered, in order
 * @returns adds to it
 */
export function gatheredWrite<T>(
  write: (tx: Knex.Transaction, items: readonly T[]) => Promise<void>,
): (tx: Knex.Transaction, ...items: T[]) => Promise<void> {
  const gathered = new WeakMap<Knex.Transaction, T[]>();
  return async (tx, ...items) => {
    const writes = beforeCommit.get(tx);
    if (!writes) {
      await write(tx, items);
      return;
    }
    const all = gathered.get(tx);
    if (all) {
      all.push(...items);
      return;
    }
    gathered.set(tx, items);
    writes.push(() => write(tx, items));
  };
}

/** Does it when the transaction is committed, and never if it is not. */
export function afterCommit(tx: Knex.Transaction, then: () => void): void {
  tx.executionPromise.then(then, () => {});
}
