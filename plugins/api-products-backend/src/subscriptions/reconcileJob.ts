import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { enqueue, type NewJob } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { credentialSubject } from './deps';

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
