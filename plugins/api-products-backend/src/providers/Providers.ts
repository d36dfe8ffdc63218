/**
 * The providers as platform owners see them: what the modules say of them, and how they were at the last probe. Only
 * platform owners may ask; nothing here carries a token.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import type {
  Page,
  Provider,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../database/clock';
import type { ProviderRow } from '../database/rows';
import type { Caller } from '../identity/Caller';
import type { ProviderRegistry } from './ProviderRegistry';

const PROBE_MS = 15_000;
const LIST_MS = 30_000;

const onePage = <T>(items: T[]): Page<T> => ({
  items,
  totalItems: items.length,
  pageInfo: {},
});

function providerOf(
  { id, type, title, gatewayUrl }: ApiProvider,
  row: ProviderRow | undefined,
): Provider {
  return {
    id,
    type,
    title,
    gatewayUrl,
    status: row?.status ?? 'unknown',
    version: row?.version ?? undefined,
    findings: row ? JSON.parse(row.findings) : [],
    message: row?.message ?? undefined,
    checkedAt: row?.checked_at ?? undefined,
  };
}

function onlyPlatformOwners(caller: Caller): void {
  if (caller.kind !== 'user' || !caller.platformOwner) {
    throw new NotAllowedError('Only platform owners may see the providers');
  }
}

/** @internal */
export class Providers {
  readonly #db: Knex;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #registry: ProviderRegistry;

  static create(options: {
    db: Knex;
    clock: Clock;
    logger: LoggerService;
    registry: ProviderRegistry;
  }): Providers {
    return new Providers(options);
  }

  private constructor(options: {
    db: Knex;
    clock: Clock;
    logger: LoggerService;
    registry: ProviderRegistry;
  }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#registry = options.registry;
  }

  /** @throws NotAllowedError for everybody but platform owners */
  async list(caller: Caller): Promise<Page<Provider>> {
    onlyPlatformOwners(caller);
    const rows = await this.#db<ProviderRow>('providers');
    const byId = new Map(rows.map(row => [row.id, row]));
    return onePage(
      this.#registry
        .all()
        .map(provider => providerOf(provider, byId.get(provider.id))),
    );
  }

  /** @throws NotAllowedError for everybody but platform owners, NotFoundError */
  async get(caller: Caller, id: string): Promise<Provider> {
    onlyPlatformOwners(caller);
    const provider = this.#registry.get(id);
    const row = await this.#db<ProviderRow>('providers').where({ id }).first();
    return providerOf(provider, row);
  }

  /**
   * Asks the provider now.
   *
   * @throws NotAllowedError for everybody but platform owners, NotFoundError
   * @throws ServiceUnavailableError with the provider's reason
   */
  async listApis(caller: Caller, id: string): Promise<Page<ProviderApi>> {
    onlyPlatformOwners(caller);
    const provider = this.#registry.get(id);
    try {
      const apis = await provider.listApis({
        signal: AbortSignal.timeout(LIST_MS),
      });
      return onePage(apis);
    } catch (error) {
      throw new ServiceUnavailableError(
        `${provider.title} does not list its APIs: ${toError(error).message}`,
      );
    }
  }

  /** Asks every provider how it is and keeps the answers. One that fails is `down`; the others are still asked. */
  async probeAll(): Promise<void> {
    await Promise.all(
      this.#registry.all().map(provider => this.#probe(provider)),
    );
  }

  async #probe(provider: ApiProvider): Promise<void> {
    const found = await this.#ask(provider);
    await this.#db('providers')
      .insert({
        id: provider.id,
        checked_at: toIso(this.#clock.now()),
        ...found,
      })
      .onConflict('id')
      .merge();
  }

  async #ask(
    provider: ApiProvider,
  ): Promise<Pick<ProviderRow, 'status' | 'version' | 'findings' | 'message'>> {
    try {
      const { version, findings } = await provider.probe({
        signal: AbortSignal.timeout(PROBE_MS),
      });
      return {
        status: 'up',
        version: version?.slice(0, 63) ?? null,
        findings: JSON.stringify(findings),
        message: null,
      };
    } catch (error) {
      const { message } = toError(error);
      this.#logger.warn(`Provider ${provider.id} is down: ${message}`);
      return { status: 'down', version: null, findings: '[]', message };
    }
  }
}
