import type { JsonObject } from '@backstage/types';
import { apiDefinitionSchema, toProviderApi } from './apis';

const read = (definition: JsonObject) =>
  toProviderApi(apiDefinitionSchema.parse({ api_id: 'a', ...definition }));

describe('case 24: how an API wants its caller to prove who it is', () => {
  it.each<[string, JsonObject, string, string | undefined]>([
    [
      'keyless',
      { use_keyless: true, use_standard_auth: true },
      'keyless',
      undefined,
    ],
    ['token', { use_standard_auth: true }, 'auth-token', 'Authorization'],
    [
      'token, own header',
      {
        use_standard_auth: true,
        auth_configs: { authToken: { auth_header_name: 'X-Key' } },
      },
      'auth-token',
      'X-Key',
    ],
    [
      'token, old form',
      {
        use_standard_auth: true,
        auth: { auth_header_name: 'X-Old' },
      },
      'auth-token',
      'X-Old',
    ],
    [
      'token, empty name in the new form',
      {
        use_standard_auth: true,
        auth: { auth_header_name: 'X-Old' },
        auth_configs: { authToken: { auth_header_name: '' } },
      },
      'auth-token',
      'X-Old',
    ],
    [
      'token, not in a header',
      {
        use_standard_auth: true,
        auth_configs: { authToken: { disable_header: true, use_param: true } },
      },
      'auth-token',
      undefined,
    ],
    [
      'token bound to a certificate',
      {
        use_standard_auth: true,
        auth_configs: { authToken: { use_certificate: true } },
      },
      'other',
      undefined,
    ],
    ['nothing chosen', {}, 'auth-token', 'Authorization'],
    ['JWT', { enable_jwt: true }, 'jwt', undefined],
    ['basic', { use_basic_auth: true }, 'basic', undefined],
    ['static mTLS', { use_mutual_tls_auth: true }, 'mtls', undefined],
    ['HMAC', { enable_signature_checking: true }, 'other', undefined],
    ['Tyk OAuth', { use_oauth2: true }, 'other', undefined],
    ['OpenID', { use_openid: true }, 'other', undefined],
    [
      'external OAuth',
      { external_oauth: { enabled: true } },
      'other',
      undefined,
    ],
    ['plugin', { custom_plugin_auth_enabled: true }, 'other', undefined],
    ['Go plugin', { use_go_plugin_auth: true }, 'other', undefined],
    [
      'several, token decides',
      {
        use_standard_auth: true,
        enable_jwt: true,
        base_identity_provided_by: 'auth_token',
      },
      'auth-token',
      'Authorization',
    ],
    [
      'several, JWT decides',
      {
        use_standard_auth: true,
        enable_jwt: true,
        base_identity_provided_by: 'jwt_claim',
      },
      'jwt',
      undefined,
    ],
    [
      'several, nothing decides',
      {
        use_standard_auth: true,
        enable_jwt: true,
      },
      'other',
      undefined,
    ],
  ])('%s', (_, definition, authentication, headerName) => {
    const api = read(definition);
    expect(api.authentication).toBe(authentication);
    expect(api.headerName).toBe(headerName);
  });

  it('the classic twin of an OAS API, as recorded', () => {
    expect(
      read({
        api_id: 'oasapi',
        name: 'Orders',
        is_oas: true,
        active: true,
        use_standard_auth: true,
        auth: { auth_header_name: '', use_certificate: false },
        auth_configs: {
          authToken: { name: 'key', auth_header_name: 'X-Api-Key' },
        },
        external_oauth: { enabled: false, providers: null },
        tags: null,
        proxy: { listen_path: '/oasapi/' },
      }),
    ).toEqual({
      id: 'oasapi',
      name: 'Orders',
      listenPath: '/oasapi/',
      active: true,
      authentication: 'auth-token',
      headerName: 'X-Api-Key',
    });
  });
});

it('names are shown without Tyk’s categories', () => {
  expect(read({ name: 'Payments #money #eu' }).name).toBe('Payments');
  expect(read({ name: 'C# tools' }).name).toBe('C# tools');
});
