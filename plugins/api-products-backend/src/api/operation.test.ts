/** `/me`, `/history` and `/providers`: who gets to know what. */
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  ProviderUnauthorisedError,
  ProviderUnavailableError,
  type ApiProvider,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { recordHistory } from '../history/history';
import { startApiProducts } from '../testing/backend';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { people } from '../testing/people';
import { idOf, writeRecords } from '../testing/records';

jest.setTimeout(60_000);

const notAsked = async () => {
  throw new Error('This test does not ask for it');
};

function provider(id: string, methods: Partial<ApiProvider>): ApiProvider {
  return {
    id,
    type: 'test',
    title: `Provider ${id}`,
    gatewayUrl: 'https://gateway.example.com',
    probe: notAsked,
    listApis: notAsked,
    exportDefinition: notAsked,
    listOfferings: notAsked,
    putProduct: notAsked,
    putPlan: notAsked,
    removeProduct: notAsked,
    removePlan: notAsked,
    putCredential: notAsked,
    readCredential: notAsked,
    listCredentials: notAsked,
    updateCredential: notAsked,
    resetQuota: notAsked,
    removeCredential: notAsked,
    cleanUpCredential: notAsked,
    usage: notAsked,
    ...methods,
  };
}

const up = provider('up', {
  probe: async () => ({
    version: 'v5.14.0',
    revocation: 'safe',
    findings: [{ name: 'revocation', status: 'ok', message: 'is safe' }],
  }),
  listApis: async () => [
    {
      id: 'a1',
      name: 'Payments',
      listenPath: '/payments/',
      active: true,
      authentication: 'auth-token',
      headerName: 'Authorization',
    },
  ],
});

const down = provider('down', {
  probe: async () => {
    throw new ProviderUnauthorisedError('The token is refused');
  },
  listApis: async () => {
    throw new ProviderUnavailableError('connection refused');
  },
});

describe.each(testDatabases().eachSupportedId())('operation on %p', id => {
  const databases = testDatabases();
  const clock = testClock();
  let knex: Knex;
  let backend: TestBackend;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, demo, { clock });
    const times = {
      created_at: '2026-11-21T12:00:00.000Z',
      updated_at: '2026-11-21T12:00:00.000Z',
    };
    await knex('applications').insert(
      (['dana', 'omar'] as const).map(name => ({
        id: `app-${name}`,
        name,
        owner_ref:
          name === 'dana'
            ? 'group:default/shop-team'
            : 'group:default/payments-team',
        created_by: people[name].ref,
        ...times,
      })),
    );
    const productId = await idOf(
      knex,
      'product',
      'apiproduct:default/payments',
    );
    const planId = await idOf(knex, 'plan', 'apiplan:default/gold');
    await knex('access_requests').insert(
      (['dana', 'omar'] as const).map(name => ({
        id: `request-${name}`,
        status: 'pending',
        product_id: productId,
        plan_id: planId,
        application_id: `app-${name}`,
        requester_ref: people[name].ref,
        ...times,
      })),
    );
    await knex('history').delete();
    for (const [subject, actor, product, application] of [
      ['access-request:1', people.dana.ref, productId, 'app-dana'],
      ['application:2', people.omar.ref, undefined, 'app-omar'],
      ['product:3', undefined, productId, undefined],
      ['plan:4', people.paula.ref, undefined, undefined],
    ] as const) {
      clock.advance(60_000);
      await knex.transaction(tx =>
        recordHistory(tx, clock, {
          subject,
          event: 'thing.happened',
          actor,
          message: `${subject} happened`,
          product,
          application,
        }),
      );
    }
    backend = await startApiProducts({ knex, providers: [up, down] });
  });

  afterAll(async () => {
    await backend.stop();
    await knex.destroy();
  });

  const get = (path: string, as: string) =>
    request(backend.server)
      .get(`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${as}`));

  describe('/me', () => {
    it('says who a developer is and what they wait for', async () => {
      const { body } = await get('/me', 'dana');
      expect(body).toEqual({
        user: 'user:default/dana',
        groups: ['group:default/shop-team'],
        platformOwner: false,
        platformOwners: ['group:default/platform-owners'],
        planAuthor: false,
        ownedProducts: ['apiproduct:default/orders-v1'],
        counts: { pendingForMe: 0, myPending: 1 },
      });
    });

    it('counts for an owner what others wait for, not their own request', async () => {
      const { body } = await get('/me', 'omar');
      expect(body.ownedProducts).toEqual([
        'apiproduct:default/payments',
        'apiproduct:partners/payments',
      ]);
      expect(body.counts).toEqual({ pendingForMe: 1, myPending: 1 });
    });

    it('counts everything for a platform owner, and names what is theirs', async () => {
      const { body } = await get('/me', 'paula');
      expect(body).toMatchObject({
        platformOwner: true,
        planAuthor: true,
        ownedProducts: ['apiproduct:default/handbook'],
        counts: { pendingForMe: 2, myPending: 0 },
      });
    });

    it('is for people', async () => {
      const { status } = await request(backend.server)
        .get('/api/api-products/me')
        .set('Authorization', mockCredentials.service.header());
      expect(status).toBe(403);
    });
  });

  describe('/history', () => {
    it.each([
      ['dana', '', ['access-request:1']],
      ['devin', '', ['access-request:1']],
      ['omar', '', ['product:3', 'application:2', 'access-request:1']],
      ['olga', '?actor=user:default/omar', ['application:2']],
      ['mia', '', []],
      [
        'paula',
        '',
        ['plan:4', 'product:3', 'application:2', 'access-request:1'],
      ],
      ['paula', '?subject=plan:4', ['plan:4']],
      ['mia', '?subject=plan:4', []],
      ['paula', '?actor=dana', ['access-request:1']],
      [
        'paula',
        '?from=2026-11-21T12:02:00Z&to=2026-11-21T13:04:00%2B01:00',
        ['product:3', 'application:2'],
      ],
    ])('%s asking for %s reads %j', async (as, query, expected) => {
      const { body } = await get(`/history${query}`, as);
      const subjects = body.items.map((i: { subject: string }) => i.subject);
      expect(subjects).toEqual(expected);
      expect(body.totalItems).toBe(expected.length);
    });

    it('is read page by page', async () => {
      const first = await get('/history?limit=3', 'paula');
      const { nextCursor } = first.body.pageInfo;
      const second = await get(
        `/history?limit=3&cursor=${nextCursor}`,
        'paula',
      );
      expect(second.body.items).toEqual([
        expect.objectContaining({ subject: 'access-request:1' }),
      ]);
      expect(second.body.pageInfo).toEqual({ prevCursor: expect.any(String) });
    });
  });

  describe('/providers', () => {
    it('shows platform owners the health of each, with the reason', async () => {
      const { body } = await get('/providers', 'paula');
      expect(body).toMatchObject({
        totalItems: 2,
        items: [
          {
            id: 'down',
            status: 'down',
            message: 'The token is refused',
            findings: [],
          },
          {
            id: 'up',
            type: 'test',
            title: 'Provider up',
            gatewayUrl: 'https://gateway.example.com',
            status: 'up',
            version: 'v5.14.0',
            findings: [{ name: 'revocation', status: 'ok' }],
            revocation: 'safe',
            driftCount: 0,
            checkedAt: expect.any(String),
          },
        ],
      });
    });

    it.each([
      ['/providers', 'omar', 403],
      ['/providers/up', 'dana', 403],
      ['/providers/up/apis', 'dana', 403],
      ['/providers/up', 'paula', 200],
      ['/providers/none', 'paula', 404],
      ['/providers/none/apis', 'paula', 404],
    ])('%s for %s is %i', async (path, as, expected) => {
      const { status } = await get(path, as);
      expect(status).toBe(expected);
    });

    it('lists the APIs of one, or says why it cannot', async () => {
      const { body } = await get('/providers/up/apis', 'paula');
      expect(body.items).toEqual([
        expect.objectContaining({ id: 'a1', listenPath: '/payments/' }),
      ]);
      const failed = await get('/providers/down/apis', 'paula');
      expect(failed.status).toBe(503);
      expect(failed.body.error.message).toBe(
        'Provider down does not list its APIs: connection refused',
      );
    });
  });
});
