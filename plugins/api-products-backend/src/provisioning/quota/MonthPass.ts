/**
 * The pass that every backend makes again and again: at once when a month begins, and now and then after that for keys
 * that were not there yet. In between it costs a look at the clock.
 */
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { enqueueResets } from './enqueueResets';
import { monthOf } from './month';

const AGAIN_AFTER_MS = 5 * 60_000;

export interface MonthPassOptions {
  knex: Knex;
  clock: Clock;
  /** Called when there are jobs. */
  onJobs(): void;
}

export class MonthPass {
  readonly #options: MonthPassOptions;
  #last: { month: string; at: number } | undefined;

  static create(options: MonthPassOptions): MonthPass {
    return new MonthPass(options);
  }

  private constructor(options: MonthPassOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { clock, onJobs } = this.#options;
    const now = clock.now();
    const month = monthOf(now).name;
    if (this.#last?.month === month && now < this.#last.at + AGAIN_AFTER_MS) {
      return;
    }
    const wanted = await enqueueResets(this.#options);
    // After it has succeeded: a database that was away is asked again at once.
    this.#last = { month, at: now };
    if (wanted > 0) {
      onJobs();
    }
  }
}
