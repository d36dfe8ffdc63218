/**
 * Taking keys away. Removing what is not there succeeds, so that it can be done again after any accident.
 *
 * Where a key carries a marker, that is switched off first: from then on the gateway refuses the key whatever it has
 * cached, and refused calls write nothing back. The marker stays until the removal is confirmed.
 */
import type {
  CredentialName,
  RemovalResult,
} from 'backstage-plugin-api-products-node';
import {
  changeWarning,
  revocationWarning,
  userChangeWarning,
  userRevocationWarning,
} from '../model/revocation';
import { hashFunctionOf, possibleTokens } from '../model/tokens';
import type { DriverContext, ProvedContext } from './context';
import { isUserReference, keyIdOf, keyNameOf, usernameOf } from './keyNames';
import { readSession } from './sessions';
import {
  findMarkerOf,
  removeMarker,
  switchMarkerOff,
} from './technicalPolicies';

export async function removeCredential(
  context: ProvedContext,
  credential: CredentialName,
  signal?: AbortSignal,
): Promise<RemovalResult> {
  if ('reference' in credential) {
    return removeUsed(
      context,
      credential.reference,
      credential.credentialId,
      signal,
    );
  }
  await removeUnused(context, credential, signal);
  // Nobody has ever been shown such a key, so no session cache holds it and there is nothing to wait for.
  return { confirmAfterMs: 0 };
}

async function removeUsed(
  context: ProvedContext,
  reference: string,
  credentialId: string,
  signal: AbortSignal | undefined,
): Promise<RemovalResult> {
  const { control, timing } = context;
  const name = await keyNameOf(context, reference, signal);
  const found = await readSession(context, name, signal);
  const marker = await findMarkerOf(
    context,
    credentialId,
    found?.session,
    signal,
  );
  if (marker !== undefined) {
    await switchMarkerOff(context, credentialId, signal);
  }
  // A key that is gone already was refused before.
  const refused =
    marker !== undefined &&
    (!found || found.session.apply_policies.includes(marker));
  await control.removeKey(name, signal);
  const warning = refused
    ? undefined
    : await removalWarning(context, reference, signal);
  return {
    confirmAfterMs: timing.confirmAfterMs,
    ...(warning && { warning }),
    ...(marker !== undefined && { cleanUp: true }),
  };
}

/** Why the removal of a key may not hold. */
export async function removalWarning(
  { control }: DriverContext,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const warning = isUserReference(reference)
    ? userRevocationWarning()
    : revocationWarning(hashFunctionOf(reference) ?? 'unknown');
  return warning !== undefined && (await control.deletionsHold(signal))
    ? undefined
    : warning;
}

/** Why a change of a key may not hold. */
export function changeWarningFor(reference: string): string | undefined {
  return isUserReference(reference)
    ? userChangeWarning()
    : changeWarning(hashFunctionOf(reference) ?? 'unknown');
}

/**
 * Removes whatever has been made of a key that nobody has been shown.
 *
 * First by its bare value with the organisation, which Tyk turns into the token of its present hash function. Then by
 * every token that it can have: `disable_key_actions_by_username` switches the first way off, and the hash function
 * may have been another one when the key was made.
 */
export async function removeUnused(
  context: ProvedContext,
  credential: {
    chosenKey: string;
    credentialId: string;
    kind?: 'token' | 'basic';
  },
  signal?: AbortSignal,
): Promise<void> {
  const { chosenKey, credentialId, kind } = credential;
  if (kind === 'basic') {
    await removeNamed(context, usernameOf(context, credentialId), kind, signal);
  } else {
    await removeChosenKey(context, chosenKey, signal);
  }
  await removeMarker(context, credentialId, signal);
}

/** The key that was made of a chosen one, if any. */
export async function removeChosenKey(
  context: ProvedContext,
  chosenKey: string,
  signal?: AbortSignal,
): Promise<void> {
  await removeNamed(context, keyIdOf(context, chosenKey), 'token', signal);
}

async function removeNamed(
  { control }: ProvedContext,
  keyId: string,
  kind: 'token' | 'basic',
  signal: AbortSignal | undefined,
): Promise<void> {
  const organisation = await control.organisation(signal);
  await control.removeKeys(
    [
      kind === 'basic'
        ? { username: keyId, organisation }
        : { token: keyId, organisation },
      ...possibleTokens(organisation, keyId).map(token => ({
        token,
        organisation,
      })),
    ],
    signal,
  );
}

/** What a removal left to make it hold. */
export async function cleanUpCredential(
  context: ProvedContext,
  { credentialId }: { credentialId: string },
  signal?: AbortSignal,
): Promise<void> {
  await removeMarker(context, credentialId, signal);
}
