import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { enqueue, type NewJob } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { credentialSubject, LIVE_KEYS } from './deps';

type Key = Pick<CredentialRow, 'id' | 'provider_id'>;

/** Makes the gateway have the key as its rows say. */
export function reconcileJob(
  { id, provider_id }: Key,
  options: Pick<NewJob, 'takesAway' | 'giveUpAt'> = {},
): NewJob {
  const subject = credentialSubject(id);
  return {
    kind: 'reconcile-credential',
    subject,
    lane: laneOf(provider_id),
    orderKey: subject,
    ...options,
  };
}

/** Asks for that, in the transaction that changes the rows. */
export async function enqueueReconcile(
  tx: Knex.Transaction,
  clock: Clock,
  key: Key,
  options: Pick<NewJob, 'takesAway'> = {},
): Promise<void> {
  await enqueue(tx, clock, reconcileJob(key, options));
}

/** The same of all keys of a subscription that work, after something has changed that concerns them all. */
export async function reconcileKeysOf(
  tx: Knex.Transaction,
  clock: Clock,
  subscriptionId: Id,
  options: Pick<NewJob, 'takesAway'> = {},
): Promise<void> {
  const keys: Key[] = await tx('credentials')
    .where({ subscription_id: subscriptionId })
    .whereIn('status', LIVE_KEYS)
    .select('id', 'provider_id');
  for (const key of keys) {
    await enqueueReconcile(tx, clock, key, options);
  }
}
