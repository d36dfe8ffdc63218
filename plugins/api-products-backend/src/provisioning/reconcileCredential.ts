/**
 * Makes the gateway have a key as its rows say: there, changed, refused for a while or for good. One job for all of it:
 * whatever is wanted in the meantime, the last word of the rows is what the gateway has in the end.
 */
import { contextOf } from '../subscriptions/context';
import {
  confirmExpired,
  confirmRevoked,
  fail,
  reportWaiting,
} from '../subscriptions/transitions';
import { LIVE_KEYS } from '../subscriptions/deps';
import { hasEnded } from '../subscriptions/dates';
import type { CredentialRow } from '../lib/rows';
import type { JobHandler } from '../jobs/JobHandler';
import { changeCredential, isMade } from './changeCredential';
import { lookAtOfferings } from './credentialJob';
import { credentialOf, type HandlerDeps } from './handlerContext';
import { makeCredential } from './makeCredential';
import { removeCredential } from './removeCredential';

const AWAITED: CredentialRow['status'][] = [
  'provisioning',
  'revoking',
  ...LIVE_KEYS,
];

/** Handles `reconcile-credential`. */
export function createReconcileCredentialHandler(
  deps: HandlerDeps,
): JobHandler {
  const { knex, clock } = deps;
  return {
    async run(job, call) {
      const credential = await credentialOf(knex, job);
      if (!credential) {
        return { kind: 'done' };
      }
      const run = { deps, job, call, credential };
      if (credential.status === 'provisioning') {
        return makeCredential(run);
      }
      // A key that is in use is never left as it should not be.
      call.insist();
      if (credential.status === 'revoking') {
        return removeCredential(run, tx =>
          confirmRevoked(tx, deps, credential),
        );
      }
      if (hasEnded(credential, clock.now())) {
        return removeCredential(run, tx =>
          confirmExpired(tx, deps, credential),
        );
      }
      return LIVE_KEYS.includes(credential.status) && isMade(credential)
        ? changeCredential({ ...run, credential })
        : { kind: 'done' };
    },

    /** Says what it waits for; what it is meant to be is not said before it is so. */
    async onRetry(tx, job, { message }) {
      const credential = await credentialOf(tx, job);
      if (!credential || !AWAITED.includes(credential.status)) {
        return;
      }
      await reportWaiting(tx, deps, credential, message);
      const context =
        credential.status === 'revoking'
          ? undefined
          : await contextOf(tx, credential.subscription_id);
      if (context) {
        await lookAtOfferings(tx, deps, credential, context);
      }
    },

    async onFailure(tx, job, { message }) {
      const credential = await credentialOf(tx, job);
      if (credential?.status === 'provisioning') {
        await fail(tx, deps, credential, message);
      }
    },
  };
}
