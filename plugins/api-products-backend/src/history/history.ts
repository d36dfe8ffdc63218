import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import type {
  EntityRef,
  HistoryChange,
  Id,
} from 'backstage-plugin-api-products-common';
import { chunksOf } from '../lib/chunksOf';
import { Clock, toIso } from '../lib/clock';
import type { HistoryRow } from '../lib/rows';
import { gatheredWrite } from '../lib/transactions';

const ROWS_AT_ONCE = 100;

/** Not yet sealed. */
type NewRow = Omit<
  HistoryRow,
  'sequence' | 'chain_position' | 'previous_hash' | 'hash'
>;

const writeLines = gatheredWrite<NewRow>(async (tx, rows) => {
  for (const some of chunksOf(rows, ROWS_AT_ONCE)) {
    await tx('history').insert(some);
  }
});

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
  /** What the person gave as the reason, beside the sentence. */
  reason?: string;
  /** What of it is other than before; never a secret. */
  changes?: readonly HistoryChange[];
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
    reason: entry.reason?.trim() || null,
    changes:
      entry.changes && entry.changes.length > 0
        ? JSON.stringify(entry.changes)
        : null,
  });
}
