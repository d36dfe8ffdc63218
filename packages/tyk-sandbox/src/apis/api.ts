import { asObject, asText } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { readJwt } from './jwt';
import type { JwtSettings } from './jwt';
import { jwtSchemeOf } from './oas';

/** An API as it lies on disk: its complete classic definition and, for an OAS API, its document. */
export interface ApiFile {
  definition: JsonObject;
  oas?: JsonObject;
  /** It came from a Dashboard, not from a file. */
  published?: boolean;
}

/** Where a token may be in a request. */
export interface TokenSource {
  header: string | undefined;
  query: string | undefined;
  cookie: string | undefined;
}

/** How a consumer authenticates. */
export type Authentication =
  | { kind: 'keyless' }
  | { kind: 'token'; source: TokenSource }
  | { kind: 'basic'; source: TokenSource; realm: string }
  | { kind: 'jwt'; source: TokenSource; settings: JwtSettings }
  | { kind: 'oauth'; source: TokenSource; accessTypes: string[] }
  | { kind: 'unsupported'; method: string };

/** What the data plane needs to know of a loaded API. */
export interface Api extends ApiFile {
  id: string;
  orgId: string;
  /** Neither inactive nor internal. */
  listens: boolean;
  /** The only host it is reached under; '' = under any. */
  domain: string;
  listenPath: string;
  stripListenPath: boolean;
  authentication: Authentication;
  /** `undefined`: not versioned. */
  versions: { location: string; key: string; fallback: string } | undefined;
  rateLimited: boolean;
  quotaLimited: boolean;
  keepsQuotaOnCreate: boolean;
  /** Seconds. */
  sessionLifetime: number;
}

/** Reads a complete definition, see `completeDefinition`. */
export function readApi({ definition, oas }: ApiFile): Api {
  const proxy = asObject(definition.proxy);
  const versionData = asObject(definition.version_data);
  const location = asObject(definition.definition);
  return {
    definition,
    oas,
    id: asText(definition.api_id),
    orgId: asText(definition.org_id),
    listens: definition.active === true && definition.internal !== true,
    domain:
      definition.domain_disabled === true
        ? ''
        : asText(definition.domain).toLowerCase(),
    listenPath: asText(proxy.listen_path),
    stripListenPath: proxy.strip_listen_path === true,
    authentication: readAuthentication(definition, oas),
    versions:
      versionData.not_versioned === true
        ? undefined
        : {
            location: asText(location.location),
            key: asText(location.key),
            fallback: asText(versionData.default_version),
          },
    rateLimited: definition.disable_rate_limit !== true,
    quotaLimited: definition.disable_quota !== true,
    keepsQuotaOnCreate: definition.dont_set_quota_on_create === true,
    sessionLifetime:
      typeof definition.session_lifetime === 'number'
        ? definition.session_lifetime
        : 0,
  };
}

const OTHER_METHODS = [
  ['use_openid', 'OpenID Connect'],
  ['enable_signature_checking', 'HMAC'],
  ['use_mutual_tls_auth', 'mutual TLS'],
  ['enable_coprocess_auth', 'a plugin'],
  ['use_go_plugin_auth', 'a plugin'],
  ['custom_plugin_auth_enabled', 'a plugin'],
] as const;

function readAuthentication(
  definition: JsonObject,
  oas: JsonObject | undefined,
): Authentication {
  if (definition.use_keyless === true) return { kind: 'keyless' };
  const configs = asObject(definition.auth_configs);
  // With no method at all the gateway falls back to tokens.
  if (definition.use_standard_auth !== true) {
    if (definition.use_basic_auth === true) {
      const source = readSource(asObject(configs.basic));
      return { kind: 'basic', source, realm: asText(definition.name) };
    }
    if (definition.enable_jwt === true) {
      const source = readSource(asObject(configs.jwt ?? definition.auth));
      const settings = readJwt(definition, oas && jwtSchemeOf(oas));
      return { kind: 'jwt', source, settings };
    }
    if (definition.use_oauth2 === true) {
      const source = readSource(asObject(configs.oauth ?? definition.auth));
      const { allowed_access_types: types } = asObject(definition.oauth_meta);
      const accessTypes = Array.isArray(types) ? types.map(asText) : [];
      return { kind: 'oauth', source, accessTypes };
    }
    if (asObject(definition.external_oauth).enabled === true) {
      return { kind: 'unsupported', method: 'an OAuth server elsewhere' };
    }
    const other = OTHER_METHODS.find(([field]) => definition[field] === true);
    if (other) return { kind: 'unsupported', method: other[1] };
  }
  const config = configs.authToken ?? definition.auth;
  return { kind: 'token', source: readSource(asObject(config)) };
}

function readSource(config: JsonObject): TokenSource {
  const header = nameOf(config.auth_header_name, 'Authorization');
  const fallback = config.disable_header === true ? 'Authorization' : header;
  return {
    header: config.disable_header === true ? undefined : header,
    query:
      config.use_param === true
        ? nameOf(config.param_name, fallback)
        : undefined,
    cookie:
      config.use_cookie === true
        ? nameOf(config.cookie_name, fallback)
        : undefined,
  };
}

function nameOf(value: JsonValue | undefined, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}
