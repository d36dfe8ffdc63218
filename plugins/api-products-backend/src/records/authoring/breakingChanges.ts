/** Edits that would take something away from those who are subscribed. */
import type {
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import { conflict } from '../../lib/errors';
import type { PlanRow, ProductRow } from '../../lib/rows';
import { refuseWhileSubscribed } from '../write/impact';

/** Rule 7: nobody who is subscribed loses anything by an edit that takes it away from all. */
export async function refuseBreaking(
  tx: Knex.Transaction,
  caller: UserCaller,
  row: ProductRow,
  after: ProductSpec,
): Promise<void> {
  if (after.lifecycle === 'retired' && row.lifecycle !== 'retired') {
    await refuseWhileSubscribed(
      tx,
      caller,
      'product',
      row,
      'lifecycle: it cannot be retired',
    );
  }
  await refuseMoving(tx, caller, 'product', row, after);
}

export async function refuseMoving(
  tx: Knex.Transaction,
  caller: UserCaller,
  noun: 'product' | 'plan',
  row: ProductRow | PlanRow,
  after: ProductSpec | PlanSpec,
): Promise<void> {
  if ((after.provider ?? null) !== row.provider_id) {
    if (row.origin === 'provider') {
      throw conflict(
        `provider: ${row.title} was imported from ${row.provider_id} and stays linked with it`,
        'managed-elsewhere',
        { field: 'provider' },
      );
    }
    await refuseWhileSubscribed(
      tx,
      caller,
      noun,
      row,
      'provider: it cannot be changed',
    );
  }
}
