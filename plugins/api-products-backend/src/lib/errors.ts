/**
 * Errors that Backstage has no class for. The root HTTP router takes the status from `statusCode`; the header of a
 * `QuotaExceededError` is set by the route, through `withRetryAfter`.
 */
import { CustomErrorBase } from '@backstage/errors';
import type { Response } from 'express';

/** 410: it was there, and never will be again. @internal */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;
  readonly statusCode = 410;
}

/** 429: an allowance is used up. @internal */
export class QuotaExceededError extends CustomErrorBase {
  name = 'QuotaExceededError' as const;
  readonly statusCode = 429;
  /** Whole seconds until it is worth another try. */
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterSeconds));
  }
}

/**
 * Answers `Retry-After` for a used-up allowance, and throws the error on.
 *
 * @example `const made = await requests.create(…).catch(withRetryAfter(res));`
 * @internal
 */
export const withRetryAfter =
  (res: Response) =>
  (error: unknown): never => {
    if (error instanceof QuotaExceededError) {
      res.setHeader('Retry-After', String(error.retryAfterSeconds));
    }
    throw error;
  };
