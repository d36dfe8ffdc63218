/**
 * The Gateway API call by call: what is sent, which answers are an answer, and what they mean. No rules of the portal.
 */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import type { TykAnswer } from '../http/answer';
import type { TykHttpClient, TykRequest } from '../http/TykHttpClient';
import { apiDefinitionSchema } from '../model/apis';
import type { ApiDefinition } from '../model/apis';
import { sessionSchema } from '../model/sessions';
import type { TykSession } from '../model/sessions';

/** Texts of a status 500 that mean "no" rather than "something broke". @internal */
export const GATEWAY_REFUSALS: readonly RegExp[] = [
  /^Unmarshalling failed/,
  /^Failed to create key/,
  /^Failed to create file/,
  /^Unable to access policy storage/,
  /^Delete failed/,
  /service policy source/,
];

/** @internal */
export interface CreatedKey {
  /** The token form: a secret. */
  token: string;
  /** Absent where keys are not hashed. */
  hash: string | undefined;
}

/** @internal */
export interface GatewayHealth {
  version?: string;
  /** Names of parts that are down, e.g. `redis`. */
  down: string[];
}

/** A key by the hash it is stored under, or by a name that is a secret. @internal */
export type KeyName =
  | { hash: string }
  | { token: string; organisation?: string };

const createdSchema = z.object({
  key: z.string().min(1),
  key_hash: z.string().min(1).nullish(),
});

const healthSchema = z.object({
  version: z.string().nullish(),
  details: z
    .record(z.string(), z.object({ status: z.string().nullish() }))
    .nullish(),
});

const NO_HASHING = /hashing is not enabled/;

/** @internal */
export class GatewayApi {
  readonly #client: TykHttpClient;

  static create(client: TykHttpClient): GatewayApi {
    return new GatewayApi(client);
  }

  private constructor(client: TykHttpClient) {
    this.#client = client;
  }

  /** `/hello`; undefined where the installation has given it another name. */
  async health(signal?: AbortSignal): Promise<GatewayHealth | undefined> {
    const answer = await this.#client.send({
      operation: 'ask for health',
      method: 'GET',
      path: ['hello'],
      // A gateway without Redis says so with a 503.
      tolerate: [404, 500, 503],
      signal,
    });
    const health = healthSchema.safeParse(answer.body);
    if (!health.success) return undefined;
    const { version, details } = health.data;
    return {
      ...(version && { version }),
      down: Object.entries(details ?? {})
        .filter(([, part]) => part.status === 'fail')
        .map(([name]) => name),
    };
  }

  async policies(signal?: AbortSignal): Promise<JsonObject[]> {
    const operation = 'list policies';
    const body = await this.#ok({
      operation,
      method: 'GET',
      path: ['tyk', 'policies'],
      signal,
    });
    return this.#list(operation, body).map(item => {
      if (!isJsonObject(item)) throw this.#strange(operation);
      return item;
    });
  }

  /** As loaded, not as on disk; undefined where it is not loaded. */
  async policy(
    id: string,
    signal?: AbortSignal,
  ): Promise<JsonObject | undefined> {
    const operation = `read policy ${id}`;
    const answer = await this.#client.send({
      operation,
      method: 'GET',
      path: ['tyk', 'policies', id],
      signal,
    });
    if (answer.status === 404) return undefined;
    const body = this.#expect(operation, answer);
    if (!isJsonObject(body)) throw this.#strange(operation);
    return body;
  }

  /** Writes to disk; in force after a reload. POST overwrites, too, so both can be repeated. */
  async writePolicy(
    id: string,
    policy: JsonObject,
    mode: 'create' | 'update',
    signal?: AbortSignal,
  ): Promise<void> {
    const operation = `${mode} policy ${id}`;
    const answer = await this.#client.send({
      operation,
      method: mode === 'create' ? 'POST' : 'PUT',
      path: ['tyk', 'policies', ...(mode === 'create' ? [] : [id])],
      body: policy,
      signal,
    });
    if (answer.ok) return;
    const what = this.#client.describe(operation);
    if (/service policy source/.test(answer.message)) {
      throw new ProviderUnsupportedError(
        `${what} failed: this gateway takes its policies from a Dashboard (policies.policy_source is service), so they can only be changed there`,
      );
    }
    if (/create file|policy storage/.test(answer.message)) {
      throw new ProviderUnsupportedError(
        `${what} failed: ${answer.message} Set policies.policy_path to a directory that the gateway may write to`,
      );
    }
    throw this.#refused(operation, answer);
  }

  /** Removes it from disk; that it is not there is as good. */
  async removePolicy(id: string, signal?: AbortSignal): Promise<void> {
    const operation = `remove policy ${id}`;
    const answer = await this.#client.send({
      operation,
      method: 'DELETE',
      path: ['tyk', 'policies', id],
      signal,
    });
    if (answer.ok || answer.status === 404) return;
    // The Gateway's words for a file that is not there.
    if (/^Delete failed/.test(answer.message)) return;
    throw this.#refused(operation, answer);
  }

  /** Asks all nodes to load what is on disk; returns before they have. */
  async reload(signal?: AbortSignal): Promise<void> {
    await this.#ok({
      operation: 'reload policies',
      method: 'GET',
      path: ['tyk', 'reload', 'group'],
      signal,
    });
  }

  async apis(signal?: AbortSignal): Promise<ApiDefinition[]> {
    const operation = 'list APIs';
    const body = await this.#ok({
      operation,
      method: 'GET',
      path: ['tyk', 'apis'],
      signal,
    });
    return this.#list(operation, body).map(item =>
      this.#parse(operation, apiDefinitionSchema, item),
    );
  }

  async api(
    id: string,
    signal?: AbortSignal,
  ): Promise<ApiDefinition | undefined> {
    const operation = `read API ${id}`;
    const answer = await this.#client.send({
      operation,
      method: 'GET',
      path: ['tyk', 'apis', id],
      signal,
    });
    if (answer.status === 404) return undefined;
    return this.#parse(
      operation,
      apiDefinitionSchema,
      this.#expect(operation, answer),
    );
  }

  /**
   * Makes or replaces the key with this id, never touching its counters.
   *
   * @param keyId - a secret
   */
  async createKey(
    keyId: string,
    session: JsonObject,
    signal?: AbortSignal,
  ): Promise<CreatedKey> {
    const operation = 'create key';
    const body = await this.#ok({
      operation,
      method: 'POST',
      path: ['tyk', 'keys', keyId],
      query: { suppress_reset: '1' },
      body: session,
      secrets: [keyId],
      signal,
    });
    const { key, key_hash } = this.#parse(operation, createdSchema, body);
    return { token: key, hash: key_hash ?? undefined };
  }

  /** The key with its policies applied, or undefined. */
  async readKey(
    name: KeyName,
    signal?: AbortSignal,
  ): Promise<TykSession | undefined> {
    const operation = 'read key';
    const answer = await this.#client.send({
      operation,
      method: 'GET',
      ...keyAddress(name),
      signal,
    });
    if (answer.status === 404) return undefined;
    this.#requireHashing(operation, answer);
    return this.#parse(
      operation,
      sessionSchema,
      this.#expect(operation, answer),
    );
  }

  /** @returns whether there was one */
  async removeKey(name: KeyName, signal?: AbortSignal): Promise<boolean> {
    const operation = 'remove key';
    const answer = await this.#client.send({
      operation,
      method: 'DELETE',
      ...keyAddress(name),
      signal,
    });
    if (answer.status === 404) return false;
    this.#requireHashing(operation, answer);
    this.#expect(operation, answer);
    return true;
  }

  /** Whether the hashes of keys can be listed. */
  async keysCanBeListed(signal?: AbortSignal): Promise<boolean> {
    const operation = 'list keys';
    const answer = await this.#client.send({
      operation,
      method: 'GET',
      path: ['tyk', 'keys'],
      signal,
    });
    if (answer.status === 404) return false;
    this.#expect(operation, answer);
    return true;
  }

  #requireHashing(operation: string, answer: TykAnswer) {
    if (!answer.ok && NO_HASHING.test(answer.message)) {
      throw new ProviderUnsupportedError(
        `${this.#client.describe(
          operation,
        )} failed: keys are addressed by their hash, set hash_keys to true`,
      );
    }
  }

  async #ok(request: TykRequest): Promise<JsonValue> {
    return this.#expect(request.operation, await this.#client.send(request));
  }

  #expect(operation: string, answer: TykAnswer): JsonValue {
    if (!answer.ok) throw this.#refused(operation, answer);
    return answer.body;
  }

  #refused(operation: string, answer: { status: number; message: string }) {
    const text = `${this.#client.describe(operation)} was refused: ${
      answer.message
    }`;
    return answer.status === 409
      ? new ProviderConflictError(text)
      : new ProviderRejectedError(text);
  }

  /** The answer is JSON, but not this one: a proxy's page, or a gateway that is just starting. */
  #strange(operation: string) {
    return new ProviderUnavailableError(
      `${this.#client.describe(
        operation,
      )} failed: the answer is not what Tyk answers`,
    );
  }

  #parse<T>(operation: string, schema: z.ZodType<T>, body: JsonValue): T {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw this.#strange(operation);
    return parsed.data;
  }

  /** An empty list can come as null. */
  #list(operation: string, body: JsonValue): JsonValue[] {
    if (body === null) return [];
    if (!Array.isArray(body)) throw this.#strange(operation);
    return body;
  }
}

function keyAddress(
  name: KeyName,
): Pick<TykRequest, 'path' | 'query' | 'secrets'> {
  if ('hash' in name) {
    return {
      path: ['tyk', 'keys', name.hash],
      query: { hashed: 'true' },
    };
  }
  return {
    path: ['tyk', 'keys', name.token],
    query: name.organisation ? { org_id: name.organisation } : {},
    secrets: [name.token],
  };
}
