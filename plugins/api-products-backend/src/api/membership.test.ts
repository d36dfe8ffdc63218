/** Who has left a group, and a catalog that does not say who is in it, with the token of before. */
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { FakeProvider } from '../testing/FakeProvider';
import { providerApi } from '../testing/authoring';
import { startApiProducts } from '../testing/backend';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
  userEntity,
} from '../testing/entities';
import { peopleEntities } from '../testing/people';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const owner = 'group:default/payments-team';
/** Longer than memberships are kept. */
const A_MOMENT = 10_000;

const records = [
  catalogueEntity('internal'),
  planEntity('free', { spec: { approval: { mode: 'auto' } } }),
  planEntity('gold'),
  apiEntity('payments', 'a1', { owner }),
  productEntity('payments', { spec: { owner, plans: ['free', 'gold'] } }),
];

describe('membership', () => {
  let backend: TestBackend;
  let later = 0;
  const real = Date.now.bind(Date);
  const catalog = catalogServiceMock.mock();

  /** What the catalog says from now on. */
  function say(people: Entity[]): void {
    const now = catalogServiceMock({ entities: [...people, ...records] });
    catalog.getEntityByRef.mockImplementation((...args) =>
      now.getEntityByRef(...args),
    );
    catalog.getEntitiesByRefs.mockImplementation((...args) =>
      now.getEntitiesByRefs(...args),
    );
    catalog.queryEntities.mockImplementation((...args) =>
      now.queryEntities(...args),
    );
    later += A_MOMENT;
  }

  const without = (...gone: string[]): Entity[] =>
    peopleEntities.map(entity =>
      gone.includes(entity.metadata.name)
        ? userEntity(entity.metadata.name)
        : entity,
    );

  function call(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    as: string,
    body?: object,
  ) {
    const sent = request(backend.server)
      [method](`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${as}`));
    return body === undefined ? sent : sent.send(body);
  }

  const ask = async (plan: string, name: string) => {
    const { status, body } = await call('post', '/access-requests', 'dana', {
      product: 'payments',
      plan,
      application: { name, owner: 'shop-team' },
    });
    expect(status).toBe(201);
    return body;
  };

  beforeAll(async () => {
    jest.spyOn(Date, 'now').mockImplementation(() => real() + later);
    say(peopleEntities);
    const provider = FakeProvider.create();
    provider.apis = [providerApi('a1')];
    backend = await startApiProducts({ catalog, providers: [provider] });
    await waitFor(async () => {
      const { body } = await call('get', '/products/default/payments', 'omar');
      return body.providerState?.status === 'ready';
    }, 'the product is at the provider');
  });

  beforeEach(() => say(peopleEntities));

  afterAll(async () => {
    await backend.stop();
    jest.restoreAllMocks();
  });

  it('lets who has left a group decide nothing any more', async () => {
    const { id } = await ask('gold', 'decided by a leaver');
    say(without('omar'));
    for (const verb of ['approve', 'reject']) {
      const { status } = await call(
        'post',
        `/access-requests/${id}/${verb}`,
        'omar',
        { comment: 'still me' },
      );
      expect(status).toBe(403);
    }
    const { status } = await call(
      'post',
      `/access-requests/${id}/approve`,
      'olga',
    );
    expect(status).toBe(200);
  });

  it('lets the requester who has left see, reveal, issue, revoke nothing of the group', async () => {
    const { subscription } = await ask('free', 'asked for by a leaver');
    const path = `/subscriptions/${subscription}`;
    await waitFor(
      async () => (await call('get', path, 'devin')).body.status === 'active',
      'the subscription is active',
    );
    const { body } = await call('get', `${path}/credentials`, 'devin');
    const key = `/credentials/${body.items[0].id}`;
    say(without('dana'));
    for (const [method, what] of [
      ['get', path],
      ['get', `${path}/credentials`],
      ['post', `${path}/credentials`],
      ['post', `${path}/revoke`],
      ['post', `${path}/retry`],
      ['post', `${key}/reveal`],
      ['post', `${key}/revoke`],
    ] as const) {
      const { status } = await call(
        method,
        what,
        'dana',
        method === 'post' ? {} : undefined,
      );
      expect([what, status]).toEqual([what, 404]);
    }
    const mine = await call('get', '/subscriptions', 'dana');
    expect(mine.body.items).toEqual([]);
    expect((await call('post', `${key}/reveal`, 'devin')).status).toBe(200);
  });

  it('lets the requester who has left neither change nor withdraw what waits', async () => {
    const { id, revision } = await ask('gold', 'waits for a leaver');
    say(without('dana'));
    const path = `/access-requests/${id}`;
    const seen = await call('get', path, 'dana');
    expect(seen.body.actions).toEqual([]);
    const moved = { revision, plan: 'free' };
    expect((await call('patch', path, 'dana', moved)).status).toBe(403);
    expect((await call('post', `${path}/cancel`, 'dana')).status).toBe(403);
  });

  it('guesses nothing while the catalog does not answer', async () => {
    const { id } = await ask('gold', 'without a catalog');
    later += A_MOMENT;
    catalog.getEntityByRef.mockRejectedValue(new Error('no answer'));
    for (const [method, path] of [
      ['post', `/access-requests/${id}/approve`],
      ['get', '/products'],
    ] as const) {
      const { status, body } = await call(method, path, 'omar');
      expect(status).toBe(503);
      expect(body.error.message).toContain('The catalog does not say which');
    }
  });
});
