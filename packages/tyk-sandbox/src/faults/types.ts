import type { JsonValue } from '../json';
import type { Plane } from '../types';

/**
 * Which requests a fault is for. What is left out matches everything.
 * @public
 */
export interface FaultMatch {
  plane?: Plane;
  /** Method in any case. */
  method?: string;
  /** Regular expression on the path with its query, e.g. `^/tyk/keys/`. */
  path?: string | RegExp;
}

/**
 * When and how often a fault strikes.
 * @public
 */
export interface FaultRule {
  match?: FaultMatch;
  /** Strikes that many times, then is gone. Left out: until it is removed. */
  times?: number;
  /** Lets that many matching requests pass first. */
  skip?: number;
  /**
   * `before` (the default): the gateway has not acted yet. `after`: it has acted, its answer is lost or spoilt.
   */
  when?: 'before' | 'after';
}

/**
 * What goes wrong.
 *
 * - `latency`: waits that many real milliseconds, then goes on
 * - `status`: answers so instead; `json` or `html` is the body; `retryAfterSeconds` adds `Retry-After`
 * - `reset`: cuts the connection
 * - `hang`: never answers
 * - `late-reload`: a reload takes that much longer to be visible, on the clock of the sandbox (always acts before);
 *   it strikes calls of `/tyk/reload` and whatever is written through the Dashboard
 * - `half-json`: acts, then sends the first half of the answer with status and length of the whole
 * - `wrong-json`: acts, then answers 200 with this body instead
 *
 * @public
 */
export type FaultEffect =
  | { kind: 'latency'; milliseconds: number }
  | {
      kind: 'status';
      status: number;
      json?: JsonValue;
      html?: string;
      retryAfterSeconds?: number;
    }
  | { kind: 'reset' }
  | { kind: 'hang' }
  | { kind: 'late-reload'; milliseconds: number }
  | { kind: 'half-json' }
  | { kind: 'wrong-json'; body: JsonValue };

/**
 * What a hook is told about the request that met it.
 * @public
 */
export interface FaultContext {
  plane: Plane;
  method: string;
  /** Path with query. */
  path: string;
  /** Status about to be answered; only `after`. */
  status: number | undefined;
}

/**
 * A fault: a rule and an effect, or a rule and a hook that a test runs between two steps of the gateway.
 * @public
 */
export type Fault = FaultRule &
  (FaultEffect | { run(context: FaultContext): void | Promise<void> });

/**
 * A fault that has been added, for reading.
 * @public
 */
export interface FaultView {
  id: string;
  /** The `kind` of the effect, or `hook`. */
  kind: FaultEffect['kind'] | 'hook';
  when: 'before' | 'after';
  match: { plane?: Plane; method?: string; path?: string };
  /** Requests still let pass. */
  skip: number;
  /** Strikes left; `undefined` means until it is removed. */
  times: number | undefined;
  /** Strikes so far. */
  struck: number;
}

/**
 * Faults to inject. Several can match one request: they strike in the order they were added,
 * until one of them ends the request.
 * @public
 */
export interface Faults {
  /** @returns an id for {@link Faults.remove} */
  add(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): FaultView[];
}
