/**
 * Tokens of OAuth clients: a token is a key like any other, with the one policy of its client, that lives for an hour.
 */
import type { Api } from '../apis/api';
import { asObject } from '../json';
import { sessionFromPolicy } from '../merge/fromPolicy';
import { anything, map } from '../model/decode';
import type { Gateway } from '../state/gateway';
import type { OAuthClient } from '../state/oauthClients';
import {
  lifetimeOf,
  newToken,
  removeKey,
  storeKey,
  storedName,
} from '../state/sessions';

/** Seconds. */
export const TOKEN_LIFETIME = 3600;

const readMetaData = map(anything);

/** Makes a token and the session behind it. `undefined` where the policy of the client is not loaded. */
export function issueToken(
  gateway: Gateway,
  api: Api,
  client: OAuthClient,
): string | undefined {
  const policy = gateway.loaded.policies.get(client.policyId);
  if (!policy) return undefined;
  const token = newToken(gateway, policy.org_id, '');
  const expires = gateway.clock.seconds() + TOKEN_LIFETIME;
  gateway.oauth.addToken(api.id, storedName(gateway, token), {
    token,
    clientId: client.clientId,
    expires,
  });
  const session = {
    ...sessionFromPolicy(policy),
    oauth_client_id: client.clientId,
    meta_data: readMetaData(asObject(client.metaData)),
    expires,
  };
  const lifetime = lifetimeOf(gateway, session);
  storeKey(gateway, token, session, lifetime, false);
  return token;
}

/** What is known of a token, which may be named by its hash too. */
function loadAccess(gateway: Gateway, api: Api, token: string) {
  const { oauth } = gateway;
  return (
    oauth.access(api.id, storedName(gateway, token)) ??
    oauth.access(api.id, token)
  );
}

/** Ends a token. Given its hash, the gateway only takes it off the list, and it stays valid. */
export function revokeToken(gateway: Gateway, api: Api, token: string): void {
  const access = loadAccess(gateway, api, token);
  if (access) gateway.oauth.unlist(api.id, access);
  gateway.oauth.removeAccess(api.id, storedName(gateway, token));
  removeKey(gateway, api.orgId, token, false);
}

/** What the gateway does to the tokens of a client that gets another policy: it names them by what they are listed as. */
export function revokeListed(
  gateway: Gateway,
  api: Api,
  clientId: string,
): void {
  for (const { code } of gateway.oauth.tokens(api.id, clientId)) {
    revokeToken(gateway, api, code);
  }
}

/** Ends all tokens of a client on an API. @returns status and words where the gateway refuses */
export function revokeAll(
  gateway: Gateway,
  api: Api,
  { clientId, secret }: { clientId: string; secret: string },
): { status: number; error: string } | undefined {
  const client = gateway.oauth.get(api.id, clientId);
  if (!client) return { status: 404, error: 'error getting oauth client' };
  if (client.secret !== secret) {
    return { status: 401, error: 'client secret is wrong' };
  }
  for (const { code } of gateway.oauth.tokens(api.id, clientId)) {
    const access = loadAccess(gateway, api, code);
    if (access) revokeToken(gateway, api, access.token);
  }
  return undefined;
}
