/** OAuth clients and their tokens in the Gateway API. */
import {
  createClient,
  issuesTokens,
  readClient,
  rotateClient,
  updateClient,
  writeClient,
} from '../oauth/clients';
import type { OAuthClientResult } from '../oauth/clients';
import { revokeAll, revokeToken } from '../oauth/tokens';
import type { Api } from '../apis/api';
import type { Gateway } from '../state/gateway';
import { readForm } from '../http/form';
import { changeReply, errorReply, jsonReply, okReply } from '../http/message';
import type { Reply } from '../http/message';
import { tryRead } from './body';
import type { Handler, Route } from './router';

const NOT_FOUND = 'OAuth Client ID not found';
const MALFORMED = 'Unmarshalling failed';
const PAGE_SIZE = 100;

function answer(result: OAuthClientResult): Reply {
  return 'error' in result
    ? errorReply(result.status, result.error)
    : jsonReply(200, writeClient(result.client));
}

const create: Handler = (gateway, request) => {
  const input = tryRead(request, readClient);
  return input
    ? answer(createClient(gateway, input))
    : errorReply(500, MALFORMED);
};

const list: Handler = (gateway, _request, apiId) => {
  const api = gateway.loaded.apis.get(apiId);
  if (!api) return errorReply(404, NOT_FOUND);
  const clients = issuesTokens(api) ? gateway.oauth.list(apiId) : [];
  return jsonReply(200, clients.map(writeClient));
};

const get: Handler = (gateway, request, apiId, clientId) => {
  if (clientId === '') return list(gateway, request, apiId);
  const client =
    gateway.loaded.apis.has(apiId) && gateway.oauth.get(apiId, clientId);
  return client ? answer({ client }) : errorReply(404, NOT_FOUND);
};

const update: Handler = (gateway, request, apiId, clientId) => {
  const input = tryRead(request, readClient);
  return input
    ? answer(updateClient(gateway, apiId, clientId, input))
    : errorReply(500, MALFORMED);
};

const rotate: Handler = (gateway, _request, apiId, clientId) =>
  answer(rotateClient(gateway, apiId, clientId));

/** Says `deleted` for a client that never was, too. */
const remove: Handler = (gateway, _request, apiId, clientId = '') => {
  const api = gateway.loaded.apis.get(apiId);
  if (!api || (!issuesTokens(api) && !gateway.oauth.get(apiId, clientId))) {
    return errorReply(404, NOT_FOUND);
  }
  gateway.oauth.remove(apiId, clientId);
  return changeReply('deleted', clientId);
};

const tokens: Handler = (gateway, { query }, apiId, clientId) => {
  if (!gateway.loaded.apis.has(apiId)) return errorReply(404, NOT_FOUND);
  const all = gateway.oauth
    .tokens(apiId, clientId)
    .map(entry => ({ ...entry }));
  const asked = query.get('page') ?? '';
  if (asked === '') return jsonReply(200, all);
  const page = Math.max(1, Math.trunc(Number(asked)) || 1);
  const start = (page - 1) * PAGE_SIZE;
  return jsonReply(200, {
    Pagination: {
      page_num: page,
      page_total: Math.ceil(all.length / PAGE_SIZE),
      page_size: PAGE_SIZE,
    },
    Tokens: all.slice(start, start + PAGE_SIZE),
  });
};

/** The loaded APIs that know a client. */
function apisOf(gateway: Gateway, clientId: string, orgId: string): Api[] {
  return gateway.oauth.apisOf(clientId).flatMap(id => {
    const api = gateway.loaded.apis.get(id);
    const ours = api && (orgId === '' || api.orgId === orgId);
    return ours && issuesTokens(api) ? [api] : [];
  });
}

const revoke: Handler = (gateway, request) => {
  const form = readForm(request);
  const token = form.get('token') ?? '';
  const clientId = form.get('client_id') ?? '';
  if (token === '') return errorReply(400, 'token is required');
  if (clientId === '') return errorReply(400, 'client_id is required');
  const apis = apisOf(gateway, clientId, form.get('org_id') ?? '');
  if (apis.length === 0) return errorReply(400, "oauth client doesn't exist");
  apis.forEach(api => revokeToken(gateway, api, token));
  return okReply('token revoked successfully');
};

/** A wrong secret is answered like a right one, and nothing happens. */
const revokeEach: Handler = (gateway, request) => {
  const form = readForm(request);
  const clientId = form.get('client_id') ?? '';
  const secret = form.get('client_secret') ?? '';
  if (clientId === '') return errorReply(401, 'client_id is required');
  if (secret === '') return errorReply(401, 'client_secret is required');
  const apis = apisOf(gateway, clientId, form.get('org_id') ?? '');
  if (apis.length === 0) return errorReply(404, "oauth client doesn't exist");
  apis.forEach(api => revokeAll(gateway, api, { clientId, secret }));
  return okReply('tokens revoked successfully');
};

/** Lists never name expired tokens here, so there is nothing to do. */
const purge: Handler = (_gateway, { query }) => {
  if (!query.has('scope'))
    return errorReply(422, 'scope parameter is required');
  return query.get('scope') === 'lapsed'
    ? okReply('lapsed tokens purged')
    : errorReply(400, 'unknown scope');
};

/** No token of the sandbox can be refreshed, so there is none to take away. */
const removeRefresh: Handler = (gateway, { query }, token) => {
  const id = query.get('api_id') ?? '';
  if (id === '') return errorReply(400, 'Missing parameter api_id');
  const api = gateway.loaded.apis.get(id);
  if (!api) return errorReply(404, 'API for this refresh token not found');
  return issuesTokens(api)
    ? changeReply('deleted', token)
    : errorReply(400, 'OAuth is not enabled on this API');
};

export const oauthRoutes: Route[] = [
  { methods: ['POST'], path: 'oauth/clients/create', handle: create },
  { methods: ['GET'], path: 'oauth/clients/*', handle: list },
  { methods: ['DELETE'], path: 'oauth/clients/*', handle: remove },
  { methods: ['GET'], path: 'oauth/clients/*/*', handle: get },
  { methods: ['PUT'], path: 'oauth/clients/*/*', handle: update },
  { methods: ['DELETE'], path: 'oauth/clients/*/*', handle: remove },
  { methods: ['PUT'], path: 'oauth/clients/*/*/rotate', handle: rotate },
  { methods: ['GET'], path: 'oauth/clients/*/*/tokens', handle: tokens },
  { methods: ['DELETE'], path: 'oauth/refresh/*', handle: removeRefresh },
  { methods: ['DELETE'], path: 'oauth/tokens', handle: purge },
  { methods: ['POST'], path: 'oauth/revoke', handle: revoke },
  { methods: ['POST'], path: 'oauth/revoke_all', handle: revokeEach },
];
