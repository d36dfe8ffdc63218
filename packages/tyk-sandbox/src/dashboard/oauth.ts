/** OAuth clients of an API, which the gateway keeps. A client has one policy only, and the gateway must know it. */
import { asText } from '../json';
import type { JsonObject } from '../json';
import { jsonReply } from '../http/message';
import type { Reply } from '../http/message';
import { createClient, readClient, writeClient } from '../oauth/clients';
import type { OAuthClient } from '../state/oauthClients';
import { findApi } from './apis/store';
import { withBody } from './body';
import { failReply, okReply, pageOf } from './envelope';
import { findRecord } from './policies/store';
import type { DashboardHandler, DashboardRoute } from './router';
import type { Dashboard } from './state';

/** Acts on the API of a path, by the id the gateway knows it by. */
function withApi(
  dashboard: Dashboard,
  id: string,
  act: (apiId: string) => Reply,
): Reply {
  const file = findApi(dashboard, id);
  return file
    ? act(asText(file.definition.api_id))
    : failReply(400, 'API reference not found.');
}

function withClient(
  dashboard: Dashboard,
  [api, clientId]: string[],
  act: (apiId: string, client: OAuthClient) => Reply,
): Reply {
  return withApi(dashboard, api, apiId => {
    const client = dashboard.gateway.oauth.get(apiId, clientId);
    return client
      ? act(apiId, client)
      : failReply(404, 'Could not retrieve app detail.');
  });
}

/** With what only the Dashboard tells of a client. */
function write(client: OAuthClient): JsonObject {
  return {
    ...writeClient(client),
    policy_id: client.policyId,
    client_name: '',
    dcr_registration: { access_token: '', client_uri: '', provider: '' },
  };
}

const create: DashboardHandler = (dashboard, request, api) =>
  withApi(dashboard, api, apiId =>
    withBody(request, readClient, ({ client }) => {
      if (!findRecord(dashboard, client.policyId)) {
        return failReply(500, 'Could not retrieve policy details.');
      }
      const result = createClient(dashboard.gateway, { client, apiId });
      return 'error' in result
        ? failReply(result.status, result.error)
        : jsonReply(200, write(result.client));
    }),
  );

const list: DashboardHandler = (dashboard, request, api) =>
  withApi(dashboard, api, apiId => {
    const clients = dashboard.gateway.oauth.list(apiId);
    const { items, pages } = pageOf(dashboard, request, clients);
    return jsonReply(200, { apps: items.map(write), pages });
  });

const get: DashboardHandler = (dashboard, _request, ...parts) =>
  withClient(dashboard, parts, (_api, client) => jsonReply(200, write(client)));

/** Hashes of the tokens that have not expired. */
const tokens: DashboardHandler = (dashboard, _request, ...parts) =>
  withClient(dashboard, parts, (apiId, { clientId }) =>
    jsonReply(
      200,
      dashboard.gateway.oauth
        .tokens(apiId, clientId)
        .map(entry => ({ ...entry })),
    ),
  );

/** Tokens are not touched: they are valid as long as the gateway takes them. */
const remove: DashboardHandler = (dashboard, _request, ...parts) =>
  withClient(dashboard, parts, (apiId, { clientId }) => {
    dashboard.gateway.oauth.remove(apiId, clientId);
    return okReply('OAuth client deleted successfully.');
  });

const at = (
  method: string,
  path: string,
  handle: DashboardHandler,
): DashboardRoute => ({
  method,
  path: `apis/oauth/${path}`,
  area: 'oauth',
  handle,
});

export const oauthRoutes: DashboardRoute[] = [
  at('GET', '*', list),
  at('POST', '*', create),
  at('GET', '*/*', get),
  at('DELETE', '*/*', remove),
  at('GET', '*/*/tokens', tokens),
];
