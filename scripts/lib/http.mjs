import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const ATTEMPT_TIMEOUT_MS = 60_000;
const PAUSE_MS = 250;

/**
 * Tries until it works.
 *
 * @template T
 * @param {string} what  for the error: `the backend`
 * @param {() => Promise<T | undefined>} attempt  undefined and an exception mean "not yet"
 * @param {{ timeoutMs: number, signal: AbortSignal }} options
 * @returns {Promise<T>}
 */
export async function waitFor(what, attempt, { timeoutMs, signal }) {
  const deadline = Date.now() + timeoutMs;
  let reason = 'no answer';
  for (;;) {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      reason = error?.cause?.message || error?.message || String(error);
    }
    signal.throwIfAborted();
    if (Date.now() > deadline) {
      throw new Error(
        `${what} was not ready after ${timeoutMs / 1000} s: ${reason}`,
      );
    }
    await pause(PAUSE_MS, undefined, { signal }).catch(() =>
      signal.throwIfAborted(),
    );
  }
}

/**
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 * @throws Error with what the server said, for any status from 400
 */
export async function request(url, init = {}) {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
    ...init,
  });
  if (!response.ok) {
    const body = await response.text();
    throw new Error(`${response.status} from ${url}: ${body.slice(0, 500)}`);
  }
  return response;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens there on the loopback address
 */
export function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
