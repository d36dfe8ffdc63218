import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { enqueue, type NewJob } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { credentialSubject, LIVE_KEYS } from './deps';

/** Asks for the gateway to have the key as its rows say, in the transaction that changes them. */
export async function enqueueReconcile(
  tx: Knex.Transaction,
  clock: Clock,
  credential: Pick<CredentialRow, 'id' | 'provider_id'>,
  options: Pick<NewJob, 'takesAway' | 'giveUpAt' | 'room'> = {},
): Promise<void> {
  const subject = credentialSubject(credential.id);
  await enqueue(tx, clock, {
    kind: 'reconcile-credential',
    subject,
    lane: laneOf(credential.provider_id),
    orderKey: subject,
    ...options,
  });
}

/** The same of all keys of a subscription that work, after something has changed that concerns them all. */
export async function reconcileKeysOf(
  tx: Knex.Transaction,
  clock: Clock,
  subscriptionId: Id,
  options: Pick<NewJob, 'takesAway'> = {},
): Promise<void> {
  const keys: Pick<CredentialRow, 'id' | 'provider_id'>[] = await tx(
    'credentials',
  )
    .where({ subscription_id: subscriptionId })
    .whereIn('status', LIVE_KEYS)
    .select('id', 'provider_id');
  for (const key of keys) {
    await enqueueReconcile(tx, clock, key, options);
  }
}
