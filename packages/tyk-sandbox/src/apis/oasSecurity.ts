/**
 * How an OAS document says who may call: the schemes of its first security requirement, each described once by
 * OpenAPI (what kind) and once by the extension (where the credential is, and what is Tyk's), and the classic fields
 * that the gateway derives from both (`apidef/oas/security.go`). Alternatives (`securityProcessingMode: compliant`)
 * are not there.
 */
import { asObject, asText } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { omitZero } from '../model/decode';

interface Scheme {
  name: string;
  component: JsonObject;
  settings: JsonObject;
}

/** The classic fields for a document whose extension says this of authentication. */
export function authentication(
  oas: JsonObject,
  server: JsonObject,
): JsonObject {
  const schemes = schemesOf(oas, server);
  if (server.enabled !== true || schemes.length === 0) {
    return { use_keyless: true };
  }
  const parts = schemes.map(schemeFields);
  return {
    ...Object.assign({}, ...parts),
    auth_configs: Object.assign({}, ...parts.map(part => part.auth_configs)),
  };
}

/** What the extension says of the scheme for JSON web tokens, where one counts. */
export function jwtSettings(
  oas: JsonObject,
  server: JsonObject,
): JsonObject | undefined {
  return schemesOf(oas, server).find(({ component }) => isJwt(component))
    ?.settings;
}

/**
 * Writes the schemes as the gateway gives them back: the place of a token that the scheme itself names is not
 * repeated, a single claim is the first of its list as well, and the scopes are sorted, each once.
 */
export function rewriteSchemes(oas: JsonObject, server: JsonObject): void {
  for (const { component, settings } of schemesOf(oas, server)) {
    if (component.type === 'apiKey') delete settings[asText(component.in)];
    if (isJwt(component)) Object.assign(settings, rewrittenJwt(settings));
  }
}

function rewrittenJwt(settings: JsonObject): JsonObject {
  const scopes = asObject(settings.scopes);
  const map = scopeMap(scopes.scopeToPolicyMapping);
  const pairs = Object.entries(map)
    .map(([scope, policyId]) => ({ scope, policyId }))
    .sort((a, b) => (a.scope < b.scope ? -1 : 1));
  const rewritten = omitZero({
    claimName: scopes.claimName,
    claims: firstOf(scopes.claimName, scopes.claims),
    scopeToPolicyMapping: pairs,
  });
  return {
    subjectClaims: firstOf(settings.identityBaseField, settings.subjectClaims),
    basePolicyClaims: firstOf(
      settings.policyFieldName,
      settings.basePolicyClaims,
    ),
    scopes: Object.keys(rewritten).length > 0 ? rewritten : undefined,
  };
}

/** The list with this name at its start; `undefined` where there is no name at all. */
function firstOf(
  name: JsonValue | undefined,
  list: JsonValue | undefined,
): string[] | undefined {
  const names = [name, ...(Array.isArray(list) ? list : [])].map(asText);
  const unique = [...new Set(names)].filter(Boolean);
  return unique.length > 0 ? unique : undefined;
}

function schemesOf(oas: JsonObject, server: JsonObject): Scheme[] {
  const components = asObject(asObject(oas.components).securitySchemes);
  const settings = asObject(server.securitySchemes);
  const [first] = Array.isArray(oas.security) ? oas.security : [];
  return Object.keys(asObject(first)).map(name => ({
    name,
    component: asObject(components[name]),
    settings: asObject(settings[name]),
  }));
}

function isJwt({ type, scheme, bearerFormat }: JsonObject): boolean {
  return type === 'http' && scheme === 'bearer' && bearerFormat === 'JWT';
}

function schemeFields(scheme: Scheme): JsonObject {
  const { name, component, settings } = scheme;
  if (component.type === 'apiKey') return tokenFields(scheme);
  if (component.type === 'oauth2') return oauthFields(scheme);
  const source = { name, ...sourceFields(settings) };
  if (isJwt(component)) {
    return {
      ...jwtFields(settings),
      enable_jwt: settings.enabled === true,
      auth_configs: { jwt: source },
    };
  }
  if (component.type === 'http' && component.scheme === 'basic') {
    return {
      use_basic_auth: settings.enabled === true,
      auth_configs: { basic: source },
    };
  }
  // What the gateway does not know leaves the API without a method, and then it asks for tokens.
  return {};
}

/** Where the credential is: nowhere, unless the extension says so. */
function sourceFields(settings: JsonObject): JsonObject {
  const [header, query, cookie] = ['header', 'query', 'cookie'].map(place =>
    asObject(settings[place]),
  );
  return {
    disable_header: header.enabled !== true,
    auth_header_name: asText(header.name),
    use_param: query.enabled === true,
    param_name: asText(query.name),
    use_cookie: cookie.enabled === true,
    cookie_name: asText(cookie.name),
  };
}

/** A token may be where OpenAPI says, and where the extension says besides. */
function tokenFields({ name, component, settings }: Scheme): JsonObject {
  const source = (place: 'header' | 'query' | 'cookie') => {
    const own = asObject(settings[place]);
    if (component.in === place) return asText(component.name);
    return own.enabled === true ? asText(own.name) : undefined;
  };
  const header = source('header');
  const query = source('query');
  const cookie = source('cookie');
  return {
    use_standard_auth: true,
    auth_configs: {
      authToken: {
        name,
        disable_header: header === undefined,
        auth_header_name: header,
        use_param: query !== undefined,
        param_name: query,
        use_cookie: cookie !== undefined,
        cookie_name: cookie,
      },
    },
  };
}

const GRANTS = {
  authorizationCode: 'authorization_code',
  clientCredentials: 'client_credentials',
  password: 'password',
  implicit: '__implicit',
};

function oauthFields({ name, component, settings }: Scheme): JsonObject {
  const { providers } = settings;
  const enabled = settings.enabled === true;
  if (Array.isArray(providers) && providers.length > 0) {
    return { external_oauth: { enabled, providers } };
  }
  const flows = asObject(component.flows);
  const grants = Object.entries(GRANTS)
    .filter(([flow]) => flow in flows)
    .map(([, grant]) => grant);
  const refresh = settings.refreshToken === true ? ['refresh_token'] : [];
  return {
    use_oauth2: enabled,
    oauth_meta: {
      allowed_access_types: [...refresh, ...grants],
      allowed_authorize_types: settings.allowedAuthorizeTypes,
      auth_login_redirect: asText(settings.authLoginRedirect),
    },
    auth_configs: { oauth: { name, ...sourceFields(settings) } },
  };
}

function jwtFields(settings: JsonObject): JsonObject {
  const scopes = asObject(settings.scopes);
  return {
    jwt_source: settings.source,
    jwt_signing_method: settings.signingMethod,
    jwt_identity_base_field: settings.identityBaseField,
    jwt_policy_field_name: settings.policyFieldName,
    jwt_client_base_field: settings.clientBaseField,
    jwt_default_policies: settings.defaultPolicies,
    jwt_skip_kid: settings.skipKid,
    jwt_issued_at_validation_skew: settings.issuedAtValidationSkew,
    jwt_not_before_validation_skew: settings.notBeforeValidationSkew,
    jwt_expires_at_validation_skew: settings.expiresAtValidationSkew,
    scopes: {
      jwt: {
        scope_claim_name: asText(scopes.claimName),
        scope_to_policy: scopeMap(scopes.scopeToPolicyMapping),
      },
    },
  };
}

/** The pairs of an OAS document as the map of a classic definition; of a scope that is there twice, the last counts. */
function scopeMap(pairs: JsonValue | undefined): JsonObject {
  const entries = Array.isArray(pairs) ? pairs.map(asObject) : [];
  return Object.fromEntries(
    entries.map(({ scope, policyId }) => [asText(scope), asText(policyId)]),
  );
}
