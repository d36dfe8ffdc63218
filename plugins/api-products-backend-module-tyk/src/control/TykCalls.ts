/**
 * What Gateway and Dashboard have in common when an answer is judged: refused, strange, or as expected.
 */
import type { z } from 'zod';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import type { TykAnswer } from '../http/answer';
import type { TykHttpClient, TykRequest } from '../http/TykHttpClient';

export class TykCalls {
  readonly #client: TykHttpClient;

  static create(client: TykHttpClient): TykCalls {
    return new TykCalls(client);
  }

  private constructor(client: TykHttpClient) {
    this.#client = client;
  }

  /** The answer, to be judged by the caller. */
  async send(request: TykRequest): Promise<TykAnswer> {
    return this.#client.send(request);
  }

  /** The body of an answer that has to be a success. */
  async ok(request: TykRequest): Promise<JsonValue> {
    return this.expect(request.operation, await this.send(request));
  }

  expect(operation: string, answer: TykAnswer): JsonValue {
    if (!answer.ok) throw this.refused(operation, answer);
    return answer.body;
  }

  /** `tyk-eu: create key`: the beginning of every message. */
  describe(operation: string): string {
    return this.#client.describe(operation);
  }

  refused(
    operation: string,
    answer: { status: number; message: string },
  ): ProviderConflictError | ProviderRejectedError {
    const text = `${this.describe(operation)} was refused: ${answer.message}`;
    return answer.status === 409
      ? new ProviderConflictError(text)
      : new ProviderRejectedError(text);
  }

  /** The answer is JSON, but not this one: a proxy's page, or a Tyk that is just starting. */
  strange(operation: string): ProviderUnavailableError {
    return new ProviderUnavailableError(
      `${this.describe(operation)} failed: the answer is not what Tyk answers`,
    );
  }

  parse<T>(
    operation: string,
    schema: z.ZodType<T>,
    body: JsonValue | undefined,
  ): T {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw this.strange(operation);
    return parsed.data;
  }

  object(operation: string, body: JsonValue | undefined): JsonObject {
    if (!isJsonObject(body)) throw this.strange(operation);
    return body;
  }

  /** An empty list can come as null. */
  list(operation: string, body: JsonValue | undefined): JsonValue[] {
    if (body === null) return [];
    if (!Array.isArray(body)) throw this.strange(operation);
    return body;
  }

  objects(operation: string, body: JsonValue | undefined): JsonObject[] {
    return this.list(operation, body).map(item => this.object(operation, item));
  }
}
