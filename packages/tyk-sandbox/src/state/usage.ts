/** What Tyk's pump would have collected: how often which key called which API, and how that went. */
import type { Clock } from './clock';

/** What calls are added up by. */
interface UsageKey {
  apiId: string;
  apiName: string;
  /** What the key is stored under; '' where a call had none that is known. */
  keyHash: string;
  oauthClientId: string;
  /** Of the session: those of the key and of its policies. */
  tags: string[];
  path: string;
  status: number;
}

export interface UsageRow extends UsageKey {
  /** Start of the hour (UTC), milliseconds since the epoch. */
  hour: number;
  hits: number;
  /** Milliseconds since the epoch. */
  lastHit: number;
}

const HOUR_MS = 3_600_000;

export class UsageLog {
  readonly #clock: Clock;
  readonly #rows = new Map<string, UsageRow>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  count(call: UsageKey): void {
    const now = this.#clock.now();
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    const name = JSON.stringify([call, hour]);
    const hits = (this.#rows.get(name)?.hits ?? 0) + 1;
    this.#rows.set(name, { ...call, hour, hits, lastHit: now });
  }

  /** @param end - not included */
  between(start: number, end: number): UsageRow[] {
    return [...this.#rows.values()].filter(
      ({ hour }) => hour >= start && hour < end,
    );
  }

  clear(): void {
    this.#rows.clear();
  }
}
