import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import { createTykProviders } from './createTykProviders';

/**
 * Adds every `tyk-gateway` and `tyk-dashboard` of `apiProducts.providers` to API Products.
 *
 * The backend does not start with a provider that is configured wrongly; the error names the key.
 * @public
 */
export const apiProductsModuleTyk = createBackendModule({
  pluginId: 'api-products',
  moduleId: 'tyk',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        providers: apiProvidersExtensionPoint,
      },
      async init({ config, lifecycle, logger, providers }) {
        for (const provider of createTykProviders({ config, logger })) {
          providers.addProvider(provider);
          lifecycle.addShutdownHook(() => provider.close());
        }
      },
    });
  },
});
