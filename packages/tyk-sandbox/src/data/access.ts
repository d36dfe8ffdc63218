import type { Api } from '../apis/api';
import type { Session } from '../model/session';
import type { GatewayRequest } from '../http/message';

/** Whether the session opens the API, in the version asked for. A session without any rights opens all. */
export function opensApi(
  api: Api,
  session: Session,
  request: GatewayRequest,
): boolean {
  if (Object.keys(session.access_rights).length === 0) return true;
  const access = session.access_rights[api.id];
  if (!access) return false;
  if (!api.versions) return true;
  return access.versions.includes(
    versionIn(request, api.versions) || api.versions.fallback,
  );
}

function versionIn(
  { headers, query }: GatewayRequest,
  { location, key }: { location: string; key: string },
): string {
  if (location === 'url-param') return query.get(key) ?? '';
  const header = location === 'header' ? headers[key.toLowerCase()] : '';
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

/** Whether path and method are among the allowed ones. Without any, all are. The pattern may match anywhere in the path. */
export function opensPath(
  api: Api,
  session: Session,
  { method, path }: GatewayRequest,
): boolean {
  const allowed = session.access_rights[api.id]?.allowed_urls ?? [];
  return (
    allowed.length === 0 ||
    allowed.some(
      spec => spec.methods.includes(method) && matches(spec.url, path),
    )
  );
}

/** `{name}` stands for one part of the path; what is no regular expression matches nothing. */
function matches(pattern: string, path: string): boolean {
  try {
    return new RegExp(pattern.replace(/\{[^/{}]+\}/g, '([^/]+)')).test(path);
  } catch {
    return false;
  }
}
