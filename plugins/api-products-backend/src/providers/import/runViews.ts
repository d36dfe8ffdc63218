/** From rows of runs to what the REST API shows. */
import type { SyncItem, SyncRun } from 'backstage-plugin-api-products-common';
import type { SyncRunRow } from '../../lib/rows';

export type Counts = SyncRun['counts'];

export const noCounts = (): Counts => ({
  created: 0,
  renamed: 0,
  updated: 0,
  hidden: 0,
  restored: 0,
  ignored: 0,
  'held-back': 0,
  unchanged: 0,
});

/** Of a row that was read without its items. */
export function runSummaryOf(
  row: Omit<SyncRunRow, 'items'>,
): Omit<SyncRun, 'items'> {
  const live = row.status === 'queued' || row.status === 'running';
  return {
    id: row.id,
    provider: row.provider_id,
    trigger: row.trigger,
    requestedBy: row.requested_by ?? undefined,
    status: row.status,
    progress: live ? { done: row.done, total: row.total } : undefined,
    counts: { ...noCounts(), ...JSON.parse(row.counts) },
    message: row.message ?? undefined,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  };
}

export function runOf(row: SyncRunRow): SyncRun {
  const items: SyncItem[] = JSON.parse(row.items);
  return { ...runSummaryOf(row), items };
}
