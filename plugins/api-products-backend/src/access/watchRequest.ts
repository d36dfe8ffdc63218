/**
 * Sees to a request that nobody decides: reminds those who can, tells platform owners when that did not help, and lets
 * it expire in the end. A run that comes late, or twice, does what is due then and nothing twice.
 */
import type { Knex } from 'knex';
import {
  accessRequestLifecycle,
  nextState,
  type EntityRef,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { subjectId, type JobHandler, type Write } from '../jobs/JobHandler';
import { enqueue } from '../jobs/JobQueue';
import { OWN_LANE } from '../jobs/lanes';
import { toIso, type Clock } from '../lib/clock';
import type { AccessRequestRow } from '../lib/rows';
import { findRequests, type FoundRequest } from './accessRequestRows';
import { dueStep, nextStepAt, type RequestDates } from './requestDates';
import { noticeOfExpiry, noticeOfWaiting } from './requestNotices';

interface Deps {
  knex: Knex;
  clock: Clock;
  dates: RequestDates;
  platformOwners: readonly EntityRef[];
}

/** Sees to it that somebody looks when its first date comes. */
export async function enqueueRequestWatch(
  tx: Knex.Transaction,
  { clock, dates }: Pick<Deps, 'clock' | 'dates'>,
  request: Pick<AccessRequestRow, 'id' | 'created_at' | 'called_to_mind'>,
): Promise<void> {
  await enqueue(tx, clock, {
    kind: 'watch-request',
    subject: `access-request:${request.id}`,
    lane: OWN_LANE,
    runAt: nextStepAt(request, dates, clock.now()),
  });
}

/** Handles `watch-request`. */
export function createWatchRequestHandler(deps: Deps): JobHandler {
  const { knex, clock, dates } = deps;
  return {
    giveUp: 'never',
    async run(job) {
      const id = subjectId(job);
      const found: AccessRequestRow | undefined = await knex('access_requests')
        .where({ id })
        .first();
      if (found?.status !== 'pending') {
        return { kind: 'done' };
      }
      const write: Write = async tx => {
        const request = (await findRequests(tx, [id])).get(id);
        if (request?.row.status === 'pending') {
          await doWhatIsDue(tx, deps, request);
        }
      };
      const now = clock.now();
      const next = nextStepAt(found, dates, now);
      return next === undefined
        ? { kind: 'done', write }
        : { kind: 'wait', ms: next - now, reason: 'Its next date', write };
    },
  };
}

async function doWhatIsDue(
  tx: Knex.Transaction,
  deps: Deps,
  { row, approvers }: FoundRequest,
): Promise<void> {
  const { clock, dates, platformOwners } = deps;
  const step = dueStep(row, dates, clock.now());
  if (step === undefined) {
    return;
  }
  const changed = await tx('access_requests')
    .where({ id: row.id, status: 'pending', revision: row.revision })
    .update(
      step === 'expire'
        ? {
            status: nextState(accessRequestLifecycle, row.status, 'expire'),
            revision: row.revision + 1,
            updated_at: toIso(clock.now()),
          }
        : { called_to_mind: step },
    );
  if (changed === 0) {
    // Edited or decided just now: it is looked at once more.
    await enqueueRequestWatch(tx, deps, row);
    return;
  }
  if (step === 'expire') {
    await recordHistory(tx, clock, {
      subject: `access-request:${row.id}`,
      event: 'access-request.expired',
      message: `Nobody decided about ${row.product_title} on ${row.plan_title} for “${row.application_name}”`,
      product: row.product_id,
      application: row.application_id,
    });
    await noticeOfExpiry(tx, clock, row, approvers);
    return;
  }
  await noticeOfWaiting(
    tx,
    clock,
    row,
    step === 'escalate' ? [...platformOwners] : approvers,
    step,
  );
}
