import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { chunksOf } from '../lib/chunksOf';
import { Clock, toIso } from '../lib/clock';
import type { JobRow } from '../lib/rows';
import type { Lane } from './lanes';

/**
 * What can be asked of the worker.
 *
 * `put-product`, `put-plan`: make the provider have the record as it is now. `remove-product`, `remove-plan`: take a policy
 * away that no record needs any more. `reconcile-credential`: make the gateway have the key as its row says, and believe
 * that only when it is known to hold. `clean-up-credential`: take away what was left at the provider to make a removal
 * hold. `watch-credential`, `watch-request`: do what its dates ask for. `check-drift`: look for differences with a provider.
 * `repair-drift`: end one. `reset-quota`: begin a calendar month. `notify`: tell somebody.
 */
export type JobKind =
  | 'put-product'
  | 'put-plan'
  | 'remove-plan'
  | 'remove-product'
  | 'reconcile-credential'
  | 'watch-credential'
  | 'watch-request'
  | 'check-drift'
  | 'clean-up-credential'
  | 'repair-drift'
  | 'reset-quota'
  | 'forget-secret'
  | 'notify';

/** What takes access away. */
const FIRST = 0;

/** Among what is due in a lane: what takes access away goes first, then what people wait for, then what runs by itself. */
const PRIORITIES: Record<JobKind, number> = {
  'put-product': 1,
  'put-plan': 1,
  'reconcile-credential': 1,
  'watch-credential': 1,
  'watch-request': 2,
  'repair-drift': 1,
  'forget-secret': 1,
  notify: 1,
  'remove-product': 2,
  'remove-plan': 2,
  'clean-up-credential': 2,
  'check-drift': 2,
  'reset-quota': 2,
};

const JOBS_AT_ONCE = 100;

const ONE_LIVE = `(subject, kind) where status in ('queued', 'running')`;

export interface NewJob {
  kind: JobKind;
  /** `<noun>:<id>`; only one live job of a kind for each. */
  subject: string;
  /** Of the provider that has to be asked. */
  lane: Lane;
  /** Jobs with the same key run one after the other, in order of those that are due. */
  orderKey?: string;
  /** Never a secret: rows are read by people. */
  payload?: Record<string, unknown>;
  /** Not before, milliseconds since the epoch; now if absent. */
  runAt?: number;
  /** It takes access away, so it goes before everything else. */
  takesAway?: boolean;
  /** Fails for good after, milliseconds since the epoch; never if absent. */
  giveUpAt?: number;
  /** Leaves a live job as it is, with its time to wait. */
  ifNone?: boolean;
}

/** @returns undefined where as many jobs of the lane run as may */
export type Room = (lane: Lane) => Place | undefined;

/** Where a job will run that is being written. */
interface Place {
  leaseOwner: string;
  leaseUntil: string;
  take(job: JobRow): void;
}

const rowOf = (
  clock: Clock,
  job: NewJob,
): Omit<
  JobRow,
  'sequence' | 'waits_for' | 'lease_owner' | 'lease_until' | 'last_error'
> => {
  const now = clock.now();
  return {
    id: randomUUID(),
    kind: job.kind,
    subject: job.subject,
    lane: job.lane,
    priority: job.takesAway ? FIRST : PRIORITIES[job.kind],
    order_key: job.orderKey ?? null,
    payload: JSON.stringify(job.payload ?? {}),
    status: 'queued',
    again: false,
    attempts: 0,
    run_at: toIso(job.runAt ?? now),
    give_up_at: job.giveUpAt === undefined ? null : toIso(job.giveUpAt),
    created_at: toIso(now),
    updated_at: toIso(now),
  };
};

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
  await (job.ifNone
    ? enqueueMissing(tx, clock, [job])
    : enqueueAll(tx, clock, [job]));
}

/** The same for many, each about a subject of its own. */
export async function enqueueAll(
  tx: Knex.Transaction,
  clock: Clock,
  jobs: readonly Omit<NewJob, 'ifNone'>[],
): Promise<void> {
  for (const some of chunksOf(jobs, JOBS_AT_ONCE)) {
    await tx('jobs')
      .insert(some.map(job => rowOf(clock, job)))
      .onConflict(tx.raw(ONE_LIVE))
      .merge({
        again: tx.raw(
          `case when jobs.status = 'running' then ? else jobs.again end`,
          [true],
        ),
        run_at: tx.raw(
          `case when jobs.status = 'queued' and excluded.run_at < jobs.run_at then excluded.run_at else jobs.run_at end`,
        ),
        lane: tx.raw('excluded.lane'),
        priority: tx.raw(
          `case when excluded.priority < jobs.priority then excluded.priority else jobs.priority end`,
        ),
        updated_at: toIso(clock.now()),
      });
  }
}

/**
 * Writes jobs about subjects that have just been made, of which there are no others.
 *
 * @param room - those that there is room for begin after the commit, in the hands of whoever writes them
 */
export async function enqueueNew(
  tx: Knex.Transaction,
  clock: Clock,
  jobs: readonly NewJob[],
  room?: Room,
): Promise<void> {
  const places = new Map<JobRow['id'], Place>();
  const rows = jobs.map(job => {
    const row = { ...rowOf(clock, job), lease_owner: null, lease_until: null };
    const place = room?.(job.lane);
    if (!place) {
      return row;
    }
    places.set(row.id, place);
    const { leaseOwner: owner, leaseUntil: until } = place;
    return {
      ...row,
      status: 'running',
      lease_owner: owner,
      lease_until: until,
    };
  });
  const written: JobRow[] = await tx('jobs').insert(rows, '*');
  for (const row of written) {
    places.get(row.id)?.take(row);
  }
}

/** Writes many jobs at once; live ones stay as they are. */
export async function enqueueMissing(
  tx: Knex.Transaction,
  clock: Clock,
  jobs: readonly Omit<NewJob, 'ifNone'>[],
): Promise<void> {
  await tx('jobs')
    .insert(jobs.map(job => rowOf(clock, job)))
    .onConflict(tx.raw(ONE_LIVE))
    .ignore();
}
