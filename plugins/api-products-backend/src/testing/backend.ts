/** The whole plugin on a test backend, with the demo's people signed in by `mockCredentials.user.header`. */
import {
  createBackendModule,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  type ServiceMock,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  apiProvidersExtensionPoint,
  type ApiProvider,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { apiProductsPlugin } from '../plugin';
import { peopleEntities } from './people';
import { responseChecks } from './responseChecks';

/** Hands the providers in as a provider module would. */
const providersModule = (providers: ApiProvider[]) =>
  createBackendModule({
    pluginId: 'api-products',
    moduleId: 'test-providers',
    register(env) {
      env.registerInit({
        deps: { registry: apiProvidersExtensionPoint },
        async init({ registry }) {
          providers.forEach(provider => registry.addProvider(provider));
        },
      });
    },
  });

interface TestBackendOptions {
  /** What the catalog has; ingested once before the backend is handed back. */
  entities?: Entity[];
  /** Instead of a catalog with the entities and the demo's people. */
  catalog?: Pick<ServiceMock<CatalogService>, 'factory'>;
  /** Below `apiProducts`. */
  config?: object;
  providers?: ApiProvider[];
  /** A database of the test instead of a new one in memory. */
  knex?: Knex;
  features?: BackendFeature[];
}

export async function startApiProducts(
  options: TestBackendOptions = {},
): Promise<TestBackend> {
  return startTestBackend({
    features: [
      apiProductsPlugin,
      responseChecks,
      providersModule(options.providers ?? []),
      options.catalog?.factory ??
        catalogServiceMock.factory({
          entities: [...peopleEntities, ...(options.entities ?? [])],
        }),
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
      mockServices.rootConfig.factory({
        data: {
          apiProducts: {
            platformOwners: ['platform-owners'],
            ...options.config,
          },
        },
      }),
      ...(options.knex
        ? [mockServices.database.factory({ knex: options.knex })]
        : []),
      ...(options.features ?? []),
    ],
  });
}
