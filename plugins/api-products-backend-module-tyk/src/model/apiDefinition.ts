/** What is read of the classic definition of an API, and of the twin that Tyk derives for an OAS API. */
import { z } from 'zod';

const flag = z
  .boolean()
  .nullish()
  .transform(value => value ?? false);
const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');

const texts = z
  .array(z.string())
  .nullish()
  .transform(value => value ?? []);

const tokenSchema = z.object({
  auth_header_name: text,
  disable_header: flag,
  use_param: flag,
  param_name: text,
  use_cookie: flag,
  cookie_name: text,
  use_certificate: flag,
  validate_signature: flag,
});

export const apiDefinitionSchema = z.object({
  api_id: z.string().min(1),
  name: text,
  org_id: text,
  active: flag,
  internal: flag,
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
  /** The only host it is reached under, unless `domain_disabled`. */
  domain: text,
  domain_disabled: flag,
  /** `http`, `https`, `h2c`, `tcp`, `tls`; empty = the gateway's own. */
  protocol: text,
  /** 0 = the gateway's own. */
  listen_port: z
    .number()
    .nullish()
    .transform(value => value ?? 0),
  /** Which gateways load it, unless `tags_disabled`; none = all. */
  tags: texts,
  tags_disabled: flag,
  enable_ip_whitelisting: flag,
  /** Where callers name the version they mean. */
  definition: z
    .object({
      enabled: flag,
      location: text,
      key: text,
      default: text,
      versions: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  version_data: z
    .object({
      not_versioned: flag,
      default_version: text,
      versions: z
        .record(
          z.string(),
          z.object({ expires: text }).optional().catch(undefined),
        )
        .nullish(),
    })
    .nullish(),
  /** Of an API without versions, in Tyk's format for times; empty or -1 = never. */
  expiration: text,
  /** `mcp` for a proxy that agents use; absent before 5.13. */
  application_protocol: text,
  json_rpc_version: text,
  /** Seconds after which the gateway forgets a key of the API; 0 = never. */
  session_lifetime: z.coerce
    .number()
    .nullish()
    .transform(value => value ?? 0),
});

export type ApiDefinition = z.infer<typeof apiDefinitionSchema> & {
  /** Only what the list of APIs needs of it is known. */
  unreadable?: true;
};

const outlineSchema = z.object({
  api_id: z.string().min(1),
  name: text.catch(''),
  org_id: text.catch(''),
  active: flag.catch(false),
  application_protocol: text.catch(''),
  json_rpc_version: text.catch(''),
});

/** One of many: where it cannot be read, the others of its list still are. */
export const listedDefinitionSchema: z.ZodType<ApiDefinition> = z.union([
  apiDefinitionSchema,
  outlineSchema.transform(outline => ({
    ...apiDefinitionSchema.parse(outline),
    unreadable: true as const,
  })),
]);

export type TokenSettings = z.infer<typeof tokenSchema>;

/** Where the credential of a method is taken from, by Tyk's name of that method. */
export function settingsOf(
  definition: ApiDefinition,
  method: 'basic' | 'jwt',
): TokenSettings | undefined {
  return tokenSchema.safeParse(definition.auth_configs?.[method]).data;
}

/** Where tokens are taken from, in the new form of a definition or the old one. */
export function tokenSettingsOf(
  definition: ApiDefinition,
): TokenSettings | undefined {
  const configured = tokenSchema.safeParse(definition.auth_configs?.authToken);
  return configured.success ? configured.data : definition.auth ?? undefined;
}
