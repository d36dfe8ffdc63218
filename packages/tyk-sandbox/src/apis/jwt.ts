import { asObject, asText } from '../json';
import type { JsonObject, JsonValue } from '../json';

/** How an API takes JSON web tokens. */
export interface JwtSettings {
  /** `hmac`, `rsa` or `ecdsa`. */
  method: string;
  /** Secret or public key; empty where keys are fetched from a URL, which the sandbox does not. */
  secret: Buffer;
  /** Claims that name the user, the first there is counts. */
  identityClaims: string[];
  /** Claims that name a policy, the first there is counts. */
  policyClaims: string[];
  /** Claim that names a key whose first policy counts, where there are no claims for policies; '' for none. */
  clientClaim: string;
  defaultPolicies: string[];
  /** Claims that hold the scopes, the first there is counts. */
  scopeClaims: string[];
  /** Scope to policy. */
  scopes: JsonObject;
  /** Seconds of tolerance. */
  skew: { expires: number; issued: number; notBefore: number };
}

/**
 * @param definition - the classic definition, derived where the API is an OAS one
 * @param scheme - of an OAS API: what the extension says of the scheme, which can name several claims each time
 */
export function readJwt(
  definition: JsonObject,
  scheme: JsonObject = {},
): JwtSettings {
  const number = (value: JsonValue | undefined) =>
    typeof value === 'number' ? value : 0;
  const source = Buffer.from(asText(definition.jwt_source), 'base64');
  const isUrl = /^https?:/.test(source.toString('utf8'));
  const { claim, scopes } = scopeMapping(definition);
  return {
    method: asText(definition.jwt_signing_method),
    secret: isUrl ? Buffer.alloc(0) : source,
    identityClaims: oneOf(
      scheme.subjectClaims,
      definition.jwt_identity_base_field,
    ),
    policyClaims: oneOf(
      scheme.basePolicyClaims,
      definition.jwt_policy_field_name,
    ),
    clientClaim: asText(definition.jwt_client_base_field),
    defaultPolicies: texts(definition.jwt_default_policies),
    scopeClaims: oneOf(asObject(scheme.scopes).claims, claim || 'scope'),
    scopes,
    skew: {
      expires: number(definition.jwt_expires_at_validation_skew),
      issued: number(definition.jwt_issued_at_validation_skew),
      notBefore: number(definition.jwt_not_before_validation_skew),
    },
  };
}

/** The deprecated fields count where `scopes` says nothing at all. */
function scopeMapping(definition: JsonObject): {
  claim: string;
  scopes: JsonObject;
} {
  const jwt = asObject(asObject(definition.scopes).jwt);
  const claim = asText(jwt.scope_claim_name);
  const scopes = asObject(jwt.scope_to_policy);
  return claim === '' && Object.keys(scopes).length === 0
    ? {
        claim: asText(definition.jwt_scope_claim_name),
        scopes: asObject(definition.jwt_scope_to_policy_mapping),
      }
    : { claim, scopes };
}

/** The names of the list; where it is empty, the one name there is. */
function oneOf(list: JsonValue | undefined, name: JsonValue | undefined) {
  const names = texts(list);
  return names.length > 0 ? names : [asText(name)].filter(Boolean);
}

function texts(list: JsonValue | undefined): string[] {
  return Array.isArray(list) ? list.map(asText).filter(Boolean) : [];
}
