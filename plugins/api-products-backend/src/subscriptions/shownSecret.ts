/** What a secret looks like to the person it is shown to. */
import type { RevealedSecret } from 'backstage-plugin-api-products-common';
import type { CredentialRow } from '../lib/rows';

const TAIL = 4;

/** Takes the encoding of the scheme `Basic` apart; a password may have colons in it, a user cannot. */
export function userAndPassword(
  secret: string,
): Pick<RevealedSecret, 'username' | 'password'> {
  const plain = Buffer.from(secret, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  return colon < 0
    ? {}
    : { username: plain.slice(0, colon), password: plain.slice(colon + 1) };
}

/**
 * The last characters of what is shown: of the key, or of the password. Nothing where they are not of the chosen key:
 * tokens that a provider makes of keys may all end alike, which tells nobody anything.
 */
export function tailOf(
  kind: CredentialRow['kind'],
  secret: string,
  chosenKey: string,
): string | null {
  const shown =
    kind === 'basic' ? userAndPassword(secret).password ?? '' : secret;
  const tail = chosenKey.slice(-TAIL);
  return shown.endsWith(tail) ? tail : null;
}
