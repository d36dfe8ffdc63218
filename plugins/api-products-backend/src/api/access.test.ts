import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import request from 'supertest';
import { FakeProvider } from '../testing/FakeProvider';
import { providerApi } from '../testing/authoring';
import { startApiProducts } from '../testing/backend';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../testing/entities';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const entities = [
  catalogueEntity('internal'),
  planEntity('free', { spec: { approval: { mode: 'auto' } } }),
  planEntity('gold'),
  planEntity('rationed', {
    spec: { accessRequests: { allowance: 1, per: 'P1D' } },
  }),
  apiEntity('payments', 'a1', { owner: 'group:default/payments-team' }),
  productEntity('payments', {
    metadata: { title: 'Payments API' },
    spec: {
      owner: 'group:default/payments-team',
      plans: ['free', 'gold', 'rationed'],
      gatewayEndpoint: 'https://gateway.example.com/payments',
      terms: [
        {
          name: 'Terms',
          version: '1',
          url: 'https://example.com/terms',
          required: true,
        },
      ],
    },
  }),
];

describe('access over HTTP', () => {
  let backend: TestBackend;
  let applications = 0;
  const auditor = mockServices.auditor.mock();
  const success = jest.fn(async () => {});
  const fail = jest.fn(async () => {});

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue({ success, fail });
    const provider = FakeProvider.create();
    provider.apis = [providerApi('a1')];
    backend = await startApiProducts({
      entities,
      providers: [provider],
      features: [auditor.factory],
    });
    await waitFor(async () => {
      const { body } = await call('get', '/products/default/payments', 'omar');
      return body.providerState?.status === 'ready';
    }, 'the product is at the provider');
  });

  afterAll(() => backend.stop());

  function call(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    as: string,
    body?: object,
    headers: Record<string, string> = {},
  ) {
    const sent = request(backend.server)
      [method](`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${as}`))
      .set(headers);
    return body === undefined ? sent : sent.send(body);
  }

  const asking = (fields: object = {}) => {
    applications += 1;
    return {
      product: 'payments',
      plan: 'gold',
      application: { name: `app ${applications}`, owner: 'shop-team' },
      acceptedTerms: [{ name: 'Terms', version: '1' }],
      ...fields,
    };
  };

  const ask = (as: string, fields: object = {}, headers = {}) =>
    call('post', '/access-requests', as, asking(fields), headers);

  it('gives a key for a plan that approves by itself, and takes it back', async () => {
    const { status, body } = await ask('dana', { plan: 'default/free' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'approved',
      decision: { automatic: true },
    });
    const path = `/subscriptions/${body.subscription}`;
    await waitFor(
      async () => (await call('get', path, 'dana')).body.status === 'active',
      'the subscription is active',
    );
    const subscription = await call('get', path, 'devin');
    expect(subscription.body).toMatchObject({
      usage: { endpoint: 'https://gateway.example.com/payments' },
      credentials: [
        { status: 'active', actions: ['reveal', 'revoke', 'rotate'] },
      ],
    });
    const list = await call('get', '/subscriptions?status=active', 'dana');
    expect(list.body.items).toEqual([subscription.body]);
    expect((await call('get', path, 'gus')).status).toBe(404);
    const revoked = await call('post', `${path}/revoke`, 'dana', {
      reason: 'done',
    });
    expect(revoked.status).toBe(200);
    expect(revoked.body.status).toBe('revoking');
  });

  it('takes a manual request through its life', async () => {
    const { body: made } = await ask('dana', { reason: 'checkout' });
    const path = `/access-requests/${made.id}`;
    const edited = await call('patch', path, 'dana', {
      revision: 1,
      reason: 'checkout rewrite',
    });
    expect(edited.body).toMatchObject({ revision: 2 });
    const waiting = await call(
      'get',
      '/access-requests?as=approver&status=pending&product=payments',
      'omar',
    );
    expect(waiting.body.items).toContainEqual(
      expect.objectContaining({ id: made.id, actions: ['approve', 'reject'] }),
    );
    const own = await call('post', `${path}/approve`, 'dana');
    expect(own.status).toBe(403);
    const stale = await call('post', `${path}/approve`, 'omar', {
      revision: 1,
    });
    expect(stale.status).toBe(409);
    expect(stale.body.error.fields).toMatchObject({ revision: 2 });
    const rejected = await call('post', `${path}/reject`, 'omar', {
      revision: 2,
      comment: 'not now',
    });
    expect(rejected.body).toMatchObject({
      status: 'rejected',
      decision: { by: 'user:default/omar', comment: 'not now' },
    });
    const late = await call('post', `${path}/approve`, 'olga');
    expect(late.status).toBe(409);
    expect(late.body.error.message).toContain(
      'already been rejected by user:default/omar',
    );
  });

  it('approves without a body', async () => {
    const { body: made } = await ask('dana');
    const { status, body } = await call(
      'post',
      `/access-requests/${made.id}/approve`,
      'olga',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'approved' });
  });

  it.each([
    ['/approve', { plan: 'free' }, 'plan'],
    ['/approve', { expiresAt: '2027-01-01T00:00:00.000Z' }, 'expiresAt'],
    ['/reject', {}, 'comment'],
    ['/reject', { comment: '' }, 'comment'],
    ['/cancel', { revision: 'one' }, 'revision'],
  ])('refuses %s with %j, naming %s', async (route, body, field) => {
    const { body: made } = await ask('dana');
    const answer = await call(
      'post',
      `/access-requests/${made.id}${route}`,
      'omar',
      body,
    );
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(field);
  });

  const decideAll = (items: unknown[]) =>
    call('post', '/access-requests/decide', 'olga', { items });

  it('decides many, and leaves one audit event of all', async () => {
    const { body: one } = await ask('dana');
    const { body: other } = await ask('dana');
    const { status, body } = await decideAll([
      { id: one.id, decision: 'approve', revision: 1 },
      { id: other.id, decision: 'reject', comment: 'not now' },
      { id: 'nothing', decision: 'approve' },
    ]);
    expect(status).toBe(200);
    expect(body).toEqual({
      results: [
        {
          id: one.id,
          status: 200,
          accessRequest: expect.objectContaining({ status: 'approved' }),
        },
        {
          id: other.id,
          status: 200,
          accessRequest: expect.objectContaining({ status: 'rejected' }),
        },
        {
          id: 'nothing',
          status: 404,
          error: {
            name: 'NotFoundError',
            message: 'There is no access request nothing',
            code: 'not-found',
            fields: {},
          },
        },
      ],
    });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({ eventId: 'access-requests-decide' }),
    );
    expect(success).toHaveBeenLastCalledWith({
      meta: {
        results: [
          { accessRequest: one.id, status: 200 },
          { accessRequest: other.id, status: 200 },
          { accessRequest: 'nothing', status: 404, code: 'not-found' },
        ],
      },
    });
  });

  it.each<[string, unknown[], string]>([
    ['none', [], 'items'],
    [
      'more than 100',
      Array.from({ length: 101 }, (_, i) => ({
        id: `${i}`,
        decision: 'approve',
      })),
      'items',
    ],
    [
      'a rejection without a comment',
      [{ id: '1', decision: 'reject' }],
      'items.0.comment',
    ],
    [
      'a comment of blanks',
      [{ id: '1', decision: 'reject', comment: ' ' }],
      'items.0.comment',
    ],
    [
      'one twice',
      ['1', '2', '1'].map(id => ({ id, decision: 'approve' })),
      'items.2.id',
    ],
  ])('refuses many that are %s as a whole', async (_, items, field) => {
    const { status, body } = await decideAll(items);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid', fields: { field } });
  });

  it('takes a hundred comments of the greatest length', async () => {
    const { status, body } = await decideAll(
      Array.from({ length: 100 }, (_, i) => ({
        id: `${i}`,
        decision: 'reject',
        comment: '评'.repeat(4_000),
      })),
    );
    expect(status).toBe(200);
    expect(body.results).toHaveLength(100);
  });

  it('says 429 and when it renews', async () => {
    await ask('mia', { plan: 'rationed', application: { name: 'one' } });
    const { status, body, headers } = await ask('mia', {
      plan: 'rationed',
      application: { name: 'two' },
    });
    expect(status).toBe(429);
    expect(body.error.message).toContain('Plan access quota exceeded');
    expect(Number(headers['retry-after'])).toBeGreaterThan(86_000);
  });

  it('repeats its answer for an idempotency key', async () => {
    const body = asking();
    const headers = { 'Idempotency-Key': 'abc' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        call('post', '/access-requests', 'dana', body, headers),
      ),
    );
    expect(answers.map(answer => answer.status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(answer => answer.body.id)).size).toBe(1);
  });

  it('answers a second pending request with the id of the first', async () => {
    const body = asking();
    const first = await call('post', '/access-requests', 'dana', body);
    const second = await call('post', '/access-requests', 'devin', body);
    expect(second.status).toBe(409);
    expect(second.body.error).toMatchObject({
      name: 'ConflictError',
      fields: { accessRequest: first.body.id },
    });
  });

  it('makes, changes and deletes applications', async () => {
    const made = await call('post', '/applications', 'dana', {
      name: 'Fresh',
      owner: 'shop-team',
    });
    expect(made.status).toBe(201);
    const path = `/applications/${made.body.id}`;
    const again = await call('post', '/applications', 'devin', {
      name: 'Fresh',
      owner: 'shop-team',
    });
    expect(again.status).toBe(409);
    const foreign = await call('post', '/applications', 'dana', {
      name: 'X',
      owner: 'mobile-team',
    });
    expect(foreign.status).toBe(403);
    const changed = await call('patch', path, 'devin', {
      revision: 1,
      name: 'Fresher',
    });
    expect(changed.body).toMatchObject({ name: 'Fresher', revision: 2 });
    const listed = await call('get', '/applications?q=fresher', 'dana');
    expect(listed.body.items).toEqual([changed.body]);
    expect((await call('get', path, 'gus')).status).toBe(404);
    expect((await call('delete', path, 'dana')).status).toBe(204);
    expect((await call('get', path, 'dana')).status).toBe(404);
  });

  it('leaves an audit event of each change, also of one that failed', async () => {
    auditor.createEvent.mockClear();
    success.mockClear();
    fail.mockClear();
    const { body: made } = await ask('dana', { reason: 'planted words' });
    await call('post', `/access-requests/${made.id}/approve`, 'dana');
    await call('post', `/access-requests/${made.id}/cancel`, 'dana');
    const events = auditor.createEvent.mock.calls
      .map(([event]) => event)
      // The history seals its lines when it is time to.
      .filter(({ eventId }) => eventId !== 'history-seal');
    expect(events.map(event => [event.eventId, event.severityLevel])).toEqual([
      ['access-request-create', 'medium'],
      ['access-request-approve', 'medium'],
      ['access-request-cancel', 'medium'],
    ]);
    const told: unknown[] = success.mock.calls.flat();
    expect(told).toHaveLength(2);
    expect(fail).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(success.mock.calls)).toContain(made.id);
    expect(JSON.stringify(success.mock.calls)).not.toContain('planted words');
  });
});

describe('access for nobody in particular', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startApiProducts();
  });

  afterAll(() => backend.stop());

  it.each(['applications', 'access-requests', 'subscriptions'])(
    'answers 401 to the anonymous and 403 to services for /%s',
    async path => {
      const get = (header: string) =>
        request(backend.server)
          .get(`/api/api-products/${path}`)
          .set('Authorization', header);
      expect((await get(mockCredentials.none.header())).status).toBe(401);
      expect((await get(mockCredentials.service.header())).status).toBe(403);
    },
  );
});
