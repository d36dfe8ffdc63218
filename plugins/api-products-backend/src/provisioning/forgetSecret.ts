/** Destroys a secret that nobody has asked for in time. */
import { recordHistory } from '../history/history';
import { contextOf, historyScope } from '../subscriptions/context';
import { destroySecrets } from '../subscriptions/seal/sealedSecrets';
import { toIso } from '../lib/clock';
import type { JobHandler } from '../jobs/JobHandler';
import { credentialOf, type HandlerDeps } from './handlerContext';

/** Handles `forget-secret`. */
export function createForgetSecretHandler(deps: HandlerDeps): JobHandler {
  return {
    giveUp: 'never',
    async run(job) {
      const credential = await credentialOf(deps.knex, job);
      const now = deps.clock.now();
      if (!credential || credential.reveal_until === null) {
        return { kind: 'done' };
      }
      const early = Date.parse(credential.reveal_until) - now;
      if (early > 0) {
        return { kind: 'wait', ms: early, reason: 'It can still be shown' };
      }
      return {
        kind: 'done',
        write: async tx => {
          if ((await destroySecrets(tx, credential.id, 'token')) === 0) {
            return;
          }
          await recordHistory(tx, deps.clock, {
            subject: job.subject,
            event: 'credential.secret-forgotten',
            message: `Nobody has revealed key “${
              credential.name
            }” until ${toIso(now)}; its secret is destroyed`,
            ...historyScope(await contextOf(tx, credential.subscription_id)),
          });
        },
      };
    },
  };
}
