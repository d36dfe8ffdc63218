/**
 * APIs in the portal's words, from their classic definition. OAS APIs have a classic twin that Tyk derives; its
 * authentication flags and header name are right for everything that `ProviderApi` can say.
 */
import { z } from 'zod';
import type { ProviderApi } from 'backstage-plugin-api-products-common';

const flag = z
  .boolean()
  .nullish()
  .transform(value => value ?? false);
const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');

const tokenSchema = z.object({
  auth_header_name: text,
  disable_header: flag,
  use_certificate: flag,
});

/** @internal */
export const apiDefinitionSchema = z.object({
  api_id: z.string().min(1),
  name: text,
  org_id: text,
  active: flag,
  is_oas: flag,
  use_keyless: flag,
  use_standard_auth: flag,
  use_basic_auth: flag,
  use_oauth2: flag,
  use_openid: flag,
  use_mutual_tls_auth: flag,
  use_go_plugin_auth: flag,
  enable_jwt: flag,
  enable_signature_checking: flag,
  enable_coprocess_auth: flag,
  custom_plugin_auth_enabled: flag,
  external_oauth: z.object({ enabled: flag }).nullish(),
  base_identity_provided_by: text,
  auth: tokenSchema.nullish(),
  auth_configs: z.record(z.string(), z.unknown()).nullish(),
  proxy: z.object({ listen_path: text }).nullish(),
  /** `mcp` for a proxy that agents use; absent before 5.13. */
  application_protocol: text,
  json_rpc_version: text,
});

/** @internal */
export type ApiDefinition = z.infer<typeof apiDefinitionSchema>;

type Authentication = ProviderApi['authentication'];

const DEFAULT_HEADER = 'Authorization';

/** Which of several methods decides about the key's limits, in Tyk's words. */
const BASE_IDENTITY: Record<string, Authentication> = {
  auth_token: 'auth-token',
  jwt_claim: 'jwt',
  basic_auth_user: 'basic',
};

function tokenSettings(definition: ApiDefinition) {
  const configured = tokenSchema.safeParse(definition.auth_configs?.authToken);
  return configured.success ? configured.data : definition.auth ?? undefined;
}

/** @internal */
export function authenticationOf(definition: ApiDefinition): Authentication {
  if (definition.use_keyless) return 'keyless';
  const methods: Authentication[] = [];
  const add = (used: boolean, method: Authentication) => {
    if (used) methods.push(method);
  };
  add(
    definition.use_standard_auth,
    tokenSettings(definition)?.use_certificate ? 'other' : 'auth-token',
  );
  add(definition.enable_jwt, 'jwt');
  add(definition.use_basic_auth, 'basic');
  add(definition.use_mutual_tls_auth, 'mtls');
  add(definition.use_oauth2, 'other');
  add(definition.use_openid, 'other');
  add(definition.enable_signature_checking, 'other');
  add(definition.external_oauth?.enabled ?? false, 'other');
  add(
    definition.use_go_plugin_auth ||
      definition.enable_coprocess_auth ||
      definition.custom_plugin_auth_enabled,
    'other',
  );
  const [only, ...more] = methods;
  // Nothing chosen and not keyless: the gateway falls back to tokens.
  if (only === undefined) return 'auth-token';
  if (more.length === 0) return only;
  return BASE_IDENTITY[definition.base_identity_provided_by] ?? 'other';
}

/**
 * The header that carries the token; undefined where the API takes it from elsewhere only, or takes no token.
 * @internal
 */
export function headerNameOf(definition: ApiDefinition): string | undefined {
  if (authenticationOf(definition) !== 'auth-token') return undefined;
  const settings = tokenSettings(definition);
  if (settings?.disable_header) return undefined;
  return (
    settings?.auth_header_name ||
    definition.auth?.auth_header_name ||
    DEFAULT_HEADER
  );
}

/**
 * What an API is that is not called as HTTP APIs are, with its article; undefined for all others.
 * @internal
 */
export function foreignKindOf(definition: ApiDefinition): string | undefined {
  if (definition.application_protocol === 'mcp') return 'an MCP';
  return definition.json_rpc_version ? 'a JSON-RPC' : undefined;
}

/** @internal */
export function toProviderApi(definition: ApiDefinition): ProviderApi {
  const headerName = headerNameOf(definition);
  return {
    id: definition.api_id,
    // Tyk keeps categories as `#words` at the end of the name.
    name: definition.name.replace(/(\s+#\S+)+$/, ''),
    listenPath: definition.proxy?.listen_path ?? '',
    active: definition.active,
    authentication: authenticationOf(definition),
    ...(headerName && { headerName }),
  };
}
