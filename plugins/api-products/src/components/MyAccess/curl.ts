/** The command that calls a product, ready to paste into a POSIX shell. */
import type { CallPart } from 'backstage-plugin-api-products-common';

/** Stands where the key goes while it is not shown. */
export const KEY_PLACEHOLDER = 'YOUR_KEY';

/** Stand where user and password go while they are not shown. */
export const USER_PLACEHOLDER = 'YOUR_USER';
export const PASSWORD_PLACEHOLDER = 'YOUR_PASSWORD';

/** Nothing in single quotes means anything to a shell, but for the quote itself. */
const quoted = (text: string): string => `'${text.split("'").join(`'\\''`)}'`;

/** Characters that mean nothing to a shell, so that a plain address can stand without quotes. */
const PLAIN = /^[A-Za-z0-9_.,:/@%+=~-]+$/;

const addressOf = (endpoint: string): string =>
  PLAIN.test(endpoint) ? endpoint : quoted(endpoint);

/** How an API is called: where, with what, and as whom. */
interface ReadyCall {
  /** Absolute URL. */
  address: string;
  /** The key, and what goes along with it. */
  parts: (CallPart & { value: string })[];
  /** For basic authentication instead of a key. */
  user?: { name: string; password: string };
}

/** @returns one line, e.g. `curl -H 'Authorization: abc' https://gateway.example.com/payments/` */
export function curlCommand({ address, parts, user }: ReadyCall): string {
  const of = (place: CallPart['in']) => parts.filter(part => part.in === place);
  const query = of('query')
    .map(({ name, value }) => [name, value].map(encodeURIComponent).join('='))
    .join('&');
  const cookies = of('cookie')
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
  const separator = address.includes('?') ? '&' : '?';
  return [
    'curl',
    ...(user ? [`-u ${quoted(`${user.name}:${user.password}`)}`] : []),
    ...of('header').map(
      ({ name, value }) => `-H ${quoted(`${name}: ${value}`)}`,
    ),
    ...(cookies ? [`-b ${quoted(cookies)}`] : []),
    addressOf(query ? `${address}${separator}${query}` : address),
  ].join(' ');
}
