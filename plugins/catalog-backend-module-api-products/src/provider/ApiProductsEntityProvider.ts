/**
 * Products, plans and catalogues that were made in the portal or imported from a provider, as entities. What the
 * backend has is what the catalog shows. A run asks for versions, and for the records whose version has changed. The
 * first run reads and writes everything, and so does one each hour, and one where much has changed or something is gone.
 * Two exceptions protect the catalog:
 *
 * - When the records cannot be read completely, nothing changes: an error never looks like an empty list.
 * - What was deleted or hidden in the portal goes at once. Where nothing is known of a deletion and more than a quarter
 *   would disappear at once, that is held back until a platform owner confirms it, and the log says so. New and changed
 *   records come through all the same. A single record is how people delete things, however few there are.
 */
import type {
  AuthService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type {
  CatalogService,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_ORIGIN,
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCT_KIND,
} from 'backstage-plugin-api-products-common';
import { entitiesOf } from './entities';
import type { ApiProductsRecords } from './records';

const NAME = 'api-products';
/** So many are settled in one run; the next one goes on. */
const SETTLED_AT_ONCE = 1000;
/** More are read by pages. */
const CHANGED_AT_ONCE = 100;
/** What somebody has taken out of the catalog, or what another backend has left there, is right again after this time. */
const FULL_EVERY_MS = 60 * 60_000;

/** What the catalog was last brought to. */
interface Brought {
  fingerprint: string;
  versions: ReadonlyMap<string, string>;
  fullAt: number;
}

interface ApiProductsEntityProviderOptions {
  records: ApiProductsRecords;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  taskRunner: SchedulerServiceTaskRunner;
  /** Percent of the entities that may disappear in one run without the portal knowing of a deletion. */
  maxRemovalPercentage: number;
}

/** Brings records that do not come from Git into the catalog. @public */
export class ApiProductsEntityProvider implements EntityProvider {
  readonly #options: ApiProductsEntityProviderOptions;
  /** By this backend: absent until it has written everything, and while something is gone or held back. */
  #brought: Brought | undefined;

  private constructor(options: ApiProductsEntityProviderOptions) {
    this.#options = options;
  }

  static create(
    options: ApiProductsEntityProviderOptions,
  ): ApiProductsEntityProvider {
    return new ApiProductsEntityProvider(options);
  }

  getProviderName(): string {
    return NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { logger, taskRunner } = this.#options;
    await taskRunner.run({
      id: `${NAME}:refresh`,
      fn: async signal => {
        try {
          await this.#run(connection, signal);
        } catch (error) {
          logger.error(
            'Products, plans and catalogues could not be read; the catalog keeps what it has',
            toError(error),
          );
        }
      },
    });
  }

  async #run(
    connection: EntityProviderConnection,
    signal: AbortSignal,
  ): Promise<void> {
    const { records } = this.#options;
    const now = Date.now();
    const before = this.#brought;
    const isFullDue = !before || now - before.fullAt >= FULL_EVERY_MS;
    // Before the records: what changes while they are read is different at the next run.
    const there = await records.versions(
      isFullDue ? undefined : before.fingerprint,
      signal,
    );
    if (!isFullDue && there.fingerprint === before.fingerprint) {
      return;
    }
    const versions = new Map(
      (there.records ?? []).map(({ ref, version }) => [ref, version]),
    );
    const { fingerprint } = there;
    if (
      !isFullDue &&
      (await this.#writeChanges(connection, before.versions, versions, signal))
    ) {
      this.#brought = { fingerprint, versions, fullAt: before.fullAt };
      return;
    }
    this.#brought = undefined;
    if (await this.#writeAll(connection, signal)) {
      this.#brought = { fingerprint, versions, fullAt: now };
    }
  }

  /** @returns whether it could be done: not where much has changed, or where something is gone, which is to be settled */
  async #writeChanges(
    connection: EntityProviderConnection,
    before: ReadonlyMap<string, string>,
    now: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { records, logger } = this.#options;
    const changed = [...now.keys()].filter(
      ref => before.get(ref) !== now.get(ref),
    );
    const isSomethingGone = [...before.keys()].some(ref => !now.has(ref));
    if (isSomethingGone || changed.length > CHANGED_AT_ONCE) {
      return false;
    }
    const entities = entitiesOf(
      await records.readSome(changed, signal),
      await records.baseUrl(),
    );
    if (entities.length < changed.length) {
      return false;
    }
    await connection.applyMutation({
      type: 'delta',
      added: entities.map(entity => ({ entity, locationKey: NAME })),
      removed: [],
    });
    logger.debug('Changed products, plans and catalogues were read', {
      entities: entities.length,
    });
    return true;
  }

  /** @returns whether the catalog had nothing without a record; what it had is settled until that is so */
  async #writeAll(
    connection: EntityProviderConnection,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { records, logger, maxRemovalPercentage } = this.#options;
    const entities = entitiesOf(
      await records.read(signal),
      await records.baseUrl(),
    );
    const before = await this.#refsInCatalog();
    const after = new Set(entities.map(entity => stringifyEntityRef(entity)));
    const removed = before.filter(ref => !after.has(ref));
    const settled = new Set(
      await records.settle(removed.slice(0, SETTLED_AT_ONCE), signal),
    );
    const unknown = removed.filter(ref => !settled.has(ref));
    const deferred = entities.map(entity => ({ entity, locationKey: NAME }));

    const tooMany =
      unknown.length > 1 &&
      unknown.length * 100 > before.length * maxRemovalPercentage;
    if (tooMany) {
      await connection.applyMutation({
        type: 'delta',
        added: deferred,
        removed: [...settled].map(entityRef => ({
          entityRef,
          locationKey: NAME,
        })),
      });
      logger.warn(
        `Held back: ${unknown.length} of ${before.length} products, plans and catalogues would disappear, more than ${maxRemovalPercentage} %, and the portal knows of no deletion. If that is meant, a platform owner confirms it under API admin, Providers`,
        { removed: unknown.slice(0, 20).join(', ') },
      );
      return false;
    }
    await connection.applyMutation({ type: 'full', entities: deferred });
    logger.debug('Products, plans and catalogues were read', {
      entities: entities.length,
      removed: removed.length,
    });
    return removed.length === 0;
  }

  /** Asked of the catalog and not remembered: another backend may have had the last run. */
  async #refsInCatalog(): Promise<string[]> {
    const { auth, catalog } = this.#options;
    const { items } = await catalog.getEntities(
      {
        filter: {
          kind: [API_PRODUCT_KIND, API_PLAN_KIND, API_CATALOGUE_KIND],
          [`metadata.annotations.${ANNOTATION_ORIGIN}`]: ['portal', 'provider'],
        },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items.map((entity: Entity) => stringifyEntityRef(entity));
  }
}
