/**
 * Making and changing OAuth clients, as the Gateway API does it (`gateway/api.go`). The Dashboard passes its own
 * requests on to these.
 */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json';
import { anything, object, string } from '../model/decode';
import type { Api } from '../apis/api';
import type { Gateway } from '../state/gateway';
import { policyLookup } from '../state/gateway';
import type { OAuthClient } from '../state/oauthClients';
import { revokeListed } from './tokens';

const NO_OAUTH = { error: 'API is not OAuth2' };
const NO_CLIENT = { status: 404, error: 'OAuth Client ID not found' };
const NO_API = { status: 404, error: "API doesn't exist" };

/** A client as it is asked for. */
interface OAuthClientInput {
  client: OAuthClient;
  /** '' asks for the client on all APIs of its policy. */
  apiId: string;
}

/** A client, or the status and the words the gateway refuses with. */
export type OAuthClientResult =
  | { client: OAuthClient }
  | { status: number; error: string };

/** @throws MalformedError on a value of another type */
export const readClient = object<OAuthClientInput>(source => ({
  apiId: string(source.api_id),
  client: {
    clientId: string(source.client_id),
    secret: string(source.secret),
    redirectUri: string(source.redirect_uri),
    policyId: string(source.policy_id),
    metaData: anything(source.meta_data),
    description: string(source.description),
  },
}));

/** As the Gateway API answers it, with its secret. */
export function writeClient(client: OAuthClient): JsonObject {
  return {
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    policy_id: client.policyId === '' ? undefined : client.policyId,
    secret: client.secret,
    meta_data: client.metaData,
    description: client.description,
  };
}

/** Registers a client with one API, or with all of its policy. An id that exists is overwritten. */
export function createClient(
  gateway: Gateway,
  { client, apiId }: OAuthClientInput,
): OAuthClientResult {
  const created = {
    ...client,
    clientId: client.clientId || randomUUID().replaceAll('-', ''),
    secret: client.secret || newSecret(),
  };
  const apis = apisFor(gateway, created.policyId, apiId);
  if ('error' in apis) return { status: 400, error: apis.error };
  apis.ids.forEach(id => gateway.oauth.put(id, created));
  return { client: created };
}

function apisFor(
  gateway: Gateway,
  policyId: string,
  apiId: string,
): { ids: string[] } | { error: string } {
  const loaded = gateway.loaded.apis;
  if (apiId !== '') {
    const api = loaded.get(apiId);
    if (!api) return { error: "API doesn't exist" };
    return issuesTokens(api) ? { ids: [apiId] } : NO_OAUTH;
  }
  const policy = gateway.loaded.policies.get(policyId);
  if (!policy) return { error: "Policy doesn't exist" };
  const ids = Object.keys(policy.access_rights ?? {});
  if (ids.some(id => !loaded.has(id))) return { error: "API doesn't exist" };
  const takers = ids.filter(id => {
    const api = loaded.get(id);
    return api && (issuesTokens(api) || api.definition.enable_jwt === true);
  });
  return takers.length > 0 ? { ids: takers } : NO_OAUTH;
}

/** Whether the gateway is the authorisation server of an API. */
export function issuesTokens({ definition }: Api): boolean {
  return definition.use_oauth2 === true;
}

/** Replaces all but id and secret. With another policy, the tokens of the client leave its list. */
export function updateClient(
  gateway: Gateway,
  apiId: string,
  clientId: string,
  { client }: OAuthClientInput,
): OAuthClientResult {
  const api = gateway.loaded.apis.get(apiId);
  if (!api) return NO_API;
  if (client.policyId !== '') {
    const policy = policyLookup(gateway)(api.orgId, client.policyId);
    if (!policy) return { status: 404, error: "Policy doesn't exist" };
    if (!policy.access_rights?.[apiId]) {
      return {
        status: 400,
        error:
          "Policy access rights doesn't contain API this OAuth client belongs to",
      };
    }
  }
  const before = gateway.oauth.get(apiId, clientId);
  if (!before) return NO_CLIENT;
  const after = { ...client, clientId, secret: before.secret };
  gateway.oauth.put(apiId, after);
  if (before.policyId !== '' && before.policyId !== after.policyId) {
    revokeListed(gateway, api, clientId);
  }
  return { client: after };
}

/** A new secret. Tokens stay valid. */
export function rotateClient(
  gateway: Gateway,
  apiId: string,
  clientId: string,
): OAuthClientResult {
  if (!gateway.loaded.apis.has(apiId)) return NO_API;
  const before = gateway.oauth.get(apiId, clientId);
  if (!before) return NO_CLIENT;
  const client = { ...before, secret: newSecret() };
  gateway.oauth.put(apiId, client);
  return { client };
}

/** The base64 of a UUID, as the gateway makes it. */
function newSecret(): string {
  return Buffer.from(randomUUID(), 'utf8').toString('base64');
}
