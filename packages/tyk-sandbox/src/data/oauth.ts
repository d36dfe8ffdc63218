/**
 * The authorisation server of an API with OAuth, below its listen path: tokens for clients, and their end.
 * Only the grant `client_credentials` is there; the others need a person and a page to log in at.
 */
import type { Api } from '../apis/api';
import { asText, isJsonObject } from '../json';
import {
  issueToken,
  revokeAll,
  revokeToken,
  TOKEN_LIFETIME,
} from '../oauth/tokens';
import type { Gateway } from '../state/gateway';
import type { OAuthClient } from '../state/oauthClients';
import { errorReply, jsonReply, okReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { parseForm, readForm } from '../http/form';

/** What RFC 6749 calls the errors, in the words of the gateway's library. */
const ERRORS = {
  invalid_request:
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  unauthorized_client:
    'The client is not authorized to request a token using this method.',
  unsupported_grant_type:
    'The authorization grant type is not supported by the authorization server.',
  server_error:
    'The authorization server encountered an unexpected condition that prevented it from fulfilling the request.',
};

const NOT_CACHED = { 'cache-control': 'no-store', pragma: 'no-cache' };

type OAuthError = keyof typeof ERRORS;

/** @returns `undefined` where the path is none of the authorisation server's */
export function handleOAuth(
  gateway: Gateway,
  api: Api,
  { accessTypes }: { accessTypes: string[] },
  request: GatewayRequest,
): Reply | undefined {
  const below = request.path.slice(api.listenPath.replace(/\/$/, '').length);
  switch (below) {
    case '/oauth/token':
    case '/oauth/token/':
      return access(gateway, api, accessTypes, request);
    case '/oauth/revoke':
      return revoke(gateway, api, request);
    case '/oauth/revoke_all':
      return revokeEach(gateway, api, request);
    case '/oauth/authorize':
    case '/oauth/authorize/':
      return errorReply(501, 'The sandbox has no page to log in at');
    default:
      return undefined;
  }
}

function access(
  gateway: Gateway,
  api: Api,
  accessTypes: string[],
  request: GatewayRequest,
): Reply {
  if (request.method !== 'GET' && request.method !== 'POST') {
    return errorReply(405, 'Method not supported');
  }
  const result = grant(gateway, api, accessTypes, request);
  const reply =
    'error' in result
      ? jsonReply(403, {
          error: result.error,
          error_description: ERRORS[result.error],
        })
      : jsonReply(200, {
          access_token: result.token,
          expires_in: TOKEN_LIFETIME,
          token_type: 'bearer',
        });
  return { ...reply, headers: { ...reply.headers, ...NOT_CACHED } };
}

function grant(
  gateway: Gateway,
  api: Api,
  accessTypes: string[],
  request: GatewayRequest,
): { token: string } | { error: OAuthError } {
  if (request.method === 'GET') return { error: 'invalid_request' };
  const type = formOf(request).get('grant_type') ?? '';
  if (!accessTypes.includes(type) || type !== 'client_credentials') {
    return { error: 'unsupported_grant_type' };
  }
  const client = findClient(gateway, api, request.headers.authorization);
  if ('error' in client) return client;
  const token = issueToken(gateway, api, client);
  return token === undefined ? { error: 'server_error' } : { token };
}

/** A form, or the fields of a JSON object. */
function formOf(request: GatewayRequest): URLSearchParams {
  if (request.headers['content-type'] !== 'application/json') {
    return parseForm(request);
  }
  try {
    const body: unknown = JSON.parse(request.body);
    const fields = isJsonObject(body) ? Object.entries(body) : [];
    return new URLSearchParams(
      fields.map(([name, value]) => [name, asText(value)]),
    );
  } catch {
    return new URLSearchParams();
  }
}

/** A client authenticates by the header alone: what the form says of id and secret does not count. */
function findClient(
  gateway: Gateway,
  api: Api,
  header: string | undefined,
): OAuthClient | { error: OAuthError } {
  const [scheme, encoded, ...more] = (header ?? '').split(' ');
  if (scheme !== 'Basic' || encoded === undefined || more.length > 0) {
    return { error: 'invalid_request' };
  }
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return { error: 'invalid_request' };
  const client = gateway.oauth.get(api.id, pair.slice(0, colon));
  if (!client) return { error: 'server_error' };
  return client.secret === pair.slice(colon + 1) && client.redirectUri !== ''
    ? client
    : { error: 'unauthorized_client' };
}

function revoke(gateway: Gateway, api: Api, request: GatewayRequest): Reply {
  const token = readForm(request).get('token') ?? '';
  if (token === '') return errorReply(400, 'token is required');
  revokeToken(gateway, api, token);
  return okReply('token revoked successfully');
}

function revokeEach(
  gateway: Gateway,
  api: Api,
  request: GatewayRequest,
): Reply {
  const form = readForm(request);
  const clientId = form.get('client_id') ?? '';
  const secret = form.get('client_secret') ?? '';
  if (clientId === '') return errorReply(401, 'client_id is required');
  if (secret === '') return errorReply(401, 'client_secret is required');
  const refused = revokeAll(gateway, api, { clientId, secret });
  return refused
    ? errorReply(refused.status, refused.error)
    : okReply('tokens revoked successfully');
}
