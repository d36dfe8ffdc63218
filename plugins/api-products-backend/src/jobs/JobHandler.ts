import type { Knex } from 'knex';
import type { JobRow } from '../lib/rows';

/** A job that this worker holds the lease of. */
export type Job = Pick<
  JobRow,
  | 'sequence'
  | 'id'
  | 'kind'
  | 'subject'
  | 'lane'
  | 'payload'
  | 'attempts'
  | 'give_up_at'
  | 'created_at'
  | 'last_error'
> & { lease_owner: string };

export type Write = (tx: Knex.Transaction) => Promise<void>;

/**
 * What became of a run. `write` is done in the same transaction as the end of the job, and only if the worker still
 * holds the lease.
 */
export type Outcome =
  | { kind: 'done'; write?: Write }
  /** Not yet, and nobody's fault: tried again without counting as a failure. */
  | {
      kind: 'wait';
      ms: number;
      reason: string;
      /** Subject of the jobs whose end it waits for; then it is tried again sooner than after `ms`. */
      until?: string;
      write?: Write;
    }
  /** As if it had thrown the error, with what was done until then. */
  | { kind: 'failed'; error: unknown; write?: Write };

export interface JobCall {
  /** Aborted when the lease is lost or the backend stops. */
  signal: AbortSignal;
  /** Keeps the text out of everything that is written about this run. */
  conceal(secret: string): void;
  /** The job is not given up because of this run, whatever the provider says and however long it takes. */
  insist(): void;
}

/** A run that came to an end, as far as it can be counted. */
export interface JobRun {
  /** `unknown` where this version of the backend does not know such jobs. */
  kind: string;
  outcome: 'done' | 'wait' | 'retry' | 'failed';
  seconds: number;
}

/** What a failed run is told with. */
export interface Failure {
  /** The provider's own words, without secrets. */
  message: string;
}

/**
 * Does the jobs of one kind. A run may be repeated at any time, also after it has succeeded: a worker may die between
 * the call and the end of the job.
 */
export interface JobHandler {
  run(job: Job, call: JobCall): Promise<Outcome>;
  /** `never`: tries for ever, whatever the provider says, as for what must not be left undone. */
  giveUp?: 'never';
  /** In the transaction that puts the job back. */
  onRetry?(tx: Knex.Transaction, job: Job, failure: Failure): Promise<void>;
  /** In the transaction that gives the job up. */
  onFailure?(tx: Knex.Transaction, job: Job, failure: Failure): Promise<void>;
}

export const subjectId = (job: Pick<Job, 'subject'>): string =>
  job.subject.slice(job.subject.indexOf(':') + 1);
