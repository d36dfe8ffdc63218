/**
 * The proxied APIs: which one a path belongs to, and what a call goes through, in the gateway's order:
 * key, expiry, access to the API, access to the path, rate, quota, upstream.
 */
import type { Api } from '../apis/api';
import type { Gateway } from '../state/gateway';
import type { KnownSession } from '../state/sessionCache';
import { asText } from '../json';
import { jsonReply, noApiReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { authenticate } from './authenticate';
import { opensApi, opensPath } from './access';
import { handleOAuth } from './oauth';
import { countQuota, exceedsRate, quotaHeaders } from './limits';
import { NO_ACCESS, refuse } from './refuse';
import { writeBack } from './session';

export function handleData(gateway: Gateway, request: GatewayRequest): Reply {
  const api = findApi(gateway, request);
  if (!api) return noApiReply();
  const { authentication } = api;
  if (authentication.kind === 'keyless') {
    const reply = upstream(api, request, quotaHeaders(api, undefined));
    return counted(gateway, api, request, reply);
  }
  if (authentication.kind === 'oauth') {
    const reply = handleOAuth(gateway, api, authentication, request);
    if (reply) return reply;
  }
  const result = authenticate(gateway, api, authentication, request);
  return 'refusal' in result
    ? counted(gateway, api, request, result.refusal)
    : counted(
        gateway,
        api,
        request,
        call(gateway, api, result.known, request),
        result.known,
      );
}

/** Every call counts, refused ones too, with the key where it is known. */
function counted(
  gateway: Gateway,
  api: Api,
  { path }: GatewayRequest,
  reply: Reply,
  known?: KnownSession,
): Reply {
  gateway.usage.count({
    apiId: api.id,
    apiName: asText(api.definition.name),
    keyHash: known?.keyHash ?? '',
    oauthClientId: known?.session.oauth_client_id ?? '',
    tags: known?.session.tags ?? [],
    path,
    status: reply.status,
  });
  return reply;
}

/** The API of this host with the longest matching listen path, or else of those that any host reaches. */
function findApi(
  gateway: Gateway,
  { path, headers }: GatewayRequest,
): Api | undefined {
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const hosts = gateway.settings.customDomains ? ['', host] : undefined;
  return [...gateway.loaded.apis.values()]
    .filter(
      ({ listens, domain, listenPath }) =>
        listens &&
        (hosts?.includes(domain) ?? true) &&
        isBelow(listenPath, path),
    )
    .sort(
      (a, b) =>
        Number(b.domain !== '') - Number(a.domain !== '') ||
        b.listenPath.length - a.listenPath.length,
    )[0];
}

function isBelow(listenPath: string, path: string): boolean {
  const bare = listenPath.replace(/\/$/, '');
  return path === bare || path.startsWith(`${bare}/`);
}

function call(
  gateway: Gateway,
  api: Api,
  known: KnownSession,
  request: GatewayRequest,
): Reply {
  const { session } = known;
  if (session.is_inactive) return refuse(403, 'Key is inactive, please renew');
  if (session.expires >= 1 && gateway.clock.now() > session.expires * 1000) {
    return refuse(401, 'Key has expired, please renew');
  }
  if (!opensApi(api, session, request)) return refuse(403, NO_ACCESS);
  if (!opensPath(api, session, request)) {
    return refuse(403, 'Access to this resource has been disallowed');
  }
  if (exceedsRate(gateway, api, known)) {
    return refuse(429, 'Rate Limit Exceeded');
  }
  const { counted: changed, exceeded } = countQuota(gateway, api, known);
  if (changed) writeBack(gateway, api, known);
  return exceeded
    ? refuse(403, 'Quota exceeded')
    : upstream(api, request, quotaHeaders(api, session));
}

/** The service behind all APIs: tells what reached it. */
function upstream(
  api: Api,
  { method, path, url }: GatewayRequest,
  headers: Record<string, string>,
): Reply {
  const stripped = path.slice(api.listenPath.replace(/\/$/, '').length) || '/';
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const reply = jsonReply(200, {
    ok: true,
    method,
    path: `${api.stripListenPath ? stripped : path}${query}`,
  });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}
