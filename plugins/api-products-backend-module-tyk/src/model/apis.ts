/** APIs in the portal's words. */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type { JsonObject } from '@backstage/types';
import { tokenSettingsOf } from './apiDefinition';
import type { ApiDefinition } from './apiDefinition';
import { classicSignIn } from './signIn/classic';
import { describeSignIn } from './signIn/methods';
import { oasSignIn } from './signIn/oas';

export { apiDefinitionSchema } from './apiDefinition';
export type { ApiDefinition } from './apiDefinition';

/** An API, and for an OAS API its document. @internal */
export interface DescribedApi {
  definition: ApiDefinition;
  document?: JsonObject;
}

const DEFAULT_HEADER = 'Authorization';

/** What Tyk calls the only version of an API that has none. */
const ONLY_VERSION = { classic: 'Default', oas: '' };

function signInOf({ definition, document }: DescribedApi) {
  return describeSignIn(
    (document && oasSignIn(document)) ?? classicSignIn(definition),
  );
}

/** Undefined where the API takes tokens from elsewhere only. */
function tokenHeaderOf(definition: ApiDefinition): string | undefined {
  const settings = tokenSettingsOf(definition);
  if (settings?.disable_header) return undefined;
  return (
    settings?.auth_header_name ||
    definition.auth?.auth_header_name ||
    DEFAULT_HEADER
  );
}

/** Where a token goes that goes into no header, in words. */
function otherPlaceOf(definition: ApiDefinition): string | undefined {
  const settings = tokenSettingsOf(definition);
  if (settings?.use_param) {
    return `in the query parameter ${settings.param_name || DEFAULT_HEADER}`;
  }
  return settings?.use_cookie
    ? `in the cookie ${settings.cookie_name || DEFAULT_HEADER}`
    : undefined;
}

/**
 * The header that carries the token; undefined where the API takes it from elsewhere only, or takes no token.
 * @internal
 */
export function headerNameOf(definition: ApiDefinition): string | undefined {
  return signInOf({ definition }).authentication === 'auth-token'
    ? tokenHeaderOf(definition)
    : undefined;
}

/**
 * What an API is that is not called as HTTP APIs are, with its article; undefined for all others.
 * @internal
 */
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

/** @internal */
export function toProviderApi(api: DescribedApi): ProviderApi {
  const { definition } = api;
  const { authentication, authenticationNote } = signInOf(api);
  const takesToken = authentication === 'auth-token';
  const headerName = takesToken ? tokenHeaderOf(definition) : undefined;
  const note = [
    takesToken && !headerName ? otherPlaceOf(definition) : undefined,
    authenticationNote,
  ]
    .filter(Boolean)
    .join('; ');
  return {
    id: definition.api_id,
    // Tyk keeps categories as `#words` at the end of the name.
    name: definition.name.replace(/(\s+#\S+)+$/, ''),
    listenPath: definition.proxy?.listen_path ?? '',
    active: definition.active,
    ...(definition.internal && { internal: true }),
    authentication,
    ...(note && { authenticationNote: note }),
    ...(headerName && { headerName }),
    versions: versionsOf(definition),
    // The documents of other kinds of proxies are not exported.
    hasDefinition: definition.is_oas && foreignKindOf(definition) === undefined,
  };
}
