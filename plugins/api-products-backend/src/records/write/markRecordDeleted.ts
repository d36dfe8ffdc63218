import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../../history/history';
import { toIso, type Clock } from '../../lib/clock';
import {
  TABLES,
  type CatalogueRow,
  type PlanRow,
  type ProductRow,
} from '../../lib/rows';
import { announce } from '../../notices/notify';

/**
 * The record stays in its table for what was asked for in its name, is seen by nobody, and its name is free.
 *
 * @param row - as it is now, locked
 */
export async function markRecordDeleted(
  tx: Knex.Transaction,
  clock: Clock,
  noun: keyof typeof TABLES,
  row: ProductRow | PlanRow | CatalogueRow,
  told: { actor?: EntityRef; message: string },
): Promise<void> {
  const now = toIso(clock.now());
  await tx(TABLES[noun])
    .where({ id: row.id })
    .update({
      deleted_at: now,
      hidden_at: row.hidden_at ?? now,
      updated_at: now,
      revision: row.revision + 1,
    });
  const subject = `${noun}:${row.id}`;
  await recordHistory(tx, clock, {
    subject,
    event: `${noun}.deleted`,
    actor: told.actor,
    message: told.message,
    product: noun === 'product' ? row.id : undefined,
  });
  await announce(tx, clock, {
    topic: `api-products.${noun}.deleted`,
    subject,
  });
}
