import type { Clock } from './clock';

/** How often a quota was used, and when its window ends. */
interface QuotaUse {
  used: number;
  /** Seconds since the epoch; now, where the quota never renews. */
  renews: number;
}

/** Counters of quotas, as in Redis: a number that goes when its window ends. */
export class QuotaCounters {
  readonly #clock: Clock;
  readonly #counters = new Map<
    string,
    { used: number; dies: number | undefined }
  >();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  used(name: string): number | undefined {
    return this.#alive(name)?.used;
  }

  /**
   * Counts one call.
   * @param period - seconds; 0 or less: the quota never renews
   */
  count(name: string, period: number): QuotaUse {
    const now = this.#clock.now();
    let counter = this.#alive(name);
    if (counter?.dies === undefined && period > 0) {
      counter = { used: 0, dies: now + period * 1000 };
    }
    counter ??= { used: 0, dies: undefined };
    counter.used += 1;
    this.#counters.set(name, counter);
    return {
      used: counter.used,
      renews: Math.floor((counter.dies ?? now) / 1000),
    };
  }

  reset(name: string): void {
    this.#counters.delete(name);
  }

  clear(): void {
    this.#counters.clear();
  }

  #alive(name: string) {
    const counter = this.#counters.get(name);
    if (counter?.dies !== undefined && this.#clock.now() >= counter.dies) {
      this.#counters.delete(name);
      return undefined;
    }
    return counter;
  }
}

/** Calls per period. Refused calls count as well in a rolling window, so hammering prolongs the refusal. */
export class RateCounters {
  readonly #clock: Clock;
  readonly #logs = new Map<string, number[]>();
  readonly #windows = new Map<string, { start: number; calls: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns whether the call is over the limit */
  exceedsRolling(name: string, rate: number, per: number): boolean {
    const now = this.#clock.now();
    const start = now - Math.trunc(per) * 1000;
    const log = (this.#logs.get(name) ?? []).filter(at => at > start);
    const before = log.length;
    log.push(now);
    this.#logs.set(name, log);
    return before > Math.trunc(rate) - 1;
  }

  /** @returns whether the call is over the limit */
  exceedsFixed(name: string, rate: number, per: number): boolean {
    const length = per * 1000;
    const start = Math.floor(this.#clock.now() / length) * length;
    const last = this.#windows.get(name);
    const calls = last?.start === start ? last.calls + 1 : 1;
    this.#windows.set(name, { start, calls });
    return calls > rate;
  }

  clear(): void {
    this.#logs.clear();
    this.#windows.clear();
  }
}
