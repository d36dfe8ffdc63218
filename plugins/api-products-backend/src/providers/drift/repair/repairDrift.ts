/**
 * Carries out what somebody has decided about a difference. A run can be repeated at any time: it looks at both sides
 * again, does what is still to be done, and calls the difference repaired only when it has seen that it is gone.
 */
import type { DriftItemRow } from '../../../lib/rows';
import { announce } from '../../../notices/notify';
import type { HandlerDeps } from '../../../provisioning/handlerContext';
import {
  subjectId,
  type Job,
  type JobHandler,
  type Outcome,
} from '../../../jobs/JobHandler';
import { providerOf } from '../../../registry/providers';
import { changeItem, recordOfItem } from '../items';
import { progressOf, type Repair } from './Repair';
import { pushKey, takeKey } from './repairKey';
import { pushOffering } from './repairOffering';
import { removeUnknownKey } from './removeUnknownKey';
import { takeOffering } from './takeOffering';

const itemOf = async (
  knex: HandlerDeps['knex'],
  job: Pick<Job, 'subject'>,
): Promise<DriftItemRow | undefined> => {
  const row: DriftItemRow | undefined = await knex('drift_items')
    .where({ id: subjectId(job) })
    .first();
  return row?.status === 'repairing' ? row : undefined;
};

function carryOut(repair: Repair): Promise<Outcome> {
  const { subject, kind, resolution } = repair.item;
  const take = resolution === 'take-theirs';
  if (!subject.startsWith('credential:')) {
    return take ? takeOffering(repair) : pushOffering(repair);
  }
  if (kind === 'unknown' || kind === 'revived') {
    return removeUnknownKey(repair);
  }
  return take ? takeKey(repair) : pushKey(repair);
}

/** Handles `repair-drift`. */
export function createRepairDriftHandler(deps: HandlerDeps): JobHandler {
  return {
    async run(job, { signal }) {
      const item = await itemOf(deps.knex, job);
      if (!item) {
        return { kind: 'done' };
      }
      return carryOut({
        deps,
        job,
        item,
        provider: providerOf(deps.providers, item.provider_id),
        signal,
        progress: progressOf(job),
      });
    },
    async onRetry(tx, job, { message }) {
      await tx('drift_items')
        .where({ id: subjectId(job), status: 'repairing' })
        .update({ last_error: message });
    },
    async onFailure(tx, job, { message }) {
      const row: DriftItemRow | undefined = await tx('drift_items')
        .where({ id: subjectId(job), status: 'repairing' })
        .first();
      if (!row) {
        return;
      }
      await changeItem(tx, deps.clock, row, {
        status: 'open',
        resolution: null,
        resolved_by: null,
        resolved_at: null,
        last_error: message,
      });
      await recordOfItem(tx, deps.clock, row, {
        event: 'drift.repair-failed',
        message: `it could not be repaired: ${message}`,
      });
      await announce(tx, deps.clock, {
        topic: 'api-products.drift.repair-failed',
        subject: `provider:${row.provider_id}`,
        payload: { provider: row.provider_id, item: row.id },
      });
    },
  };
}
