/** The command that calls a product, ready to paste into a POSIX shell. */

/** Stands where the key goes while it is not shown. @internal */
export const KEY_PLACEHOLDER = 'YOUR_KEY';

/** Nothing in single quotes means anything to a shell, but for the quote itself. */
const quoted = (text: string): string => `'${text.split("'").join(`'\\''`)}'`;

/** Characters that mean nothing to a shell, so that a plain address can stand without quotes. */
const PLAIN = /^[A-Za-z0-9_.,:/@%+=~-]+$/;

/**
 * @param header - name and value as the provider wants them
 * @returns one line, e.g. `curl -H 'Authorization: abc' https://gateway.example.com/payments/`
 * @internal
 */
export function curlCommand(
  header: { name: string; value: string },
  endpoint: string,
): string {
  const address = PLAIN.test(endpoint) ? endpoint : quoted(endpoint);
  return `curl -H ${quoted(`${header.name}: ${header.value}`)} ${address}`;
}
