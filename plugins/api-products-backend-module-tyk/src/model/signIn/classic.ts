import type { ApiDefinition } from '../apiDefinition';
import { tokenSettingsOf } from '../apiDefinition';
import { baseIdentityOf, keyless, protectedBy } from './methods';
import type { SignIn, SignInMethod } from './methods';

/**
 * Read from a classic definition. That of an OAS API is derived by Tyk; it says the same except where there are
 * alternatives.
 */
export function classicSignIn(definition: ApiDefinition): SignIn {
  const needsCertificate = definition.use_mutual_tls_auth;
  if (definition.use_keyless) return keyless(needsCertificate);
  const used: [boolean, SignInMethod][] = [
    [definition.use_standard_auth, tokenMethodOf(definition)],
    [definition.enable_jwt, 'jwt'],
    [definition.use_basic_auth, 'basic'],
    [definition.use_oauth2, 'oauth'],
    [definition.external_oauth?.enabled ?? false, 'external-oauth'],
    [definition.use_openid, 'oidc'],
    [definition.enable_signature_checking, 'hmac'],
    [
      definition.use_go_plugin_auth ||
        definition.enable_coprocess_auth ||
        definition.custom_plugin_auth_enabled,
      'custom',
    ],
  ];
  return protectedBy(
    used.flatMap(([isUsed, method]) => (isUsed ? [method] : [])),
    needsCertificate,
    baseIdentityOf(definition.base_identity_provided_by),
  );
}

function tokenMethodOf(definition: ApiDefinition): SignInMethod {
  const settings = tokenSettingsOf(definition);
  if (settings?.use_certificate) return 'certificate-token';
  return settings?.validate_signature ? 'signed-token' : 'token';
}
