/** The APIs that the cases need, as an administrator defines them; all of them proxy to the suite's own upstream. */
import type { JsonObject } from '@backstage/types';
import type { ApiKind, TestApi } from './Target';

/** Secret with which the suite signs its JWTs. */
export const JWT_SECRET = 'contract-suite-signs-its-tokens-with-this';

/** How a classic API takes tokens that are signed with it. */
export const CLASSIC_JWT: JsonObject = {
  enable_jwt: true,
  jwt_signing_method: 'hmac',
  jwt_source: Buffer.from(JWT_SECRET).toString('base64'),
  jwt_identity_base_field: 'sub',
  jwt_policy_field_name: 'pol',
  jwt_default_policies: [],
};

type ClassicKind = Exclude<ApiKind, 'oas'>;

const SIGN_IN: Record<ClassicKind, JsonObject> = {
  first: { use_standard_auth: true },
  second: { use_standard_auth: true },
  third: { use_standard_auth: true },
  basic: { use_basic_auth: true },
  jwt: {
    ...CLASSIC_JWT,
    scopes: { jwt: { scope_claim_name: 'scope', scope_to_policy: {} } },
  },
  oauth: {
    use_oauth2: true,
    oauth_meta: {
      allowed_access_types: ['client_credentials'],
      allowed_authorize_types: ['token'],
    },
  },
  keyless: { use_keyless: true },
};

export const CLASSIC_KINDS = Object.keys(SIGN_IN).filter(
  (kind): kind is ClassicKind => kind in SIGN_IN,
);

/**
 * A Gateway keeps the document of an OAS API in a file `<id>-oas.json` beside its definition, and so never loads an API
 * whose own id ends like that.
 */
const nameOf = (kind: ApiKind) => (kind === 'oas' ? 'openapi' : kind);

export const apiOf = (prefix: string, kind: ApiKind): TestApi => ({
  id: `${prefix}-${nameOf(kind)}`,
  path: `/${prefix}-${nameOf(kind)}/`,
});

const header = { auth_header_name: 'Authorization' };

/** Where an API belongs and leads to. */
interface Surroundings {
  organisation: string;
  upstreamUrl: string;
}

/** A classic API that nobody has said of how its callers sign in. */
export function classicApi(
  { id, path }: TestApi,
  { organisation, upstreamUrl }: Surroundings,
  more: JsonObject,
): JsonObject {
  return {
    api_id: id,
    name: id,
    org_id: organisation,
    active: true,
    auth: header,
    auth_configs: {
      authToken: header,
      basic: header,
      jwt: header,
      oauth: header,
    },
    definition: { location: 'header', key: 'version' },
    version_data: {
      not_versioned: true,
      versions: { Default: { name: 'Default', use_extended_paths: true } },
    },
    proxy: {
      listen_path: path,
      target_url: upstreamUrl,
      strip_listen_path: true,
    },
    ...more,
  };
}

export const classicDefinition = (
  prefix: string,
  kind: ClassicKind,
  organisation: string,
  upstreamUrl: string,
): JsonObject =>
  classicApi(apiOf(prefix, kind), { organisation, upstreamUrl }, SIGN_IN[kind]);

/** What OpenAPI says of signing in, and what Tyk's extension does. */
export interface OasSignIn {
  security?: JsonObject[];
  securitySchemes?: JsonObject;
  authentication?: JsonObject;
}

export function oasApi(
  { id, path }: TestApi,
  { organisation, upstreamUrl }: Surroundings,
  { security, securitySchemes, authentication }: OasSignIn,
): JsonObject {
  return {
    openapi: '3.0.3',
    info: { title: id, version: '1.0.0' },
    paths: {
      '/parcels': {
        get: { responses: { '200': { description: 'All parcels' } } },
      },
    },
    ...(securitySchemes && { components: { securitySchemes } }),
    ...(security && { security }),
    'x-tyk-api-gateway': {
      info: {
        id,
        name: id,
        orgId: organisation,
        state: { active: true, internal: false },
      },
      server: {
        listenPath: { value: path, strip: true },
        ...(authentication && { authentication }),
      },
      upstream: { url: upstreamUrl },
    },
  };
}

export const oasDocument = (
  prefix: string,
  organisation: string,
  upstreamUrl: string,
): JsonObject =>
  oasApi(
    apiOf(prefix, 'oas'),
    { organisation, upstreamUrl },
    {
      security: [{ key: [] }],
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Contract-Key' },
      },
      authentication: {
        enabled: true,
        securitySchemes: { key: { enabled: true } },
      },
    },
  );
