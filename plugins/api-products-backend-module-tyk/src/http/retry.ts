import { setTimeout as sleep } from 'node:timers/promises';

/** Longest pause between two tries of one call; who has to wait longer is better off with another job run. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Milliseconds to wait before the next try, or undefined where it is not worth waiting here.
 *
 * Exponential with jitter: between half of `base · 2^attempt` and all of it, so that many callers that failed
 * together do not come back together. What the server asked for is never undercut.
 *
 * @param attempt - tries so far that failed, less one
 * @param retryAfterMs - what the server asked for
 * @param random - from 0 to 1
 */
export function waitBeforeRetry(
  attempt: number,
  baseMs: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  const full = Math.min(baseMs * 2 ** attempt, LONGEST_WAIT_MS);
  const jittered = full / 2 + (full / 2) * random;
  if (retryAfterMs === undefined) return jittered;
  return retryAfterMs > LONGEST_WAIT_MS
    ? undefined
    : Math.max(retryAfterMs, jittered);
}

/** Milliseconds that a `Retry-After` header asks for: seconds or a date. */
export function readRetryAfter(
  header: string | string[] | undefined,
  now: number,
): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Waits; returns early, without an error, when the signal is aborted. */
export async function pause(
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Aborted: the caller looks at the signal.
  }
}
