import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import { readTykProviders } from './config';
import type { TykProviderConfig } from './config';
import { createDashboardProvider } from './dashboard/createDashboardProvider';
import type { TykProvider } from './driver/TykProvider';
import { createGatewayProvider } from './gateway/createGatewayProvider';

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
        const entries = readTykProviders(config, message =>
          logger.warn(message),
        );
        for (const entry of entries) {
          if (entry.tls?.rejectUnauthorized === false) {
            logger.warn(
              `${entry.id}: the certificate of this Tyk is not verified (tls.rejectUnauthorized is false)`,
            );
          }
          const provider = createProvider(
            entry,
            logger.child({ provider: entry.id }),
          );
          providers.addProvider(provider);
          lifecycle.addShutdownHook(() => provider.close());
        }
      },
    });
  },
});

function createProvider(
  config: TykProviderConfig,
  logger: LoggerService,
): TykProvider {
  return config.type === 'tyk-gateway'
    ? createGatewayProvider({ config, logger })
    : createDashboardProvider({ config, logger });
}
