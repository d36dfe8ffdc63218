/**
 * Every label that a metric may have, with every value that it may take. Whoever measures something new enters it here,
 * and thinks of how many values it has: an id, a ref or a person is never a label.
 */
import type { Attributes } from '@opentelemetry/api';
import { LIST_ROUTES } from '../api/listTimes';
import type { JobRun } from '../jobs/JobHandler';
import type { JobKind } from '../jobs/JobQueue';
import { laneOf, OWN_LANE } from '../jobs/lanes';
import { OTHER_LANES, type QueueState } from '../jobs/queueState';
import { noCounts } from '../providers/import/runViews';
import type { CallResult, ProviderMethod } from '../registry/measured';

type Values = readonly (string | number | boolean)[];

/** The compiler misses none of them. */
const all = <V extends string>(values: Record<V, true>): Values =>
  Object.keys(values);

const KINDS = [
  ...all<JobKind>({
    'put-product': true,
    'put-plan': true,
    'remove-plan': true,
    'remove-product': true,
    'reconcile-credential': true,
    'watch-credential': true,
    'watch-request': true,
    'check-drift': true,
    'clean-up-credential': true,
    'repair-drift': true,
    'reset-quota': true,
    'forget-secret': true,
    notify: true,
  }),
  'unknown',
];

const METHODS = all<ProviderMethod>({
  probe: true,
  listApis: true,
  exportDefinition: true,
  listOfferings: true,
  putProduct: true,
  putPlan: true,
  removeProduct: true,
  removePlan: true,
  putCredential: true,
  readCredential: true,
  listCredentials: true,
  updateCredential: true,
  resetQuota: true,
  removeCredential: true,
  cleanUpCredential: true,
  usage: true,
});

/** @param providers - ids from the configuration */
export const labelsWith = (
  providers: readonly string[],
): Record<string, Record<string, Values>> => {
  const lane = [OWN_LANE, ...providers.map(laneOf), OTHER_LANES];
  const provider = providers;
  return {
    'api_products.queue.depth': {
      lane,
      state: all<QueueState>({
        queued: true,
        later: true,
        running: true,
        failed: true,
      }),
    },
    'api_products.queue.oldest.age': { lane },
    'api_products.job.duration': {
      kind: KINDS,
      outcome: all<JobRun['outcome']>({
        done: true,
        wait: true,
        retry: true,
        failed: true,
      }),
    },
    'api_products.provider.call.duration': {
      provider,
      method: METHODS,
      result: all<CallResult>({
        ok: true,
        unavailable: true,
        unauthorized: true,
        rejected: true,
        conflict: true,
        unsupported: true,
        error: true,
      }),
    },
    'api_products.provisioning.duration': { provider },
    'api_products.list.duration': {
      'http.route': [...LIST_ROUTES],
      'http.response.status_code': [200, 400, 401, 403, 404, 500, 503],
      first_page: [true, false],
    },
    'api_products.ingestion.duration': { result: ['ok', 'failed'] },
    'api_products.ingestion.read': {},
    'api_products.ingestion.records': {
      outcome: [
        'created',
        'updated',
        'restored',
        'hidden',
        'lost',
        'ignored',
        'held-back',
      ],
    },
    'api_products.synchronisation.duration': {
      provider,
      result: ['succeeded', 'held-back', 'failed'],
    },
    'api_products.synchronisation.records': {
      provider,
      outcome: Object.keys(noCounts()),
    },
    'api_products.drift.check.duration': {
      provider,
      result: ['ok', 'failed'],
    },
    'api_products.drift.found': { provider },
  };
};

/** A UUID, a hash, a ref of an entity, an address, or a number that counts rows, wherever it stands. */
const LOOKS_LIKE_AN_ID =
  /[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}|\w+:[\w-]+\/|@|\d{4}/i;

/** @returns what is wrong with the labels, a line each */
export function wrongLabels(
  measured: readonly {
    name: string;
    points: readonly { attributes: Attributes }[];
  }[],
  providers: readonly string[],
): string[] {
  const labels = labelsWith(providers);
  const wrong = measured.flatMap(({ name, points }) =>
    points.flatMap(({ attributes }) =>
      Object.entries(attributes).flatMap(([label, value]) => {
        if (LOOKS_LIKE_AN_ID.test(String(value))) {
          return `${name}: ${label} is an id: ${value}`;
        }
        return labels[name]?.[label]?.some(allowed => allowed === value)
          ? []
          : `${name}: ${label} may not be ${value}`;
      }),
    ),
  );
  return [...new Set(wrong)];
}
