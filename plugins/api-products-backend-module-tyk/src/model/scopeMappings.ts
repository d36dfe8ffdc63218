/**
 * Which scope of a JSON web token stands for which policy, as definitions of APIs say it: a map in a classic definition
 * (in a newer field or a deprecated one, of which the gateway reads only one), a list of pairs in an OAS document. All
 * that is around it stays as it is.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../http/answer';
import { EXTENSION, objectAt } from './oas';

export interface ScopePolicy {
  scope: string;
  policyId: string;
}

/** A definition of an API, and its mapping. */
export interface ScopeDocument {
  /** The first to be named comes first; of a scope that is there twice, the last counts. */
  pairs: ScopePolicy[];
  /** The definition with another mapping. */
  with(pairs: readonly ScopePolicy[]): JsonObject;
}

const texts = (map: JsonObject): ScopePolicy[] =>
  Object.entries(map).flatMap(([scope, policyId]) =>
    typeof policyId === 'string' ? [{ scope, policyId }] : [],
  );

const asObject = (value: JsonValue | undefined): JsonObject =>
  isJsonObject(value) ? value : {};

const asMap = (pairs: readonly ScopePolicy[]): JsonObject =>
  Object.fromEntries(pairs.map(({ scope, policyId }) => [scope, policyId]));

function isEmptyClaim(value: JsonValue | undefined): boolean {
  const { scope_claim_name: claim, scope_to_policy: map } = asObject(value);
  return !claim && Object.keys(asObject(map)).length === 0;
}

/** Undefined for an API that takes no JSON web tokens. */
export function classicScopes(
  definition: JsonObject,
): ScopeDocument | undefined {
  if (definition.enable_jwt !== true) return undefined;
  const scopes = asObject(definition.scopes);
  const jwt = asObject(scopes.jwt);
  const deprecated = asObject(definition.jwt_scope_to_policy_mapping);
  const { jwt_scope_claim_name: deprecatedClaim } = definition;
  // The gateway reads the deprecated fields only where the newer ones say nothing at all.
  const isDeprecated = isEmptyClaim(scopes.jwt) && isEmptyClaim(scopes.oidc);
  const pairs = texts(
    isDeprecated ? deprecated : asObject(jwt.scope_to_policy),
  );
  return {
    pairs,
    with: changed => {
      const map = asMap(changed);
      if (isDeprecated) {
        return {
          ...definition,
          scopes: {
            ...scopes,
            jwt: {
              ...jwt,
              scope_claim_name: deprecatedClaim || '',
              scope_to_policy: map,
            },
          },
          ...('jwt_scope_claim_name' in definition && {
            jwt_scope_claim_name: '',
          }),
          ...('jwt_scope_to_policy_mapping' in definition && {
            jwt_scope_to_policy_mapping: {},
          }),
        };
      }
      // Nothing at all here would bring a forgotten mapping in the deprecated field back into force.
      const claim =
        changed.length === 0 && Object.keys(deprecated).length > 0
          ? jwt.scope_claim_name || 'scope'
          : jwt.scope_claim_name;
      return {
        ...definition,
        scopes: {
          ...scopes,
          jwt: {
            ...jwt,
            ...(claim !== undefined && { scope_claim_name: claim }),
            scope_to_policy: map,
          },
        },
      };
    },
  };
}

const SCHEMES = [EXTENSION, 'server', 'authentication', 'securitySchemes'];

/** The scheme for JSON web tokens that counts, as `GetJWTConfiguration` of the gateway finds it. */
function jwtSchemeOf(document: JsonObject): string | undefined {
  const authentication = objectAt(
    document,
    EXTENSION,
    'server',
    'authentication',
  );
  if (authentication?.enabled !== true) return undefined;
  const lists = (value: JsonValue | undefined) =>
    Array.isArray(value) ? value : [];
  const required = lists(document.security).map(entry =>
    Object.keys(asObject(entry)),
  );
  const alternatives =
    authentication.securityProcessingMode === 'compliant'
      ? [...required, ...lists(authentication.security).map(lists)]
      : required.slice(0, 1);
  return alternatives
    .flat()
    .flatMap(name => (typeof name === 'string' ? [name] : []))
    .find(name => {
      const scheme = objectAt(document, 'components', 'securitySchemes', name);
      return (
        scheme?.type === 'http' &&
        scheme.scheme === 'bearer' &&
        scheme.bearerFormat === 'JWT' &&
        objectAt(document, ...SCHEMES, name)?.enabled === true
      );
    });
}

/** A copy in which the object at a path is another. */
function replacedAt(
  object: JsonObject,
  [name, ...below]: readonly string[],
  value: JsonObject,
): JsonObject {
  if (name === undefined) return value;
  return {
    ...object,
    [name]: replacedAt(asObject(object[name]), below, value),
  };
}

/** Undefined for an API that takes no JSON web tokens. */
export function oasScopes(document: JsonObject): ScopeDocument | undefined {
  const name = jwtSchemeOf(document);
  if (name === undefined) return undefined;
  const scopes = objectAt(document, ...SCHEMES, name, 'scopes') ?? {};
  const { scopeToPolicyMapping: mapping } = scopes;
  const pairs = (Array.isArray(mapping) ? mapping : []).flatMap(entry => {
    const { scope, policyId } = asObject(entry);
    return typeof scope === 'string' && typeof policyId === 'string'
      ? [{ scope, policyId }]
      : [];
  });
  return {
    pairs,
    with: changed =>
      replacedAt(document, [...SCHEMES, name, 'scopes'], {
        ...scopes,
        scopeToPolicyMapping: changed.map(pair => ({ ...pair })),
      }),
  };
}

/** What a scope stands for; undefined where it stands for nothing. */
export function policyOf(
  pairs: readonly ScopePolicy[],
  scope: string,
): string | undefined {
  return [...pairs].reverse().find(pair => pair.scope === scope)?.policyId;
}

/** With this scope standing for this policy and for no other. */
export function withScope(
  pairs: readonly ScopePolicy[],
  added: ScopePolicy,
): ScopePolicy[] {
  const isThere = pairs.some(({ scope }) => scope === added.scope);
  return isThere
    ? pairs.map(pair => (pair.scope === added.scope ? { ...added } : pair))
    : [...pairs, { ...added }];
}

/** Without this scope, where it stands for this policy. */
export function withoutScope(
  pairs: readonly ScopePolicy[],
  removed: ScopePolicy,
): ScopePolicy[] {
  return policyOf(pairs, removed.scope) === removed.policyId
    ? pairs.filter(({ scope }) => scope !== removed.scope)
    : [...pairs];
}
