/**
 * What the provider's answers make of a credential. Each change is a compare-and-set on the status it starts from: a
 * key that was asked to be revoked while it was being made stays `revoking`, whatever the provider says afterwards.
 */
import type { Knex } from 'knex';
import { Duration } from 'luxon';
import type { PlanSpec } from 'backstage-plugin-api-products-common';
import type { ProvisionedCredential } from 'backstage-plugin-api-products-node';
import { settleLocked } from './subscriptionState';
import { toIso } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { announce } from '../notices/notify';
import { enqueueMissing } from '../jobs/JobQueue';
import { OWN_LANE } from '../jobs/lanes';
import type { CredentialContext } from './context';
import {
  change,
  followUp,
  productsOf,
  scopeOfFirstKey,
  tell,
} from './credentialChange';
import { watchJobs } from './dates';
import { credentialSubject, type CredentialDeps } from './deps';
import { destroySecrets, storeSecret } from './seal/sealedSecrets';
import { enqueueReconcile } from './reconcileJob';
import { tailOf } from './shownSecret';
import { supersede } from './supersede';
import { isToBeSuspended } from './suspension';

type Deps = Pick<CredentialDeps, 'clock' | 'sealer'>;

/**
 * `provisioning → active`: the gateway accepts the key with the limits of its plan. What it presents is sealed until
 * it is shown or the time to do so is over; the key that was sent is destroyed.
 *
 * @returns whether it has become active by this
 */
export async function activate(
  tx: Knex.Transaction,
  deps: Deps,
  credential: CredentialRow,
  made: {
    provisioned: ProvisionedCredential;
    chosenKey: string;
    /** What the gateway has of it, as it was read back. */
    told: string;
    planSpec: PlanSpec;
    context: CredentialContext;
  },
): Promise<boolean> {
  const { provisioned, planSpec } = made;
  const now = deps.clock.now();
  const expiresAt =
    provisioned.expiresAt === undefined
      ? null
      : toIso(provisioned.expiresAt * 1000);
  const revealUntil =
    now + Duration.fromISO(planSpec.credentials.revealWithin).toMillis();
  const subscription = await change(tx, deps, credential, 'provisioning', {
    status: 'active',
    provider_reference: provisioned.reference,
    header_name: provisioned.headerName,
    header_prefix: provisioned.headerPrefix,
    last_four: tailOf(credential.kind, provisioned.secret, made.chosenKey),
    expires_at: expiresAt,
    reveal_until: toIso(revealUntil),
    revocation_warning: provisioned.warning ?? null,
    told: made.told,
    confirm_at: null,
    last_error: null,
  });
  if (!subscription) {
    return false;
  }
  await destroySecrets(tx, credential.id);
  await storeSecret(
    tx,
    deps,
    { credentialId: credential.id, purpose: 'token' },
    provisioned.secret,
  );
  await enqueueMissing(tx, deps.clock, [
    {
      kind: 'forget-secret',
      subject: credentialSubject(credential.id),
      lane: OWN_LANE,
      runAt: revealUntil,
    },
    ...watchJobs(
      { ...credential, status: 'active', expires_at: expiresAt },
      now,
    ),
  ]);
  if (isToBeSuspended(subscription)) {
    // It was asked for while the key was being made.
    await enqueueReconcile(tx, deps.clock, credential, { takesAway: true });
  }
  const context = { ...made.context, subscription };
  const former = await supersede(tx, deps, credential, context);
  await followUp(tx, deps, credential, subscription, {
    event: 'credential.active',
    message: `The gateway accepts key “${credential.name}”`,
    context,
  });
  await tell(tx, deps, credential, {
    verb: 'active',
    recipients: [credential.created_by],
    title: `The key of “${context.application.name}” for ${productsOf(
      context,
    )} is ready`,
    description: `Key “${credential.name}” can be shown once${
      former ? `; key “${former.name}” works until ${former.until}` : ''
    }`,
    scope: scopeOfFirstKey(context),
  });
  return true;
}

/** Remembers why the key is not there yet, for people to see. */
export async function reportWaiting(
  tx: Knex.Transaction,
  deps: Pick<Deps, 'clock'>,
  credential: CredentialRow,
  message: string,
): Promise<void> {
  if (credential.last_error === message) {
    return;
  }
  const subscription = await change(tx, deps, credential, credential.status, {
    last_error: message,
  });
  if (subscription) {
    await settleLocked(tx, deps.clock, subscription);
    await announce(tx, deps.clock, {
      topic: 'api-products.credential.waiting',
      subject: credentialSubject(credential.id),
    });
  }
}

/**
 * `provisioning → failed`. The chosen key stays sealed: another try must send the same, and should the provider have
 * made it after all, it is the only name under which it can be removed.
 */
export async function fail(
  tx: Knex.Transaction,
  deps: Pick<Deps, 'clock'>,
  credential: CredentialRow,
  message: string,
): Promise<void> {
  const subscription = await change(tx, deps, credential, 'provisioning', {
    status: 'failed',
    last_error: message,
  });
  if (!subscription) {
    return;
  }
  const context = await followUp(tx, deps, credential, subscription, {
    event: 'credential.failed',
    message: `Key “${credential.name}” could not be made: ${message}`,
  });
  await tell(tx, deps, credential, {
    verb: 'failed',
    recipients: [credential.created_by],
    title: `The key of “${
      context?.application.name ?? 'your application'
    }” for ${productsOf(context)} could not be made`,
    description: message,
    severity: 'high',
    scope: scopeOfFirstKey(context),
  });
}

/** `revoking → revoked`: the gateway is known to refuse the key. Nothing secret of it is left. */
export async function confirmRevoked(
  tx: Knex.Transaction,
  deps: Pick<Deps, 'clock'>,
  credential: CredentialRow,
): Promise<void> {
  const subscription = await change(tx, deps, credential, 'revoking', {
    status: 'revoked',
    last_error: null,
  });
  if (!subscription) {
    return;
  }
  const subject = credentialSubject(credential.id);
  await destroySecrets(tx, credential.id);
  await tx('drift_items')
    .where({ subject, kind: 'revived' })
    .whereIn('status', ['open', 'repairing', 'ignored'])
    .update({
      status: 'repaired',
      resolution: 'push-ours',
      resolved_at: toIso(deps.clock.now()),
      last_error: null,
      revision: tx.raw('revision + 1'),
      updated_at: toIso(deps.clock.now()),
    });
  const context = await followUp(tx, deps, credential, subscription, {
    event: 'credential.revoked',
    message: `The gateway refuses key “${credential.name}”`,
  });
  // Those who were told that the whole access is being revoked are told that it is done.
  const ending =
    context?.subscription.status === 'revoking' ? context : undefined;
  await tell(tx, deps, credential, {
    verb: 'revoked',
    recipients: [
      credential.created_by,
      credential.revoke_requested_by,
      ...(ending ? [ending.application.owner] : []),
    ],
    scope: ending && `subscription:${ending.subscription.id}`,
    title: `A key for ${productsOf(context)} is revoked`,
    description: `The gateway refuses key “${credential.name}” of ${
      context?.application.name ?? 'the application'
    }`,
  });
}

/**
 * `active · superseded → expired`: its time is over and the gateway is known to refuse it. Nothing secret of it is left.
 */
export async function confirmExpired(
  tx: Knex.Transaction,
  deps: Pick<Deps, 'clock'>,
  credential: CredentialRow,
): Promise<void> {
  const subscription = await change(tx, deps, credential, credential.status, {
    status: 'expired',
    last_error: null,
  });
  if (!subscription) {
    return;
  }
  const subject = credentialSubject(credential.id);
  await destroySecrets(tx, credential.id);
  await tx('jobs')
    .where({ subject, kind: 'forget-secret', status: 'queued' })
    .delete();
  const context = await followUp(tx, deps, credential, subscription, {
    event: 'credential.expired',
    message: `Key “${credential.name}” has expired`,
  });
  await tell(tx, deps, credential, {
    verb: 'expired',
    recipients: [
      credential.created_by,
      ...(context ? [context.application.owner] : []),
    ],
    title: `A key for ${productsOf(context)} has expired`,
    description: `The gateway refuses key “${credential.name}” of ${
      context?.application.name ?? 'the application'
    }`,
    severity: 'high',
  });
}

/** The gateway is known to have the key as it was told. What follows for its subscription is said there. */
export async function confirmChange(
  tx: Knex.Transaction,
  deps: Pick<Deps, 'clock'>,
  credential: CredentialRow,
  told: string | null,
): Promise<void> {
  const subscription = await change(tx, deps, credential, credential.status, {
    told,
    confirm_at: null,
    last_error: null,
  });
  if (subscription) {
    await settleLocked(tx, deps.clock, subscription);
    await announce(tx, deps.clock, {
      topic: 'api-products.credential.changed',
      subject: credentialSubject(credential.id),
    });
  }
}

/**
 * `active → failed`: the gateway has no such key any more, and nobody here asked for that. What was shown of it is of no
 * use to anybody, so another try makes a new key that can be shown again.
 */
export async function lose(
  tx: Knex.Transaction,
  deps: Pick<Deps, 'clock'>,
  credential: CredentialRow,
): Promise<void> {
  const message =
    'The gateway has lost this key. Try again to have a new one made, or issue another in its place';
  const subscription = await change(tx, deps, credential, 'active', {
    status: 'failed',
    provider_reference: null,
    told: null,
    confirm_at: null,
    revealed_by: null,
    revealed_at: null,
    reveal_until: null,
    last_error: message,
  });
  if (!subscription) {
    return;
  }
  const subject = credentialSubject(credential.id);
  await destroySecrets(tx, credential.id, 'token');
  await tx('jobs')
    .where({ subject, kind: 'forget-secret', status: 'queued' })
    .delete();
  const context = await followUp(tx, deps, credential, subscription, {
    event: 'credential.lost',
    message: `The gateway has lost key “${credential.name}”; a new one can be made`,
  });
  await tell(tx, deps, credential, {
    verb: 'lost',
    recipients: [credential.created_by],
    title: `A key for ${productsOf(context)} is lost`,
    description: message,
    severity: 'high',
  });
}
