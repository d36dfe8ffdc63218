/** What happens in the rooms, as it is counted. */
import type { ListCall } from '../api/listTimes';
import type { JobRun } from '../jobs/JobHandler';
import type { DriftCheck } from '../providers/drift/checkDrift';
import type { CountedRun } from '../providers/import/Synchronisation';
import type { Provisioned } from '../provisioning/handlerContext';
import type { IngestionRun } from '../records/ingestion/Ingestion';
import type { ProviderCall } from '../registry/measured';
import type { Instruments } from './instruments';

export interface Metrics {
  jobRun(run: JobRun): void;
  providerCall(call: ProviderCall): void;
  provisioned(made: Provisioned): void;
  list(call: ListCall): void;
  ingestion(run: IngestionRun): void;
  synchronisation(run: CountedRun): void;
  driftCheck(check: DriftCheck): void;
}

export const metricsOf = (instruments: Instruments): Metrics => ({
  jobRun: ({ kind, outcome, seconds }) =>
    instruments.jobDuration.record(seconds, { kind, outcome }),

  providerCall: ({ provider, method, result, seconds }) =>
    instruments.providerCallDuration.record(seconds, {
      provider,
      method,
      result,
    }),

  provisioned: ({ provider, seconds }) =>
    instruments.provisioningDuration.record(seconds, { provider }),

  list: ({ route, firstPage, status, seconds }) =>
    instruments.listDuration.record(seconds, {
      'http.route': route,
      'http.response.status_code': status,
      first_page: firstPage,
    }),

  ingestion({ seconds, done }) {
    instruments.ingestionDuration.record(seconds, {
      result: done ? 'ok' : 'failed',
    });
    if (!done) {
      return;
    }
    instruments.ingestionRead.add(done.read, {});
    const { created, updated, restored, hidden, lost, ignored, heldBack } =
      done.records;
    const outcomes = {
      created,
      updated,
      restored,
      hidden,
      lost,
      ignored,
      'held-back': heldBack,
    };
    for (const [outcome, records] of Object.entries(outcomes)) {
      instruments.ingestionRecords.add(records, { outcome });
    }
  },

  synchronisation({ provider, status, counts, seconds }) {
    instruments.synchronisationDuration.record(seconds, {
      provider,
      result: status,
    });
    for (const [outcome, records] of Object.entries(counts)) {
      instruments.synchronisationRecords.add(records, { provider, outcome });
    }
  },

  driftCheck({ provider, result, news, seconds }) {
    instruments.driftCheckDuration.record(seconds, { provider, result });
    instruments.driftFound.add(news, { provider });
  },
});
