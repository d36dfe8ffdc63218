/**
 * The time as the database has it, so that several backends agree on what is due and whose lease is over, whatever their
 * own clocks say.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import { systemClock, type Clock } from './clock';
import { isSqlite } from './Database';

/** How often we look how far our own clock has drifted from it. */
const COMPARE_EVERY_MS = 60_000;

/** Only ever goes forward, also when somebody sets the clock of the machine. */
const monotonic: Clock = { now: () => performance.now() };

interface Options {
  knex: Knex;
  logger: LoggerService;
  /** What time is measured with in between. */
  local?: Clock;
}

export class DatabaseClock implements BackendClock {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #local: Clock;
  #ahead = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Has asked the database when it resolves. Stop it when nobody reads it any more. */
  static async start(options: Options): Promise<DatabaseClock> {
    const clock = new DatabaseClock(options);
    await clock.compare();
    clock.#timer = setInterval(async () => {
      try {
        await clock.compare();
      } catch (error) {
        clock.#logger.warn(
          'The time of the database cannot be read; it is taken to go on as our own',
          toError(error),
        );
      }
    }, COMPARE_EVERY_MS).unref();
    return clock;
  }

  private constructor({ knex, logger, local = monotonic }: Options) {
    this.#knex = knex;
    this.#logger = logger;
    this.#local = local;
  }

  now(): number {
    return Math.floor(this.#local.now() + this.#ahead);
  }

  async compare(): Promise<void> {
    const asked = this.#local.now();
    const { now }: { now: number } = await this.#knex
      .select({
        now: this.#knex.raw(
          `(extract(epoch from clock_timestamp()) * 1000)::float8`,
        ),
      })
      .first();
    // Told some time between our question and its answer.
    this.#ahead = now - (asked + this.#local.now()) / 2;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The clock of one backend. */
export interface BackendClock extends Clock {
  /** When nobody reads it any more. */
  stop?(): void;
}

/** What all backends on the database agree on; SQLite has the clock of its only backend. */
export async function startClock(
  options: Omit<Options, 'local'>,
): Promise<BackendClock> {
  return isSqlite(options.knex) ? systemClock : DatabaseClock.start(options);
}
