/**
 * Jobs that wait for others: a key for its product. Nobody looks again and again whether it is time; whoever ends what
 * is waited for wakes them, in the same transaction.
 *
 * What must stay true: no one goes to sleep for something that has ended, or has failed, since they looked. Whoever goes
 * to sleep looks first at the job that is to wake it, and waits for a transaction that is ending that job.
 */
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite } from '../lib/Database';
import type { JobRow } from '../lib/rows';
import type { JobKind } from './JobQueue';

const AWAITED: ReadonlySet<string> = new Set<JobKind>([
  'put-product',
  'put-plan',
  'reconcile-credential',
]);

/** Whether the end of such a job is waited for by others. */
export const isAwaited = ({ kind }: { kind: string }): boolean =>
  AWAITED.has(kind);

/** After so many failures of a job what waits for it looks at it again, so that people are told why it waits. */
export const FAILURES_TOLD = 3;

/** Whether a job about the subject will wake who has looked then, and nothing has happened since of which they were to be told. */
export async function isUnderWay(
  tx: Knex.Transaction,
  subject: string,
  looked: number,
): Promise<boolean> {
  const rows: Pick<JobRow, 'status' | 'attempts' | 'updated_at'>[] = await tx(
    'jobs',
  )
    .where({ subject })
    .whereIn('status', ['queued', 'running'])
    .whereIn('kind', [...AWAITED])
    .modify(query => {
      if (!isSqlite(tx)) query.forShare();
    })
    .select('status', 'attempts', 'updated_at');
  const hasFailedSince = rows.some(
    ({ status, attempts, updated_at: at }) =>
      status === 'queued' &&
      attempts > 0 &&
      attempts <= FAILURES_TOLD &&
      at >= toIso(looked),
  );
  return rows.length > 0 && !hasFailedSince;
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
