/**
 * What is known of the APIs of a provider, for those who write products: from the last synchronisation, or, where that
 * does not know one yet, from the provider itself, asked once for all of them and within a bounded time.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { ProviderApiRow } from '../lib/rows';
import type { Providers } from '../registry/providers';
import type { ApiSignIn, SignIn } from './authentication';

const ASK_MS = 10_000;
const IDS_AT_ONCE = 500;

/** By the provider's id: the API, or that the provider has none. What is missing is not known. */
export type KnownApis = ReadonlyMap<string, ApiSignIn | 'absent'>;

type Answer = ReadonlyMap<string, ApiSignIn>;

const SIGN_INS: Record<string, SignIn | undefined> = {
  'auth-token': 'auth-token',
  jwt: 'jwt',
  basic: 'basic',
  mtls: 'mtls',
  keyless: 'keyless',
};

export class ProviderApis {
  readonly #db: Knex;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #providers: Providers;
  readonly #asked = new Map<
    string,
    { at: number; answer: Promise<Answer | undefined> }
  >();

  static create(options: {
    db: Knex;
    clock: Clock;
    logger: LoggerService;
    providers: Providers;
  }): ProviderApis {
    return new ProviderApis(options);
  }

  private constructor(options: {
    db: Knex;
    clock: Clock;
    logger: LoggerService;
    providers: Providers;
  }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#providers = options.providers;
  }

  isConfigured(providerId: string): boolean {
    return this.#providers.find(providerId) !== undefined;
  }

  /**
   * @param maxAgeMs - how old an answer of the provider may be that is used again
   */
  async find(
    providerId: string,
    ids: readonly string[],
    maxAgeMs: number,
  ): Promise<KnownApis> {
    const found = new Map<string, ApiSignIn | 'absent'>(
      await this.#fromDatabase(providerId, ids),
    );
    const missing = ids.filter(id => !found.has(id));
    const provider = this.#providers.find(providerId);
    if (missing.length === 0 || !provider) {
      return found;
    }
    const answer = await this.#ask(provider, maxAgeMs);
    for (const id of answer ? missing : []) {
      found.set(id, answer?.get(id) ?? 'absent');
    }
    return found;
  }

  async #fromDatabase(
    providerId: string,
    ids: readonly string[],
  ): Promise<Map<string, ApiSignIn>> {
    const found = new Map<string, ApiSignIn>();
    for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
      const rows: Pick<ProviderApiRow, 'api_id' | 'name' | 'authentication'>[] =
        await this.#db('provider_apis')
          .where({ provider_id: providerId })
          .whereIn('api_id', ids.slice(i, i + IDS_AT_ONCE))
          .select('api_id', 'name', 'authentication');
      for (const { api_id: id, name, authentication } of rows) {
        found.set(id, {
          name,
          authentication: SIGN_INS[authentication] ?? 'other',
        });
      }
    }
    return found;
  }

  #ask(provider: ApiProvider, maxAgeMs: number): Promise<Answer | undefined> {
    const now = this.#clock.now();
    const asked = this.#asked.get(provider.id);
    if (asked && now - asked.at < maxAgeMs) {
      return asked.answer;
    }
    const answer = this.#list(provider);
    this.#asked.set(provider.id, { at: now, answer });
    return answer;
  }

  /** Undefined where it does not answer: then nothing is known, and nothing is refused for it. */
  async #list(provider: ApiProvider): Promise<Answer | undefined> {
    try {
      const apis = await provider.listApis({
        signal: AbortSignal.timeout(ASK_MS),
      });
      return new Map(apis.map(api => [api.id, api]));
    } catch (error) {
      // The probe says it to people, once in a while.
      this.#logger.debug(
        `Provider ${provider.id} does not list its APIs: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }
}
