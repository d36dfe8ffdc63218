/**
 * Replacing a key without an interruption: a new one is made, and from the moment the gateway is known to accept it the old
 * one works beside it for a while. The callers hold the lock of the subscription, and settle it afterwards.
 */
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { planSpecOf } from '../records/specs';
import { toIso } from '../lib/clock';
import { conflict } from '../lib/errors';
import {
  isTrue,
  type CredentialRow,
  type PlanRow,
  type SubscriptionRow,
} from '../lib/rows';
import { contextOf, historyScope } from './context';
import { keysOf } from './cutOff';
import { enqueueWatch, hasEnded, isToBeCutOff } from './dates';
import { credentialSubject, type CredentialDeps } from './deps';
import { issueAnother, nameFor } from './issue';
import { requirePlace } from './places';
import { retryCredential } from './retry';
import { requestRevocation } from './revoke';
import {
  extendedCutOff,
  inWords,
  overlapFor,
  partnerOf,
  successorOf,
} from './rotation';
import { changePlace } from './supersede';

/** A key, as its row is now, with all of its subscription. */
interface Key {
  key: CredentialRow;
  all: CredentialRow[];
}

async function keyAmong(
  tx: Knex.Transaction,
  { id, subscription_id }: CredentialRow,
): Promise<Key> {
  const all = await keysOf(tx, subscription_id);
  const key = all.find(one => one.id === id);
  if (!key) {
    throw new Error(`Credential ${id} has left its subscription`);
  }
  return { key, all };
}

const factsOf = ({ id, subscription_id, status }: CredentialRow) => ({
  subscription: subscription_id,
  credential: id,
  status,
});

const WHAT_TO_DO: Partial<Record<CredentialRow['status'], string>> = {
  provisioning: 'is being made; wait for it, or revoke it',
  superseded: 'works until it is cut off; wait for that, or cut it off now',
  revoking: 'is being revoked; wait until the gateway is known to refuse it',
};

/** @throws ConflictError saying what to do */
function requireRotatable({ key, all }: Key, now: number): void {
  const { name, status } = key;
  if (status === 'superseded') {
    throw conflict(
      `Key “${name}” has been rotated already; rotate the one that has taken its place, or keep this one`,
      'being-rotated',
      factsOf(successorOf(key.id, all) ?? key),
    );
  }
  if (status !== 'active' || hasEnded(key, now)) {
    const said = hasEnded(key, now) ? 'expired' : status;
    throw conflict(
      `Key “${name}” is ${said}; only a key that works can be rotated`,
      'over',
      { subscription: key.subscription_id, status: said },
    );
  }
  const partner = partnerOf(key, all);
  if (partner) {
    throw conflict(
      `Key “${name}” is being rotated, and two keys are the most: key “${
        partner.name
      }” ${WHAT_TO_DO[partner.status] ?? 'is still there; revoke it first'}`,
      'being-rotated',
      factsOf(partner),
    );
  }
}

/**
 * @returns the new key, being made; one that could not be made before is tried again
 * @throws ConflictError saying what to do, InputError naming the field
 */
export async function rotate(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  subscription: SubscriptionRow,
  old: CredentialRow,
  by: EntityRef,
  wanted: { overlap?: string; name?: string },
): Promise<Id> {
  const now = deps.clock.now();
  const found = await keyAmong(tx, old);
  requireRotatable(found, now);
  const plan: PlanRow = await tx('plans')
    .where({ id: subscription.plan_id })
    .first();
  const { rotationOverlap } = planSpecOf(plan).credentials;
  const overlap = overlapFor(wanted.overlap, rotationOverlap, now);
  const before = successorOf(old.id, found.all);
  if (before?.status === 'failed') {
    const isNamed = wanted.name !== undefined && wanted.name !== before.name;
    await tx('credentials')
      .where({ id: before.id })
      .update({
        overlap,
        ...(isNamed && {
          name: await nameFor(tx, subscription.id, wanted.name),
        }),
      });
    await retryCredential(tx, deps, before, by);
    return before.id;
  }
  const made = await issueAnother(tx, deps, subscription, {
    createdBy: by,
    name: wanted.name,
    rotation: { replaces: old.id, overlap },
  });
  await recordHistory(tx, deps.clock, {
    subject: credentialSubject(old.id),
    event: 'credential.rotation-requested',
    actor: by,
    message: `Asked for key “${made.name}” in the place of key “${old.name}”`,
    product: (await contextOf(tx, subscription.id))?.products[0]?.id,
    application: subscription.application_id,
  });
  return made.id;
}

type Superseded = CredentialRow & { cut_off_at: string };

const isSuperseded = (key: CredentialRow): key is Superseded =>
  key.status === 'superseded' && key.cut_off_at !== null;

/** @throws ConflictError unless another one has taken its place, and it still works */
function requireSuperseded({ key }: Key, now: number): Superseded {
  if (!isSuperseded(key)) {
    throw conflict(
      `Key “${key.name}” is ${key.status}; this is for a key that works beside the one that has taken its place`,
      'not-rotated',
      factsOf(key),
    );
  }
  if (hasEnded(key, now) || isToBeCutOff(key, now)) {
    throw conflict(
      `The time of key “${key.name}” is over; it is being taken away`,
      'over',
      factsOf(key),
    );
  }
  return key;
}

/** Before its time. */
export async function cutOff(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  old: CredentialRow,
  by: EntityRef,
): Promise<void> {
  const found = await keyAmong(tx, old);
  const key = requireSuperseded(found, deps.clock.now());
  const successor = successorOf(key.id, found.all);
  await requestRevocation(
    tx,
    deps,
    key,
    by,
    `cut off at once; key “${successor?.name}” has taken its place`,
  );
}

/** Once. */
export async function extend(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  old: CredentialRow,
  by: EntityRef,
  wanted: { until?: string; overlap?: string },
): Promise<void> {
  const { clock } = deps;
  const now = clock.now();
  const key = requireSuperseded(await keyAmong(tx, old), now);
  if (isTrue(key.extended)) {
    throw conflict(
      `Key “${key.name}” has been given more time already; that can be done once`,
      'over',
      factsOf(key),
    );
  }
  const cutOffAt = extendedCutOff(key, wanted, now);
  await tx('credentials')
    .where({ id: key.id, status: 'superseded' })
    .update({
      cut_off_at: cutOffAt,
      extended: true,
      revision: tx.raw('revision + 1'),
      updated_at: toIso(now),
    });
  await enqueueWatch(tx, clock, { ...key, cut_off_at: cutOffAt });
  await recordHistory(tx, clock, {
    subject: credentialSubject(key.id),
    event: 'credential.extended',
    actor: by,
    message: `Let key “${key.name}” work until ${inWords(
      cutOffAt,
    )} instead of ${inWords(key.cut_off_at)}`,
    ...historyScope(await contextOf(tx, key.subscription_id)),
  });
}

const STILL_THERE: CredentialRow['status'][] = [
  'provisioning',
  'active',
  'failed',
];

/** The old key is kept, and the one that has taken its place is revoked. */
export async function cancelRotation(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  subscription: SubscriptionRow,
  old: CredentialRow,
  by: EntityRef,
): Promise<void> {
  const found = await keyAmong(tx, old);
  const key = requireSuperseded(found, deps.clock.now());
  const successor = successorOf(key.id, found.all);
  if (successor && STILL_THERE.includes(successor.status)) {
    const why = `key “${key.name}” is kept instead`;
    await requestRevocation(tx, deps, successor, by, why);
  } else {
    // It takes a place of its own again.
    await requirePlace(tx, deps.clock, subscription);
  }
  await changePlace(tx, deps, key, { status: 'active', cut_off_at: null });
  await recordHistory(tx, deps.clock, {
    subject: credentialSubject(key.id),
    event: 'credential.kept',
    actor: by,
    message: `Kept key “${key.name}” instead of key “${successor?.name}”`,
    ...historyScope(await contextOf(tx, key.subscription_id)),
  });
}
