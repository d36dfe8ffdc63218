/** Asks for a revocation. It is `revoked` only when the gateway is known to refuse the key; the jobs find that out. */
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { toIso } from '../lib/clock';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow } from '../lib/rows';
import { contextOf, historyScope } from './context';
import { credentialSubject, type CredentialDeps } from './deps';
import { enqueueReconcile } from './reconcileJob';
import { destroySecrets } from './seal/sealedSecrets';

const REVOCABLE = ['provisioning', 'active', 'superseded', 'failed'] as const;

/**
 * Makes the credential `revoking` and enqueues its removal. One that is `revoking` or over already stays as it is. The
 * secret can no longer be revealed from here on; the chosen key stays sealed where the provider may have it under no
 * other name yet.
 *
 * @throws ConflictError if the credential is being changed by somebody else just now
 */
export async function requestRevocation(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: Pick<
    CredentialRow,
    'id' | 'subscription_id' | 'name' | 'provider_id'
  >,
  by: EntityRef,
  reason?: string,
): Promise<void> {
  await lockSubscription(tx, credential.subscription_id);
  const now = toIso(deps.clock.now());
  const subject = credentialSubject(credential.id);
  const changed = await tx('credentials')
    .where({ id: credential.id })
    .whereIn('status', REVOCABLE)
    .update({
      status: 'revoking',
      revision: tx.raw('revision + 1'),
      revoke_requested_by: by,
      revoke_requested_at: now,
      told: null,
      confirm_at: null,
      last_error: null,
      updated_at: now,
    });
  if (changed === 0) {
    const row: Pick<CredentialRow, 'status'> | undefined = await tx(
      'credentials',
    )
      .where({ id: credential.id })
      .select('status')
      .first();
    if (row?.status === 'provisioning' || row?.status === 'active') {
      throw new ConflictError(
        `Credential ${credential.id} has just been changed; try again`,
      );
    }
    return;
  }
  await destroySecrets(tx, credential.id, 'token');
  await tx('jobs')
    .where({ subject, status: 'queued' })
    .whereIn('kind', ['forget-secret', 'watch-credential'])
    .delete();
  // Nor need be changed what is taken away; it would only stand in the way of that.
  await tx('jobs')
    .where({ order_key: subject, status: 'queued' })
    .whereIn('kind', ['repair-drift', 'reset-quota'])
    .delete();
  await tx('drift_items')
    .where({ subject })
    .whereNot({ kind: 'revived' })
    .whereIn('status', ['open', 'repairing', 'ignored'])
    .update({
      status: 'gone',
      last_error: null,
      revision: tx.raw('revision + 1'),
      updated_at: now,
    });
  await enqueueReconcile(tx, deps.clock, credential, { takesAway: true });
  await recordHistory(tx, deps.clock, {
    subject,
    event: 'credential.revocation-requested',
    actor: by,
    message: `Asked to revoke key “${credential.name}”`,
    reason,
    ...historyScope(await contextOf(tx, credential.subscription_id)),
  });
}
