/**
 * What a refusal says besides its sentence, and errors that Backstage has no class for. The root HTTP router takes the
 * status from `statusCode` and answers what else stands on an error; the header of a `QuotaExceededError` is set by the
 * route, through `withRetryAfter`.
 */
import { ConflictError, CustomErrorBase, isError } from '@backstage/errors';
import type { ErrorRequestHandler, Response } from 'express';
import {
  REFUSAL_CODES,
  type Refusal,
  type RefusalCode,
  type RefusalFields,
} from 'backstage-plugin-api-products-common';

/**
 * The error with what a page needs to say it in its own words.
 *
 * @example `throw refused(new NotAllowedError(`Only ${owner} can …`), 'not-owner', { owner });`
 */
export const refused = <E extends Error>(
  error: E,
  code: RefusalCode,
  fields: RefusalFields = {},
): E & Refusal => Object.assign(error, { code, fields });

/** 409. */
export const conflict = (
  message: string,
  code: RefusalCode,
  fields: RefusalFields = {},
): ConflictError & Refusal => refused(new ConflictError(message), code, fields);

/** 410: it was there, and never will be again. */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;
  readonly statusCode = 410;
}

/** 429: an allowance is used up. */
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
 */
export const withRetryAfter =
  (res: Response) =>
  (error: unknown): never => {
    if (error instanceof QuotaExceededError) {
      res.setHeader('Retry-After', String(error.retryAfterSeconds));
    }
    throw error;
  };

const CODES: Record<string, RefusalCode | undefined> = {
  InputError: 'invalid',
  AuthenticationError: 'not-signed-in',
  NotAllowedError: 'not-allowed',
  NotFoundError: 'not-found',
  ConflictError: 'conflict',
  GoneError: 'gone',
  QuotaExceededError: 'too-many',
  ServiceUnavailableError: 'unavailable',
};

const known: readonly unknown[] = REFUSAL_CODES;

function codeOf(error: Error & { status?: unknown }): RefusalCode {
  const { status } = error;
  const clients = typeof status === 'number' && status >= 400 && status < 500;
  const byStatus = status === 404 ? 'not-found' : 'invalid';
  return CODES[error.name] ?? (clients ? byStatus : 'failed');
}

const STATUSES: Record<string, number | undefined> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  GoneError: 410,
  QuotaExceededError: 429,
  ServiceUnavailableError: 503,
};

/** What an error says of one of many things that were asked for at once. */
interface ItemAnswer {
  status: number;
  error: Pick<Error, 'name' | 'message'> & Refusal;
}

const hasRefusal = (error: object): error is Refusal =>
  'code' in error && known.includes(error.code) && 'fields' in error;

/**
 * As a route of its own would answer it. What is not meant for callers says no more than that it failed; log it.
 *
 * @returns undefined for that
 */
export function answerOf(error: Error): ItemAnswer | undefined {
  const status = STATUSES[error.name];
  if (status === undefined) {
    return undefined;
  }
  const { name, message } = error;
  const { code, fields } = hasRefusal(error)
    ? error
    : { code: codeOf(error), fields: {} };
  return { status, error: { name, message, code, fields } };
}

/** For what `answerOf` does not tell. */
export const FAILED: ItemAnswer = {
  status: 500,
  error: {
    name: 'Error',
    message: 'It failed; the log of the backend says why',
    code: 'failed',
    fields: {},
  },
};

/** The last of the router: what says no more than its status gets the status's own code, and is handed on. */
export const nameTheCode: ErrorRequestHandler = (error, _req, _res, next) => {
  next(
    !isError(error) || known.includes(error.code)
      ? error
      : refused(error, codeOf(error)),
  );
};
