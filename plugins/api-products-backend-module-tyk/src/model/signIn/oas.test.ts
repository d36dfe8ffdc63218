import type { JsonObject } from '@backstage/types';
import { describeSignIn } from './methods';
import { oasSignIn } from './oas';

const COMPONENTS: JsonObject = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  other: { type: 'apiKey', in: 'query', name: 'key' },
  jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  opaque: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic' },
  oauth: { type: 'oauth2', flows: {} },
};

const enabled = (...names: string[]): JsonObject =>
  Object.fromEntries(names.map(name => [name, { enabled: true }]));

function read(
  security: JsonObject[] | undefined,
  authentication: JsonObject | undefined,
  server: JsonObject = {},
) {
  const signIn = oasSignIn({
    components: { securitySchemes: COMPONENTS },
    ...(security && { security }),
    'x-tyk-api-gateway': {
      server: { ...server, ...(authentication && { authentication }) },
    },
  });
  return signIn && describeSignIn(signIn);
}

const uses = (...names: string[]): JsonObject => ({
  enabled: true,
  securitySchemes: enabled(...names),
});

describe('case 24: how an OAS API wants its caller to prove who it is', () => {
  it.each<
    [
      string,
      JsonObject[] | undefined,
      JsonObject | undefined,
      string,
      string | undefined,
    ]
  >([
    ['nothing said', undefined, undefined, 'keyless', undefined],
    [
      'switched off',
      [{ key: [] }],
      { enabled: false, securitySchemes: enabled('key') },
      'keyless',
      undefined,
    ],
    ['API key', [{ key: [] }], uses('key'), 'auth-token', undefined],
    ['bearer JWT', [{ jwt: [] }], uses('jwt'), 'jwt', undefined],
    ['basic', [{ basic: [] }], uses('basic'), 'basic', undefined],
    [
      'Tyk OAuth',
      [{ oauth: [] }],
      uses('oauth'),
      'other',
      "an access token of Tyk's own OAuth server",
    ],
    [
      'external OAuth',
      [{ oauth: [] }],
      {
        enabled: true,
        securitySchemes: { oauth: { enabled: true, providers: [{}] } },
      },
      'other',
      'an access token of another OAuth server',
    ],
    [
      'tokens of elsewhere whose scopes are checked',
      [{ oauth: [] }],
      {
        enabled: true,
        securitySchemes: {
          oauth: { enabled: true, scopeCheck: { enabled: true } },
        },
      },
      'other',
      'an access token of another OAuth server',
    ],
    [
      'custom',
      undefined,
      { enabled: true, custom: { enabled: true } },
      'other',
      'what a plugin of the API asks for',
    ],
    [
      'HMAC',
      undefined,
      { enabled: true, hmac: { enabled: true } },
      'other',
      'a signature of the request (HMAC)',
    ],
    [
      'OpenID',
      undefined,
      { enabled: true, oidc: { enabled: true } },
      'other',
      'an OpenID Connect token',
    ],
    [
      'token bound to a certificate',
      [{ key: [] }],
      { ...uses('key'), certificateAuth: { enabled: true } },
      'other',
      'a token that is bound to a client certificate',
    ],
    [
      'token bound to a certificate, old form',
      [{ key: [] }],
      {
        enabled: true,
        securitySchemes: {
          key: { enabled: true, enableClientCertificate: true },
        },
      },
      'other',
      'a token that is bound to a client certificate',
    ],
    [
      'two schemes at once',
      [{ key: [], jwt: [] }],
      uses('key', 'jwt'),
      'other',
      'callers need a token and a JSON web token',
    ],
    [
      'two schemes at once, token decides',
      [{ key: [], jwt: [] }],
      { ...uses('key', 'jwt'), baseIdentityProvider: 'auth_token' },
      'auth-token',
      'callers need a token and a JSON web token; the limits are those of a token',
    ],
    [
      'two schemes, one of them switched off',
      [{ key: [], jwt: [] }],
      uses('key'),
      'auth-token',
      undefined,
    ],
    [
      'two alternatives, of which only the first counts',
      [{ jwt: [] }, { key: [] }],
      uses('jwt', 'key'),
      'jwt',
      undefined,
    ],
    [
      'two alternatives that count',
      [{ jwt: [] }, { key: [] }],
      { ...uses('jwt', 'key'), securityProcessingMode: 'compliant' },
      'auth-token',
      'one of these is enough: a JSON web token or a token',
    ],
    [
      'alternatives of which none is simple',
      [{ jwt: [], key: [] }, { oauth: [] }],
      { ...uses('jwt', 'key', 'oauth'), securityProcessingMode: 'compliant' },
      'other',
      "one of these is enough: a token and a JSON web token or an access token of Tyk's own OAuth server",
    ],
    [
      'an alternative that is Tyk’s own',
      [{ basic: [] }],
      {
        ...uses('basic'),
        hmac: { enabled: true },
        security: [['hmac']],
        securityProcessingMode: 'compliant',
      },
      'basic',
      'one of these is enough: a user with a password or a signature of the request (HMAC)',
    ],
    [
      'one alternative only',
      [{ jwt: [] }],
      { ...uses('jwt'), securityProcessingMode: 'compliant' },
      'jwt',
      undefined,
    ],
    [
      'a scheme that Tyk does not know',
      [{ opaque: [] }],
      uses('opaque'),
      'auth-token',
      undefined,
    ],
  ])('%s', (_, security, authentication, kind, note) => {
    expect(read(security, authentication)).toEqual({
      authentication: kind,
      ...(note && { authenticationNote: note }),
    });
  });

  it('static mTLS, alone and with every alternative', () => {
    const server = { clientCertificates: { enabled: true, allowlist: [] } };
    expect(read(undefined, undefined, server)).toEqual({
      authentication: 'mtls',
    });
    expect(read([{ key: [] }], uses('key'), server)).toEqual({
      authentication: 'auth-token',
      authenticationNote:
        'callers need a token and a client certificate that the API allows',
    });
    expect(
      read(
        [{ key: [] }, { jwt: [] }],
        { ...uses('key', 'jwt'), securityProcessingMode: 'compliant' },
        server,
      ),
    ).toEqual({
      authentication: 'other',
      authenticationNote:
        'one of these is enough: a token and a client certificate that the API allows or a JSON web token and a client certificate that the API allows',
    });
  });

  it('a document that is not Tyk’s says nothing', () => {
    expect(oasSignIn({ openapi: '3.0.3' })).toBeUndefined();
    expect(
      oasSignIn({ 'x-tyk-api-gateway': { server: { authentication: 1 } } }),
    ).toBeUndefined();
  });
});
