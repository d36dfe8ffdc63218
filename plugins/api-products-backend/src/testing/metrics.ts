/** What is measured, as an exporter would get it. */
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import type { Attributes } from '@opentelemetry/api';
import {
  MeterProvider,
  MetricReader,
  type DataPoint,
} from '@opentelemetry/sdk-metrics';
import { createInstruments } from '../metrics/instruments';

/** Is asked by hand. */
class HandReader extends MetricReader {
  protected async onShutdown(): Promise<void> {}

  protected async onForceFlush(): Promise<void> {}
}

interface Collected {
  name: string;
  unit: string;
  points: DataPoint<unknown>[];
}

interface TestMeters {
  provider: MeterProvider;
  /** Of all that has been recorded so far. */
  collect(): Promise<Collected[]>;
  /** Labels of one metric. */
  labelsOf(name: string): Promise<Attributes[]>;
}

export function testMeters(): TestMeters {
  const reader = new HandReader();
  const provider = new MeterProvider({ readers: [reader] });
  const collect = async () => {
    const { resourceMetrics, errors } = await reader.collect();
    if (errors.length > 0) {
      throw errors[0];
    }
    return resourceMetrics.scopeMetrics
      .filter(({ scope }) => scope.name === 'backstage-plugin-api-products')
      .flatMap(({ metrics }) =>
        metrics.map(({ descriptor: { name, unit }, dataPoints }) => ({
          name,
          unit,
          points: dataPoints,
        })),
      );
  };
  return {
    provider,
    collect,
    async labelsOf(name) {
      const found = (await collect()).find(metric => metric.name === name);
      return (found?.points ?? []).map(({ attributes }) => attributes);
    },
  };
}

interface MadeInstrument {
  kind: 'counter' | 'gauge' | 'histogram';
  name: string;
}

/** Every instrument that the plugin makes. */
export function allInstruments(): MadeInstrument[] {
  const service = metricsServiceMock.mock();
  createInstruments(service);
  return Object.entries({
    counter: service.createCounter,
    gauge: service.createObservableGauge,
    histogram: service.createHistogram,
  } as const).flatMap(([kind, { mock }]) =>
    mock.calls.map(([name]) => ({
      kind: kind as MadeInstrument['kind'],
      name,
    })),
  );
}
