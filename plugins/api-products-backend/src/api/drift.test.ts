/** `/providers/{id}/drift`: who sees differences, and who decides about them. */
import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { DriftItem } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import request from 'supertest';
import { startApiProducts } from '../testing/backend';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { FakeProvider } from '../testing/FakeProvider';
import { writeRecords } from '../testing/records';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('drift over HTTP on %p', id => {
  let knex: Knex;
  let backend: TestBackend;
  let provider: FakeProvider;
  const auditor = mockServices.auditor.mock();

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, { ...demo, products: [] }, { clock: testClock() });
    provider = FakeProvider.create();
    provider.mirrors = true;
    auditor.createEvent.mockImplementation(async () => ({
      success: async () => {},
      fail: async () => {},
    }));
    backend = await startApiProducts({
      knex,
      providers: [provider],
      features: [auditor.factory],
      config: {
        ingestion: { maxDropPercent: 0 },
        providers: { sandbox: { synchronisation: { enabled: false } } },
      },
    });
  });
  afterAll(() => backend.stop());

  const as = (name: string) => ({
    get: (path: string) =>
      request(backend.server)
        .get(`/api/api-products/providers/${path}`)
        .set(
          'Authorization',
          mockCredentials.user.header(`user:default/${name}`),
        ),
    post: (path: string, body?: object) =>
      request(backend.server)
        .post(`/api/api-products/providers/${path}`)
        .set(
          'Authorization',
          mockCredentials.user.header(`user:default/${name}`),
        )
        .send(body),
  });
  const items = async (query = ''): Promise<DriftItem[]> =>
    (await as('paula').get(`sandbox/drift${query}`).expect(200)).body.items;
  const settled = async (item: string) => {
    await waitFor(
      async () =>
        (
          await items(`?status=repaired&status=open`)
        ).some(one => one.id === item && one.status === 'repaired'),
      'it is repaired',
      20_000,
    );
  };

  it('shows differences to platform owners only, and lets them look, decide, and see what became of it', async () => {
    await as('omar').get('sandbox/drift').expect(403);
    await as('omar').post('sandbox/drift/check').expect(403);
    await as('paula').get('nowhere/drift').expect(404);

    await as('paula')
      .post('sandbox/drift/check')
      .expect(202, { provider: 'sandbox' });
    await waitFor(
      async () => (await items()).length === demo.plans.length,
      'all plans are missing',
    );
    const [item] = await items();
    expect(item).toMatchObject({
      kind: 'missing',
      subject: { kind: 'plan' },
      actions: ['push-ours', 'ignore'],
    });
    const path = `sandbox/drift/${item.id}/repair`;
    await as('omar').post(path, { action: 'push-ours' }).expect(403);
    await as('paula').post(path, { action: 'delete' }).expect(400);
    const refused = await as('paula').post(path, { action: 'take-theirs' });
    expect(refused.status).toBe(409);
    const repairing = await as('paula').post(path, { action: 'push-ours' });
    expect(repairing.body).toMatchObject({
      id: item.id,
      status: 'repairing',
      resolution: { action: 'push-ours', by: 'user:default/paula' },
    });
    await settled(item.id);
    const again = await as('paula').post(path, { action: 'push-ours' });
    expect(again.status).toBe(409);
    expect(again.body.error.message).toMatch(
      /The difference is repaired by user:default\/paula since/,
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'drift-repair',
        meta: { provider: 'sandbox', item: item.id, action: 'push-ours' },
      }),
    );
    await as('paula')
      .post(`sandbox/drift/${item.id.replace(/./g, '0')}/repair`, {
        action: 'ignore',
      })
      .expect(404);
    const { body } = await as('paula').get('sandbox').expect(200);
    expect(body.driftCount).toBe(demo.plans.length - 1);
    expect(body.driftCheckedAt).toBeDefined();
  });

  it('gives the list in pages and by status', async () => {
    const first = await as('paula').get('sandbox/drift?limit=1').expect(200);
    expect(first.body.items).toHaveLength(1);
    expect(first.body.totalItems).toBe(demo.plans.length - 1);
    const { nextCursor } = first.body.pageInfo;
    const second = await as('paula')
      .get(`sandbox/drift?limit=1&cursor=${nextCursor}`)
      .expect(200);
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
    expect(await items('?status=ignored')).toEqual([]);
    await as('paula').get('sandbox/drift?status=odd').expect(400);
  });
});
