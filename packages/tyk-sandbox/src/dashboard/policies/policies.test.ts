import { asObject } from '../../json';
import type { JsonObject } from '../../json';
import { startDashboardBench } from '../testing';
import type { DashboardBench } from '../testing';

const PATH = '/api/portal/policies';
const UNKNOWN = '0123456789abcdef01234567';

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench();
});
afterEach(() => bench.sandbox.stop());

function product(more: JsonObject = {}): JsonObject {
  return {
    name: 'Payments',
    partitions: { acl: true },
    access_rights: { echo: { api_id: 'echo', versions: ['Default'] } },
    tags: ['portal'],
    ...more,
  };
}

const read = async (id: string) => bench.get(`${PATH}/${id}`);

describe('a policy', () => {
  it('is created with its _id in Message, and completed', async () => {
    const created = await bench.ask('POST', PATH, product());
    const id = asObject(created.body).Message;
    expect(created.body).toEqual({
      Status: 'OK',
      Message: expect.stringMatching(/^[0-9a-f]{24}$/),
      Meta: null,
    });
    const access = expect.objectContaining({
      api_id: 'echo',
      versions: ['Default'],
      limit: null,
    });
    expect(await read(String(id))).toMatchObject({
      _id: id,
      id,
      name: 'Payments',
      org_id: 'default',
      state: 'active',
      active: true,
      is_inactive: false,
      tags: ['portal'],
      auth_type: 'authToken',
      partitions: { acl: true, quota: false },
      access_rights: { echo: access },
      access_rights_array: [access],
      date_created: '2026-01-01T00:00:00.000Z',
    });
  });

  it('reaches the gateway only after a reload', async () => {
    const id = await bench.createPolicy(product());
    const seen = async () =>
      (await bench.admin('GET', `/tyk/policies/${id}`)).status;
    expect(await seen()).toBe(404);
    bench.settle();
    expect(await seen()).toBe(200);
    await bench.ask('DELETE', `${PATH}/${id}`);
    expect(await seen()).toBe(200);
    bench.settle();
    expect(await seen()).toBe(404);
  });

  it('is replaced as a whole, but for what is the Dashboard’s own', async () => {
    const id = await bench.createPolicy(
      product({ rate: 5, per: 1, smoothing: { enabled: true } }),
    );
    bench.settle();
    const changed = await bench.ask('PUT', `${PATH}/${id}`, {
      name: 'Refunds',
      org_id: 'other',
      custom_field: { kept: 1 },
    });
    expect(changed.body).toEqual({
      Status: 'OK',
      Message: 'Data updated',
      Meta: null,
    });
    expect(await read(id)).toMatchObject({
      _id: id,
      id,
      name: 'Refunds',
      org_id: 'default',
      rate: 0,
      smoothing: null,
      tags: null,
      access_rights: {},
      access_rights_array: [],
      custom_field: { kept: 1 },
      date_created: '2026-01-01T00:00:00.000Z',
      last_updated: String(Date.parse('2026-01-01T00:00:01Z') / 1000),
    });
  });

  it('believes the mirror of its access rights where it is sent', async () => {
    const id = await bench.createPolicy(product());
    const stale = { ...(await read(id)), access_rights: {} };
    await bench.ask('PUT', `${PATH}/${id}`, stale);
    expect(Object.keys(asObject((await read(id)).access_rights))).toEqual([
      'echo',
    ]);
  });

  it.each([
    [{ state: 'active', active: false }, 'active', true, false],
    [{ state: 'draft', active: true }, 'draft', true, true],
    [{ state: 'deny' }, 'deny', false, false],
    [{ is_inactive: true }, 'draft', true, true],
    [{ active: false }, 'deny', false, false],
  ])('with %j is %s', async (flags, state, active, inactive) => {
    const id = await bench.createPolicy(product(flags));
    bench.settle();
    expect(await read(id)).toMatchObject({
      state,
      active,
      is_inactive: inactive,
    });
    const published = await bench.admin('GET', `/tyk/policies/${id}`);
    expect(published.status).toBe(state === 'deny' ? 404 : 200);
  });

  it('that is denied is taken from the gateway, and comes back', async () => {
    const id = await bench.createPolicy(product());
    bench.settle();
    const document = await read(id);
    const seen = async () => {
      bench.settle();
      return (await bench.admin('GET', `/tyk/policies/${id}`)).status;
    };
    await bench.ask('PUT', `${PATH}/${id}`, { ...document, state: 'deny' });
    expect(await seen()).toBe(404);
    await bench.ask('PUT', `${PATH}/${id}`, { ...document, state: 'active' });
    expect(await seen()).toBe(200);
  });

  it('needs a name that no other has', async () => {
    await bench.createPolicy(product());
    const id = await bench.createPolicy(product({ name: 'Other' }));
    const refused = {
      Status: 'Error',
      Message:
        'This policy name has already been used. Enter a unique policy name.',
      Meta: null,
    };
    const again = await bench.ask('POST', PATH, product());
    expect([again.status, again.body]).toEqual([400, refused]);
    const renamed = await bench.ask('PUT', `${PATH}/${id}`, product());
    expect([renamed.status, renamed.body]).toEqual([400, refused]);
  });

  it.each([
    ['{', 403, 'Request body malformed.'],
    ['{"name": 1}', 403, 'Request body malformed.'],
    ['{"name": "x", "id": "a b"}', 400, 'Invalid policy ID.'],
    ['{"name": "x", "id": "product"}', 400, 'Invalid policy ID.'],
  ])('%s is refused', async (body, status, message) => {
    const answer = await bench.ask('POST', PATH, body);
    expect([answer.status, asObject(answer.body).Message]).toEqual([
      status,
      message,
    ]);
  });

  it.each([
    ['GET', 'Could not retrieve portal object.'],
    ['PUT', 'Could not retrieve portal object.'],
    ['DELETE', 'Could not retrieve object for deletion'],
  ])('that is unknown: %s says so', async (method, message) => {
    const body = method === 'PUT' ? product() : undefined;
    const answer = await bench.ask(method, `${PATH}/${UNKNOWN}`, body);
    expect([answer.status, asObject(answer.body).Message]).toEqual([
      404,
      message,
    ]);
  });

  it('is found by id as well from 5.12 on, and only by _id before', async () => {
    const id = await bench.createPolicy(product({ id: 'bs-payments' }));
    expect((await read('bs-payments'))._id).toBe(id);
    bench.sandbox.setSettings({ dashboardVersion: '5.11.3' });
    const answer = await bench.ask('GET', `${PATH}/bs-payments`);
    expect([answer.status, asObject(answer.body).Message]).toEqual([
      400,
      'Invalid policy ID.',
    ]);
    expect((await read(id)).id).toBe('bs-payments');
  });
});

describe('lists', () => {
  const names = (body: JsonObject) =>
    Array.isArray(body.Data)
      ? body.Data.map(policy => asObject(policy).name)
      : body.Data;

  beforeEach(async () => {
    await bench.ask('DELETE', `${PATH}/product`);
    await bench.ask('DELETE', `${PATH}/plan`);
  });

  it('have pages of ten, all with p below 0, and null where there is nothing', async () => {
    expect(await bench.get(PATH)).toEqual({ Data: null, Pages: 0 });
    for (let number = 0; number < 25; number += 1) {
      await bench.createPolicy({ name: `Policy ${number}` });
    }
    const size = async (query: string) => {
      const { Data, Pages } = await bench.get(PATH + query);
      return [Array.isArray(Data) ? Data.length : Data, Pages];
    };
    expect(await size('')).toEqual([10, 3]);
    expect(await size('?p=3')).toEqual([5, 3]);
    expect(await size('?p=4')).toEqual([null, 3]);
    expect(await size('?p=-2')).toEqual([25, 1]);
    expect(await size('?p=-1')).toEqual([25, 1]);
    bench.sandbox.setSettings({ dashboardPageSize: 20 });
    expect(await size('')).toEqual([20, 2]);
  });

  it('can be searched', async () => {
    const a = await bench.createPolicy(product({ name: 'B Payments' }));
    await bench.createPolicy({ name: 'A Gold', state: 'draft' });
    await bench.createPolicy({ name: 'C Free', state: 'deny' });
    const search = async (query: string) =>
      names(await bench.get(`${PATH}/search?p=-1&${query}`));
    expect(await search('sort=name')).toEqual([
      'A Gold',
      'B Payments',
      'C Free',
    ]);
    expect(await search('q=gold')).toEqual(['A Gold']);
    expect(await search(`q=${a}`)).toEqual(['B Payments']);
    expect(await search(`policy_ids=${a}`)).toEqual(['B Payments']);
    expect(await search('state=draft,deny&sort=-name')).toEqual([
      'C Free',
      'A Gold',
    ]);
    expect(await search('active=false')).toEqual(['C Free']);
    expect(await search('api_id=echo')).toEqual(['B Payments']);
    expect(await search('auth_type=authToken')).toEqual(['B Payments']);
    expect(await search('auth_type=jwt')).toBeNull();
    expect(names(await bench.get(`${PATH}?active=false`))).toEqual(['C Free']);
    const answer = await bench.ask('GET', `${PATH}/search?policy_ids=bs-1`);
    expect([answer.status, asObject(answer.body).Message]).toEqual([
      400,
      'Policy ID is not in hex format.',
    ]);
  });

  it('hid policies whose APIs are all gone from plain users before 5.14', async () => {
    await bench.createPolicy(product({ access_rights: { gone: {} } }));
    bench.sandbox.setSettings({ dashboardAdmin: false });
    expect(names(await bench.get(PATH))).toEqual(['Payments']);
    bench.sandbox.setSettings({ dashboardVersion: '5.13.2' });
    expect(names(await bench.get(PATH))).toBeNull();
  });
});

describe('older versions', () => {
  beforeEach(() => bench.sandbox.setSettings({ dashboardVersion: '5.8.1' }));

  it('leave id empty, and the gateway knows the policy by _id', async () => {
    const id = await bench.createPolicy(product());
    bench.settle();
    expect(await read(id)).toMatchObject({ _id: id, id: '' });
    expect((await bench.admin('GET', `/tyk/policies/${id}`)).status).toBe(200);
  });

  it('know an explicit id only where allowed', async () => {
    const first = await bench.createPolicy(product({ id: 'first one' }));
    bench.sandbox.setSettings({ allowExplicitPolicyId: true });
    await bench.createPolicy(product({ name: 'Second', id: 'second' }));
    bench.settle();
    expect(bench.sandbox.inspect.policies().map(({ id }) => id)).toEqual([
      'product',
      'plan',
      first,
      'second',
    ]);
  });

  it('do not delete a policy that names an API that is gone; 5.8.9 does', async () => {
    const id = await bench.createPolicy(
      product({ access_rights: { gone: {} } }),
    );
    const refused = await bench.ask('DELETE', `${PATH}/${id}`);
    expect(refused.status).toBe(400);
    bench.sandbox.setSettings({ dashboardVersion: '5.8.9' });
    expect((await bench.ask('DELETE', `${PATH}/${id}`)).status).toBe(200);
  });
});

describe('options', () => {
  it('answer _id as the hexadecimal code of its characters', async () => {
    const id = await bench.createPolicy(product());
    bench.sandbox.setSettings({ policyIdForm: 'hex' });
    const hex = Buffer.from(id, 'ascii').toString('hex');
    expect(await read(id)).toMatchObject({ _id: hex, id });
    expect(await read(hex)).toMatchObject({ _id: hex, id });
    const put = await bench.ask('PUT', `${PATH}/${hex}`, await read(hex));
    expect(put.status).toBe(200);
    bench.sandbox.setSettings({ policyIdForm: 'plain' });
    expect(await read(id)).toMatchObject({ _id: id });
  });

  it('refuse a plan without APIs', async () => {
    bench.sandbox.setSettings({ requirePolicyApis: true });
    const plan = { name: 'Gold', partitions: { quota: true } };
    expect((await bench.ask('POST', PATH, plan)).status).toBe(400);
    const one = await bench.ask('POST', PATH, product());
    expect(one.status).toBe(200);
  });
});

describe('gateway and Dashboard show the same', () => {
  it('what was seeded, with what only the Dashboard knows', async () => {
    await bench.sandbox.stop();
    bench = await startDashboardBench({
      seed: {
        policies: [
          { id: 'a', name: 'A', tags: ['x'], partitions: { acl: true } },
          { id: 'b', name: 'B', state: 'deny' },
        ],
      },
    });
    const { Data } = await bench.get(PATH);
    expect(Data).toEqual([
      expect.objectContaining({ id: 'a', name: 'A', state: 'active' }),
      expect.objectContaining({ id: 'b', name: 'B', state: 'deny' }),
    ]);
    expect(bench.sandbox.inspect.policies().map(({ id }) => id)).toEqual(['a']);
  });

  it('what the Gateway API makes, changes and deletes', async () => {
    const policy = { id: 'mine', name: 'Mine', org_id: 'default' };
    await bench.admin('POST', '/tyk/policies', policy);
    expect(await read('mine')).toMatchObject({ id: 'mine', name: 'Mine' });
    const { _id } = await read('mine');
    await bench.admin('PUT', '/tyk/policies/mine', { ...policy, rate: 3 });
    expect(await read('mine')).toMatchObject({ _id, rate: 3 });
    await bench.admin('DELETE', '/tyk/policies/mine');
    expect((await bench.ask('GET', `${PATH}/mine`)).status).toBe(404);
  });

  it('what a test changes behind the back, at once', async () => {
    const { edit, inspect } = bench.sandbox;
    const id = await bench.createPolicy(product());
    expect(edit.changePolicy(id, { name: 'Renamed', tags: [] })).toBe(true);
    expect(await read(id)).toMatchObject({ name: 'Renamed', tags: [] });
    expect(inspect.policies().find(policy => policy.id === id)).toMatchObject({
      name: 'Renamed',
      partitions: { acl: true },
    });
    edit.changePolicy(id, { is_inactive: true, access_rights: {} });
    expect(await read(id)).toMatchObject({
      state: 'draft',
      access_rights_array: [],
    });
    expect(edit.removePolicy(id)).toBe(true);
    expect(edit.removePolicy(id)).toBe(false);
    expect(edit.changePolicy(id, {})).toBe(false);
    expect((await bench.ask('GET', `${PATH}/${id}`)).status).toBe(404);
    expect(inspect.policyDocuments().map(policy => policy.id)).toEqual([
      'product',
      'plan',
    ]);
  });
});
