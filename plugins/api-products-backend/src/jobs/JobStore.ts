/**
 * The jobs as the worker sees them: claimed with a lease, and ended only by whoever holds it.
 *
 * What must stay true: of several jobs with the same order key only the oldest live one can be claimed, and a worker
 * that has lost its lease (because it was stopped, or paused for too long) can no longer change anything.
 */
import { randomUUID } from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite } from '../lib/Database';
import { isTrue, type JobRow } from '../lib/rows';
import type { Job } from './JobHandler';

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

  /** Takes up to `limit` jobs that are due, or whose worker has disappeared. */
  async claim(limit: number): Promise<Job[]> {
    const knex = this.#knex;
    const now = this.#now();
    const due = knex('jobs as due')
      .where(any =>
        any
          .where(all =>
            all.where('due.status', 'queued').where('due.run_at', '<=', now),
          )
          .orWhere(all =>
            all
              .where('due.status', 'running')
              .where('due.lease_until', '<=', now),
          ),
      )
      .whereNotExists(
        knex('jobs as earlier')
          .whereRaw('earlier.order_key = due.order_key')
          .whereRaw('earlier.sequence < due.sequence')
          .whereIn('earlier.status', ['queued', 'running'])
          .select(knex.raw('1')),
      )
      .orderBy(['due.run_at', 'due.sequence'])
      .limit(limit)
      .select('due.sequence');
    if (!isSqlite(knex)) {
      due.forUpdate('due').skipLocked();
    }
    const owner = randomUUID();
    const rows: JobRow[] = await knex('jobs')
      .whereIn('sequence', due)
      .update({
        status: 'running',
        lease_owner: owner,
        lease_until: toIso(this.#clock.now() + this.#leaseMs),
        updated_at: now,
      })
      .returning('*');
    return rows
      .sort((a, b) => Number(a.sequence) - Number(b.sequence))
      .map(row => ({ ...row, lease_owner: owner }));
  }

  /** Prolongs the leases. @returns those of the jobs that are still held */
  async renew(jobs: readonly Job[]): Promise<Set<string>> {
    const held: Pick<JobRow, 'id'>[] = await this.#knex('jobs')
      .whereIn(
        ['id', 'lease_owner'],
        jobs.map(job => [job.id, job.lease_owner]),
      )
      .where({ status: 'running' })
      .update({ lease_until: toIso(this.#clock.now() + this.#leaseMs) })
      .returning('id');
    return new Set(held.map(({ id }) => id));
  }

  /** The job is done; or, if it was asked for again meanwhile, starts anew. @throws LeaseLostError */
  async complete(tx: Knex.Transaction, job: Job): Promise<void> {
    const deleted = await this.#held(tx, job).where({ again: false }).delete();
    if (deleted === 0) {
      await this.#putBack(tx, job, { attempts: 0, runAt: this.#now() });
    }
  }

  /** @param attempts - how often it has failed so far @throws LeaseLostError */
  async reschedule(
    tx: Knex.Transaction,
    job: Job,
    next: { runAt: number; attempts: number; lastError: string },
  ): Promise<void> {
    await this.#putBack(tx, job, { ...next, runAt: toIso(next.runAt) });
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

  #held(queryable: Knex | Knex.Transaction, job: Job) {
    return queryable('jobs').where({
      id: job.id,
      lease_owner: job.lease_owner,
      status: 'running',
    });
  }

  async #putBack(
    tx: Knex.Transaction,
    job: Job,
    next: { runAt: string; attempts: number; lastError?: string },
  ): Promise<void> {
    this.#mustBeOne(
      await this.#held(tx, job).update({
        ...FREE,
        attempts: next.attempts,
        run_at: next.runAt,
        last_error: next.lastError ?? null,
        updated_at: this.#now(),
      }),
      job,
    );
  }

  #mustBeOne(changed: number, job: Job): void {
    if (changed !== 1) {
      throw new LeaseLostError(
        `The lease of ${job.kind} ${job.subject} is lost`,
      );
    }
  }
}
