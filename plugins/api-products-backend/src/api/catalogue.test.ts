import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { startApiProducts } from '../testing/backend';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../testing/entities';

jest.setTimeout(60_000);

const owner = 'group:default/payments-team';

const entities = [
  catalogueEntity('internal'),
  catalogueEntity('partners', {
    spec: {
      visibility: 'private',
      audience: ['partners'],
      publishers: ['payments-team'],
    },
  }),
  planEntity('free', { spec: { catalogues: ['internal', 'partners'] } }),
  apiEntity('payments', 'a1'),
  productEntity('payments', {
    metadata: { title: 'Payments API' },
    spec: { owner, content: '# Long text' },
  }),
  productEntity('payments', {
    metadata: { namespace: 'partners', title: 'Payments for partners' },
    spec: {
      owner,
      plans: ['default/free'],
      catalogues: ['default/partners'],
    },
  }),
  productEntity('tracking', { spec: { owner, lifecycle: 'draft' } }),
  productEntity('broken', { spec: { owner, version: 'not semver' } }),
];

describe('catalogue routes', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startApiProducts({ entities });
  });

  afterAll(() => backend.stop());

  const get = (path: string, as: string | undefined = 'dana') =>
    request(backend.server)
      .get(`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${as}`));

  it('lists what Git has delivered, without the long texts', async () => {
    const { status, body } = await get('/products');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      totalItems: 1,
      pageInfo: {},
      items: [
        {
          ref: 'apiproduct:default/payments',
          title: 'Payments API',
          owner,
          origin: 'catalog',
          apis: [
            {
              ref: 'api:default/payments',
              title: 'payments API',
              providerApiId: 'a1',
            },
          ],
          plans: [{ ref: 'apiplan:default/free', title: 'free' }],
          catalogues: ['apicatalogue:default/internal'],
          providerState: { status: 'none' },
          actions: ['request-access'],
        },
      ],
    });
    expect(body.items[0].content).toBeUndefined();
  });

  it('lists the same as cards, and what they can be narrowed by', async () => {
    const cards = await get('/product-cards?limit=1');
    expect(cards.status).toBe(200);
    expect(cards.body).toMatchObject({
      totalItems: 1,
      items: [{ title: 'Payments API', owner, plans: [{ title: 'free' }] }],
    });
    const facets = await get('/product-facets');
    expect(facets.status).toBe(200);
    expect(facets.body).toMatchObject({
      owner: { values: [{ value: owner }] },
    });
  });

  it('shows one product with them', async () => {
    const { body } = await get('/products/default/payments');
    expect(body).toMatchObject({ content: '# Long text' });
  });

  it.each([
    ['dana', '/products/default/tracking', 404],
    ['omar', '/products/default/tracking', 200],
    ['paula', '/products/default/tracking', 200],
    ['dana', '/products/partners/payments', 404],
    ['pat', '/products/partners/payments', 200],
    ['omar', '/products/partners/payments', 200],
    ['paula', '/products/default/broken', 404],
    ['dana', '/products/default/nothing', 404],
    ['dana', '/products/..%2f..%2f/payments', 404],
    ['dana', '/products/default/%F0%9F%98%80', 404],
    ['dana', "/products/default/'%20or%201=1--", 404],
    ['dana', '/products/DEFAULT/Payments', 200],
    ['dana', '/catalogues/default/partners', 404],
    ['pat', '/catalogues/default/partners', 200],
    ['dana', '/plans/default/free', 200],
    ['dana', '/plans/default/gold', 404],
  ])('%s asking for %s gets %i', async (as, path, status) => {
    const response = await get(path, as);
    expect(response.status).toBe(status);
    expect(response.body.error?.name).toBe(
      status === 404 ? 'NotFoundError' : undefined,
    );
  });

  it('completes short refs in filters', async () => {
    const { body } = await get(
      '/products?catalogue=internal&owner=payments-team',
    );
    expect(body.totalItems).toBe(1);
  });

  it('takes a filter more than once', async () => {
    const { body } = await get(
      '/products?lifecycle=active&lifecycle=draft',
      'omar',
    );
    expect(body.totalItems).toBe(3);
  });

  it('answers another plugin with everything, and asks a stranger who they are', async () => {
    const all = await request(backend.server)
      .get('/api/api-products/products')
      .set('Authorization', mockCredentials.service.header());
    expect(all.body.totalItems).toBe(3);
    const stranger = await request(backend.server)
      .get('/api/api-products/products')
      .set('Authorization', mockCredentials.none.header());
    expect(stranger.status).toBe(401);
  });

  it.each([
    ['/products?colour=red', "Unknown query parameter 'colour'"],
    ['/products?limit=0', 'request/query/limit'],
    ['/products?limit=101', 'request/query/limit'],
    ['/products?limit=many', 'request/query/limit'],
    ['/products?lifecycle=dead', 'request/query/lifecycle'],
    ['/products?billing=gratis', 'request/query/billing'],
    ['/products?auth=magic', 'request/query/auth'],
    ['/products?origin=mars', 'request/query/origin'],
    ['/products?orderBy=price', 'request/query/orderBy'],
    ['/products?cursor=zzz', 'cursor'],
    [`/products?q=${'x'.repeat(256)}`, 'request/query/q'],
    ['/products?q=a&q=b', 'request/query/q'],
    ['/products?owner=a:b:c', 'owner must be an entity ref'],
    ['/products?catalogue=group:default/x', 'catalogue must name an entity'],
    ['/products?q=%00', 'must not contain the character NUL'],
    ['/products/default/%00', 'must not contain the character NUL'],
    ['/plans?tag=x', "Unknown query parameter 'tag'"],
    ['/history?from=yesterday', 'request/query/from'],
    ['/history?actor=%20', 'actor must be an entity ref'],
  ])('%s is refused with 400 that says %s', async (path, message) => {
    const { status, body } = await get(path);
    expect({ status, name: body.error?.name }).toEqual({
      status: 400,
      name: 'InputError',
    });
    expect(body.error.message).toContain(message);
  });
});

describe('catalogue routes with a policy that denies', () => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startApiProducts({
      entities,
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
  });

  afterAll(() => backend.stop());

  it.each([
    ['/products', 'api-products.product.read'],
    ['/products/default/payments', 'api-products.product.read'],
    ['/product-cards', 'api-products.product.read'],
    ['/product-facets', 'api-products.product.read'],
    ['/plans', 'api-products.plan.read'],
    ['/plans/default/free', 'api-products.plan.read'],
    ['/catalogues', 'api-products.catalogue.read'],
    ['/catalogues/default/internal', 'api-products.catalogue.read'],
    ['/history', 'api-products.history.read'],
    ['/providers', 'api-products.provider.read'],
    ['/providers/x', 'api-products.provider.read'],
    ['/providers/x/apis', 'api-products.provider.read'],
  ])('%s is 403, even for a platform owner', async (path, permission) => {
    const { status, body } = await request(backend.server)
      .get(`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header('user:default/paula'));
    expect(status).toBe(403);
    expect(body.error.message).toContain(permission);
  });
});
