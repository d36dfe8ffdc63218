/**
 * Changing a key that exists and is in somebody's hands: other products, another plan, another expiry, suspended or
 * resumed, a quota that starts anew. Its secret stays, and so does everything in its session that is not named here.
 *
 * A session is replaced as a whole and Tyk skips what it does not know, so the policies are asked for before, and what
 * Tyk kept is read back and compared after. Where it is not what was asked for, the session that was there before is
 * put back: a change is made or not, never half. Only a suspension is never taken back.
 *
 * Whether a key is suspended is said twice: newer gateways ignore the flag of a key that has policies, older ones let
 * an inactive policy pass in some cases.
 */
import type { JsonObject } from '@backstage/types';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type {
  ChangedCredential,
  CredentialState,
  CredentialUpdate,
} from 'backstage-plugin-api-products-node';
import type { KeyName } from '../control/TykControl';
import { credentialState } from '../model/credentialState';
import { referenceOf } from '../model/policyIds';
import { changedSession } from '../model/sessionBodies';
import { compareSession } from '../model/sessionComparison';
import { expiryOf } from '../model/sessions';
import type { TykSession } from '../model/sessions';
import { SUSPENDED_POLICY } from '../model/technicalPolicies';
import type { DriverContext } from './context';
import { keyNameOf } from './keyNames';
import {
  explain,
  isUnexplained,
  missingPolicies,
  notThere,
} from './policyChecks';
import { changeWarningFor } from './removal';
import { readSession } from './sessions';
import type { FoundSession } from './sessions';
import {
  activeMarker,
  findMarkerOf,
  suspendedPolicy,
  switchMarkerOff,
} from './technicalPolicies';

export async function updateCredential(
  context: DriverContext,
  reference: string,
  update: CredentialUpdate,
  signal?: AbortSignal,
): Promise<ChangedCredential> {
  const { expiresAt, suspended = false } = update;
  const wanted = {
    ...update,
    suspended,
    ...(expiresAt !== undefined && { expiresAt: Math.floor(expiresAt) }),
  };
  const name = await keyNameOf(context, reference, signal);
  const before = await existing(context, name, signal);
  requireSense(context, wanted, before.session);
  // A key that is refused may carry what it likes: suspending must not wait for anything.
  const missing = suspended
    ? []
    : await missingPolicies(context, wanted, signal);
  if (missing.length > 0) throw notThere(context, missing);

  const marker = await markerFor(context, wanted, before.session, signal);
  // Refused calls write nothing back, so that from here on no cached session undoes what follows.
  if (marker !== undefined && suspended) {
    await switchMarkerOff(context, wanted.credentialId, signal);
  }
  const technical = [
    ...(marker === undefined ? [] : [marker]),
    ...(suspended ? [await suspendedPolicy(context, signal)] : []),
  ];
  const body = changedSession(
    before.raw,
    wanted,
    technical,
    await left(context, before.session, wanted, signal),
  );
  try {
    await write(context, name, body, { resetQuota: false }, signal);
  } catch (error) {
    if (!isUnexplained(error)) throw error;
    throw await explain(
      context,
      wanted,
      error.message,
      'The key is as it was',
      ProviderRejectedError,
      signal,
    );
  }
  if (marker !== undefined && !suspended) {
    await activeMarker(context, wanted.credentialId, signal);
  }

  const { session } = await existing(context, name, signal);
  const problems = suspended
    ? suspensionProblems(session, technical)
    : compareSession(session, { ...wanted, technical }).map(
        difference => difference.message,
      );
  if (problems.length === 0) {
    // A marker refuses what is cached; it changes nothing of it.
    const warning =
      marker !== undefined && suspended
        ? undefined
        : changeWarningFor(reference);
    return {
      ...credentialState(session),
      confirmAfterMs: context.timing.confirmAfterMs,
      ...(warning !== undefined && { warning }),
    };
  }
  const cause = marker === undefined ? changeWarningFor(reference) : undefined;
  const text = `the gateway made something else of the key than was asked for: ${problems.join(
    '; ',
  )}${cause === undefined ? '' : `. ${cause}`}`;
  // Nothing that somebody has to look at first: the next try meets a gateway that knows the policy, or an idle key.
  if (suspended) throw new ProviderUnavailableError(`${context.id}: ${text}`);
  if (marker !== undefined && before.session.is_inactive) {
    await switchMarkerOff(context, wanted.credentialId, signal);
  }
  await write(context, name, before.raw, { resetQuota: false }, signal);
  throw await explain(
    context,
    wanted,
    text,
    'The key is as it was',
    ProviderConflictError,
    signal,
  );
}

/** The quota and its window start anew; the rest is written as it was read. */
export async function resetQuota(
  context: DriverContext,
  reference: string,
  signal?: AbortSignal,
): Promise<CredentialState> {
  const name = await keyNameOf(context, reference, signal);
  const { raw, session } = await existing(context, name, signal);
  await write(
    context,
    name,
    { ...raw, is_inactive: await ownFlag(context, session, signal) },
    { resetQuota: true },
    signal,
  );
  const after = await existing(context, name, signal);
  return credentialState(after.session);
}

async function existing(
  context: DriverContext,
  name: KeyName,
  signal: AbortSignal | undefined,
): Promise<FoundSession> {
  const found = await readSession(context, name, signal);
  if (!found) throw gone(context);
  return found;
}

async function write(
  context: DriverContext,
  name: KeyName,
  session: JsonObject,
  options: { resetQuota: boolean },
  signal: AbortSignal | undefined,
): Promise<void> {
  const there = await context.control.writeKey(name, session, options, signal);
  if (!there) throw gone(context);
}

function gone({ id }: DriverContext): ProviderConflictError {
  return new ProviderConflictError(
    `${id}: there is no such credential at the gateway`,
  );
}

/** What Tyk would do something else with, or nothing at all. */
function requireSense(
  { id, timing }: DriverContext,
  { products, expiresAt, suspended }: CredentialUpdate,
  session: TykSession,
): void {
  if (products.every(product => product.apis.length === 0) && !suspended) {
    throw new ProviderRejectedError(
      `${id}: a key without any API would open all or none, so it is not changed into one`,
    );
  }
  const past = expiresAt !== undefined && expiresAt * 1000 <= timing.now();
  if (past && expiresAt !== expiryOf(session)) {
    throw new ProviderRejectedError(
      `${id}: a key cannot be made to end in the past: remove it`,
    );
  }
}

/** The credential's marker, where the key has one or is to have one. */
async function markerFor(
  context: DriverContext,
  { credentialId, suspended }: CredentialUpdate,
  session: TykSession,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const found = await findMarkerOf(context, credentialId, session, signal);
  if (found !== undefined && session.apply_policies.includes(found)) {
    return found;
  }
  return context.revocation === 'marker' && !suspended
    ? activeMarker(context, credentialId, signal)
    : undefined;
}

/** Policies that the key has now and will not have any more. */
async function left(
  { control }: DriverContext,
  session: TykSession,
  { products, plan }: CredentialUpdate,
  signal: AbortSignal | undefined,
): Promise<JsonObject[]> {
  const staying = [plan, ...products].map(
    ({ reference }) => reference.policyId,
  );
  const leaving = session.apply_policies.filter(id => !staying.includes(id));
  const policies = await Promise.all(
    leaving.map(id => control.policy(id, signal)),
  );
  return policies.filter(policy => policy !== undefined);
}

function suspensionProblems(
  session: TykSession,
  technical: readonly string[],
): string[] {
  const missing = technical.filter(id => !session.apply_policies.includes(id));
  return [
    ...(missing.length > 0 ? [`it does not carry ${missing.join(', ')}`] : []),
    ...(session.is_inactive ? [] : ['it is not suspended']),
  ];
}

/**
 * Whether the key itself is inactive, and not only a policy of it, which is all that reading it tells: written back,
 * the flag would outlast the policy's.
 */
async function ownFlag(
  { control }: DriverContext,
  session: TykSession,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!session.is_inactive) return false;
  const suspended = await control.technicalPolicy(SUSPENDED_POLICY, signal);
  const kill = suspended && referenceOf(suspended);
  if (kill !== undefined && session.apply_policies.includes(kill)) return true;
  const policies = await Promise.all(
    session.apply_policies.map(id => control.policy(id, signal)),
  );
  return !policies.some(policy => policy?.is_inactive === true);
}
