/** Repairs what differs without asking, for providers that are configured so. */
import { ConflictError } from '@backstage/errors';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { inTransaction } from '../../lib/transactions';
import { actionsOf, repairsItself } from './actions';
import { actionFactsOf, itemRows, type ItemRow } from './itemViews';
import { requestRepair } from './requestRepair';

const PAGE = 100;

export async function repairAutomatically(
  { knex, clock }: { knex: Knex; clock: Clock },
  providerId: Id,
): Promise<void> {
  let after = '';
  for (;;) {
    const rows: ItemRow[] = await itemRows(knex)
      .where({
        'drift_items.provider_id': providerId,
        'drift_items.status': 'open',
      })
      .where('drift_items.id', '>', after)
      .orderBy('drift_items.id')
      .limit(PAGE);
    if (rows.length === 0) {
      return;
    }
    after = rows[rows.length - 1].id;
    for (const row of rows) {
      const facts = actionFactsOf(row);
      if (repairsItself(facts) && actionsOf(facts).includes('push-ours')) {
        try {
          await inTransaction(knex, tx =>
            requestRepair(tx, clock, row, 'push-ours', undefined),
          );
        } catch (error) {
          // Somebody was quicker.
          if (!(error instanceof ConflictError)) throw error;
        }
      }
    }
  }
}
