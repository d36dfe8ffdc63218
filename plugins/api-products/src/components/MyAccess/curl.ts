/** The command that calls a product, ready to paste into a POSIX shell. */

/** Stands where the key goes while it is not shown. @internal */
export const KEY_PLACEHOLDER = 'YOUR_KEY';

/** Stand where user and password go while they are not shown. @internal */
export const USER_PLACEHOLDER = 'YOUR_USER';
/** @internal */
export const PASSWORD_PLACEHOLDER = 'YOUR_PASSWORD';

/** Nothing in single quotes means anything to a shell, but for the quote itself. */
const quoted = (text: string): string => `'${text.split("'").join(`'\\''`)}'`;

/** Characters that mean nothing to a shell, so that a plain address can stand without quotes. */
const PLAIN = /^[A-Za-z0-9_.,:/@%+=~-]+$/;

const addressOf = (endpoint: string): string =>
  PLAIN.test(endpoint) ? endpoint : quoted(endpoint);

/**
 * @param header - name and value as the provider wants them
 * @returns one line, e.g. `curl -H 'Authorization: abc' https://gateway.example.com/payments/`
 * @internal
 */
export function curlCommand(
  header: { name: string; value: string },
  endpoint: string,
): string {
  return `curl -H ${quoted(`${header.name}: ${header.value}`)} ${addressOf(
    endpoint,
  )}`;
}

/**
 * The same with a user and a password, as basic authentication has them.
 *
 * @returns one line, e.g. `curl -u 'user:password' https://gateway.example.com/payments/`
 * @internal
 */
export function curlWithPassword(
  user: { name: string; password: string },
  endpoint: string,
): string {
  return `curl -u ${quoted(`${user.name}:${user.password}`)} ${addressOf(
    endpoint,
  )}`;
}
