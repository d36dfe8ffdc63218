import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { isVisibleApiProductEntity } from './permissions/visibility';
import { ApiProductsProcessor } from './processor/ApiProductsProcessor';
import { ApiProductsEntityProvider } from './provider/ApiProductsEntityProvider';
import { HttpRecords } from './provider/HttpRecords';
import { readProviderConfig } from './provider/config';

/**
 * Adds the kinds `APIProduct`, `APIPlan` and `APICatalogue` to the catalog, the permission rule about them, and, where
 * `catalog.providers.apiProducts` is configured, the records that do not come from Git.
 * @public
 */
export const catalogModuleApiProducts = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'api-products',
  register(env) {
    env.registerInit({
      deps: {
        processing: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        permissions: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init({
        processing,
        config,
        auth,
        catalog,
        discovery,
        logger,
        permissions,
        scheduler,
      }) {
        permissions.addPermissionRules([isVisibleApiProductEntity]);
        processing.addProcessor(new ApiProductsProcessor());

        const provider = readProviderConfig(config);
        if (provider) {
          processing.addEntityProvider(
            ApiProductsEntityProvider.create({
              records: HttpRecords.create({ auth, discovery }),
              catalog,
              auth,
              logger,
              taskRunner: scheduler.createScheduledTaskRunner(
                provider.schedule,
              ),
              maxRemovalPercentage: provider.maxRemovalPercentage,
            }),
          );
        }
      },
    });
  },
});
