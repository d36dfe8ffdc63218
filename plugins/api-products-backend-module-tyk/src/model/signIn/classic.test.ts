import type { JsonObject } from '@backstage/types';
import { apiDefinitionSchema } from '../apiDefinition';
import { classicSignIn } from './classic';
import { describeSignIn } from './methods';

const read = (definition: JsonObject) =>
  describeSignIn(
    classicSignIn(apiDefinitionSchema.parse({ api_id: 'a', ...definition })),
  );

const LIMITS_OF_TOKEN =
  'callers need a token and a JSON web token; the limits are those of a token';

describe('case 24: how a classic API wants its caller to prove who it is', () => {
  it.each<[string, JsonObject, string, string | undefined]>([
    [
      'keyless',
      { use_keyless: true, use_standard_auth: true },
      'keyless',
      undefined,
    ],
    ['token', { use_standard_auth: true }, 'auth-token', undefined],
    [
      'token bound to a certificate',
      {
        use_standard_auth: true,
        auth_configs: { authToken: { use_certificate: true } },
      },
      'other',
      'a token that is bound to a client certificate',
    ],
    [
      'token with a signature',
      {
        use_standard_auth: true,
        auth_configs: { authToken: { validate_signature: true } },
      },
      'other',
      'a token with a signature of it',
    ],
    ['nothing chosen', {}, 'auth-token', undefined],
    ['JWT', { enable_jwt: true }, 'jwt', undefined],
    ['basic', { use_basic_auth: true }, 'basic', undefined],
    [
      'HMAC',
      { enable_signature_checking: true },
      'other',
      'a signature of the request (HMAC)',
    ],
    [
      'Tyk OAuth',
      { use_oauth2: true },
      'other',
      "an access token of Tyk's own OAuth server",
    ],
    ['OpenID', { use_openid: true }, 'other', 'an OpenID Connect token'],
    [
      'external OAuth',
      { external_oauth: { enabled: true } },
      'other',
      'an access token of another OAuth server',
    ],
    [
      'plugin',
      { custom_plugin_auth_enabled: true },
      'other',
      'what a plugin of the API asks for',
    ],
    [
      'Go plugin',
      { use_go_plugin_auth: true },
      'other',
      'what a plugin of the API asks for',
    ],
    [
      'plugin, old form',
      { enable_coprocess_auth: true },
      'other',
      'what a plugin of the API asks for',
    ],
    [
      'static mTLS, keyless',
      { use_keyless: true, use_mutual_tls_auth: true },
      'mtls',
      undefined,
    ],
    [
      'static mTLS and nothing chosen',
      { use_mutual_tls_auth: true },
      'mtls',
      'the gateway asks for a token as well, unless the API is keyless',
    ],
    [
      'static mTLS and token',
      { use_mutual_tls_auth: true, use_standard_auth: true },
      'auth-token',
      'callers need a token and a client certificate that the API allows',
    ],
    [
      'several, token decides',
      {
        use_standard_auth: true,
        enable_jwt: true,
        base_identity_provided_by: 'auth_token',
      },
      'auth-token',
      LIMITS_OF_TOKEN,
    ],
    [
      'several, JWT decides',
      {
        use_standard_auth: true,
        enable_jwt: true,
        base_identity_provided_by: 'jwt_claim',
      },
      'jwt',
      LIMITS_OF_TOKEN.replace('of a token', 'of a JSON web token'),
    ],
    [
      'several, basic decides',
      {
        use_basic_auth: true,
        enable_signature_checking: true,
        base_identity_provided_by: 'basic_auth_user',
      },
      'basic',
      'callers need a user with a password and a signature of the request (HMAC); the limits are those of a user with a password',
    ],
    [
      'several, what decides cannot be handed out',
      {
        use_standard_auth: true,
        enable_signature_checking: true,
        base_identity_provided_by: 'hmac_key',
      },
      'other',
      'callers need a token and a signature of the request (HMAC)',
    ],
    [
      'several, what decides is not in use',
      {
        use_basic_auth: true,
        enable_jwt: true,
        base_identity_provided_by: 'auth_token',
      },
      'other',
      'callers need a JSON web token and a user with a password',
    ],
    [
      'several, nothing decides',
      { use_standard_auth: true, enable_jwt: true, use_basic_auth: true },
      'other',
      'callers need a token, a JSON web token and a user with a password',
    ],
  ])('%s', (_, definition, authentication, authenticationNote) => {
    expect(read(definition)).toEqual({
      authentication,
      ...(authenticationNote && { authenticationNote }),
    });
  });
});
