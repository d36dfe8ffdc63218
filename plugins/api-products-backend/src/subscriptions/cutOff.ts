/** The end of a key that another one has taken the place of. */
import type { Knex } from 'knex';
import type { CredentialRow } from '../lib/rows';
import type { CredentialDeps } from './deps';
import { requestRevocation } from './revoke';
import { successorOf } from './rotation';
import { settleSubscription } from './subscriptionState';

/** All keys of a subscription, oldest first. */
export const keysOf = (
  tx: Knex.Transaction,
  subscriptionId: string,
): Promise<CredentialRow[]> =>
  tx('credentials')
    .where({ subscription_id: subscriptionId })
    .orderBy(['created_at', 'id'])
    .select();

/** Its time is over: it is revoked by whoever has replaced it. The caller holds the lock of the subscription. */
export async function cutOffInTime(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  key: CredentialRow,
): Promise<void> {
  const successor = successorOf(key.id, await keysOf(tx, key.subscription_id));
  await requestRevocation(
    tx,
    deps,
    key,
    successor?.created_by ?? key.created_by,
    successor
      ? `key “${successor.name}” has taken its place, and the time that both worked is over`
      : undefined,
  );
  await settleSubscription(tx, deps.clock, key.subscription_id);
}
