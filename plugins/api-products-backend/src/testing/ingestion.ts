/** Git as the catalog hands it out, read once. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { Memberships } from '../identity/Memberships';
import { Ingestion } from '../records/ingestion/Ingestion';
import type { IngestionResult } from '../records/ingestion/writeDrafts';
import { ProviderApis } from '../records/ProviderApis';
import type { AuthoringBench } from './authoring';
import { peopleEntities, testRoles } from './people';

/** Reads these entities, with the demo's people beside them, and lets the provider know. */
export async function ingest(
  knex: Knex,
  { clock, provider, worker, work }: AuthoringBench,
  entities: Entity[],
  options: { planAuthors?: string[] } = {},
): Promise<IngestionResult> {
  const auth = mockServices.auth();
  const logger = mockServices.logger.mock();
  const catalog = catalogServiceMock({
    entities: [...peopleEntities, ...entities],
  });
  const memberships = Memberships.create({ auth, catalog, clock });
  const result = await Ingestion.create({
    db: knex,
    clock,
    logger,
    auth,
    catalog,
    providerApis: ProviderApis.create({
      db: knex,
      clock,
      logger,
      providers: { find: id => (id === provider.id ? provider : undefined) },
    }),
    providerIds: [provider.id],
    memberships,
    roles: testRoles(memberships, options.planAuthors),
    maxDropPercent: 100,
    onChange: () => worker.kick(),
  }).ingestOnce();
  await work();
  return result;
}

/** Takes away what a bench begins with. */
export async function withoutRecords(knex: Knex): Promise<void> {
  for (const table of ['product_plans', 'products', 'plans', 'catalogues']) {
    await knex(table).delete();
  }
  await knex('catalogue_items').delete();
}
