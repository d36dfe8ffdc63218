/** Writing records in the portal on a real database, with the demo's people and records and a gateway in memory. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { Catalogue } from '../records/Catalogue';
import { DefaultAuthoring } from '../records/authoring/DefaultAuthoring';
import { ProviderApis } from '../records/ProviderApis';
import type { PlanRow, ProductRow } from '../lib/rows';
import { accessBench, type AccessBench } from './access';
import { apiEntity } from './entities';

export interface AuthoringBench extends AccessBench {
  catalogue: Catalogue;
  authoring: DefaultAuthoring;
  product(name: string): Promise<ProductRow>;
  plan(name: string): Promise<PlanRow>;
  /** What the history says of it, in order. */
  historyOf(subject: string): Promise<string[]>;
}

/** An API of the provider. */
export const providerApi = (
  id: string,
  authentication: ProviderApi['authentication'] = 'auth-token',
): ProviderApi => ({
  id,
  name: `${id} at the gateway`,
  listenPath: `/${id}/`,
  active: true,
  authentication,
});

const ownedBy = (entity: Entity, owner: string): Entity => ({
  ...entity,
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

const apiEntities = [
  ownedBy(apiEntity('cards', 'cards'), 'group:default/payments-team'),
  ownedBy(apiEntity('refunds', 'refunds'), 'group:default/payments-team'),
  ownedBy(apiEntity('parcels', 'parcels'), 'group:default/logistics-team'),
  ownedBy(apiEntity('nowhere'), 'group:default/payments-team'),
];

export async function authoringBench(knex: Knex): Promise<AuthoringBench> {
  const bench = await accessBench(knex);
  const { clock, provider, worker } = bench;
  provider.apis = [
    providerApi('cards'),
    providerApi('refunds'),
    providerApi('parcels'),
    providerApi('bare'),
    providerApi('signed', 'jwt'),
    providerApi('open', 'keyless'),
    providerApi('users', 'basic'),
  ];
  const known = catalogServiceMock({ entities: apiEntities });
  const catalogue = Catalogue.create({ db: knex });
  const authoring = DefaultAuthoring.create({
    db: knex,
    clock,
    auth: mockServices.auth(),
    catalog: catalogServiceMock.mock({
      getEntitiesByRefs: (...args) => known.getEntitiesByRefs(...args),
      // The mock finds no annotation with capitals in it.
      queryEntities: async () => ({
        items: apiEntities,
        totalItems: apiEntities.length,
        pageInfo: {},
      }),
    }),
    catalogue,
    providerApis: ProviderApis.create({
      db: knex,
      clock,
      logger: mockServices.logger.mock(),
      providers: { find: id => (id === provider.id ? provider : undefined) },
    }),
    providerIds: [provider.id],
    worker,
  });
  return {
    ...bench,
    catalogue,
    authoring,
    product: name => knex('products').where({ name }).first(),
    plan: name => knex('plans').where({ name }).first(),
    historyOf: subject =>
      knex('history').where({ subject }).orderBy('sequence').pluck('message'),
  };
}
