import { startBench } from '../testing';
import type { Bench } from '../testing';
import type { JsonObject } from '../json';

const SCHEMES: JsonObject = {
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
};
const DOCUMENT: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1.0.0' },
  paths: {},
  servers: [{ url: 'https://orders.example.com' }],
  components: { securitySchemes: SCHEMES },
  security: [{ key: [] }],
};

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.sandbox.stop());

async function send(method: string, path: string, body?: JsonObject) {
  const answer = await bench.admin(method, `/tyk/apis/oas${path}`, body);
  bench.sandbox.edit.reload();
  const { message = '', key = '' } = Object(answer.body);
  return { status: answer.status, message, key, body: Object(answer.body) };
}

const document = async (id: string) => (await send('GET', `/${id}`)).body;

describe('an import', () => {
  it('makes an API of a plain document', async () => {
    const { status, key } = await send(
      'POST',
      '/import?listenPath=/orders/&authentication=true&apiID=orders',
      DOCUMENT,
    );
    expect([status, key]).toEqual([200, 'orders']);
    expect(await document('orders')).toMatchObject({
      servers: [
        { url: `${bench.sandbox.gatewayUrl}/orders` },
        { url: '/orders' },
        { url: 'https://orders.example.com' },
      ],
      'x-tyk-api-gateway': {
        info: { id: 'orders', name: 'Orders', state: { active: true } },
        upstream: { url: 'https://orders.example.com' },
        server: {
          listenPath: { value: '/orders/', strip: true },
          authentication: {
            enabled: true,
            securitySchemes: { key: { enabled: true } },
          },
        },
      },
    });
    expect((await bench.call('none', '/orders/')).status).toBe(401);
  });

  it.each<[string, string, JsonObject, string]>([
    [
      'an extension',
      '',
      { 'x-tyk-api-gateway': {} },
      'the import payload should not contain x-tyk-api-gateway',
    ],
    ['no server', '', { servers: [] }, 'The ‘servers’ object is empty'],
    [
      'a relative server',
      '',
      { servers: [{ url: '/v1' }] },
      'Please update "/v1" to be a valid URL and try again.',
    ],
    [
      'a wrong upstream',
      '?upstreamURL=orders',
      {},
      'The manually configured upstream URL is not valid.',
    ],
    [
      'no security',
      '?authentication=true',
      { security: [] },
      'The ‘security’ object is empty',
    ],
  ])('of a document with %s is refused', async (_what, query, more, why) => {
    const { status, message } = await send('POST', `/import${query}`, {
      ...DOCUMENT,
      ...more,
    });
    expect(status).toBe(400);
    expect(message).toContain(why);
  });
});

describe('a patch', () => {
  beforeEach(() =>
    send('POST', '/import?listenPath=/orders/&apiID=orders', DOCUMENT),
  );

  it('replaces the document and keeps the extension', async () => {
    const before = await document('orders');
    const { servers: _left, ...rest } = DOCUMENT;
    const info = { title: 'Orders', version: '2.0.0' };
    const changed = { ...rest, info };
    const { status } = await send('PATCH', '/orders', changed);
    expect(status).toBe(200);
    expect(await document('orders')).toEqual({
      ...before,
      info,
    });
  });

  it('changes what the query names', async () => {
    const path = '/orders?upstreamURL=https://new.example.com&listenPath=/new/';
    expect((await send('PATCH', path, DOCUMENT)).status).toBe(200);
    expect((await document('orders'))['x-tyk-api-gateway']).toMatchObject({
      upstream: { url: 'https://new.example.com' },
      server: { listenPath: { value: '/new/' } },
    });
  });

  it('is refused for classic and unknown APIs', async () => {
    expect((await send('PATCH', '/echo', DOCUMENT)).status).toBe(400);
    expect((await send('PATCH', '/none', DOCUMENT)).status).toBe(404);
  });
});

it('lists an API and its versions, the API first', async () => {
  await send('POST', '/import?listenPath=/v2/&apiID=second', DOCUMENT);
  await send('POST', '/import?listenPath=/v1/&apiID=first', DOCUMENT);
  const first = await document('first');
  first['x-tyk-api-gateway'].info.versioning = {
    enabled: true,
    name: 'v1',
    default: 'v2',
    location: 'header',
    key: 'x-version',
    versions: [
      { name: 'v2', id: 'second' },
      { name: 'gone', id: 'none' },
    ],
  };
  expect((await send('PUT', '/first', first)).status).toBe(200);
  const version = (id: string, versionName: string, isDefault: boolean) => ({
    id,
    name: 'Orders',
    versionName,
    internal: false,
    expirationDate: '',
    isDefaultVersion: isDefault,
  });
  expect((await send('GET', '/first/versions')).body).toEqual({
    status: 'success',
    apis: [version('first', 'v1', false), version('second', 'v2', true)],
  });
  const found = await send('GET', '/first/versions?searchText=V2');
  expect(found.body.apis).toEqual([version('second', 'v2', true)]);
  const internal = await send('GET', '/first/versions?accessType=internal');
  expect(internal.body.apis).toEqual([]);
});

it('does not load an API whose id ends like the file of a document', async () => {
  const api = (id: string) => ({
    ...DOCUMENT,
    'x-tyk-api-gateway': {
      info: { id, name: id, state: { active: true } },
      server: { listenPath: { value: `/${id}/` } },
      upstream: { url: 'http://127.0.0.1:1/' },
    },
  });
  for (const id of ['orders-oas', 'orders-mcp', 'orders-open']) {
    expect((await send('POST', '', api(id))).status).toBe(200);
  }
  expect((await send('GET', '/orders-oas')).status).toBe(404);
  expect((await send('GET', '/orders-mcp')).status).toBe(404);
  expect((await send('GET', '/orders-open')).status).toBe(200);
});

it('refuses an API whose credential could be nowhere', async () => {
  const api = (header: JsonObject) => ({
    ...DOCUMENT,
    security: [{ jwt: [] }],
    'x-tyk-api-gateway': {
      info: { id: 'orders', name: 'Orders', state: { active: true } },
      server: {
        listenPath: { value: '/orders/' },
        authentication: {
          enabled: true,
          securitySchemes: { jwt: { enabled: true, header } },
        },
      },
      upstream: { url: 'http://127.0.0.1:1/' },
    },
  });
  expect(await send('POST', '', api({}))).toMatchObject({
    status: 400,
    message:
      'Validation of API Definition failed. Reason: all auth sources are disabled for jwt, at least one of header/cookie/query must be enabled.',
  });
  expect((await send('POST', '', api({ enabled: true }))).status).toBe(200);
});
