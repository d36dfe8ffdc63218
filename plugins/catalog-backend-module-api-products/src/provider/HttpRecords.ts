import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import { z } from 'zod';
import {
  catalogueAnswer,
  pageAnswer,
  planAnswer,
  productAnswer,
  refsAnswer,
} from './answers';
import type { ApiProductsRecords, RecordsSnapshot } from './records';

const PLUGIN = 'api-products';
const PAGE_SIZE = 100;
const TIMEOUT_MS = 30_000;

/** Reads the records from the REST API of the api-products backend, as the catalog plugin. @internal */
export class HttpRecords implements ApiProductsRecords {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): HttpRecords {
    return new HttpRecords(options.auth, options.discovery);
  }

  baseUrl(): Promise<string> {
    return this.#discovery.getExternalBaseUrl(PLUGIN);
  }

  async read(signal?: AbortSignal): Promise<RecordsSnapshot> {
    return {
      products: await this.#list('products', productAnswer, signal),
      plans: await this.#list('plans', planAnswer, signal),
      catalogues: await this.#list('catalogues', catalogueAnswer, signal),
    };
  }

  async settle(refs: string[], signal?: AbortSignal): Promise<string[]> {
    const answer = await this.#ask('catalog-removals', signal, {
      method: 'POST',
      body: JSON.stringify({ refs }),
    });
    return parse('entities to remove', refsAnswer, answer).refs;
  }

  async #list<T extends { origin: string }>(
    resource: string,
    item: z.ZodType<T>,
    signal: AbortSignal | undefined,
  ): Promise<T[]> {
    const seen = new Set<string>();
    const records: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#page(resource, cursor, signal);
      records.push(...parse(resource, z.array(item), page.items));
      cursor = page.pageInfo.nextCursor;
      if (cursor !== undefined && seen.has(cursor)) {
        throw new Error(`The list of ${resource} leads back to a former page`);
      }
      if (cursor !== undefined) {
        seen.add(cursor);
      }
    } while (cursor !== undefined);
    // What came from the catalog must never go back there, whatever the other side makes of the question.
    return records.filter(({ origin }) => origin !== 'catalog');
  }

  async #page(
    resource: string,
    cursor: string | undefined,
    signal: AbortSignal | undefined,
  ) {
    const query = new URLSearchParams([
      ['origin', 'portal'],
      ['origin', 'provider'],
      ['limit', String(PAGE_SIZE)],
      ...(cursor === undefined ? [] : [['cursor', cursor]]),
    ]);
    const answer = await this.#ask(`${resource}?${query}`, signal);
    return parse(resource, pageAnswer, answer);
  }

  async #ask(
    path: string,
    signal: AbortSignal | undefined,
    init: { method?: string; body?: string } = {},
  ): Promise<unknown> {
    const base = await this.#discovery.getBaseUrl(PLUGIN);
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN,
    });
    const response = await fetch(`${base}/${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(init.body === undefined
          ? {}
          : { 'Content-Type': 'application/json' }),
      },
      signal: AbortSignal.any([
        AbortSignal.timeout(TIMEOUT_MS),
        ...(signal ? [signal] : []),
      ]),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

function parse<T>(resource: string, schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) {
    throw new ForwardedError(
      `The list of ${resource} is not what it should be`,
      result.error,
    );
  }
  return result.data;
}
