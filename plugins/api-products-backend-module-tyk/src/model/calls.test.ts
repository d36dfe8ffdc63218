import type { JsonObject } from '@backstage/types';
import { apiDefinitionSchema, headerNameOf } from './apis';
import { callOf, uncallableBecause } from './calls';

const definitionOf = (definition: JsonObject) =>
  apiDefinitionSchema.parse({
    api_id: 'a',
    active: true,
    use_standard_auth: true,
    proxy: { listen_path: '/orders/' },
    ...definition,
  });

const NOW = Date.parse('2026-06-01T12:00:00Z');

const read = (
  definition: JsonObject,
  { authentication = 'auth-token', gateway = 'https://gw.example.com/t1' } = {},
) => callOf(definitionOf(definition), authentication, gateway, NOW);

const token = (authToken: JsonObject) => ({ auth_configs: { authToken } });

describe('where a key goes [live, 32]', () => {
  it.each<[string, JsonObject, [string, string][]]>([
    ['the usual header', {}, [['header', 'Authorization']]],
    [
      'a header of its own',
      token({ auth_header_name: 'X-Key' }),
      [['header', 'X-Key']],
    ],
    [
      'a header in the old form',
      { auth: { auth_header_name: 'X-Old' } },
      [['header', 'X-Old']],
    ],
    [
      'a header in the old form, empty in the new one',
      {
        auth: { auth_header_name: 'X-Old' },
        ...token({ auth_header_name: '' }),
      },
      [['header', 'X-Old']],
    ],
    [
      'the query alone',
      token({ disable_header: true, use_param: true, param_name: 'key' }),
      [['query', 'key']],
    ],
    [
      'a cookie alone, under the usual name',
      token({ disable_header: true, use_cookie: true }),
      [['cookie', 'Authorization']],
    ],
    [
      'anywhere, under the name of the header',
      token({ auth_header_name: 'X-Key', use_param: true, use_cookie: true }),
      [
        ['header', 'X-Key'],
        ['query', 'X-Key'],
        ['cookie', 'X-Key'],
      ],
    ],
  ])('%s', (_, settings, places) => {
    const { keyPlaces } = read(settings);
    expect(keyPlaces.map(place => [place.in, place.name])).toEqual(places);
    expect(headerNameOf(definitionOf(settings))).toBe(
      keyPlaces.find(place => place.in === 'header')?.name,
    );
  });

  it('is that of the method whose credential is handed out', () => {
    const configs = {
      auth_configs: { basic: { auth_header_name: 'X-User' } },
    };
    expect(read(configs, { authentication: 'basic' }).keyPlaces).toEqual([
      { in: 'header', name: 'X-User' },
    ]);
    expect(read(configs, { authentication: 'keyless' }).keyPlaces).toEqual([]);
  });
});

describe('under which address an API is called [live, 31]', () => {
  it.each<[string, JsonObject, string | undefined]>([
    ['below the gateway', {}, 'https://gw.example.com/t1/orders/'],
    [
      'under its domain, not the gateway’s own',
      { domain: 'api.shop.example.com' },
      'https://api.shop.example.com/orders/',
    ],
    [
      'at the root of its domain',
      { domain: 'all.shop.example.com', proxy: { listen_path: '/' } },
      'https://all.shop.example.com/',
    ],
    [
      'below the gateway where its domain is switched off',
      { domain: 'api.shop.example.com', domain_disabled: true },
      'https://gw.example.com/t1/orders/',
    ],
    [
      'at a port of its own',
      { listen_port: 9000 },
      'https://gw.example.com:9000/t1/orders/',
    ],
    [
      'with its blanks written as addresses do',
      { proxy: { listen_path: '/my orders/' } },
      'https://gw.example.com/t1/my%20orders/',
    ],
    [
      'nobody knows: a pattern of hosts',
      { domain: '{?:a|b}.example.com' },
      undefined,
    ],
    [
      'nobody knows: a pattern of paths',
      { proxy: { listen_path: '/{tenant}/orders/' } },
      undefined,
    ],
    [
      'only the gateway knows: a path that is kept in another store',
      { proxy: { listen_path: 'secrets://path_of_orders' } },
      undefined,
    ],
    [
      'only the gateway knows: a path of which a part is kept in another store',
      { proxy: { listen_path: '/$kv{vault:path}/orders/' } },
      undefined,
    ],
    [
      'only the gateway knows: a domain that is kept in another store',
      { domain: 'env://DOMAIN_OF_ORDERS' },
      undefined,
    ],
    [
      'below the gateway where such a domain is switched off',
      { domain: 'env://DOMAIN_OF_ORDERS', domain_disabled: true },
      'https://gw.example.com/t1/orders/',
    ],
  ])('%s', (_, definition, address) => {
    const call = read(definition);
    expect(call.address).toBe(address);
    expect(call.notes === undefined).toBe(address !== undefined);
  });

  it('keeps the port of a gateway beside the domain', () => {
    expect(
      read({ domain: 'api.local' }, { gateway: 'http://127.0.0.1:8181' })
        .address,
    ).toBe('http://api.local:8181/orders/');
  });
});

describe('which version is meant', () => {
  const versions = { v2: {}, v1: {} };
  it.each<[string, JsonObject, JsonObject | undefined]>([
    [
      'none, where there are none',
      { version_data: { not_versioned: true } },
      undefined,
    ],
    [
      'in a header',
      {
        definition: { location: 'header', key: 'X-Version' },
        version_data: { versions },
      },
      { in: 'header', name: 'X-Version', values: ['v1', 'v2'] },
    ],
    [
      'in the query, with one for those who say nothing',
      {
        definition: { location: 'url-param', key: 'v' },
        version_data: { versions, default_version: 'v2' },
      },
      { in: 'query', name: 'v', values: ['v1', 'v2'], fallback: 'v2' },
    ],
    [
      'in the path',
      {
        definition: { location: 'url', key: '' },
        version_data: { versions },
      },
      { in: 'path', values: ['v1', 'v2'] },
    ],
    [
      'of the base of an OAS API',
      {
        is_oas: true,
        definition: {
          enabled: true,
          location: 'header',
          key: 'X-Api-Version',
          default: 'v1',
          versions: { v1: 'a', v2: 'b' },
        },
        version_data: { not_versioned: true },
      },
      {
        in: 'header',
        name: 'X-Api-Version',
        values: ['v1', 'v2'],
        fallback: 'v1',
      },
    ],
    [
      'one of those that have not expired',
      {
        definition: { location: 'url' },
        version_data: {
          versions: {
            v1: { expires: '2026-06-01 12:00' },
            v2: { expires: '2026-06-01 12:01' },
            v3: { expires: '-1' },
            v4: { expires: 'next summer' },
          },
          default_version: 'v1',
        },
      },
      { in: 'path', values: ['v2', 'v3'] },
    ],
  ])('%s', (_, definition, version) => {
    expect(read(definition).version).toEqual(version);
  });
});

it.each<[JsonObject, string]>([
  [{ tags: ['edge', 'eu'] }, 'Only gateways tagged edge or eu serve it.'],
  [
    { enable_ip_whitelisting: true },
    'The gateway takes calls from certain addresses only.',
  ],
  [{ active: false }, 'It is switched off at the gateway.'],
  [
    {
      version_data: {
        versions: { v1: { expires: '2020-01-01 00:00' }, v2: {} },
      },
    },
    'Version v1 has expired at the gateway.',
  ],
  [
    {
      expiration: '2020-01-01 00:00',
      version_data: { not_versioned: true },
    },
    'It has expired at the gateway, which refuses all calls.',
  ],
])('says what else decides whether a call arrives: %j', (definition, note) => {
  expect(read(definition).notes).toEqual([note]);
  expect(read({ ...definition, tags_disabled: true }).notes ?? []).not.toEqual([
    'Only gateways tagged edge or eu serve it.',
  ]);
});

it.each<[string, JsonObject]>([
  ['has no end', { version_data: { not_versioned: true } }],
  [
    'ends later',
    {
      expiration: '2026-06-02 00:00',
      version_data: { not_versioned: true },
    },
  ],
  [
    'has versions, which end by themselves',
    { expiration: '2020-01-01 00:00', version_data: { versions: { v1: {} } } },
  ],
])('says nothing of the end of an API that %s', (_, definition) => {
  expect(read(definition).notes).toBeUndefined();
});

it.each<[JsonObject, string | undefined]>([
  [{}, undefined],
  [{ protocol: 'https' }, undefined],
  [{ internal: true }, 'only other APIs of the gateway can call it'],
  [{ protocol: 'tcp' }, 'it speaks TCP, and keys are for HTTP'],
  [{ protocol: 'tls' }, 'it speaks TLS, and keys are for HTTP'],
])('says of an API whether it can be sold: %j', (definition, reason) => {
  expect(uncallableBecause(definitionOf(definition))).toBe(reason);
});
