/**
 * Jobs that wait for others: a key for its product. Nobody looks again and again whether it is time; whoever ends what
 * is waited for wakes them, in the same transaction.
 *
 * What must stay true: no one goes to sleep for something that has just ended. Whoever goes to sleep looks first at the
 * job that is to wake it, and waits for a transaction that is ending that job.
 */
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite } from '../lib/Database';
import type { JobKind } from './JobQueue';

const AWAITED: ReadonlySet<string> = new Set<JobKind>([
  'put-product',
  'put-plan',
  'put-credential',
  'remove-credential',
  'confirm-removal',
]);

/** Whether the end of such a job is waited for by others. */
export const isAwaited = ({ kind }: { kind: string }): boolean =>
  AWAITED.has(kind);

/** Whether a job about the subject is still to end, and will wake who waits for it. */
export async function isUnderWay(
  tx: Knex.Transaction,
  subject: string,
): Promise<boolean> {
  const rows: unknown[] = await tx('jobs')
    .where({ subject })
    .whereIn('status', ['queued', 'running'])
    .whereIn('kind', [...AWAITED])
    .modify(query => {
      if (!isSqlite(tx)) query.forShare();
    })
    .select('id');
  return rows.length > 0;
}

/** Lets what waits for the subject look again, now. What is being claimed, or deleted, just now needs no waking. */
export async function wakeWaiting(
  tx: Knex.Transaction,
  clock: Clock,
  subject: string,
): Promise<void> {
  const now = toIso(clock.now());
  await tx('jobs')
    .whereIn('id', waiting =>
      waiting
        .from('jobs')
        .where({ waits_for: subject, status: 'queued' })
        .where('run_at', '>', now)
        .select('id')
        .modify(query => {
          if (!isSqlite(tx)) query.forUpdate().skipLocked();
        }),
    )
    .update({ run_at: now, updated_at: now });
}
