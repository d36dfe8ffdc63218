import { createSpecializedBackend } from '@backstage/backend-app-api';
import {
  createBackendPlugin,
  createServiceFactory,
  type ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  metricsServiceRef as backstages,
  type MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { metrics } from '@opentelemetry/api';
import { testMeters } from '../testing/metrics';
import { metricsServiceRef } from './metricsService';

/** What a plugin gets in a backend that has only these services besides the ones that each backend needs. */
async function metricsIn(
  services: readonly ServiceFactory[],
): Promise<MetricsService> {
  let got: MetricsService | undefined;
  const backend = createSpecializedBackend({
    defaultServiceFactories: [
      mockServices.rootLogger.factory(),
      mockServices.rootLifecycle.factory(),
      mockServices.logger.factory(),
      mockServices.lifecycle.factory(),
      ...services,
    ],
  });
  backend.add(
    createBackendPlugin({
      pluginId: 'api-products',
      register(env) {
        env.registerInit({
          deps: { metrics: metricsServiceRef },
          async init(deps) {
            got = deps.metrics;
          },
        });
      },
    }),
  );
  await backend.start();
  await backend.stop();
  if (!got) throw new Error('The plugin was not started');
  return got;
}

describe('the metrics service', () => {
  afterEach(() => metrics.disable());

  it('is the one of the app', async () => {
    expect(metricsServiceRef).toMatchObject({
      id: backstages.id,
      scope: backstages.scope,
    });
    const own = {} as MetricsService;
    const service = createServiceFactory({
      service: backstages,
      deps: {},
      factory: () => own,
    });
    expect(await metricsIn([service])).toBe(own);
  });

  it('is OpenTelemetry where the app has none', async () => {
    const meters = testMeters();
    metrics.setGlobalMeterProvider(meters.provider);
    const service = await metricsIn([]);
    service.createCounter('a.count').add(1, { b: 'c' });
    expect(await meters.labelsOf('a.count')).toEqual([{ b: 'c' }]);
  });

  it('records and reads nothing where no exporter is switched on', async () => {
    const service = await metricsIn([]);
    const read = jest.fn();
    service.createHistogram('a.duration').record(1);
    service.createObservableGauge('a.depth').addCallback(read);
    expect(read).not.toHaveBeenCalled();
  });
});
