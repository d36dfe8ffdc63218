/**
 * Backstage's metrics service, where the app has it. It is an alpha service: an app of another release may lack it, or
 * have it under another name, and must start all the same. Then the same meter is asked for at OpenTelemetry itself.
 */
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { metrics } from '@opentelemetry/api';

export const metricsServiceRef = createServiceRef<MetricsService>({
  id: 'alpha.core.metrics',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { plugin: coreServices.pluginMetadata },
      factory: ({ plugin }) =>
        metrics.getMeter(`backstage-plugin-${plugin.getId()}`),
    }),
});
