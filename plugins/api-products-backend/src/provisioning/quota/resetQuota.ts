/**
 * Begins the quota of a key anew for the calendar month. Gateways count in windows that roll; this starts one on the
 * first.
 *
 * Exactly once for each key and month: before the gateway is asked to do it, the window it counts in is looked at, so
 * that a run that died after the call does not give the month's quota a second time; and a row says that it is done.
 */
import { contextOf, historyScope } from '../../subscriptions/context';
import { recordHistory } from '../../history/history';
import { toIso } from '../../lib/clock';
import type { CredentialRow, PlanRow } from '../../lib/rows';
import { LIVE_KEYS } from '../../subscriptions/deps';
import { credentialOf, type HandlerDeps } from '../handlerContext';
import type { JobHandler } from '../../jobs/JobHandler';
import { providerOf } from '../../registry/providers';
import { beganIn, isMonthly, monthOf, type Month } from './month';

/** Whether the key's quota is (still) one of calendar months. */
async function isDue(
  { knex }: Pick<HandlerDeps, 'knex'>,
  credential: CredentialRow,
  month: Month,
): Promise<boolean> {
  const plan: Pick<PlanRow, 'spec'> | undefined = await knex('plans')
    .join('subscriptions', 'subscriptions.plan_id', 'plans.id')
    .where('subscriptions.id', credential.subscription_id)
    .first('plans.spec');
  const done: unknown = await knex('quota_resets')
    .where({ credential_id: credential.id, month: month.name })
    .first('month');
  return plan !== undefined && isMonthly(plan) && done === undefined;
}

/** Handles `reset-quota`. */
export function createResetQuotaHandler(deps: HandlerDeps): JobHandler {
  const { knex, clock } = deps;
  return {
    giveUp: 'never',
    async run(job, { signal }) {
      const credential = await credentialOf(knex, job);
      const reference = credential?.provider_reference;
      // Not the month it was written in: a provider that was away is not paid back what is over.
      const month = monthOf(clock.now());
      if (
        !credential ||
        !reference ||
        !LIVE_KEYS.includes(credential.status) ||
        !(await isDue(deps, credential, month))
      ) {
        return { kind: 'done' };
      }
      const provider = providerOf(deps.providers, credential.provider_id);
      const state = await provider.readCredential(reference, { signal });
      const wanted = state !== undefined && !beganIn(month, state);
      if (wanted) {
        await provider.resetQuota(reference, { signal });
      }
      return {
        kind: 'done',
        write: async tx => {
          const inserted: unknown[] = await tx('quota_resets')
            .insert({
              credential_id: credential.id,
              month: month.name,
              reset_at: toIso(clock.now()),
            })
            .onConflict(['credential_id', 'month'])
            .ignore()
            .returning('month');
          if (inserted.length === 0 || state === undefined) {
            return;
          }
          await recordHistory(tx, clock, {
            subject: job.subject,
            event: 'credential.quota-reset',
            message: wanted
              ? `The quota of key “${credential.name}” began anew for ${month.name}`
              : `The quota of key “${credential.name}” for ${month.name} had begun already`,
            ...historyScope(await contextOf(tx, credential.subscription_id)),
          });
        },
      };
    },
  };
}
