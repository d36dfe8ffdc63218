/** A key that is back at the gateway after it was removed: reported, counted, and never called revoked. */
import type { Knex } from 'knex';
import { settleSubscription } from './subscriptionState';
import { recordHistory } from '../history/history';
import { toIso } from '../lib/clock';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow } from '../lib/rows';
import { reportRevived } from '../providers/drift/items';
import { announce } from '../notices/notify';
import { contextOf, historyScope, keyTitle } from './context';
import { credentialSubject, type CredentialDeps } from './deps';

/** Where the provider takes removals for safe. */
const UNEXPLAINED =
  'somebody has brought it back there, or its consumer calls with another form of it than the one that was shown here';

/**
 * @param warning - why, in the provider's words, naming the setting to change
 * @internal
 */
export async function reportRevival(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  warning: string | undefined,
): Promise<void> {
  await lockSubscription(tx, credential.subscription_id);
  const subject = credentialSubject(credential.id);
  const message = `The gateway still accepts key “${
    credential.name
  }” after it was removed: ${warning ?? UNEXPLAINED}`;
  const changed = await tx('credentials')
    .where({ id: credential.id, status: 'revoking' })
    .update({
      revivals: tx.raw('revivals + 1'),
      revision: tx.raw('revision + 1'),
      last_error: message,
      updated_at: toIso(deps.clock.now()),
    });
  if (changed === 0) {
    return;
  }
  const context = await contextOf(tx, credential.subscription_id);
  await reportRevived(tx, deps.clock, {
    providerId: credential.provider_id,
    subject,
    title: keyTitle(credential, context),
    message,
  });
  if (credential.revivals === 0) {
    await recordHistory(tx, deps.clock, {
      subject,
      event: 'credential.revived',
      message,
      ...historyScope(context),
    });
  }
  await settleSubscription(tx, deps.clock, credential.subscription_id);
  await announce(tx, deps.clock, {
    topic: 'api-products.credential.revived',
    subject,
    payload: { provider: credential.provider_id },
  });
}
