import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { tokenApi } from '../../testing';
import { startDashboardBench } from '../testing';
import type { DashboardBench } from '../testing';

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench();
});
afterEach(() => bench.sandbox.stop());

async function refusal(method: string, path: string, body?: JsonObject) {
  const answer = await bench.ask(method, path, body);
  return [answer.status, asObject(answer.body).Message];
}

const ids = ({ apis }: JsonObject) =>
  Array.isArray(apis)
    ? apis.map(api => asObject(asObject(api).api_definition).api_id)
    : apis;

describe('an API', () => {
  const definition = tokenApi('orders');

  it('is created with both ids, listed in its envelope, and served after a reload', async () => {
    const created = await bench.ask('POST', '/api/apis', {
      api_definition: definition,
    });
    expect(created.body).toEqual({
      Status: 'OK',
      Message: 'API created',
      Meta: expect.stringMatching(/^[0-9a-f]{24}$/),
      ID: 'orders',
    });
    const { Meta: databaseId } = asObject(created.body);
    const entry = {
      api_model: {},
      api_definition: expect.objectContaining({
        id: databaseId,
        api_id: 'orders',
        org_id: 'default',
        use_standard_auth: true,
      }),
      hook_references: [],
      is_site: false,
      sort_by: 0,
      user_owners: [],
      user_group_owners: [],
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
    };
    const { apis, pages } = await bench.get('/api/apis?p=-2');
    expect([apis, pages]).toEqual([[expect.anything(), entry], 1]);
    expect(await bench.get('/api/apis/orders')).toEqual(entry);
    expect(await bench.get(`/api/apis/${databaseId}`)).toEqual(entry);
    expect((await bench.call('x', '/orders/a')).status).toBe(404);
    bench.settle();
    expect((await bench.call('x', '/orders/a')).status).toBe(403);
  });

  it('gets an id where it names none', async () => {
    const created = await bench.ask('POST', '/api/apis', {
      api_definition: { ...definition, api_id: '' },
    });
    expect(asText(asObject(created.body).ID)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is changed and deleted', async () => {
    const envelope = await bench.get('/api/apis/echo');
    const api = asObject(envelope.api_definition);
    bench.sandbox.advance(5000);
    const changed = await bench.ask('PUT', '/api/apis/echo', {
      ...envelope,
      api_definition: { ...api, name: 'Echo 2', org_id: 'other' },
    });
    expect([changed.status, asObject(changed.body).Message]).toEqual([
      200,
      'API updated',
    ]);
    expect(await bench.get('/api/apis/echo')).toMatchObject({
      api_definition: { id: api.id, name: 'Echo 2', org_id: 'default' },
      updated_at: '2026-01-01T00:00:05.000Z',
    });
    const deleted = await bench.ask('DELETE', '/api/apis/echo');
    expect(deleted.body).toEqual({
      Status: 'OK',
      Message: 'API deleted',
      Meta: null,
    });
    expect(await refusal('GET', '/api/apis/echo')).toEqual([
      400,
      'Could not retrieve API detail',
    ]);
    expect((await bench.call('x')).status).toBe(403);
    bench.settle();
    expect((await bench.call('x')).status).toBe(404);
  });

  it.each<[string, string, JsonObject | undefined, number, string]>([
    ['POST', '', { name: 'x' }, 403, 'Request body malformed.'],
    [
      'POST',
      '',
      { api_definition: { name: 1 } },
      403,
      'Request body malformed.',
    ],
    [
      'POST',
      '',
      { api_definition: tokenApi('echo') },
      409,
      'Found API with the same ID',
    ],
    [
      'POST',
      '',
      { api_definition: { ...tokenApi('echo'), api_id: 'b' } },
      403,
      'Found API with same url.',
    ],
    [
      'PUT',
      '/none',
      { api_definition: tokenApi('none') },
      404,
      'API definition does not exist',
    ],
    [
      'PUT',
      '/echo',
      { api_definition: tokenApi('other') },
      400,
      'Invalid `ID` value',
    ],
    ['DELETE', '/none', undefined, 404, 'Could not retrieve API detail'],
  ])('is refused: %s %s %j', async (method, path, body, status, message) => {
    expect(await refusal(method, `/api/apis${path}`, body)).toEqual([
      status,
      message,
    ]);
  });
});

it('can be put and removed behind the back', async () => {
  const { edit } = bench.sandbox;
  edit.putApi(tokenApi('orders'));
  expect((await bench.call('x', '/orders/a')).status).toBe(403);
  await bench.get('/api/apis/orders');
  expect(edit.removeApi('orders')).toBe(true);
  expect(edit.removeApi('orders')).toBe(false);
  expect((await bench.call('x', '/orders/a')).status).toBe(404);
});

describe('lists', () => {
  beforeEach(async () => {
    await bench.sandbox.stop();
    bench = await startDashboardBench({
      seed: {
        apis: [
          tokenApi('orders', { name: 'Orders #shop #eu' }),
          tokenApi('open', { use_standard_auth: false, use_keyless: true }),
          tokenApi('jwt', { use_standard_auth: false, enable_jwt: true }),
          tokenApi('graph', { graphql: { enabled: true }, internal: true }),
          tokenApi('foreign', { org_id: 'other' }),
        ],
      },
    });
  });

  it.each([
    ['', ['orders', 'open', 'jwt', 'graph']],
    ['q=ORD', ['orders']],
    ['q=jwt', ['jwt']],
    ['auth_type=keyless,jwt', ['open', 'jwt']],
    ['auth_type=authToken', ['orders', 'graph']],
    ['api_type=graphql', ['graph']],
    ['api_type=internal', ['graph']],
    ['category=eu', ['orders']],
    ['sort=-name', ['orders', 'open', 'jwt', 'graph']],
    ['sort=name', ['graph', 'jwt', 'open', 'orders']],
  ])('with %j', async (query, expected) => {
    expect(ids(await bench.get(`/api/apis?p=-2&${query}`))).toEqual(expected);
  });

  it('have pages', async () => {
    bench.sandbox.setSettings({ dashboardPageSize: 3 });
    const page = await bench.get('/api/apis?p=2');
    expect([ids(page), page.pages]).toEqual([['graph'], 2]);
  });
});
