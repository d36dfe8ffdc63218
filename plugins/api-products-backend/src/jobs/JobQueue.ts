import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { Clock, toIso } from '../lib/clock';

/**
 * What can be asked of the worker.
 *
 * `put-product`, `put-plan`: make the provider have the record as it is now. `remove-product`, `remove-plan`: take a policy
 * away that no record needs any more. `put-credential`: make the key exist
 * and usable. `remove-credential`: make it refused. `confirm-removal`: believe it only now. `clean-up-credential`: take
 * away what was left at the provider to make that hold. `check-drift`: look for differences with a provider.
 * `repair-drift`: end one. `reset-quota`: begin a calendar month. `notify`: tell somebody.
 */
export type JobKind =
  | 'put-product'
  | 'put-plan'
  | 'remove-plan'
  | 'remove-product'
  | 'put-credential'
  | 'remove-credential'
  | 'confirm-removal'
  | 'check-drift'
  | 'clean-up-credential'
  | 'repair-drift'
  | 'reset-quota'
  | 'forget-secret'
  | 'notify';

export interface NewJob {
  kind: JobKind;
  /** `<noun>:<id>`; only one live job of a kind for each. */
  subject: string;
  /** Jobs with the same key run one after the other. */
  orderKey?: string;
  /** Never a secret: rows are read by people. */
  payload?: Record<string, unknown>;
  /** Not before, milliseconds since the epoch; now if absent. */
  runAt?: number;
  /** Fails for good after, milliseconds since the epoch; never if absent. */
  giveUpAt?: number;
  /** Leaves a live job as it is, with its time to wait. */
  ifNone?: boolean;
}

/**
 * Writes a job in the caller's transaction, so that it exists exactly if the change that wants it does. If there is a
 * live job of the same kind for the same subject, that one is asked to run once more (if it is running) or to run no
 * later than this one would have.
 */
export async function enqueue(
  tx: Knex.Transaction,
  clock: Clock,
  job: NewJob,
): Promise<void> {
  const now = toIso(clock.now());
  const insert = tx('jobs')
    .insert({
      id: randomUUID(),
      kind: job.kind,
      subject: job.subject,
      order_key: job.orderKey ?? null,
      payload: JSON.stringify(job.payload ?? {}),
      status: 'queued',
      again: false,
      attempts: 0,
      run_at: toIso(job.runAt ?? clock.now()),
      give_up_at: job.giveUpAt === undefined ? null : toIso(job.giveUpAt),
      created_at: now,
      updated_at: now,
    })
    .onConflict(
      tx.raw(`(subject, kind) where status in ('queued', 'running')`),
    );
  await (job.ifNone
    ? insert.ignore()
    : insert.merge({
        again: tx.raw(
          `case when jobs.status = 'running' then ? else jobs.again end`,
          [true],
        ),
        run_at: tx.raw(
          `case when jobs.status = 'queued' and excluded.run_at < jobs.run_at then excluded.run_at else jobs.run_at end`,
        ),
        updated_at: now,
      }));
}
