import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { SyncRuns } from './import/SyncRuns';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { FakeProvider } from '../testing/FakeProvider';
import { ProviderRegistry } from '../registry/ProviderRegistry';
import { ApiOwnership } from './ApiOwnership';
import { Providers } from './Providers';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('Providers on %p', databaseId => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
  });

  function start(...all: FakeProvider[]) {
    const clock = testClock();
    const registry = ProviderRegistry.create();
    all.forEach(provider => registry.addProvider(provider));
    const shared = {
      db: knex,
      clock,
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
      registry,
    };
    return Providers.create({
      ...shared,
      logger: mockServices.logger.mock(),
      ownership: ApiOwnership.create({ ...shared, onChange: () => {} }),
      runs: SyncRuns.create({ db: knex, clock }),
    });
  }

  it('tries each out once, however many want to know, and again the next time', async () => {
    const provider = FakeProvider.create();
    const probe = jest.spyOn(provider, 'probe');
    const providers = start(provider);
    await Promise.all([providers.probeAll(), providers.probeAll()]);
    expect(probe).toHaveBeenCalledTimes(1);
    await providers.probeAll();
    expect(probe).toHaveBeenCalledTimes(2);
    expect(await knex('providers').select('id', 'status')).toEqual([
      { id: provider.id, status: 'up' },
    ]);
  });
});
