/**
 * The public definitions of a product's APIs, as their provider exports them: for everybody who sees the product. They
 * are kept for a minute, so that a page that many people open asks the provider once.
 */
import {
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { Identified } from '../identity/Caller';
import type { Providers } from '../registry/providers';
import { whereProductVisible } from './visibility';

const KEEP_MS = 60_000;
const KEEP_AT_MOST = 200;
const EXPORT_MS = 15_000;

interface Options {
  db: Knex;
  clock: Clock;
  providers: Providers;
}

export class Definitions {
  readonly #options: Options;
  readonly #kept = new Map<
    string,
    { until: number; definition: Promise<JsonObject | undefined> }
  >();

  static create(options: Options): Definitions {
    return new Definitions(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError for a product that the caller does not see, an API that is not in it, and one without a
   *   definition
   * @throws ServiceUnavailableError with the provider's reason
   */
  async get(
    { caller }: Identified,
    product: EntityRef,
    providerApiId: string,
  ): Promise<JsonObject> {
    const found: { provider_id: string | null } | undefined =
      await this.#options
        .db('products')
        .join('product_apis', 'product_apis.product_id', 'products.id')
        .where('products.ref', product)
        .where('product_apis.provider_api_id', providerApiId)
        .modify(query => whereProductVisible(query, caller))
        .first('products.provider_id');
    const definition =
      found &&
      found.provider_id !== null &&
      (await this.#definitionOf(found.provider_id, providerApiId));
    if (!definition) {
      throw new NotFoundError(
        `There is no definition of an API ${providerApiId} in a product ${product}`,
      );
    }
    return definition;
  }

  async #definitionOf(
    providerId: string,
    apiId: string,
  ): Promise<JsonObject | undefined> {
    const key = JSON.stringify([providerId, apiId]);
    const now = this.#options.clock.now();
    const kept = this.#kept.get(key);
    if (kept && kept.until > now) {
      return kept.definition;
    }
    if (this.#kept.size >= KEEP_AT_MOST) {
      this.#kept.clear();
    }
    const definition = this.#export(providerId, apiId);
    this.#kept.set(key, { until: now + KEEP_MS, definition });
    // A failure is not kept: the next one asks again.
    definition.catch(() => this.#kept.delete(key));
    return definition;
  }

  async #export(
    providerId: string,
    apiId: string,
  ): Promise<JsonObject | undefined> {
    const provider = this.#options.providers.find(providerId);
    if (!provider) {
      return undefined;
    }
    try {
      return await provider.exportDefinition(apiId, {
        signal: AbortSignal.timeout(EXPORT_MS),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `${provider.title} does not export the definition: ${
          toError(error).message
        }`,
      );
    }
  }
}
