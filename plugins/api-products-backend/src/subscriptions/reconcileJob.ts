import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { enqueue, enqueueAll, type NewJob } from '../jobs/JobQueue';
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

/** The same of all keys that work, of a subscription or of an application, after something has changed for them all. */
export async function reconcileKeysOf(
  tx: Knex.Transaction,
  clock: Clock,
  of: { subscription: Id } | { application: Id },
  options: Pick<NewJob, 'takesAway'> = {},
): Promise<void> {
  const keys: Key[] = await tx('credentials')
    .whereIn(
      'subscription_id',
      'subscription' in of
        ? [of.subscription]
        : tx('subscriptions')
            .where({ application_id: of.application, open: true })
            .select('id'),
    )
    .whereIn('status', LIVE_KEYS)
    .orderBy('id')
    .select('id', 'provider_id');
  await enqueueAll(
    tx,
    clock,
    keys.map(key => reconcileJob(key, options)),
  );
}
