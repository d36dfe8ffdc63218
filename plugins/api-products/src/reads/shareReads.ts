/**
 * What several parts of a page want to know is asked for once: who asks for what is on its way, or has just come, gets
 * the same answer. An answer is never older than what somebody did here, or than what was announced: with both, all that
 * was asked before is forgotten.
 */
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';

/** For so long after it was asked for, an answer is good for others of the same page. */
const GOOD_FOR_MS = 1_000;

interface Read {
  answer: Promise<unknown>;
  begunAt: number;
  running: boolean;
  controller: AbortController;
  /** How many still want the answer. */
  wanted: number;
}

const forgetting = new WeakMap<ApiProductsApi, () => void>();

/** Whatever is asked for from now on is asked of the server. */
export function forgetReads(api: ApiProductsApi): void {
  forgetting.get(api)?.();
}

const isRead = (name: string): boolean => /^(get|list)[A-Z]/.test(name);

const hasSignal = (value: unknown): value is { signal?: AbortSignal } =>
  typeof value === 'object' && value !== null && 'signal' in value;

/** Shares the answers of everything that is called `get…` or `list…`; everything else changes something. */
export function shareReads(api: ApiProductsApi): ApiProductsApi {
  const reads = new Map<string, Read>();
  const forget = () => reads.clear();

  function drop(key: string, read: Read): void {
    if (reads.get(key) === read) {
      reads.delete(key);
    }
  }

  function begin(
    key: string,
    call: (signal: AbortSignal) => Promise<unknown>,
  ): Read {
    const controller = new AbortController();
    const read: Read = {
      answer: call(controller.signal),
      begunAt: Date.now(),
      running: true,
      controller,
      wanted: 0,
    };
    reads.set(key, read);
    read.answer.then(
      () => {
        read.running = false;
      },
      () => {
        read.running = false;
        drop(key, read);
      },
    );
    return read;
  }

  function find(key: string): Read | undefined {
    const now = Date.now();
    for (const [name, { running, begunAt }] of reads) {
      if (!running && now - begunAt >= GOOD_FOR_MS) {
        reads.delete(name);
      }
    }
    return reads.get(key);
  }

  /** The answer as one of those who want it sees it: who leaves does not take it from the others. */
  function answerFor(
    key: string,
    read: Read,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    read.wanted++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        read.wanted--;
        if (read.running && read.wanted === 0) {
          drop(key, read);
          read.controller.abort();
        }
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave);
      read.answer
        .then(resolve, reject)
        .finally(() => signal?.removeEventListener('abort', leave));
    });
  }

  function ask(
    name: string,
    call: Function,
    args: unknown[],
  ): Promise<unknown> {
    const last = args[args.length - 1];
    const { signal, ...options } = hasSignal(last) ? last : {};
    const rest = hasSignal(last) ? args.slice(0, -1) : args;
    if (signal?.aborted) {
      return Promise.reject(signal.reason);
    }
    const key = JSON.stringify([name, rest, options]);
    const read =
      find(key) ??
      begin(key, shared =>
        Reflect.apply(
          call,
          api,
          hasSignal(last) ? [...rest, { ...options, signal: shared }] : rest,
        ),
      );
    return answerFor(key, read, signal);
  }

  const shared = new Proxy(api, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function' || typeof name !== 'string') {
        return call;
      }
      return isRead(name)
        ? (...args: unknown[]) => ask(name, call, args)
        : async (...args: unknown[]) => {
            try {
              return await Reflect.apply(call, target, args);
            } finally {
              forget();
            }
          };
    },
  });
  forgetting.set(shared, forget);
  return shared;
}
