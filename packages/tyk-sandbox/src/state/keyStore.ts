import { cloneSession } from '../model/session';
import type { Session } from '../model/session';
import type { Clock } from './clock';
import type { StoreLink } from './storeLink';

interface Entry {
  session: Session;
  token: string | undefined;
  /** Milliseconds since the epoch. */
  dies: number | undefined;
}

/**
 * What Redis is to the gateway: sessions by the name they are stored under, gone when their time has come.
 * Hands out copies, so that nobody changes a stored session without storing it. While the store is away it has nothing
 * and keeps nothing; only {@link KeyStore.list}, which is for looking inside, sees what is in it.
 */
export class KeyStore {
  readonly #clock: Clock;
  readonly #link: StoreLink;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock, link: StoreLink) {
    this.#clock = clock;
    this.#link = link;
  }

  get(name: string): Session | undefined {
    const entry = this.#link.isAway ? undefined : this.#alive(name);
    return entry && cloneSession(entry.session);
  }

  /** @param lifetime - seconds; 0 or less keeps it for ever */
  set(name: string, session: Session, lifetime: number, token?: string): void {
    if (this.#link.isAway) return;
    this.#entries.set(name, {
      session: cloneSession(session),
      token: token ?? this.#entries.get(name)?.token,
      dies: lifetime > 0 ? this.#clock.now() + lifetime * 1000 : undefined,
    });
  }

  delete(name: string): boolean {
    if (this.#link.isAway) return false;
    const existed = this.#alive(name) !== undefined;
    this.#entries.delete(name);
    return existed;
  }

  list(): { hash: string; token?: string; session: Session }[] {
    return [...this.#entries.keys()].flatMap(hash => {
      const entry = this.#alive(hash);
      if (!entry) return [];
      return [
        { hash, token: entry.token, session: cloneSession(entry.session) },
      ];
    });
  }

  names(): string[] {
    return this.#link.isAway
      ? []
      : [...this.#entries.keys()].filter(name => this.#alive(name));
  }

  clear(): void {
    this.#entries.clear();
  }

  #alive(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    if (entry?.dies !== undefined && this.#clock.now() >= entry.dies) {
      this.#entries.delete(name);
      return undefined;
    }
    return entry;
  }
}
