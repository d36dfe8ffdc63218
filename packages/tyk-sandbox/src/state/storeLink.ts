/**
 * How the gateway and its store (Redis) stand to each other. While the store is away every key looks as if it were
 * not there and nothing can be stored; what the gateway says of its own health lags behind, because it only looks
 * every ten seconds of its life.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreState } from '../types';
import type { Clock } from './clock';

const LOOK_EVERY_MS = 10_000;

/** What the gateway knows of its store; `undefined` until it has looked for the first time. */
interface Look {
  answers: boolean;
  /** Milliseconds since the epoch. */
  at: number;
}

export class StoreLink {
  readonly #clock: Clock;
  readonly #hangsMs: number;
  #started = 0;
  /** Oldest first; the first is what the gateway started with. */
  #changes: { state: StoreState; at: number }[] = [];
  #waits = false;

  constructor(clock: Clock, hangsMs: number) {
    this.#clock = clock;
    this.#hangsMs = hangsMs;
    this.restart('up');
  }

  get isAway(): boolean {
    return this.#changes.at(-1)?.state !== 'up';
  }

  set(state: StoreState): void {
    this.#changes.push({ state, at: this.#clock.now() });
    this.#waits = state === 'hangs';
  }

  /** The gateway starts anew. @param state - what it finds; left out: what there is */
  restart(state: StoreState = this.#changes.at(-1)?.state ?? 'up'): void {
    this.#started = this.#clock.now();
    this.#changes = [];
    this.set(state);
  }

  /** The newest of the gateway's looks at its store. */
  lastLook(): Look | undefined {
    const life = this.#clock.now() - this.#started;
    const looks = Math.floor(life / LOOK_EVERY_MS);
    if (looks === 0) return undefined;
    const at = this.#started + looks * LOOK_EVERY_MS;
    const then = this.#changes.filter(change => change.at <= at).at(-1);
    return { answers: then?.state === 'up', at };
  }

  /** Whether the gateway would take calls: it has a store as far as it knows. */
  isReady(): boolean {
    const look = this.lastLook();
    return look ? look.answers : !this.isAway || this.#startedWithStore();
  }

  /** A store that hangs is only noticed once, by the first who asks for a key. */
  async wait(stopped: AbortSignal): Promise<void> {
    if (!this.#waits) return;
    this.#waits = false;
    await sleep(this.#hangsMs, undefined, { signal: stopped });
  }

  #startedWithStore(): boolean {
    return this.#changes[0]?.state === 'up';
  }
}
