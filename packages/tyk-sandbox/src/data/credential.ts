import type { TokenSource } from '../apis/api';
import type { GatewayRequest } from '../http/message';

/** What a request presents as its credential; '' where there is none. A cookie beats the query, the query beats the header. */
export function findCredential(
  source: TokenSource,
  { headers, query }: GatewayRequest,
): string {
  const header = source.header && headers[source.header.toLowerCase()];
  const cookie = source.cookie && cookieNamed(source.cookie, headers.cookie);
  return (
    cookie ||
    (source.query && query.get(source.query)) ||
    (Array.isArray(header) ? header[0] : header) ||
    ''
  );
}

export function stripBearer(credential: string): string {
  return credential.replace(/^bearer /i, '');
}

function cookieNamed(name: string, cookies = ''): string | undefined {
  return cookies
    .split(';')
    .map(cookie => cookie.trim())
    .find(cookie => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
