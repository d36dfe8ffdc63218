/**
 * The providers as platform owners see them: what the modules say of them, and how they were at the last probe. Nothing
 * here carries a token.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import type {
  EntityRef,
  Id,
  Page,
  Provider,
  ProviderApi,
  SyncRun,
} from 'backstage-plugin-api-products-common';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import type { ProviderRow } from '../lib/rows';
import type { Person } from '../identity/Caller';
import { apiEntitiesOf, type CatalogDeps } from '../records/apiEntities';
import type { ApiOwnership } from './ApiOwnership';
import type { SyncRuns } from './import/SyncRuns';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import { beginningOf } from '../lib/texts';

/** Longer than a provider may take to load what it tries out, or its own words for that would never be heard. */
const PROBE_MS = 50_000;
const LIST_MS = 30_000;

const onePage = <T>(items: T[]): Page<T> => ({
  items,
  totalItems: items.length,
  pageInfo: {},
});

/** What stands of the providers in our tables. */
interface Facts {
  rows: Map<Id, ProviderRow>;
  lastSyncs: Map<Id, Omit<SyncRun, 'items'>>;
  driftCounts: Map<Id, number>;
}

function providerOf(
  { id, type, title, gatewayUrl }: ApiProvider,
  { rows, lastSyncs, driftCounts }: Facts,
): Provider {
  const row = rows.get(id);
  return {
    id,
    type,
    title,
    gatewayUrl,
    status: row?.status ?? 'unknown',
    version: row?.version ?? undefined,
    findings: row
      ? [...JSON.parse(row.findings), ...JSON.parse(row.drift_findings)]
      : [],
    message: row?.message ?? undefined,
    checkedAt: row?.checked_at ?? undefined,
    revocation: row?.revocation ?? 'unknown',
    lastSync: lastSyncs.get(id),
    driftCount: driftCounts.get(id) ?? 0,
    driftCheckedAt: row?.drift_checked_at ?? undefined,
  };
}

export interface ProvidersOptions extends CatalogDeps {
  db: Knex;
  clock: Clock;
  logger: LoggerService;
  registry: ProviderRegistry;
  runs: SyncRuns;
  ownership: ApiOwnership;
}

/** What the contract with providers has, whatever else a provider's module says. */
const asContracted = ({
  id,
  name,
  listenPath,
  active,
  internal,
  authentication,
  authenticationNote,
  versions,
  hasDefinition,
  call,
}: ProviderApi): ProviderApi => ({
  id,
  name,
  listenPath,
  active,
  internal,
  authentication,
  authenticationNote,
  versions,
  hasDefinition,
  call,
});

export class Providers {
  readonly #options: ProvidersOptions;
  #probing: Promise<void> | undefined;

  static create(options: ProvidersOptions): Providers {
    return new Providers(options);
  }

  private constructor(options: ProvidersOptions) {
    this.#options = options;
  }

  async list(_person: Person): Promise<Page<Provider>> {
    const facts = await this.#facts();
    return onePage(
      this.#options.registry.all().map(provider => providerOf(provider, facts)),
    );
  }

  /** @throws NotFoundError */
  async get(_person: Person, id: string): Promise<Provider> {
    const provider = this.#options.registry.get(id);
    return providerOf(provider, await this.#facts());
  }

  /**
   * Asks the provider now.
   *
   * @throws NotFoundError
   * @throws ServiceUnavailableError with the provider's reason
   */
  async listApis(_person: Person, id: string): Promise<Page<ProviderApi>> {
    const provider = this.#options.registry.get(id);
    let apis: ProviderApi[];
    try {
      apis = await provider.listApis({ signal: AbortSignal.timeout(LIST_MS) });
    } catch (error) {
      throw new ServiceUnavailableError(
        `${provider.title} does not list its APIs: ${toError(error).message}`,
      );
    }
    const entities = await this.#entitiesOf(apis);
    const known = apis.map(api => ({
      ...asContracted(api),
      entity: entities.get(api.id),
    }));
    return onePage(await this.#owned(id, known));
  }

  async #owned(id: Id, apis: ProviderApi[]): Promise<ProviderApi[]> {
    try {
      return await this.#options.ownership.describe(id, apis);
    } catch (error) {
      this.#options.logger.warn(
        'The catalog does not say who claims the APIs of a provider',
        toError(error),
      );
      return apis;
    }
  }

  /** The list is worth having without the catalog, too. */
  async #entitiesOf(apis: ProviderApi[]): Promise<Map<string, EntityRef>> {
    try {
      return await apiEntitiesOf(
        this.#options,
        apis.map(({ id }) => id),
      );
    } catch (error) {
      this.#options.logger.warn(
        'The catalog does not say which entities stand for the APIs of a provider',
        toError(error),
      );
      return new Map();
    }
  }

  async #facts(): Promise<Facts> {
    const { db, runs } = this.#options;
    const [rows, lastSyncs, drift] = await Promise.all([
      db<ProviderRow>('providers'),
      runs.lastOfEach(),
      this.#driftCounts(),
    ]);
    return {
      rows: new Map(rows.map(row => [row.id, row])),
      lastSyncs,
      driftCounts: drift,
    };
  }

  async #driftCounts(): Promise<Map<Id, number>> {
    const rows: { provider_id: string; count: number | string }[] =
      await this.#options
        .db('drift_items')
        .whereIn('status', ['open', 'repairing'])
        .groupBy('provider_id')
        .select('provider_id')
        .count({ count: '*' });
    return new Map(
      rows.map(({ provider_id: id, count }) => [id, Number(count)]),
    );
  }

  /**
   * Asks every provider how it is and keeps the answers. One that fails is `down`; the others are still asked. Whoever
   * wants it while it is under way gets the same answers: a probe tries things out there.
   */
  async probeAll(): Promise<void> {
    this.#probing ??= Promise.all(
      this.#options.registry.all().map(provider => this.#probe(provider)),
    )
      .then(() => {})
      .finally(() => {
        this.#probing = undefined;
      });
    await this.#probing;
  }

  async #probe(provider: ApiProvider): Promise<void> {
    const found = await this.#ask(provider);
    await this.#options
      .db('providers')
      .insert({
        id: provider.id,
        checked_at: toIso(this.#options.clock.now()),
        ...found,
      })
      .onConflict('id')
      .merge();
  }

  async #ask(
    provider: ApiProvider,
  ): Promise<
    Pick<ProviderRow, 'status' | 'version' | 'findings' | 'message'> &
      Partial<Pick<ProviderRow, 'revocation'>>
  > {
    try {
      const { version, findings, revocation } = await provider.probe({
        signal: AbortSignal.timeout(PROBE_MS),
      });
      return {
        status: 'up',
        version: version === undefined ? null : beginningOf(version, 63),
        findings: JSON.stringify(findings),
        message: null,
        revocation,
      };
    } catch (error) {
      const { message } = toError(error);
      this.#options.logger.warn(`Provider ${provider.id} is down: ${message}`);
      // Whether it revokes safely is what it was when it last answered.
      return { status: 'down', version: null, findings: '[]', message };
    }
  }
}
