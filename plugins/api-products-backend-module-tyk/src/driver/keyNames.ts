/**
 * What a credential is called at Tyk, and what others know it by.
 *
 * A token is known by the hash that it is stored under, a basic-auth user by the name, which is no secret either.
 */
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { KeyName } from '../control/TykControl';
import { hashFunctionOf } from '../model/tokens';
import type { DriverContext } from './context';

const USER = 'basic:';

/**
 * The id under which the chosen key is created. The beginning keeps it apart from an organisation's id, for which Tyk
 * takes 24 hexadecimal digits at the start of a key, and makes it known to people who read the gateway's list.
 *
 * @throws ProviderRejectedError for a key that could be guessed, or that names something else in a path
 */
export function keyIdOf({ id }: { id: string }, chosenKey: string): string {
  if (!/^[0-9A-Za-z_-]{32,}$/.test(chosenKey)) {
    throw new ProviderRejectedError(`${id}: that is not a chosen key`);
  }
  return `bsk_${chosenKey}`;
}

/**
 * The user of a credential. Basic authentication ends a name at its first colon.
 *
 * @throws ProviderRejectedError
 */
export function usernameOf(
  { id }: { id: string },
  credentialId: string,
): string {
  if (!/^[0-9A-Za-z_.-]{1,100}$/.test(credentialId)) {
    throw new ProviderRejectedError(
      `${id}: the id of the credential cannot be part of a user name`,
    );
  }
  return `bsu_${credentialId}`;
}

export function userReference(username: string): string {
  return `${USER}${username}`;
}

export function isUserReference(reference: string): boolean {
  return reference.startsWith(USER);
}

/**
 * The key that a reference stands for.
 *
 * @throws ProviderRejectedError without repeating what was given, since it could be a secret
 */
export async function keyNameOf(
  { id, control }: DriverContext,
  reference: string,
  signal?: AbortSignal,
): Promise<KeyName> {
  if (isHash(reference)) return { hash: reference };
  const username = isUserReference(reference)
    ? reference.slice(USER.length)
    : '';
  if (!/^[0-9A-Za-z_.@-]+$/.test(username)) {
    throw new ProviderRejectedError(
      `${id}: that is not a reference of this provider`,
    );
  }
  return { username, organisation: await control.organisation(signal) };
}

/** Hexadecimal, of one of the lengths that Tyk's functions make. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text) && hashFunctionOf(text) !== undefined;
}
