/**
 * Does one job that is leased to this backend, and writes what became of it.
 *
 * What must stay true: a handler's writes and the end of its job are one transaction, which fails if the lease is lost.
 * The job row is touched after the rows that the job is about, so that nobody waits for us in a circle; only history and
 * notices, which nobody waits for, are written after it.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import { stopwatch } from '../lib/stopwatch';
import { inTransaction } from '../lib/transactions';
import { judge } from './backoff';
import type { Job, JobHandler, JobRun, Outcome, Write } from './JobHandler';
import type { JobKind } from './JobQueue';
import { LeaseLostError, type JobStore } from './JobStore';
import { redactSecrets } from './redaction';
import { isAwaited, isUnderWay } from './waiting';

/** After what was to be waited for has ended, or failed, since it was looked at. */
const LOOK_AGAIN_MS = 500;

/** One run of a job. */
interface Run {
  job: Job;
  /** Undefined where this version of the backend does not know such jobs. */
  handler: JobHandler | undefined;
  began: number;
  /** What is kept out of everything that is written about it. */
  secrets: Set<string>;
  isNeverGivenUp: boolean;
}

interface ExecutionOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  store: JobStore;
  handlers: Partial<Record<JobKind, JobHandler>>;
  leaseMs: number;
  onRun?: (run: JobRun) => void;
}

export class JobExecution {
  readonly #options: ExecutionOptions;

  static create(options: ExecutionOptions): JobExecution {
    return new JobExecution(options);
  }

  private constructor(options: ExecutionOptions) {
    this.#options = options;
  }

  /** Never throws: what cannot be ended stays leased, and is taken up again when the lease is over. */
  async execute(job: Job, signal: AbortSignal): Promise<void> {
    const seconds = stopwatch();
    const { handlers, logger } = this.#options;
    const handler = this.#handlerOf(job, handlers);
    const run: Run = {
      job,
      handler,
      began: this.#options.clock.now(),
      secrets: new Set(),
      isNeverGivenUp: handler?.giveUp === 'never',
    };
    const name = `${job.kind} ${job.subject}`;
    const tell = (outcome: JobRun['outcome']) =>
      this.#options.onRun?.({
        kind: handler ? job.kind : 'unknown',
        outcome,
        seconds: seconds(),
      });
    try {
      let outcome: Outcome;
      try {
        outcome = handler
          ? await handler.run(job, {
              signal,
              conceal: secret => run.secrets.add(secret),
              insist: () => {
                run.isNeverGivenUp = true;
              },
            })
          : {
              kind: 'wait',
              ms: this.#options.leaseMs,
              reason: 'This version of the backend does not know such jobs',
            };
      } catch (error) {
        if (signal.aborted) {
          await this.#options.store.release(job);
          return;
        }
        tell(await this.#failed(run, error));
        return;
      }
      if (outcome.kind === 'failed') {
        const { error, write } = outcome;
        tell(await this.#failed(run, error, write));
        return;
      }
      tell(await this.#end(run, outcome));
    } catch (error) {
      if (error instanceof LeaseLostError) {
        logger.info(`${name} was taken over by another worker`);
      } else {
        const said = error instanceof Error ? error.message : String(error);
        logger.error(
          `${name} could not be ended and is repeated: ${redactSecrets(
            said,
            run.secrets,
          )}`,
        );
      }
    }
  }

  #handlerOf(
    job: Job,
    handlers: Record<string, JobHandler | undefined>,
  ): JobHandler | undefined {
    return handlers[job.kind];
  }

  async #end(
    run: Run,
    outcome: Exclude<Outcome, { kind: 'failed' }>,
  ): Promise<JobRun['outcome']> {
    const { knex } = this.#options;
    const { job } = run;
    if (outcome.kind === 'done') {
      const { write } = outcome;
      if (write || isAwaited(job)) {
        await inTransaction(knex, async tx => {
          await write?.(tx);
          await this.#options.store.complete(tx, job);
        });
      } else {
        await this.#options.store.drop(job);
      }
      return 'done';
    }
    const reason = redactSecrets(outcome.reason, run.secrets);
    if (this.#isOver(run)) {
      await this.#giveUp(run, reason);
      return 'failed';
    }
    const { until } = outcome;
    await inTransaction(knex, async tx => {
      // Before it asks for what it waits for: to find out whether that has ended since the handler looked.
      const isOver =
        until !== undefined && !(await isUnderWay(tx, until, run.began));
      await outcome.write?.(tx);
      const wait = isOver ? Math.min(outcome.ms, LOOK_AGAIN_MS) : outcome.ms;
      await this.#options.store.reschedule(tx, job, {
        runAt: this.#options.clock.now() + wait,
        attempts: job.attempts,
        lastError: reason,
        until,
      });
    });
    return 'wait';
  }

  async #failed(
    run: Run,
    error: unknown,
    write?: Write,
  ): Promise<JobRun['outcome']> {
    const { knex, logger } = this.#options;
    const { job, handler, secrets } = run;
    const failures = job.attempts + 1;
    const verdict = judge(error, failures, Math.random());
    const message = redactSecrets(verdict.message, secrets);
    const name = `${job.kind} ${job.subject}`;
    const said = error instanceof Error ? error.message : String(error);
    const cause = redactSecrets(said, secrets);
    const refused = verdict.kind === 'refused' && !run.isNeverGivenUp;
    if (refused || this.#isOver(run)) {
      logger.warn(`${name} failed and is given up: ${cause}`);
      await this.#giveUp(run, message);
      return 'failed';
    }
    const runAt = this.#options.clock.now() + verdict.waitMs;
    logger.warn(`${name} failed, next try at ${toIso(runAt)}: ${cause}`);
    await inTransaction(knex, async tx => {
      await write?.(tx);
      await handler?.onRetry?.(tx, job, { message });
      await this.#options.store.reschedule(tx, job, {
        runAt,
        attempts: failures,
        lastError: message,
      });
    });
    return 'retry';
  }

  #isOver({ job, isNeverGivenUp }: Run): boolean {
    return (
      !isNeverGivenUp &&
      job.give_up_at !== null &&
      job.give_up_at <= toIso(this.#options.clock.now())
    );
  }

  async #giveUp({ job, handler }: Run, message: string): Promise<void> {
    await inTransaction(this.#options.knex, async tx => {
      await handler?.onFailure?.(tx, job, { message });
      await this.#options.store.fail(tx, job, message);
    });
  }
}
