import type { JsonObject } from '@backstage/types';
import { apiDefinitionSchema, toProviderApi } from './apis';

const definitionOf = (definition: JsonObject) =>
  apiDefinitionSchema.parse({ api_id: 'a', ...definition });

const read = (definition: JsonObject, document?: JsonObject) =>
  toProviderApi(
    {
      definition: definitionOf(definition),
      ...(document && { document }),
    },
    'https://gateway.example.com',
    Date.parse('2026-06-01T12:00:00Z'),
  );

describe('case 25: versions and visibility', () => {
  it.each<[string, JsonObject, string[]]>([
    ['a classic API', { version_data: { not_versioned: true } }, ['Default']],
    [
      'a classic API whose only version has a name that does not count',
      {
        version_data: { not_versioned: true, versions: { old: {} } },
      },
      ['Default'],
    ],
    [
      'a classic API with versions',
      { version_data: { versions: { v2: {}, v1: {} } } },
      ['v1', 'v2'],
    ],
    ['a classic API that says nothing', {}, ['Default']],
    [
      'an OAS API',
      { is_oas: true, version_data: { not_versioned: true } },
      [''],
    ],
  ])('%s', (_, definition, versions) => {
    expect(read(definition).versions).toEqual(versions);
  });

  it('says what is inactive and what is internal', () => {
    expect(read({ active: true })).toMatchObject({ active: true });
    expect(read({ active: true })).not.toHaveProperty('internal');
    expect(read({ internal: true })).toMatchObject({
      active: false,
      internal: true,
    });
  });
});

it.each([
  ['Orders', 'Orders'],
  ['Orders #shop #beta', 'Orders'],
  ['', 'a'],
  [' #shop', 'a'],
])('an API called “%s” is “%s” to people', (name, known) => {
  expect(read({ name }).name).toBe(known);
});

it('an OAS API is read from its document, and its header from its twin, as recorded', () => {
  const twin = {
    api_id: 'oasapi',
    name: 'Orders',
    is_oas: true,
    active: true,
    use_standard_auth: true,
    enable_jwt: true,
    auth: { auth_header_name: '', use_certificate: false },
    auth_configs: {
      authToken: { name: 'key', auth_header_name: 'X-Api-Key' },
    },
    external_oauth: { enabled: false, providers: null },
    tags: null,
    proxy: { listen_path: '/oasapi/' },
  };
  const expected = {
    id: 'oasapi',
    name: 'Orders',
    listenPath: '/oasapi/',
    active: true,
    versions: [''],
    hasDefinition: true,
  };
  expect(read(twin)).toEqual({
    ...expected,
    authentication: 'other',
    authenticationNote: 'callers need a token and a JSON web token',
    call: { address: 'https://gateway.example.com/oasapi/', keyPlaces: [] },
  });
  expect(
    read(twin, {
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
          jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
      security: [{ key: [] }, { jwt: [] }],
      'x-tyk-api-gateway': {
        server: {
          authentication: {
            enabled: true,
            securityProcessingMode: 'compliant',
            securitySchemes: { key: { enabled: true }, jwt: { enabled: true } },
          },
        },
      },
    }),
  ).toEqual({
    ...expected,
    authentication: 'auth-token',
    authenticationNote: 'one of these is enough: a token or a JSON web token',
    call: {
      address: 'https://gateway.example.com/oasapi/',
      keyPlaces: [{ in: 'header', name: 'X-Api-Key' }],
    },
  });
});

it('has a definition to publish where it is an OAS API that consumers call', () => {
  expect(read({}).hasDefinition).toBe(false);
  expect(read({ is_oas: true }).hasDefinition).toBe(true);
  expect(
    read({ is_oas: true, application_protocol: 'mcp' }).hasDefinition,
  ).toBe(false);
});

it('names are shown without Tyk’s categories', () => {
  expect(read({ name: 'Payments #money #eu' }).name).toBe('Payments');
  expect(read({ name: 'C# tools' }).name).toBe('C# tools');
});
