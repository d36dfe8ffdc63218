/** How long to wait before another try. Pure. */
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnauthorisedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** A provider may ask for more patience than ours, within reason. */
const LONGEST_ASKED_MS = 60 * 60_000;

/**
 * Doubles from one second to five minutes; the jitter keeps many jobs that failed together from coming back together.
 *
 * @param failures - how often it has failed so far, at least 1
 * @param random - 0 to 1
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 20), LONGEST_MS);
  return Math.round(full * (0.5 + random / 2));
}

/** What a failed attempt means for the job. */
interface Verdict {
  /** `refused`: the provider will say the same again. */
  kind: 'retry' | 'refused';
  message: string;
  /** Until another try, where there is one. */
  waitMs: number;
}

const nameOf = (error: unknown): string =>
  error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'error';

/** @param failures - how often the job has failed, this time included */
export function judge(
  error: unknown,
  failures: number,
  random: number,
): Verdict {
  const waitMs = backoffMs(failures, random);
  if (error instanceof ProviderUnavailableError) {
    const asked = Math.min(error.retryAfterMs ?? 0, LONGEST_ASKED_MS);
    return {
      kind: 'retry',
      message: error.message,
      waitMs: Math.max(waitMs, asked),
    };
  }
  if (error instanceof ProviderUnauthorisedError) {
    return {
      kind: 'retry',
      message: `${error.message}; a platform owner has to correct the access of the portal to this provider`,
      waitMs: backoffMs(Infinity, random),
    };
  }
  if (
    error instanceof ProviderRejectedError ||
    error instanceof ProviderConflictError ||
    error instanceof ProviderUnsupportedError
  ) {
    return { kind: 'refused', message: error.message, waitMs };
  }
  // Not the provider's words: an error of ours or of the database, whose text may quote anything.
  return {
    kind: 'retry',
    message: `Unexpected ${nameOf(error)}; the log of the backend says more`,
    waitMs,
  };
}
