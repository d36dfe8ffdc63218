import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { startDashboardBench } from '../testing';
import type { DashboardBench } from '../testing';

const EXTENSION = 'x-tyk-api-gateway';

const PLAIN: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1' },
  paths: { '/orders': { get: { responses: {} } } },
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'Authorization' },
    },
  },
  security: [{ key: [] }],
};

const DOCUMENT: JsonObject = {
  ...PLAIN,
  [EXTENSION]: {
    info: {
      id: 'orders',
      name: 'Orders',
      state: { active: true },
      versioning: {
        name: 'v1',
        default: 'v2',
        versions: [{ id: 'orders-2', name: 'v2' }],
      },
    },
    upstream: { url: 'http://127.0.0.1/' },
    server: {
      listenPath: { value: '/orders/', strip: true },
      authentication: {
        enabled: true,
        securitySchemes: { key: { enabled: true } },
      },
    },
  },
};

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench();
});
afterEach(() => bench.sandbox.stop());

const PATH = '/api/apis/oas';

async function create(id = 'orders', path = '/orders/'): Promise<string> {
  const document = structuredClone(DOCUMENT);
  const extension = asObject(document[EXTENSION]);
  asObject(extension.info).id = id;
  asObject(asObject(extension.server).listenPath).value = path;
  const { status, text, body } = await bench.ask('POST', PATH, document);
  if (status !== 200) throw new Error(text);
  return asText(asObject(body).Meta);
}

async function refusal(method: string, path: string, body?: JsonObject) {
  const answer = await bench.ask(method, PATH + path, body);
  return [answer.status, asObject(answer.body).Message];
}

const infoOf = (document: JsonObject) =>
  asObject(asObject(document[EXTENSION]).info);

it('creates an API from a document, with both ids, served after a reload', async () => {
  const databaseId = await create();
  const document = await bench.get(`${PATH}/orders`);
  expect(infoOf(document)).toMatchObject({
    id: 'orders',
    dbId: databaseId,
    orgId: 'default',
  });
  expect(await bench.get(`${PATH}/${databaseId}`)).toEqual(document);
  expect(await bench.get('/api/apis/orders')).toMatchObject({
    api_definition: { id: databaseId, is_oas: true, use_standard_auth: true },
    oas: { info: { title: 'Orders' } },
  });
  bench.settle();
  expect((await bench.call('x', '/orders/a')).status).toBe(403);
});

it('exports a document without what is Tyk’s', async () => {
  await create();
  const own = await bench.ask('GET', `${PATH}/orders/export?mode=public`);
  expect(own.headers.get('content-disposition')).toContain('oas-orders.json');
  expect(own.body).toMatchObject({ info: { title: 'Orders' } });
  expect(own.text).not.toContain(EXTENSION);
  const whole = await bench.ask('GET', `${PATH}/orders/export`);
  expect(whole.text).toContain(EXTENSION);
});

it('replaces a document, and only that', async () => {
  const databaseId = await create();
  const document = await bench.get(`${PATH}/orders`);
  const changed = await bench.ask('PUT', `${PATH}/orders`, {
    ...document,
    info: { title: 'Orders', version: '2' },
  });
  expect(changed.body).toEqual({
    Status: 'OK',
    Message: 'API updated.',
    Meta: null,
  });
  expect(await bench.get(`${PATH}/orders`)).toEqual({
    ...document,
    info: { title: 'Orders', version: '2' },
  });
  expect(infoOf(document).dbId).toBe(databaseId);
});

it('patches a document, whose extension stays where none is sent', async () => {
  await create();
  const before = await bench.get(`${PATH}/orders`);
  const patched = await bench.ask('PATCH', `${PATH}/orders`, {
    ...PLAIN,
    paths: {},
  });
  expect(asObject(patched.body).Message).toBe('API updated');
  const after = await bench.get(`${PATH}/orders`);
  expect(after.paths).toEqual({});
  expect(infoOf(after)).toEqual(infoOf(before));
});

it('patches what the query wishes', async () => {
  await create();
  const path = `${PATH}/orders?upstreamURL=http%3A%2F%2Fexample.com`;
  await bench.ask('PATCH', path, PLAIN);
  expect(asObject(await bench.get(`${PATH}/orders`))[EXTENSION]).toMatchObject({
    upstream: { url: 'http://example.com' },
    server: { listenPath: { value: '/orders/' } },
  });
  const wrong = '/orders?upstreamURL=x';
  expect((await refusal('PATCH', wrong, PLAIN))[0]).toBe(400);
});

it('imports a document that has no extension', async () => {
  const query = '?upstreamURL=http%3A%2F%2Fexample.com&listenPath=/new/';
  const created = await bench.ask('POST', `${PATH}/import${query}`, PLAIN);
  const id = asText(asObject(created.body).ID);
  expect(infoOf(await bench.get(`${PATH}/${id}`))).toMatchObject({
    id,
    name: 'Orders',
  });
  expect(await refusal('POST', '/import', DOCUMENT)).toEqual([
    400,
    'The import payload should not contain x-tyk-api-gateway.',
  ]);
  expect((await refusal('POST', '/import', PLAIN))[0]).toBe(400);
});

it('lists versions', async () => {
  await create();
  await create('orders-2', '/orders-2/');
  expect(await bench.get(`${PATH}/orders/versions`)).toEqual({
    apis: [
      expect.objectContaining({
        id: 'orders',
        versionName: 'v1',
        isDefaultVersion: false,
      }),
      expect.objectContaining({
        id: 'orders-2',
        name: 'Orders',
        versionName: 'v2',
        isDefaultVersion: true,
      }),
    ],
  });
  expect(await refusal('GET', '/echo/versions')).toEqual([
    404,
    'Could not retrieve API detail.',
  ]);
});

it('deletes', async () => {
  await create();
  expect(await refusal('DELETE', '/orders')).toEqual([200, 'API deleted.']);
  expect(await refusal('DELETE', '/orders')).toEqual([
    404,
    'Could not retrieve API detail.',
  ]);
  expect(await refusal('GET', '/orders')).toEqual([
    400,
    'Could not retrieve API detail.',
  ]);
});

it.each<[string, string, JsonObject | undefined, number, string]>([
  ['GET', '/echo', undefined, 400, 'Could not retrieve API detail.'],
  ['GET', '/echo/export', undefined, 400, 'Could not retrieve API detail.'],
  ['POST', '', DOCUMENT, 409, 'Found API with the same ID.'],
  [
    'POST',
    '',
    { openapi: '3.0.3' },
    400,
    'The payload should contain x-tyk-api-gateway.',
  ],
  [
    'PUT',
    '/orders',
    { openapi: '3.0.3' },
    400,
    'The payload should contain x-tyk-api-gateway.',
  ],
  ['PUT', '/none', DOCUMENT, 404, 'API definition does not exist'],
  ['PUT', '/echo', DOCUMENT, 400, 'Could not retrieve API detail.'],
  [
    'PUT',
    '/orders',
    { ...DOCUMENT, [EXTENSION]: { info: { id: 'other' } } },
    400,
    'Invalid `ID` value',
  ],
  [
    'PUT',
    '/orders',
    {
      ...DOCUMENT,
      [EXTENSION]: { server: { listenPath: { value: '/echo' } } },
    },
    403,
    'Found API with same url.',
  ],
  ['PATCH', '/none', DOCUMENT, 404, 'API not found.'],
])('refuses %s %s %#', async (method, path, body, status, message) => {
  await create();
  expect(await refusal(method, path, body)).toEqual([status, message]);
});
