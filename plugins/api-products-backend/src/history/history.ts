import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import { chunksOf } from '../lib/chunksOf';
import { Clock, toIso } from '../lib/clock';
import type { HistoryRow } from '../lib/rows';
import { gatheredWrite } from '../lib/transactions';

const ROWS_AT_ONCE = 100;

const writeLines = gatheredWrite<Omit<HistoryRow, 'sequence'>>(
  async (tx, rows) => {
    for (const some of chunksOf(rows, ROWS_AT_ONCE)) {
      await tx('history').insert(some);
    }
  },
);

/** A line of the readable history. */
interface NewHistoryEntry {
  /** `<noun>:<id>`. */
  subject: string;
  /** `<noun>.<verb>`, e.g. `access-request.approved`. */
  event: string;
  /** Absent where the portal itself acts. */
  actor?: EntityRef;
  /** A sentence for people; never a secret. */
  message: string;
  /** Lets the product's owners read it. */
  product?: Id;
  /** Lets the application's members read it. */
  application?: Id;
}

/** Writes the line in the transaction of the change it tells of. */
export async function recordHistory(
  tx: Knex.Transaction,
  clock: Clock,
  entry: NewHistoryEntry,
): Promise<void> {
  await writeLines(tx, {
    id: randomUUID(),
    at: toIso(clock.now()),
    subject: entry.subject,
    product_id: entry.product ?? null,
    application_id: entry.application ?? null,
    event: entry.event,
    actor: entry.actor ?? null,
    message: entry.message,
  });
}
