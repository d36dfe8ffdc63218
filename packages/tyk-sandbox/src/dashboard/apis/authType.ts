/** The labels the Dashboard gives to ways of authentication. */
import type { JsonObject } from '../../json';
import type { Gateway } from '../../state/gateway';

const LABELS = [
  ['use_standard_auth', 'authToken'],
  ['use_basic_auth', 'ba'],
  ['enable_jwt', 'jwt'],
  ['use_oauth2', 'oauth'],
  ['use_openid', 'oidc'],
  ['enable_signature_checking', 'hmac'],
  ['use_mutual_tls_auth', 'mtls'],
  ['enable_coprocess_auth', 'custom'],
  ['use_go_plugin_auth', 'custom'],
  ['custom_plugin_auth_enabled', 'custom'],
] as const;

/** Ways of one API; with none at all the gateway falls back to tokens. */
export function authTypesOf(definition: JsonObject): string[] {
  if (definition.use_keyless === true) return ['keyless'];
  const labels = LABELS.flatMap(([field, label]) =>
    definition[field] === true ? [label] : [],
  );
  return labels.length > 0 ? [...new Set<string>(labels)] : ['authToken'];
}

/** Ways of several APIs together, each once; what is no API has none. */
export function authTypes(gateway: Gateway, apis: string[]): string[] {
  const types = apis.flatMap(id => {
    const file = gateway.files.apis.get(id);
    return file ? authTypesOf(file.definition) : [];
  });
  return [...new Set(types)];
}
