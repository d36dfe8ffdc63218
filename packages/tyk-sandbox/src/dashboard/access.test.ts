/** Who may ask what, what faults do, and what is told of the Dashboard itself. */
import { asObject } from '../json';
import { startDashboardBench } from './testing';
import type { DashboardBench } from './testing';

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench();
});
afterEach(() => bench.sandbox.stop());

describe('access', () => {
  it('needs no key for /hello', async () => {
    const answer = await bench.ask('GET', '/hello', undefined, {});
    expect([answer.status, answer.body]).toEqual([
      200,
      { status: 'ok', version: 'v5.14.0', description: 'Tyk Dashboard' },
    ]);
  });

  it.each([
    [{}],
    [{ authorization: 'wrong' }],
    [{ authorization: 'Bearer tyk-sandbox-dashboard-key' }],
  ])('is refused with %j', async headers => {
    const answer = await bench.ask('GET', '/api/apis', undefined, {
      ...headers,
    });
    expect([answer.status, answer.body]).toEqual([
      401,
      { Status: 'Error', Message: 'Not authorised', Meta: null },
    ]);
  });

  it('can be denied or only for reading, by area', async () => {
    bench.sandbox.setSettings({
      dashboardPermissions: { policies: 'read', keys: 'deny' },
    });
    await bench.get('/api/portal/policies?p=1');
    const denied = async (method: string, path: string) => {
      const answer = await bench.ask(method, path, {});
      return [answer.status, asObject(answer.body).Message];
    };
    expect(await denied('POST', '/api/portal/policies')).toEqual([
      403,
      'access denied: You do not have permission to access  /api/portal/policies',
    ]);
    expect(await denied('POST', '/api/keys')).toEqual([
      403,
      'access denied: You do not have permission to access  /api/keys',
    ]);
    await bench.get('/api/apis');
  });

  it('ends where there is nothing', async () => {
    expect((await bench.ask('GET', '/api/none')).status).toBe(404);
    expect((await bench.ask('GET', '/')).status).toBe(404);
    expect((await bench.ask('PATCH', '/api/keys')).status).toBe(405);
  });

  it('takes the key it was started with', async () => {
    await bench.sandbox.stop();
    bench = await startDashboardBench({ dashboardKey: 'mine' });
    expect(bench.sandbox.dashboardKey).toBe('mine');
    await bench.get('/api/apis');
  });
});

describe('the user', () => {
  it('says the organisation', async () => {
    const { users, pages } = await bench.get('/api/users?p=-2');
    expect([users, pages]).toEqual([
      [expect.objectContaining({ org_id: 'default', active: true })],
      1,
    ]);
  });

  it('is found by id, and as oneself', async () => {
    const me = await bench.get('/api/users/me');
    expect(await bench.get(`/api/users/${me.id}`)).toEqual(me);
    expect((await bench.ask('GET', '/api/users/none')).status).toBe(404);
  });
});

it('counts APIs in its statistics', async () => {
  expect(await bench.get('/api/system/stats')).toMatchObject({
    status: 'Success',
    stats: { apis: [{ date: '2026-01-01', max_usage: 1 }] },
  });
});

it('is not there unless it is asked for', async () => {
  await bench.sandbox.stop();
  bench = await startDashboardBench({ dashboardPort: false });
  expect(bench.sandbox.dashboardUrl).toBeUndefined();
});

describe('faults', () => {
  it('strike on a plane of their own, in the words of the Dashboard', async () => {
    const { faults } = bench.sandbox;
    faults.add({ kind: 'status', status: 500, match: { plane: 'dashboard' } });
    expect((await bench.admin('GET', '/tyk/policies')).status).toBe(200);
    const answer = await bench.ask('GET', '/api/apis');
    expect([answer.status, answer.body]).toEqual([
      500,
      { Status: 'Error', Message: 'Injected fault', Meta: null },
    ]);
  });

  it('strike after it has acted', async () => {
    const { faults, inspect } = bench.sandbox;
    const match = { plane: 'dashboard', method: 'post' } as const;
    faults.add({ kind: 'reset', when: 'after', match, times: 1 });
    const create = () =>
      bench.ask('POST', '/api/keys/bsk_one', { apply_policies: ['product'] });
    await expect(create()).rejects.toThrow();
    expect(inspect.keys()).toHaveLength(1);
    expect((await create()).status).toBe(200);
    expect(inspect.keys()).toHaveLength(1);
  });

  it('put off what the gateway loads', async () => {
    const { faults, advance } = bench.sandbox;
    faults.add({ kind: 'late-reload', milliseconds: 5000, times: 1 });
    await bench.get('/api/apis');
    const id = await bench.createPolicy({ name: 'Late' });
    const seen = async () =>
      (await bench.admin('GET', `/tyk/policies/${id}`)).status;
    advance(5000);
    expect(await seen()).toBe(404);
    advance(1000);
    expect(await seen()).toBe(200);
  });
});

describe('calls', () => {
  it('are logged without keys', async () => {
    const { inspect } = bench.sandbox;
    const path = '/api/apis/-/keys/bsk_secret?hashed=1';
    await bench.ask('GET', path);
    await bench.ask('GET', '/api/keys/0123456789abcdef');
    await bench.ask('GET', '/api/keys/detailed');
    expect(
      inspect.calls().map(({ plane, path: logged }) => [plane, logged]),
    ).toEqual([
      ['dashboard', '/api/apis/-/keys/bsk_…'],
      ['dashboard', '/api/keys/0123456789abcdef'],
      ['dashboard', '/api/keys/detailed'],
    ]);
  });
});
