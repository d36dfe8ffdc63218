/**
 * The local session cache of a gateway node. It is what makes a deleted key live on, so its two ways
 * of naming an entry must stay different: it is read under murmur64 of what the consumer presented, but written
 * and cleared under the hash of the stored token by the token's own algorithm.
 * The two are the same only for whole tokens with murmur64, and where keys are not hashed.
 */
import { cloneSession } from '../model/session';
import type { Session } from '../model/session';
import type { Clock } from './clock';

/** A session and the key it belongs to. */
export interface KnownSession {
  session: Session;
  /** The token, or what was found to be the key. */
  keyId: string;
  /** What counters and the cache are written under. */
  keyHash: string;
}

const LIFETIME_MS = 10_000;

export class SessionCache {
  readonly #clock: Clock;
  readonly #entries = new Map<string, { known: KnownSession; dies: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(name: string): KnownSession | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    if (this.#clock.now() > entry.dies) {
      this.#entries.delete(name);
      return undefined;
    }
    return copy(entry.known);
  }

  set(name: string, known: KnownSession): void {
    this.#entries.set(name, {
      known: copy(known),
      dies: this.#clock.now() + LIFETIME_MS,
    });
  }

  delete(name: string): void {
    this.#entries.delete(name);
  }

  clear(): void {
    this.#entries.clear();
  }
}

function copy(known: KnownSession): KnownSession {
  return { ...known, session: cloneSession(known.session) };
}
