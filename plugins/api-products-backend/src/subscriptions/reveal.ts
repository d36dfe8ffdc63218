/**
 * Shows a secret, once. The compare-and-set on `revealed_at`, the destruction of the ciphertext and the history line
 * are one transaction: of many who ask at the same time one is answered, and who was answered is on record.
 */
import type { Knex } from 'knex';
import type {
  EntityRef,
  RevealedSecret,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { toIso } from '../lib/clock';
import type { CredentialRow, SealedSecretRow } from '../lib/rows';
import { announce } from '../notices/notify';
import { conflict, GoneError, refused } from '../lib/errors';
import { contextOf, historyScope } from './context';
import { credentialSubject, type CredentialDeps } from './deps';
import { productsOfSubscriptions } from './subscriptionRows';
import { usageOf } from './subscriptionViews';
import { destroySecrets } from './seal/sealedSecrets';
import { CannotOpenError } from './seal/sealing';
import { userAndPassword } from './shownSecret';

/** Why there is nothing to show (any more). */
function refusal(credential: CredentialRow): Error {
  const again = `issue a new key with POST /subscriptions/${credential.subscription_id}/credentials`;
  const lead = {
    subscription: credential.subscription_id,
    status: credential.status,
  };
  if (credential.revealed_at !== null) {
    return refused(
      new GoneError(
        `The secret was shown to ${credential.revealed_by} at ${credential.revealed_at} and is not kept; ${again}`,
      ),
      'secret-gone',
      {
        ...lead,
        revealedBy: credential.revealed_by ?? undefined,
        revealedAt: credential.revealed_at,
      },
    );
  }
  switch (credential.status) {
    case 'provisioning':
      return conflict(
        `The key is not active yet${
          credential.last_error ? `: ${credential.last_error}` : ''
        }`,
        'not-active',
        lead,
      );
    case 'failed':
      return conflict(
        `The key could not be made${
          credential.last_error ? `: ${credential.last_error}` : ''
        }`,
        'not-active',
        lead,
      );
    case 'active':
    case 'superseded':
      return refused(
        new GoneError(
          `The secret could be shown until ${credential.reveal_until} and is not kept; ${again}`,
        ),
        'secret-gone',
        lead,
      );
    default:
      return refused(
        new GoneError(
          `The key is ${credential.status} and its secret is not kept; ${again}`,
        ),
        'secret-gone',
        lead,
      );
  }
}

/** @throws ConflictError before the key is active, GoneError once there is nothing to show any more */
export async function reveal(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock' | 'sealer'>,
  credential: CredentialRow,
  by: EntityRef,
): Promise<RevealedSecret> {
  const now = toIso(deps.clock.now());
  const [current]: CredentialRow[] = await tx('credentials')
    .where({ id: credential.id })
    .whereIn('status', ['active', 'superseded'])
    .whereNull('revealed_at')
    .where('reveal_until', '>', now)
    .update(
      {
        revealed_by: by,
        revealed_at: now,
        revision: tx.raw('revision + 1'),
        updated_at: now,
      },
      '*',
    );
  if (!current) {
    const found: CredentialRow | undefined = await tx('credentials')
      .where({ id: credential.id })
      .first();
    throw refusal(found ?? credential);
  }
  const sealed: SealedSecretRow | undefined = await tx('sealed_secrets')
    .where({ credential_id: credential.id, purpose: 'token' })
    .first();
  if (!sealed) {
    throw refusal(credential);
  }
  await destroySecrets(tx, credential.id);
  const secret = open(deps, sealed, current);
  const subject = credentialSubject(credential.id);
  await recordHistory(tx, deps.clock, {
    subject,
    event: 'credential.revealed',
    actor: by,
    message: `Was shown the secret of key “${credential.name}”`,
    ...historyScope(await contextOf(tx, credential.subscription_id)),
  });
  await announce(tx, deps.clock, {
    topic: 'api-products.credential.revealed',
    subject,
  });
  const productsOf = await productsOfSubscriptions(tx, [
    credential.subscription_id,
  ]);
  const { headerName, headerPrefix, apis } = usageOf(
    current,
    productsOf(credential.subscription_id),
  );
  return {
    secret,
    ...(headerName === undefined
      ? {}
      : { headerName, headerValue: `${headerPrefix ?? ''}${secret}` }),
    apis,
    ...(current.kind === 'basic' ? userAndPassword(secret) : {}),
  };
}

function open(
  { sealer }: Pick<CredentialDeps, 'sealer'>,
  sealed: SealedSecretRow,
  credential: CredentialRow,
): string {
  try {
    return sealer.open(sealed, {
      credentialId: credential.id,
      purpose: 'token',
    });
  } catch (error) {
    if (!(error instanceof CannotOpenError)) {
      throw error;
    }
    // Rolls back: once the key of the ring is back, the secret can be shown after all.
    throw new GoneError(
      `${error.message}. Unless it is put back, issue a new key with POST /subscriptions/${credential.subscription_id}/credentials`,
    );
  }
}
