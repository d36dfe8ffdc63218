/**
 * One way to Tyk, for the Gateway API and, with another header, for the Dashboard API.
 *
 * What must stay true: every call is bounded in time and in tries; no more than the configured number of calls are
 * under way; and nothing that leaves this file carries the token, a key, or a path. Only calls that may be repeated
 * are made through it, which by design is all of them.
 */
import pLimit from 'p-limit';
import { Agent, request as httpRequest } from 'undici';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import { envelopeMessage, parseJson } from './answer';
import type { TykAnswer } from './answer';
import { connectionFailure, statusFailure } from './failures';
import { redact } from './redact';
import { pause, readRetryAfter, waitBeforeRetry } from './retry';

/** Larger answers are refused; 5 000 policies are 3 MB. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

export interface TykHttpClientOptions {
  providerId: string;
  baseUrl: string;
  authorization: { header: string; token: string };
  tls?: { rejectUnauthorized?: boolean; ca?: string };
  timeoutMs: number;
  /** Tries after the first. */
  retries: number;
  /** Calls at the same time. */
  concurrency: number;
  /** First pause before another try. */
  backoffMs: number;
  /** Texts of a status 500 that are an answer, not an accident: another try would bring the same. */
  refusals: readonly RegExp[];
  /**
   * What a failure means where it does not mean what its status usually does: an error, or `answer`, which leaves it
   * to the operation. Undefined = as usual.
   */
  judge?: (failure: TykFailure) => Error | 'answer' | undefined;
  logger: LoggerService;
}

/** An answer that is no success. */
export interface TykFailure {
  request: TykRequest;
  /** Beginning of a message: `tyk-eu: create key`. */
  what: string;
  status: number;
  /** Tyk's own words, without secrets; undefined where the answer was not Tyk's. */
  said: string | undefined;
}

export interface TykRequest {
  /** What is being done, in words, for messages: `create key`. */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Each segment is encoded. */
  path: readonly string[];
  query?: Record<string, string>;
  body?: JsonObject;
  /** What must not be seen in a message, beside the token. */
  secrets?: readonly string[];
  /** Statuses that the operation judges itself. */
  tolerate?: readonly number[];
  /** Told before another try: the one before may have been acted on although no answer came. */
  onRetry?: () => void;
  signal?: AbortSignal;
}

export class TykHttpClient {
  readonly #options: TykHttpClientOptions;
  readonly #agent: Agent;
  readonly #limit: ReturnType<typeof pLimit>;

  static create(options: TykHttpClientOptions): TykHttpClient {
    return new TykHttpClient(options);
  }

  private constructor(options: TykHttpClientOptions) {
    this.#options = options;
    this.#limit = pLimit(options.concurrency);
    this.#agent = new Agent({
      connect: {
        rejectUnauthorized: options.tls?.rejectUnauthorized ?? true,
        ...(options.tls?.ca === undefined ? {} : { ca: options.tls.ca }),
      },
      maxResponseSize: LARGEST_ANSWER_BYTES,
    });
  }

  /** `tyk-eu: create key`: the beginning of every message. */
  describe(operation: string): string {
    return `${this.#options.providerId}: ${operation}`;
  }

  /**
   * Makes the call, again where that may help.
   *
   * @throws ProviderUnavailableError, ProviderUnauthorisedError, ProviderUnsupportedError, ProviderRejectedError
   */
  async send(request: TykRequest): Promise<TykAnswer> {
    const { retries, backoffMs, logger } = this.#options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#limit(() => this.#attempt(request));
      } catch (error) {
        if (!(error instanceof ProviderUnavailableError)) throw error;
        const wait = waitBeforeRetry(
          attempt,
          backoffMs,
          error.retryAfterMs,
          Math.random(),
        );
        if (attempt >= retries || wait === undefined) throw error;
        if (request.signal?.aborted) throw error;
        logger.debug(`${error.message}; trying again`, {
          attempt: attempt + 1,
          waitMs: Math.round(wait),
        });
        await pause(wait, request.signal);
        if (request.signal?.aborted) throw error;
        request.onRetry?.();
      }
    }
  }

  /** Closes idle connections. Calls that are under way end first. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #attempt(request: TykRequest): Promise<TykAnswer> {
    const what = this.describe(request.operation);
    if (request.signal?.aborted) {
      throw new ProviderUnavailableError(`${what} was abandoned`);
    }
    const url = this.#url(request);
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;

    let status: number;
    let text: string;
    let retryAfterMs: number | undefined;
    try {
      const { authorization } = this.#options;
      const response = await httpRequest(url, {
        method: request.method,
        dispatcher: this.#agent,
        signal,
        headers: {
          accept: 'application/json',
          [authorization.header]: authorization.token,
          ...(request.body ? { 'content-type': 'application/json' } : {}),
        },
        body: request.body ? JSON.stringify(request.body) : undefined,
      });
      status = response.statusCode;
      retryAfterMs = readRetryAfter(
        response.headers['retry-after'],
        Date.now(),
      );
      text = await response.body.text();
    } catch (error) {
      if (request.signal?.aborted) {
        throw new ProviderUnavailableError(`${what} was abandoned`);
      }
      if (timeout.aborted) {
        throw new ProviderUnavailableError(
          `${what} failed: no answer within ${this.#options.timeoutMs} ms`,
        );
      }
      throw connectionFailure(what, error);
    }
    return this.#judge(request, status, text, retryAfterMs);
  }

  #judge(
    request: TykRequest,
    status: number,
    text: string,
    retryAfterMs: number | undefined,
  ): TykAnswer {
    const what = this.describe(request.operation);
    const body = parseJson(text);
    if (status >= 200 && status < 300) {
      if (body === undefined) {
        throw new ProviderUnavailableError(
          `${what} failed: the answer is ${
            text === '' ? 'empty' : 'cut off or not JSON'
          }`,
        );
      }
      return { ok: true, status, body };
    }

    const raw = envelopeMessage(body);
    const said =
      raw === undefined
        ? undefined
        : redact(raw, [
            this.#options.authorization.token,
            ...(request.secrets ?? []),
          ]);
    const message = said ?? `status ${status}`;
    const judged = this.#options.judge?.({ request, what, status, said });
    if (judged instanceof Error) throw judged;
    const refusal =
      status === 500 &&
      raw !== undefined &&
      this.#options.refusals.some(pattern => pattern.test(raw));
    const tolerated = request.tolerate?.includes(status) === true;
    if (judged !== 'answer' && !refusal && !tolerated) {
      const failure = statusFailure(what, status, said, retryAfterMs);
      if (failure) throw failure;
    }
    return { ok: false, status, message, body };
  }

  #url(request: TykRequest): URL {
    for (const segment of request.path) {
      // These would be resolved away and name something else.
      if (segment === '' || segment === '.' || segment === '..') {
        throw new ProviderRejectedError(
          `${this.describe(request.operation)} failed: not a valid id`,
        );
      }
    }
    const path = request.path.map(encodeURIComponent).join('/');
    const url = new URL(`${this.#options.baseUrl}/${path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      url.searchParams.set(name, value);
    }
    return url;
  }
}
