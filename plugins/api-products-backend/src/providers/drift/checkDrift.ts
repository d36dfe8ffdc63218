/**
 * Looks for differences between the portal and a provider. A check is a job: whoever asks for it, there is one at a time
 * for each provider, a backend that dies leaves it to another, and a provider that is away is asked again.
 *
 * What has been looked at is written page by page. A provider that fails in the middle changes nothing for what has not
 * been looked at yet.
 */
import type { Id, ProviderFinding } from 'backstage-plugin-api-products-common';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../../lib/clock';
import type { DriftItemRow, ProviderRow } from '../../lib/rows';
import { stopwatch } from '../../lib/stopwatch';
import { inTransaction } from '../../lib/transactions';
import { announce } from '../../notices/notify';
import type { HandlerDeps } from '../../provisioning/handlerContext';
import { subjectId, type JobHandler } from '../../jobs/JobHandler';
import { enqueue } from '../../jobs/JobQueue';
import { laneOf } from '../../jobs/lanes';
import { providerOf } from '../../registry/providers';
import { repairAutomatically } from './requestRepair';
import { LIVE, markGone } from './items';
import { beginScan, type DriftScan } from './DriftScan';
import { scanKeys } from './scanKeys';
import { scanOfferings } from './scanOfferings';
import { findUnknownKeys } from './findUnknownKeys';
import { LIVE_KEYS } from '../../subscriptions/deps';
import { stillKept } from './ourOfferings';

export interface CheckDeps extends HandlerDeps {
  /** Whether the portal repairs differences with a provider by itself. `manual` if absent. */
  repairsDrift?(providerId: Id): 'manual' | 'automatic';
  /** Told of each look, also of one that failed. */
  onCheck?: (check: DriftCheck) => void;
}

/** A look for differences as it can be counted. */
export interface DriftCheck {
  provider: Id;
  result: 'ok' | 'failed';
  /** Differences that nobody knew of. */
  news: number;
  seconds: number;
}

/** Then it says that it could not look, and the schedule begins anew. */
const GIVE_UP_AFTER_MS = 15 * 60_000;
const PAGE = 200;

export async function enqueueCheck(
  tx: Knex.Transaction,
  clock: Clock,
  providerId: Id,
): Promise<void> {
  await enqueue(tx, clock, {
    kind: 'check-drift',
    subject: `provider:${providerId}`,
    lane: laneOf(providerId),
    giveUpAt: clock.now() + GIVE_UP_AFTER_MS,
  });
}

/** Which of the ids are still the portal's to watch at the provider. */
async function watched(
  { knex, provider }: DriftScan,
  noun: string,
  ids: Id[],
): Promise<Set<Id>> {
  if (noun === 'product' || noun === 'plan') {
    return stillKept(knex, provider.id, noun, ids);
  }
  const rows: { id: Id }[] = await knex('credentials')
    .where({ provider_id: provider.id })
    .whereIn('id', ids)
    .whereIn('status', LIVE_KEYS)
    .select('id');
  return new Set(rows.map(({ id }) => id));
}

/** Items of what was deleted, revoked, or is followed by the synchronisation since. */
async function closeAbandoned(scan: DriftScan): Promise<void> {
  const { knex, clock, provider } = scan;
  let after = '';
  for (;;) {
    const rows: DriftItemRow[] = await knex('drift_items')
      .where({ provider_id: provider.id })
      .whereIn('status', LIVE)
      .whereNotIn('kind', ['unknown', 'revived'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE);
    if (rows.length === 0) {
      return;
    }
    after = rows[rows.length - 1].id;
    for (const noun of ['product', 'plan', 'credential']) {
      const own = rows.filter(({ subject }) => subject.startsWith(`${noun}:`));
      const kept = await watched(scan, noun, own.map(subjectId));
      for (const row of own) {
        if (row.status !== 'repairing' && !kept.has(subjectId(row))) {
          await inTransaction(knex, tx => markGone(tx, clock, row));
        }
      }
    }
  }
}

async function report(
  tx: Knex.Transaction,
  clock: Clock,
  providerId: Id,
  values: Pick<ProviderRow, 'drift_findings'> &
    Partial<
      Pick<ProviderRow, 'drift_checked_at' | 'drift_job' | 'drift_after'>
    >,
): Promise<void> {
  await tx('providers')
    .insert({ id: providerId, ...values })
    .onConflict('id')
    .merge(values);
  await announce(tx, clock, {
    topic: 'api-products.drift.checked',
    subject: `provider:${providerId}`,
    payload: { provider: providerId },
  });
}

/**
 * @param job - that looks
 * @returns why it could not look for keys that nobody knows
 */
async function look(
  deps: CheckDeps,
  provider: ApiProvider,
  job: Id,
  signal: AbortSignal,
): Promise<ProviderFinding | undefined> {
  const seconds = stopwatch();
  let scan: DriftScan | undefined;
  let result: DriftCheck['result'] = 'failed';
  try {
    scan = await beginScan(deps, provider, signal);
    await scanOfferings(scan);
    await scanKeys(scan, job);
    const blind = await findUnknownKeys(scan);
    await closeAbandoned(scan);
    result = 'ok';
    return blind;
  } finally {
    deps.onCheck?.({
      provider: provider.id,
      result,
      news: scan?.news ?? 0,
      seconds: seconds(),
    });
  }
}

/** Handles `check-drift`. */
export function createCheckDriftHandler(deps: CheckDeps): JobHandler {
  const { clock } = deps;
  return {
    async run(job, { signal }) {
      const providerId = subjectId(job);
      const provider = providerOf(deps.providers, providerId);
      const blind = await look(deps, provider, job.id, signal);
      if (deps.repairsDrift?.(providerId) === 'automatic') {
        await repairAutomatically(deps, providerId);
      }
      const findings: ProviderFinding[] = blind ? [blind] : [];
      return {
        kind: 'done',
        write: tx =>
          report(tx, clock, providerId, {
            drift_checked_at: toIso(clock.now()),
            drift_findings: JSON.stringify(findings),
            // Asked for once more, it is the same job, and begins anew.
            drift_job: null,
            drift_after: null,
          }),
      };
    },
    async onFailure(tx, job, { message }) {
      const findings: ProviderFinding[] = [
        {
          name: 'drift',
          status: 'warning',
          message: `Differences could not be looked for: ${message}`,
        },
      ];
      await report(tx, clock, subjectId(job), {
        drift_findings: JSON.stringify(findings),
      });
    },
  };
}
