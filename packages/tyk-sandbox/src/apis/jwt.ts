import { asObject, asText } from '../json';
import type { JsonObject, JsonValue } from '../json';

/** How an API takes JSON web tokens. */
export interface JwtSettings {
  /** `hmac`, `rsa` or `ecdsa`. */
  method: string;
  /** Secret or public key; empty where keys are fetched from a URL, which the sandbox does not. */
  secret: Buffer;
  identityClaim: string;
  policyClaim: string;
  defaultPolicies: string[];
  scopeClaim: string;
  /** Scope to policy. */
  scopes: JsonObject;
  /** Seconds of tolerance. */
  skew: { expires: number; issued: number; notBefore: number };
}

export function readJwt(definition: JsonObject): JwtSettings {
  const number = (value: JsonValue | undefined) =>
    typeof value === 'number' ? value : 0;
  const source = Buffer.from(asText(definition.jwt_source), 'base64');
  const isUrl = /^https?:/.test(source.toString('utf8'));
  const { scope_claim_name: claim, scope_to_policy: scopes } = asObject(
    asObject(definition.scopes).jwt,
  );
  const defaults = definition.jwt_default_policies;
  return {
    method: asText(definition.jwt_signing_method),
    secret: isUrl ? Buffer.alloc(0) : source,
    identityClaim: asText(definition.jwt_identity_base_field),
    policyClaim: asText(definition.jwt_policy_field_name),
    defaultPolicies: Array.isArray(defaults) ? defaults.map(asText) : [],
    scopeClaim:
      asText(claim) || asText(definition.jwt_scope_claim_name) || 'scope',
    scopes: asObject(scopes ?? definition.jwt_scope_to_policy_mapping),
    skew: {
      expires: number(definition.jwt_expires_at_validation_skew),
      issued: number(definition.jwt_issued_at_validation_skew),
      notBefore: number(definition.jwt_not_before_validation_skew),
    },
  };
}
