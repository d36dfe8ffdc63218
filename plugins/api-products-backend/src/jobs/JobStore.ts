/**
 * The jobs as the worker sees them: claimed with a lease, and ended only by whoever holds it.
 *
 * What must stay true: of several jobs with the same order key one runs at a time, and of those that are due the oldest
 * one; and a worker that has lost its lease (because it was stopped, or paused for too long) can no longer change
 * anything.
 */
import { randomUUID } from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite, type Queryable } from '../lib/Database';
import { isTrue, type JobRow } from '../lib/rows';
import type { Job } from './JobHandler';
import type { Lane } from './lanes';
import { FAILURES_TOLD, isAwaited, wakeWaiting } from './waiting';

/** Somebody else has taken the job over. */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;
}

const FREE = {
  status: 'queued',
  again: false,
  lease_owner: null,
  lease_until: null,
} as const;

/** PostgreSQL: of two jobs with the same order key one runs already. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('jobs_one_running_unique');

export class JobStore {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #leaseMs: number;

  static create(options: {
    knex: Knex;
    clock: Clock;
    leaseMs: number;
  }): JobStore {
    return new JobStore(options);
  }

  private constructor(options: { knex: Knex; clock: Clock; leaseMs: number }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#leaseMs = options.leaseMs;
  }

  /** On SQLite there is no other process: what a killed one was doing need not wait until its lease is over. */
  async takeOverAll(): Promise<void> {
    if (isSqlite(this.#knex)) {
      await this.#knex('jobs').where({ status: 'running' }).update(FREE);
    }
  }

  /** Frees what workers that have disappeared were doing. */
  async takeOverAbandoned(): Promise<void> {
    await this.#knex('jobs')
      .where({ status: 'running' })
      .where('lease_until', '<=', this.#now())
      .update(FREE);
  }

  /** When the next job is due, and when the next lease is over that nobody renews until then. */
  async next(): Promise<{ due: number; over: number }> {
    const knex = this.#knex;
    const row: { due: string | null; over: string | null } = await knex
      .select({
        due: knex('jobs').where({ status: 'queued' }).min('run_at'),
        over: knex('jobs').where({ status: 'running' }).min('lease_until'),
      })
      .first();
    const timeOf = (iso: string | null) =>
      iso === null ? Infinity : Date.parse(iso);
    return { due: timeOf(row.due), over: timeOf(row.over) };
  }

  newLease(): { owner: string; until: string } {
    return {
      owner: randomUUID(),
      until: toIso(this.#clock.now() + this.#leaseMs),
    };
  }

  /** Takes up to so many jobs that are due in each of the lanes, in one statement for all of them. */
  async claim(places: ReadonlyMap<Lane, number>): Promise<Job[]> {
    return this.#claim(
      [...places].map(([lane, free]) =>
        this.#due(free).where('due.lane', lane),
      ),
    );
  }

  /** The same for what waits in any other lane, as when its provider is no longer configured. */
  async claimElsewhere(lanes: Iterable<Lane>, free: number): Promise<Job[]> {
    return free > 0
      ? this.#claim([this.#due(free).whereNotIn('due.lane', [...lanes])])
      : [];
  }

  /** What is due, the most urgent first, except for what has to wait for another one with the same key. */
  #due(limit: number): Knex.QueryBuilder {
    const knex = this.#knex;
    const now = this.#now();
    return knex('jobs as due')
      .where('due.status', 'queued')
      .where('due.run_at', '<=', now)
      .whereNotExists(
        knex('jobs as other')
          .whereRaw('other.order_key = due.order_key')
          // As a case, so that each database finds them by their key and not by their state.
          .whereRaw(
            `case other.status
               when 'running' then 1
               when 'queued' then case when other.run_at <= ? and other.sequence < due.sequence then 1 end
             end = 1`,
            [now],
          )
          .select(knex.raw('1')),
      )
      .orderBy(['due.priority', 'due.run_at', 'due.sequence'])
      .limit(limit)
      .select('due.sequence')
      .modify(query => {
        if (!isSqlite(knex)) query.forUpdate('due').skipLocked();
      });
  }

  async #claim(due: Knex.QueryBuilder[]): Promise<Job[]> {
    const knex = this.#knex;
    if (due.length === 0) {
      return [];
    }
    const lease = this.newLease();
    const [first, ...others] = due.map((query, index) =>
      knex.select('sequence').from(query.as(`lane_${index}`)),
    );
    try {
      const rows: JobRow[] = await knex
        // Locked once, however the rest is planned.
        .withMaterialized('claimed', first.unionAll(others))
        .from('jobs')
        .whereIn('sequence', knex('claimed').select('sequence'))
        .update({
          status: 'running',
          lease_owner: lease.owner,
          lease_until: lease.until,
          updated_at: this.#now(),
        })
        .returning('*');
      return rows
        .sort((a, b) => Number(a.sequence) - Number(b.sequence))
        .map(row => ({ ...row, lease_owner: lease.owner }));
    } catch (error) {
      // Another backend has begun one with the same key since we looked: the next look finds what is left.
      if (isTaken(error)) return [];
      throw error;
    }
  }

  /** Prolongs the leases. @returns those of the jobs that are still held */
  async renew(jobs: readonly Job[]): Promise<Set<string>> {
    const held: Pick<JobRow, 'id'>[] = await this.#knex('jobs')
      .whereIn(
        ['id', 'lease_owner'],
        jobs.map(job => [job.id, job.lease_owner]),
      )
      .where({ status: 'running' })
      .update({ lease_until: this.newLease().until })
      .returning('id');
    return new Set(held.map(({ id }) => id));
  }

  /** The job is done; or, if it was asked for again meanwhile, starts anew. @throws LeaseLostError */
  async complete(tx: Knex.Transaction, job: Job): Promise<void> {
    if (await this.#delete(tx, job)) {
      await this.#wake(tx, job);
    }
  }

  /** The same of a job that nothing waits for, and that has written nothing. @throws LeaseLostError */
  async drop(job: Job): Promise<void> {
    await this.#delete(this.#knex, job);
  }

  /**
   * Puts the job back until then, or until now if it was asked for again meanwhile.
   *
   * @param next.attempts - how often it has failed so far
   * @param next.until - subject of the jobs whose end wakes it before that
   * @throws LeaseLostError
   */
  async reschedule(
    tx: Knex.Transaction,
    job: Job,
    next: {
      runAt: number;
      attempts: number;
      lastError: string;
      until?: string;
    },
  ): Promise<void> {
    await this.#putBack(tx, job, { ...next, runAt: toIso(next.runAt) });
    if (next.attempts > job.attempts && next.attempts <= FAILURES_TOLD) {
      await this.#wake(tx, job);
    }
  }

  /** Ends the job for good; unless it was asked for again meanwhile. @throws LeaseLostError */
  async fail(tx: Knex.Transaction, job: Job, lastError: string): Promise<void> {
    const row: Pick<JobRow, 'again'> | undefined = await this.#held(tx, job)
      .select('again')
      .modify(query => {
        if (!isSqlite(tx)) query.forUpdate();
      })
      .first();
    if (row && isTrue(row.again)) {
      await this.#putBack(tx, job, {
        attempts: 0,
        runAt: this.#now(),
        lastError,
      });
      return;
    }
    this.#mustBeOne(
      await this.#held(tx, job).update({
        ...FREE,
        status: 'failed',
        attempts: job.attempts + 1,
        last_error: lastError,
        updated_at: this.#now(),
      }),
      job,
    );
    await this.#wake(tx, job);
  }

  /** Gives a job that could not be ended back at once, when the backend stops. */
  async release(job: Job): Promise<void> {
    await this.#held(this.#knex, job).update(FREE);
  }

  /** Whether a job for the subject is running or due now. */
  async isBusy(subject: string): Promise<boolean> {
    const now = this.#now();
    const row: unknown = await this.#knex('jobs')
      .where({ subject })
      .where(any =>
        any
          .where('status', 'running')
          .orWhere(all =>
            all.where('status', 'queued').where('run_at', '<=', now),
          ),
      )
      .first('id');
    return row !== undefined;
  }

  #now(): string {
    return toIso(this.#clock.now());
  }

  #held(db: Queryable, job: Job) {
    return db('jobs').where({
      id: job.id,
      lease_owner: job.lease_owner,
      status: 'running',
    });
  }

  /** @returns false if it starts anew */
  async #delete(db: Queryable, job: Job): Promise<boolean> {
    const deleted = await this.#held(db, job).where({ again: false }).delete();
    if (deleted === 0) {
      await this.#putBack(db, job, { attempts: 0, runAt: this.#now() });
    }
    return deleted > 0;
  }

  async #putBack(
    db: Queryable,
    job: Job,
    next: {
      runAt: string;
      attempts: number;
      lastError?: string;
      until?: string;
    },
  ): Promise<void> {
    this.#mustBeOne(
      await this.#held(db, job).update({
        ...FREE,
        attempts: next.attempts,
        run_at: db.raw('case when again then ? else ? end', [
          this.#now(),
          next.runAt,
        ]),
        waits_for: next.until ?? null,
        last_error: next.lastError ?? null,
        updated_at: this.#now(),
      }),
      job,
    );
  }

  async #wake(tx: Knex.Transaction, job: Job): Promise<void> {
    if (isAwaited(job)) {
      await wakeWaiting(tx, this.#clock, job.subject);
    }
  }

  #mustBeOne(changed: number, job: Job): void {
    if (changed !== 1) {
      throw new LeaseLostError(
        `The lease of ${job.kind} ${job.subject} is lost`,
      );
    }
  }
}
