import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import { readTykProviders } from './config';
import { createGatewayProvider } from './gateway/createGatewayProvider';

/**
 * Adds every `tyk-gateway` of `apiProducts.providers` to API Products.
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
        const entries = readTykProviders(config, message =>
          logger.warn(message),
        );
        for (const entry of entries) {
          if (entry.type !== 'tyk-gateway') continue;
          if (entry.tls?.rejectUnauthorized === false) {
            logger.warn(
              `${entry.id}: the certificate of this Tyk is not verified (tls.rejectUnauthorized is false)`,
            );
          }
          const provider = createGatewayProvider({
            config: entry,
            logger: logger.child({ provider: entry.id }),
          });
          providers.addProvider(provider);
          lifecycle.addShutdownHook(() => provider.close());
        }
      },
    });
  },
});
