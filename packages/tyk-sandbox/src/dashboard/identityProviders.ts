/**
 * The registry of identity providers: which scopes of whose tokens stand for which policies, API by API. It is only
 * kept: gateways go by it for tokens whose keys they fetch from the provider, which those of the sandbox do not.
 * The fields are those the gateway reads (`gateway/idp_registry.go`), the words of the answers are not documented.
 */
import { asObject, asText, isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { jsonReply, notFoundReply } from '../http/message';
import type { Reply } from '../http/message';
import { map, object, string } from '../model/decode';
import { withBody } from './body';
import { failReply, okReply, pageOf } from './envelope';
import type { DashboardHandler, DashboardRoute } from './router';
import { newDatabaseId, timeOf } from './state';
import type { Dashboard } from './state';
import { behaves } from './versions';

const readMapping = object(source => ({
  scope_to_policy: map(string)(source.scope_to_policy),
}));

/** @throws MalformedError on a value of another type */
const readProvider = object(source => ({
  name: string(source.name),
  issuer: string(source.issuer),
  jwks_uri: string(source.jwks_uri),
  scope_claim_name: string(source.scope_claim_name),
  api_mappings: map(readMapping)(source.api_mappings),
}));

/** Acts on the provider of a path. */
function withProvider(
  dashboard: Dashboard,
  id: string,
  act: (provider: JsonObject) => Reply,
): Reply {
  const provider = dashboard.identityProviders.get(id);
  return provider ? act(provider) : failReply(404, 'Client IdP not found.');
}

const list: DashboardHandler = (dashboard, request) => {
  const all = [...dashboard.identityProviders.values()];
  const { items, pages } = pageOf(dashboard, request, all);
  return jsonReply(200, { client_idps: items, pages });
};

const get: DashboardHandler = (dashboard, _request, id) =>
  withProvider(dashboard, id, provider => jsonReply(200, provider));

function isUsed(dashboard: Dashboard, name: string, id: string): boolean {
  return [...dashboard.identityProviders.values()].some(
    other => other.name === name && other.client_idp_id !== id,
  );
}

/** Keeps a provider; `undefined` where it may not be. */
function keep(
  dashboard: Dashboard,
  provider: JsonObject,
  id: string,
): Reply | undefined {
  const name = asText(provider.name);
  if (name === '' || asText(provider.issuer) === '') {
    return failReply(400, 'Client IdP validation failed.');
  }
  if (isUsed(dashboard, name, id)) {
    return failReply(409, 'Client IdP with the same name already exists.');
  }
  const created = dashboard.identityProviders.get(id)?.created_at;
  dashboard.identityProviders.set(id, {
    ...provider,
    client_idp_id: id,
    org_id: dashboard.orgId,
    created_at: created ?? timeOf(dashboard),
    updated_at: timeOf(dashboard),
  });
  return undefined;
}

const create: DashboardHandler = (dashboard, request) =>
  withBody(request, readProvider, provider => {
    const id = newDatabaseId();
    return (
      keep(dashboard, provider, id) ?? okReply('Client IdP created', id, id)
    );
  });

const update: DashboardHandler = (dashboard, request, id) =>
  withProvider(dashboard, id, () =>
    withBody(
      request,
      readProvider,
      provider =>
        keep(dashboard, provider, id) ?? okReply('Client IdP updated'),
    ),
  );

const remove: DashboardHandler = (dashboard, _request, id) =>
  withProvider(dashboard, id, () => {
    dashboard.identityProviders.delete(id);
    return okReply('Client IdP deleted');
  });

/** JSON Merge Patch (RFC 7386). */
function merge(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const merged = { ...asObject(target) };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}

const patchMappings: DashboardHandler = (dashboard, request, id) =>
  withProvider(dashboard, id, provider =>
    withBody(
      request,
      body =>
        readProvider({
          ...provider,
          api_mappings: merge(provider.api_mappings, body),
        }),
      patched => {
        keep(dashboard, patched, id);
        return okReply('Client IdP mappings updated');
      },
    ),
  );

const NO_MAPPING = 'Client IdP mapping not found.';

const getMapping: DashboardHandler = (dashboard, _request, id, api) =>
  withProvider(dashboard, id, provider => {
    const mapping = asObject(provider.api_mappings)[api];
    return mapping === undefined
      ? failReply(404, NO_MAPPING)
      : jsonReply(200, mapping);
  });

function withMapping(
  provider: JsonObject,
  api: string,
  mapping: JsonObject | undefined,
): JsonObject {
  const mappings = { ...asObject(provider.api_mappings), [api]: mapping };
  return { ...provider, api_mappings: mappings };
}

const putMapping: DashboardHandler = (dashboard, request, id, api) =>
  withProvider(dashboard, id, provider =>
    withBody(request, readMapping, mapping => {
      keep(dashboard, withMapping(provider, api, mapping), id);
      return okReply('Client IdP mapping updated');
    }),
  );

const removeMapping: DashboardHandler = (dashboard, _request, id, api) =>
  withProvider(dashboard, id, provider => {
    keep(dashboard, withMapping(provider, api, undefined), id);
    return okReply('Client IdP mapping deleted');
  });

/** Older Dashboards have no registry. */
const at = (
  method: string,
  path: string,
  handle: DashboardHandler,
): DashboardRoute => ({
  method,
  path: `clientidps${path}`,
  area: 'clientidps',
  handle: (dashboard, ...rest) =>
    behaves(dashboard, 'hasRegistry')
      ? handle(dashboard, ...rest)
      : notFoundReply(),
});

export const identityProviderRoutes: DashboardRoute[] = [
  at('GET', '', list),
  at('POST', '', create),
  at('GET', '/*', get),
  at('PUT', '/*', update),
  at('DELETE', '/*', remove),
  at('PATCH', '/*/mappings', patchMappings),
  at('GET', '/*/mappings/*', getMapping),
  at('PUT', '/*/mappings/*', putMapping),
  at('DELETE', '/*/mappings/*', removeMapping),
];
