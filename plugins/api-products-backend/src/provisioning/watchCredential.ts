/**
 * Does to a key what its dates ask for: tells its people that it ends soon, has it ended when its time is
 * over, and revoked when the time that it had beside its successor is. The
 * dates stand in its row; a run that comes late, or twice, does what is due then and nothing twice.
 */
import type { Knex } from 'knex';
import { contextOf } from '../subscriptions/context';
import {
  dueWarning,
  hasEnded,
  isToBeCutOff,
  nextDate,
} from '../subscriptions/dates';
import { LIVE_KEYS } from '../subscriptions/deps';
import { warnOfEnd } from '../subscriptions/endNotices';
import { cutOffInTime } from '../subscriptions/cutOff';
import { enqueueReconcile } from '../subscriptions/reconcileJob';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow } from '../lib/rows';
import type { JobHandler, Write } from '../jobs/JobHandler';
import { credentialOf, type HandlerDeps } from './handlerContext';

/** Handles `watch-credential`. */
export function createWatchCredentialHandler(deps: HandlerDeps): JobHandler {
  const { knex, clock } = deps;
  return {
    giveUp: 'never',
    async run(job) {
      const found = await credentialOf(knex, job);
      if (!found || !LIVE_KEYS.includes(found.status)) {
        return { kind: 'done' };
      }
      const write: Write = async tx => {
        await lockSubscription(tx, found.subscription_id);
        const key = await credentialOf(tx, job);
        if (key && LIVE_KEYS.includes(key.status)) {
          await doWhatIsDue(tx, deps, key);
        }
      };
      const now = clock.now();
      const next = nextDate(found, now);
      return next === undefined || next <= now
        ? { kind: 'done', write }
        : { kind: 'wait', ms: next - now, reason: 'Its next date', write };
    },
  };
}

async function doWhatIsDue(
  tx: Knex.Transaction,
  deps: Pick<HandlerDeps, 'clock'>,
  key: CredentialRow,
): Promise<void> {
  const { clock } = deps;
  const now = clock.now();
  if (hasEnded(key, now)) {
    await enqueueReconcile(tx, clock, key, { takesAway: true });
    return;
  }
  if (isToBeCutOff(key, now)) {
    await cutOffInTime(tx, deps, key);
    return;
  }
  const days = dueWarning(key, now);
  if (days === undefined) {
    return;
  }
  await tx('credentials').where({ id: key.id }).update({ warned_days: days });
  const context = await contextOf(tx, key.subscription_id);
  if (context) {
    await warnOfEnd(tx, clock, key, context);
  }
}
