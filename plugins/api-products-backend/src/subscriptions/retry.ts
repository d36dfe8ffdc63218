/** Another try for a credential that was given up. */
import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { planSpecOf } from '../records/specs';
import { toIso } from '../lib/clock';
import { conflict } from '../lib/errors';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow, PlanRow } from '../lib/rows';
import { enqueue } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { contextOf, historyScope } from './context';
import { credentialSubject, type CredentialDeps } from './deps';
import { enqueueProvisioning, expiryOf } from './issue';
import { destroySecrets, openSecret, storeSecret } from './seal/sealedSecrets';
import { CannotOpenError } from './seal/sealing';

/**
 * `failed → provisioning`, with the same key as before, after product and plan have been put at the provider anew:
 * what it refused may have been one of them. The caller settles the subscription.
 *
 * @throws ConflictError unless the credential has failed
 */
export async function retryCredential(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  credential: Pick<
    CredentialRow,
    'id' | 'subscription_id' | 'name' | 'provider_id'
  >,
  by: EntityRef,
): Promise<void> {
  await lockSubscription(tx, credential.subscription_id);
  const plan: PlanRow = await tx('plans')
    .join('subscriptions', 'subscriptions.plan_id', 'plans.id')
    .where('subscriptions.id', credential.subscription_id)
    .first('plans.*');
  const changed = await tx('credentials')
    .where({ id: credential.id, status: 'failed' })
    .update({
      status: 'provisioning',
      revision: tx.raw('revision + 1'),
      last_error: null,
      told: null,
      confirm_at: null,
      warned_days: null,
      // Nobody has used it yet: its life begins anew.
      expires_at: expiryOf(planSpecOf(plan), deps.clock.now()),
      updated_at: toIso(deps.clock.now()),
    });
  if (changed === 0) {
    throw conflict(
      `Credential ${credential.id} has not failed; there is nothing to try again`,
      'over',
      { subscription: credential.subscription_id },
    );
  }
  await ensureChosenKey(tx, deps, credential.id);
  const context = await contextOf(tx, credential.subscription_id);
  for (const product of context?.products ?? []) {
    await putAnew(tx, deps, credential.provider_id, 'products', product.id);
  }
  if (context) {
    await putAnew(
      tx,
      deps,
      credential.provider_id,
      'plans',
      context.subscription.plan_id,
    );
  }
  await enqueueProvisioning(tx, deps, credential);
  await recordHistory(tx, deps.clock, {
    subject: credentialSubject(credential.id),
    event: 'credential.retried',
    actor: by,
    message: `Asked for another try to make key “${credential.name}”`,
    ...historyScope(context),
  });
}

async function putAnew(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  providerId: string,
  table: 'products' | 'plans',
  id: string,
): Promise<void> {
  await tx(table)
    .where({ id })
    .whereNotNull('provider_id')
    .update({ provider_status: 'pending' });
  const lane = laneOf(providerId);
  await enqueue(
    tx,
    deps.clock,
    table === 'products'
      ? { kind: 'put-product', subject: `product:${id}`, lane }
      : { kind: 'put-plan', subject: `plan:${id}`, lane },
  );
}

/** A key that can no longer be opened was never shown to anybody; another one takes its place. */
async function ensureChosenKey(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  credentialId: string,
): Promise<void> {
  const context = { credentialId, purpose: 'chosen' } as const;
  try {
    if ((await openSecret(tx, deps.sealer, context)) !== undefined) {
      return;
    }
  } catch (error) {
    if (!(error instanceof CannotOpenError)) {
      throw error;
    }
  }
  await destroySecrets(tx, credentialId);
  await storeSecret(tx, deps, context, randomBytes(32).toString('hex'));
}
