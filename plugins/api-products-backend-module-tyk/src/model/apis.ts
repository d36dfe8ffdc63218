/** APIs in the portal's words. */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type { JsonObject } from '@backstage/types';
import type { ApiDefinition } from './apiDefinition';
import { callOf, keyPlacesOf, uncallableBecause } from './calls';
import { classicSignIn } from './signIn/classic';
import { describeSignIn } from './signIn/methods';
import { oasSignIn } from './signIn/oas';

export { apiDefinitionSchema, listedDefinitionSchema } from './apiDefinition';
export type { ApiDefinition } from './apiDefinition';

/** An API, and for an OAS API its document. */
export interface DescribedApi {
  definition: ApiDefinition;
  document?: JsonObject;
}

/** What Tyk calls the only version of an API that has none. */
const ONLY_VERSION = { classic: 'Default', oas: '' };

function signInOf({ definition, document }: DescribedApi) {
  return describeSignIn(
    (document && oasSignIn(document)) ?? classicSignIn(definition),
  );
}

/** The header that carries the token; undefined where the API takes it from elsewhere only, or takes no token. */
export function headerNameOf(definition: ApiDefinition): string | undefined {
  const { authentication } = signInOf({ definition });
  return authentication === 'auth-token'
    ? keyPlacesOf(definition, authentication).find(
        place => place.in === 'header',
      )?.name
    : undefined;
}

/** What an API is that is not called as HTTP APIs are, with its article; undefined for all others. */
export function foreignKindOf(definition: ApiDefinition): string | undefined {
  if (definition.application_protocol === 'mcp') return 'an MCP';
  return definition.json_rpc_version ? 'a JSON-RPC' : undefined;
}

/** As access rights name them. Versions of an OAS API are APIs of their own. */
function versionsOf({ is_oas: isOas, version_data: data }: ApiDefinition) {
  if (isOas) return [ONLY_VERSION.oas];
  const names = data?.not_versioned ? [] : Object.keys(data?.versions ?? {});
  return names.length > 0 ? names.sort() : [ONLY_VERSION.classic];
}

/** Tyk keeps categories as `#words` at the end of the name, and takes APIs without a name. */
function nameOf({ name, api_id: id }: ApiDefinition): string {
  return name.replace(/(\s+#\S+)+$/, '').trim() || id;
}

/**
 * @param gatewayUrl - where consumers reach the gateway
 * @param now - milliseconds since the epoch
 */
export function toProviderApi(
  api: DescribedApi,
  gatewayUrl: string,
  now: number,
): ProviderApi {
  const { definition } = api;
  const uncallable = uncallableBecause(definition);
  const signIn = signInOf(api);
  const { authentication, authenticationNote } = uncallable
    ? { authentication: 'other' as const, authenticationNote: uncallable }
    : signIn;
  return {
    id: definition.api_id,
    name: nameOf(definition),
    listenPath: definition.proxy?.listen_path ?? '',
    active: definition.active,
    ...(definition.internal && { internal: true }),
    authentication,
    ...(authenticationNote && { authenticationNote }),
    ...(uncallable
      ? {}
      : { call: callOf(definition, authentication, gatewayUrl, now) }),
    versions: versionsOf(definition),
    // The documents of other kinds of proxies are not exported.
    hasDefinition: definition.is_oas && foreignKindOf(definition) === undefined,
  };
}
