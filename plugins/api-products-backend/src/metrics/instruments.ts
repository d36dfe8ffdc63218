/**
 * Everything that the plugin measures. docs/metrics.md tells people of it, and a test holds the two, the dashboard and
 * this list together.
 *
 * What must stay true: labels have few values, all of which the code or the configuration names. The id of a row, a ref,
 * a person, or what a provider says is never one: each value is a time series of its own, and is read by others.
 */
import type {
  MetricOptions,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';

/** Of a request. */
const SHORT = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Of what asks a provider, which may be slow. */
const MIDDLING = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Of what goes through all records. */
const LONG = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 1800];
/** Of what may wait for a provider that is away, or for people. */
const PATIENT = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86400];

type Labels<L extends string> = Record<L, string | number | boolean>;

/** Makes each of them once; they cost next to nothing as long as nobody has switched an exporter on. */
export function createInstruments(service: MetricsService) {
  const histogram = <L extends string>(
    name: string,
    buckets: number[],
    description: string,
  ) =>
    service.createHistogram<Labels<L>>(name, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: buckets },
    });
  const counter = <L extends string>(name: string, options: MetricOptions) =>
    service.createCounter<Labels<L>>(name, options);
  const gauge = <L extends string>(name: string, options: MetricOptions) =>
    service.createObservableGauge<Labels<L>>(name, options);
  return {
    queueDepth: gauge<'lane' | 'state'>('api_products.queue.depth', {
      unit: '{job}',
      description: 'Jobs in the queue: due, due later, running, and given up',
    }),
    queueOldestAge: gauge<'lane'>('api_products.queue.oldest.age', {
      unit: 's',
      description: 'How long the job that is due longest has been due',
    }),
    jobDuration: histogram<'kind' | 'outcome'>(
      'api_products.job.duration',
      MIDDLING,
      'Runs of jobs, by what became of them',
    ),
    providerCallDuration: histogram<'provider' | 'method' | 'result'>(
      'api_products.provider.call.duration',
      MIDDLING,
      'Calls to API providers, by what they answered',
    ),
    provisioningDuration: histogram<'provider'>(
      'api_products.provisioning.duration',
      PATIENT,
      'From asking for a key until its gateway accepts it',
    ),
    listDuration: histogram<
      'http.route' | 'http.response.status_code' | 'first_page'
    >(
      'api_products.list.duration',
      SHORT,
      'Pages of lists, from the request to the answer',
    ),
    ingestionDuration: histogram<'result'>(
      'api_products.ingestion.duration',
      LONG,
      'Runs that bring the records to what the catalog has from Git',
    ),
    ingestionRead: counter<never>('api_products.ingestion.read', {
      unit: '{entity}',
      description: 'Entities that were read as a whole',
    }),
    ingestionRecords: counter<'outcome'>('api_products.ingestion.records', {
      unit: '{record}',
      description: 'Records that Git has changed, or could not change',
    }),
    synchronisationDuration: histogram<'provider' | 'result'>(
      'api_products.synchronisation.duration',
      LONG,
      'Runs that bring the records to what a provider has',
    ),
    synchronisationRecords: counter<'provider' | 'outcome'>(
      'api_products.synchronisation.records',
      {
        unit: '{record}',
        description: 'What synchronisations have done with records',
      },
    ),
    driftCheckDuration: histogram<'provider' | 'result'>(
      'api_products.drift.check.duration',
      LONG,
      'Looks for differences with a provider',
    ),
    driftFound: counter<'provider'>('api_products.drift.found', {
      unit: '{difference}',
      description: 'Differences that nobody knew of',
    }),
  };
}

export type Instruments = ReturnType<typeof createInstruments>;
