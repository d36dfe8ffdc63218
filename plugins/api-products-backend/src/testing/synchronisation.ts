/** A synchronisation with a provider in memory, on a clock that the test moves. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { EntityRef, SyncRun } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { ProviderRegistry } from '../registry/ProviderRegistry';
import { readProviderSettings } from '../registry/settings';
import { Synchronisation } from '../providers/import/Synchronisation';
import type { TestClock } from './clock';
import { FakeProvider } from './FakeProvider';

interface SynchronisationBench {
  synchronisation: Synchronisation;
  provider: FakeProvider;
  logger: ReturnType<typeof mockServices.logger.mock>;
  onChange: jest.Mock;
  /** What the catalog has. */
  setEntities(entities: Entity[]): void;
  /** One run from begin to end, a second later than the last. */
  sync(options?: { confirmDrop?: boolean }): Promise<SyncRun>;
}

export function synchronisationBench(
  knex: Knex,
  clock: TestClock,
  options: {
    config?: object;
    provider?: FakeProvider;
    platformOwners?: EntityRef[];
  } = {},
): SynchronisationBench {
  const provider = options.provider ?? FakeProvider.create();
  const registry = ProviderRegistry.create();
  registry.addProvider(provider);
  const logger = mockServices.logger.mock();
  const onChange = jest.fn();
  let entities: Entity[] = [];
  const settings = readProviderSettings(
    mockServices.rootConfig({
      data: {
        apiProducts: { providers: { [provider.id]: options.config ?? {} } },
      },
    }),
    provider.id,
    options.platformOwners ?? ['group:default/platform-owners'],
  );
  const synchronisation = Synchronisation.create({
    db: knex,
    clock,
    logger,
    auth: mockServices.auth(),
    catalog: catalogServiceMock.mock({
      // Its own filter does not find annotations with capitals, which the real one does.
      queryEntities: async () => ({
        items: entities,
        totalItems: entities.length,
        pageInfo: {},
      }),
    }),
    registry,
    settingsOf: () => settings,
    onChange,
  });
  return {
    synchronisation,
    provider,
    logger,
    onChange,
    setEntities(now) {
      entities = now;
    },
    async sync(by = {}) {
      clock.advance(1000);
      const { id } = await synchronisation.request(provider.id, by);
      await synchronisation.settled();
      const { items } = await synchronisation.runs.list(provider.id, {});
      const run = items.find(item => item.id === id);
      if (!run) {
        throw new Error('The run is not in the list');
      }
      return run;
    },
  };
}

/** As it was before anything was synchronised: much quicker than another database. */
export async function forgetRecords(knex: Knex): Promise<void> {
  for (const table of [
    'jobs',
    'history',
    'sync_runs',
    'provider_apis',
    'products',
    'plans',
  ]) {
    await knex(table).delete();
  }
}
