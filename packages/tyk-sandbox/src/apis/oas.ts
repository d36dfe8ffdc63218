/**
 * OAS APIs: a document with the vendor extension `x-tyk-api-gateway`, from which the gateway derives a classic
 * definition. Only what decides about access is translated; middleware in the extension is kept, not enforced.
 */
import { asObject, asText, isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { completeDefinition } from './classic';
import type { ApiFile } from './api';
import { authentication, jwtSettings, rewriteSchemes } from './oasSecurity';

/** Name of the part of a document that is Tyk's. */
export const EXTENSION = 'x-tyk-api-gateway';

export function hasExtension(document: JsonObject): boolean {
  return isJsonObject(document[EXTENSION]);
}

/** The document without what is Tyk's. */
export function publicDocument(document: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(document).filter(([field]) => field !== EXTENSION),
  );
}

export function documentId(document: JsonObject): string {
  return asText(asObject(asObject(document[EXTENSION]).info).id);
}

/** What the document says of JSON web tokens, where its API takes them. */
export function jwtSchemeOf(document: JsonObject): JsonObject | undefined {
  const server = asObject(asObject(document[EXTENSION]).server);
  return jwtSettings(document, asObject(server.authentication));
}

/**
 * What the gateway puts on disk for an OAS document: the document with the gateway among its servers and
 * without what the security schemes say twice, and the classic definition derived from it.
 *
 * @param id - for a document that names none
 */
export function fromDocument(
  document: JsonObject,
  gatewayUrl: string,
  id: string,
): ApiFile {
  const oas = structuredClone(document);
  const extension = asObject(oas[EXTENSION]);
  const server = asObject(extension.server);
  const info = asObject(extension.info);
  extension.info = { ...info, id };
  const listenPath = asText(asObject(server.listenPath).value);
  const definition = completeDefinition({
    ...alwaysSet(),
    name: asText(info.name),
    api_id: id,
    org_id: asText(info.orgId),
    active: asObject(info.state).active === true,
    internal: asObject(info.state).internal === true ? true : undefined,
    is_oas: true,
    definition: versioning(asObject(info.versioning)),
    security_requirement_scopes: oas.security,
    proxy: {
      listen_path: listenPath,
      target_url: asText(asObject(extension.upstream).url),
      strip_listen_path: asObject(server.listenPath).strip === true,
      service_discovery: { cache_disabled: true },
    },
    ...customDomain(asObject(server.customDomain)),
    ...authentication(oas, asObject(server.authentication)),
  });
  rewriteSchemes(oas, asObject(server.authentication));
  oas.servers = servers(oas.servers, gatewayUrl, listenPath);
  return { definition, oas };
}

/** What an OAS document switches off where it does not say otherwise. */
function alwaysSet(): JsonObject {
  return {
    certificate_pinning_disabled: true,
    config_data_disabled: true,
    custom_middleware: {
      auth_check: { disabled: true },
      id_extractor: { disabled: true },
    },
    custom_middleware_bundle_disabled: true,
    do_not_track: true,
    domain_disabled: true,
    error_overrides_disabled: true,
    event_handlers: { events: {} },
    global_rate_limit: { disabled: true },
    ip_access_control_disabled: true,
    tags_disabled: true,
    upstream_certificates_disabled: true,
    uptime_tests: {
      disabled: true,
      config: { service_discovery: { cache_disabled: true } },
    },
    version_data: {
      not_versioned: true,
      versions: {
        '': {
          use_extended_paths: true,
          global_headers: {},
          global_headers_disabled: true,
          global_response_headers: {},
          global_response_headers_disabled: true,
          global_size_limit_disabled: true,
          global_enforce_timeout_disabled: true,
        },
      },
    },
  };
}

function customDomain({ name, enabled }: JsonObject): JsonObject {
  return { domain: asText(name), domain_disabled: enabled !== true };
}

function servers(
  existing: JsonValue | undefined,
  gatewayUrl: string,
  listenPath: string,
): JsonValue {
  const path = listenPath.replace(/\/$/, '');
  const own = [`${gatewayUrl}${path}`, path];
  const others = Array.isArray(existing)
    ? existing.filter(entry => !own.includes(asText(asObject(entry).url)))
    : [];
  return [...own.map(url => ({ url })), ...others];
}

/** The versions of an API: each is an API of its own. */
function versioning(info: JsonObject): JsonObject {
  const versions = Array.isArray(info.versions) ? info.versions : [];
  const ids = versions.map(asObject).map(({ name, id }) => [asText(name), id]);
  return {
    enabled: info.enabled === true,
    name: asText(info.name),
    default: asText(info.default),
    location: asText(info.location),
    key: asText(info.key),
    versions: ids.length > 0 ? Object.fromEntries(ids) : null,
  };
}
