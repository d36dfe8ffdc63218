/**
 * Taking keys away. Removing what is not there succeeds, so that it can be done again after any accident.
 */
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { RemovalResult } from 'backstage-plugin-api-products-node';
import { revocationWarning } from '../model/revocation';
import { hashFunctionOf, possibleTokens } from '../model/tokens';
import type { GatewayContext } from './context';

/**
 * The id under which the chosen key is created. The beginning keeps it apart from an organisation's id, for which Tyk
 * takes 24 hexadecimal digits at the start of a key, and makes it known to people who read the gateway's list.
 *
 * @throws ProviderRejectedError for a key that could be guessed, or that names something else in a path
 * @internal
 */
export function keyIdOf({ id }: GatewayContext, chosenKey: string): string {
  if (!/^[0-9A-Za-z_-]{32,}$/.test(chosenKey)) {
    throw new ProviderRejectedError(`${id}: that is not a chosen key`);
  }
  return `bsk_${chosenKey}`;
}

/**
 * References are hashes: hexadecimal, of one of the lengths that Tyk's functions make.
 *
 * @throws ProviderRejectedError without repeating what was given, since it could be a secret
 * @internal
 */
export function requireReference(
  { id }: GatewayContext,
  reference: string,
): string {
  if (!/^[0-9a-f]{8,64}$/i.test(reference)) {
    throw new ProviderRejectedError(
      `${id}: that is not a reference of this provider`,
    );
  }
  return reference;
}

/** @internal */
export async function removeByReference(
  context: GatewayContext,
  reference: string,
  signal?: AbortSignal,
): Promise<RemovalResult> {
  const hash = requireReference(context, reference);
  await context.api.removeKey({ hash }, signal);
  const warning = revocationWarning(hashFunctionOf(hash) ?? 'unknown');
  return {
    confirmAfterMs: context.timing.confirmAfterMs,
    ...(warning && { warning }),
  };
}

/**
 * Removes whatever has been made of a chosen key.
 *
 * First by its bare value with the organisation, which Tyk turns into the token of its present hash function. Then by
 * every token that it can have: `disable_key_actions_by_username` switches the first way off, and the hash function
 * may have been another one when the key was made.
 *
 * Nobody has ever been shown such a key, so no session cache holds it and there is nothing to wait for.
 * @internal
 */
export async function removeByChosenKey(
  context: GatewayContext,
  chosenKey: string,
  signal?: AbortSignal,
): Promise<RemovalResult> {
  const { api, organisation } = context;
  const keyId = keyIdOf(context, chosenKey);
  await api.removeKey({ token: keyId, organisation }, signal);
  await Promise.all(
    possibleTokens(organisation, keyId).map(token =>
      api.removeKey({ token, organisation }, signal),
    ),
  );
  return { confirmAfterMs: 0 };
}
