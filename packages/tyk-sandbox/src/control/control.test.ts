import request from 'supertest';
import { startBench } from '../testing';
import type { Bench } from '../testing';

let bench: Bench;
let control: ReturnType<typeof request>;

beforeEach(async () => {
  bench = await startBench({ controlPort: 0 });
  control = request(bench.sandbox.controlUrl ?? '');
});
afterEach(() => bench.sandbox.stop());

describe('the control route', () => {
  it('adds, lists and removes faults', async () => {
    const added = await control
      .post('/faults')
      .send({ kind: 'status', status: 500, match: { path: '^/hello' } })
      .expect(201);
    expect((await bench.admin('GET', '/hello')).status).toBe(500);
    const listed = await control.get('/faults').expect(200);
    expect(listed.body).toEqual([
      expect.objectContaining({ id: added.body.id, struck: 1 }),
    ]);
    await control.delete(`/faults/${added.body.id}`).expect(204);
    await control.delete(`/faults/${added.body.id}`).expect(404);
    await control.post('/faults').send({ kind: 'reset' }).expect(201);
    await control.delete('/faults').expect(204);
    expect(bench.sandbox.faults.list()).toEqual([]);
  });

  it.each([
    [{ kind: 'explode' }],
    [{ kind: 'status' }],
    [{ kind: 'reset', match: { path: '(' } }],
    [{ kind: 'reset', tims: 3 }],
  ])('refuses the fault %j', async fault => {
    await control.post('/faults').send(fault).expect(400);
    expect(bench.sandbox.faults.list()).toEqual([]);
  });

  it('changes settings while the gateway runs', async () => {
    await control
      .put('/settings')
      .send({ hashKeyFunction: null, hashedKeysListing: false })
      .expect(204);
    expect(bench.sandbox.settings.hashKeyFunction).toBeUndefined();
    const read = await control.get('/settings').expect(200);
    expect(read.body).toMatchObject({
      hashKeyFunction: null,
      hashKeys: true,
      hashedKeysListing: false,
    });
    await control.put('/settings').send({ colour: 'red' }).expect(400);
  });

  it('takes settings and faults of the Dashboard', async () => {
    await control
      .put('/settings')
      .send({
        dashboardVersion: '5.8.1',
        policyIdForm: 'hex',
        dashboardPermissions: { keys: 'read' },
      })
      .expect(204);
    expect(bench.sandbox.settings).toMatchObject({
      dashboardVersion: '5.8.1',
      dashboardPermissions: { keys: 'read' },
    });
    await control.put('/settings').send({ dashboardVersion: 'x' }).expect(400);
    await control
      .put('/settings')
      .send({ dashboardPermissions: { all: 'read' } })
      .expect(400);
    await control
      .post('/faults')
      .send({ kind: 'reset', match: { plane: 'dashboard' } })
      .expect(201);
  });

  it('changes and removes policies behind the back', async () => {
    await control.patch('/policies/plan').send({ name: 'Gold' }).expect(204);
    const { body } = await control.get('/policies/documents').expect(200);
    expect(body).toContainEqual(
      expect.objectContaining({ id: 'plan', name: 'Gold', state: 'active' }),
    );
    await control.patch('/policies/plan').send({ name: 1 }).expect(400);
    await control.delete('/policies/plan').expect(204);
    await control.delete('/policies/plan').expect(404);
    await control.patch('/policies/plan').send({}).expect(404);
  });

  it('shows keys without their tokens, and calls without secrets', async () => {
    const { key, hash } = await bench.createKey('bsk_secret');
    await bench.admin('GET', '/tyk/keys/bsk_secret?org_id=default');
    await bench.admin('GET', `/tyk/keys/${hash}?hashed=true`);
    await bench.call(key, `/echo/a?key=${key}`);
    const keys = await control.get('/keys').expect(200);
    expect(keys.body).toEqual([
      expect.objectContaining({
        hash,
        session: expect.objectContaining({
          apply_policies: ['product', 'plan'],
        }),
      }),
    ]);
    const calls = await control.get('/calls').expect(200);
    expect(calls.body).toMatchObject([
      { plane: 'admin', method: 'POST', path: '/tyk/keys/bsk_…', status: 200 },
      { plane: 'admin', method: 'GET', path: '/tyk/keys/bsk_…', status: 200 },
      { plane: 'admin', path: `/tyk/keys/${hash}`, status: 200 },
      { plane: 'data', method: 'GET', path: '/echo/a', status: 200 },
    ]);
    expect(JSON.stringify([keys.body, calls.body])).not.toContain(key);
  });

  it('moves the clock and starts over', async () => {
    bench.sandbox.edit.putPolicy({ id: 'new', key_expires_in: 60 });
    await bench.createKey();
    await control.post('/advance').send({ milliseconds: 60_000 }).expect(204);
    await control.post('/advance').send({ milliseconds: 'x' }).expect(400);
    await control.post('/reset').expect(204);
    expect(bench.sandbox.inspect.keys()).toEqual([]);
    const policies = await control.get('/policies').expect(200);
    expect(policies.body).toEqual([
      expect.objectContaining({ id: 'product' }),
      expect.objectContaining({ id: 'plan' }),
    ]);
  });
});
