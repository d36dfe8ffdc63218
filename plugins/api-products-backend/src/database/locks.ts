import type { Knex } from 'knex';
import { isSqlite } from './Database';

/**
 * Makes whoever changes the same subscription or its credentials wait until this transaction ends. Transactions that
 * change both take this lock first, so that none waits for another in a circle. SQLite has one writer anyway.
 * @internal
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
