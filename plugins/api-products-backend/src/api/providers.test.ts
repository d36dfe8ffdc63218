/** `/providers` where it is about synchronisation: who may begin one, and what is seen of it. */
import {
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import {
  providerUpdatePermission,
  type SyncRun,
} from 'backstage-plugin-api-products-common';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { startApiProducts } from '../testing/backend';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { FakeProvider } from '../testing/FakeProvider';
import { apiEntity } from '../testing/entities';
import { foundApi, foundProduct } from '../testing/offerings';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

describe.each(testDatabases().eachSupportedId())('/providers on %p', id => {
  const databases = testDatabases();
  const provider = FakeProvider.create();
  let knex: Knex;
  let backend: TestBackend;
  let mayUpdate = true;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    provider.apis = [foundApi('a1')];
    provider.offerings = [foundProduct('p1', { name: 'Payments' })];
    backend = await startApiProducts({
      knex,
      providers: [provider],
      // Whoever has the import has the API, so that nothing holds it back.
      entities: [
        apiEntity('a1', 'a1', { owner: 'group:default/platform-owners' }),
      ],
      features: [
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () =>
            mockServices.permissions.mock({
              authorize: async asked =>
                asked.map(({ permission }) => ({
                  result:
                    mayUpdate ||
                    !isPermission(permission, providerUpdatePermission)
                      ? AuthorizeResult.ALLOW
                      : AuthorizeResult.DENY,
                })),
            }),
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend.stop();
    await knex.destroy();
  });

  const as = (who: string) =>
    mockCredentials.user.header(`user:default/${who}`);
  const get = (path: string, who = 'paula') =>
    request(backend.server)
      .get(`/api/api-products${path}`)
      .set('Authorization', as(who));
  const sync = (body: object = {}, who = 'paula') =>
    request(backend.server)
      .post('/api/api-products/providers/sandbox/sync')
      .set('Authorization', as(who))
      .send(body);
  const runs = async (query = ''): Promise<SyncRun[]> =>
    (await get(`/providers/sandbox/sync-runs${query}`)).body.items;
  const ended = (run: string) =>
    waitFor(
      async () =>
        (await runs()).some(
          ({ id: found, finishedAt }) => found === run && finishedAt,
        ),
      'the run has ended',
    );

  it('synchronises by itself when it starts', async () => {
    await waitFor(async () => {
      const all = await runs();
      return all.length > 0 && all.every(({ finishedAt }) => finishedAt);
    }, 'the runs of the start have ended');
    const created = (await runs()).map(({ counts }) => counts.created);
    expect(created.reduce((a, b) => a + b)).toBe(1);
    const { body } = await get('/products/default/payments');
    expect(body).toMatchObject({
      origin: 'provider',
      lifecycle: 'draft',
      owner: 'group:default/platform-owners',
      providerState: { status: 'ready', policyId: 'p1' },
    });
  });

  it('synchronises on demand, and says who wanted it', async () => {
    provider.offerings = [foundProduct('p1', { name: 'Pay' })];
    const { status, body } = await sync();
    expect(status).toBe(202);
    expect(body.run).toMatchObject({
      provider: 'sandbox',
      trigger: 'request',
      requestedBy: 'user:default/paula',
      status: 'queued',
      progress: { done: 0, total: 0 },
    });
    await ended(body.run.id);
    const { lastSync, ...shown } = (await get('/providers/sandbox')).body;
    expect(lastSync).toMatchObject({
      id: body.run.id,
      status: 'succeeded',
      counts: { renamed: 1, unchanged: 0 },
    });
    expect(lastSync).not.toHaveProperty('items');
    expect(lastSync).not.toHaveProperty('progress');
    expect(shown).toMatchObject({ revocation: 'safe', driftCount: 0 });
    expect((await get('/providers')).body.items[0].lastSync).toEqual(lastSync);
    expect((await runs('?limit=1'))[0]).toMatchObject({
      id: body.run.id,
      items: [
        { outcome: 'renamed', name: 'Pay', ref: 'apiproduct:default/payments' },
      ],
    });
  });

  it('hides on confirmation', async () => {
    provider.offerings = [];
    const first = await sync();
    await ended(first.body.run.id);
    expect((await runs())[0]).toMatchObject({
      status: 'held-back',
      items: [{ outcome: 'held-back' }],
    });
    const second = await sync({ confirmDrop: true });
    await ended(second.body.run.id);
    expect((await runs())[0]).toMatchObject({
      status: 'succeeded',
      counts: { hidden: 1 },
    });
    const { body } = await get('/products/default/payments');
    expect(body.hiddenSince).toEqual(expect.any(String));
  });

  it('shows a failure with its reason', async () => {
    provider.fault = () => {
      throw new ProviderUnavailableError('connection refused');
    };
    const { body } = await sync();
    await ended(body.run.id);
    provider.fault = undefined;
    expect((await get('/providers/sandbox')).body.lastSync).toMatchObject({
      status: 'failed',
      message: 'connection refused',
    });
  });

  it('counts open differences', async () => {
    const row = {
      provider_id: 'sandbox',
      kind: 'limits',
      message: '',
      created_at: '2026-11-21T12:00:00.000Z',
      updated_at: '2026-11-21T12:00:00.000Z',
    };
    await knex('drift_items').insert([
      { ...row, id: '1', subject: 'plan:1', status: 'open' },
      { ...row, id: '2', subject: 'plan:2', status: 'repairing' },
      { ...row, id: '3', subject: 'plan:3', status: 'ignored' },
      { ...row, id: '4', subject: 'plan:4', status: 'open', provider_id: 'x' },
    ]);
    expect((await get('/providers/sandbox')).body.driftCount).toBe(2);
  });

  it('pages through the runs', async () => {
    const all = await runs();
    const first = await get('/providers/sandbox/sync-runs?limit=2');
    expect(first.body.totalItems).toBe(all.length);
    const { nextCursor } = first.body.pageInfo;
    const second = await runs(`?limit=2&cursor=${nextCursor}`);
    expect([...first.body.items, ...second].map(run => run.id)).toEqual(
      all.slice(0, 4).map(run => run.id),
    );
  });

  it.each([
    ['omar', {}, 403, 'Only platform owners may see the providers'],
    ['paula', { everything: true }, 400, 'body/everything'],
    ['paula', { confirmDrop: 'yes' }, 400, 'confirmDrop'],
  ])('for %s with %j answers %i', async (who, body, expected, message) => {
    const answer = await sync(body, who);
    expect(answer.status).toBe(expected);
    expect(answer.body.error.message).toContain(message);
  });

  it('needs the permission besides', async () => {
    mayUpdate = false;
    const { status, body } = await sync();
    mayUpdate = true;
    expect(status).toBe(403);
    expect(body.error.message).toContain('api-products.provider.update');
  });
});
