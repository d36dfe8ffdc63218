/**
 * When a page asks anew: a second after something was announced, with all that has come meanwhile, and every half minute
 * in any case. Signals are optional in an installation and are lost while the connection is down, so they only make the
 * page quicker, never right. A page that nobody looks at waits until somebody does.
 */
import type { SignalApi } from '@backstage/plugin-signals-react';
import { isVisible } from './whenVisible';

const POLL_MS = 30_000;
/** One change in the backend sends several signals; they are answered together. */
const GATHER_MS = 1_000;

interface Options {
  /** Absent where they are not installed. */
  signals?: SignalApi;
  /** Called before those who subscribe are. */
  before: () => void;
}

/** All parts of a page are told at the same moment, so that they can share what they ask for. */
export class Refreshes {
  readonly #options: Options;
  readonly #listeners = new Set<() => void>();
  #gathering?: ReturnType<typeof setTimeout>;
  /** Something has come that nobody was looking for. */
  #missed = false;
  #stop?: () => void;

  static create(options: Options): Refreshes {
    return new Refreshes(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** @returns what ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#stop ??= this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#stop?.();
        this.#stop = undefined;
      }
    };
  }

  #start(): () => void {
    const subscription = this.#options.signals?.subscribe('api-products', () =>
      this.#announced(),
    );
    const polling = setInterval(() => this.#tell(), POLL_MS);
    const look = () => {
      if (this.#missed) {
        this.#tell();
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      subscription?.unsubscribe();
      clearInterval(polling);
      clearTimeout(this.#gathering);
      this.#gathering = undefined;
      this.#missed = false;
      document.removeEventListener('visibilitychange', look);
    };
  }

  #announced(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#tell();
    }, GATHER_MS);
  }

  #tell(): void {
    this.#missed = !isVisible();
    if (!this.#missed) {
      this.#options.before();
      this.#listeners.forEach(listener => listener());
    }
  }
}
