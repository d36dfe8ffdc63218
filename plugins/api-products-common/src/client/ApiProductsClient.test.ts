import { ApiProductsClient } from '.';
import type { ApiProductsApi } from '.';

interface Sent {
  url: string;
  method?: string;
  headers: Record<string, string>;
  body?: unknown;
}

const record = { namespace: 'default', name: 'a' };

/** A backend that answers everything alike and remembers what it was asked. */
function backend(answer: () => Response = () => Response.json({ items: [] })) {
  const sent: Sent[] = [];
  const client = ApiProductsClient.create({
    discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    fetchApi: {
      fetch: async (url, init) => {
        sent.push({
          url: String(url).replace('http://backend/api/api-products', ''),
          method: init?.method,
          headers: Object.fromEntries(new Headers(init?.headers)),
          body:
            typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
        });
        return answer();
      },
    },
  });
  return { client, sent };
}

describe('ApiProductsClient', () => {
  it.each<[string, (api: ApiProductsApi) => Promise<unknown>]>([
    ['GET /products', api => api.listProducts()],
    [
      'GET /products?q=card+payments&catalogue=apicatalogue%3Adefault%2Fa&catalogue=apicatalogue%3Adefault%2Fb&tag=pci&orderBy=title&limit=12&cursor=abc',
      api =>
        api.listProducts({
          q: 'card payments',
          catalogue: ['apicatalogue:default/a', 'apicatalogue:default/b'],
          owner: [],
          tag: ['pci'],
          lifecycle: undefined,
          orderBy: 'title',
          limit: 12,
          cursor: 'abc',
        }),
    ],
    [
      'GET /products/partners/payments',
      api => api.getProduct({ namespace: 'partners', name: 'payments' }),
    ],
    [
      'GET /products/default/..%2Fplans',
      api => api.getProduct({ namespace: 'default', name: '../plans' }),
    ],
    ['GET /catalogues?limit=100', api => api.listCatalogues({ limit: 100 })],
    ['GET /applications?q=shop', api => api.listApplications({ q: 'shop' })],
    [
      'GET /access-requests?as=approver&status=pending',
      api => api.listAccessRequests({ as: 'approver', status: ['pending'] }),
    ],
    ['GET /access-requests/1', api => api.getAccessRequest('1')],
    ['POST /access-requests/1/approve', api => api.approveAccessRequest('1')],
    [
      'POST /access-requests/1/reject',
      api => api.rejectAccessRequest('1', { comment: 'no' }),
    ],
    [
      'POST /access-requests/decide',
      api => api.decideAccessRequests([{ id: '1', decision: 'approve' }]),
    ],
    ['GET /plans?billing=free', api => api.listPlans({ billing: ['free'] })],
    [
      'POST /applications',
      api => api.createApplication({ name: 'Shop backend' }),
    ],
    [
      'PATCH /applications/1',
      api => api.updateApplication('1', { revision: 1, owner: 'shop-team' }),
    ],
    ['DELETE /applications/1', api => api.deleteApplication('1')],
    ['POST /access-requests/1/cancel', api => api.cancelAccessRequest('1')],
    [
      'GET /subscriptions?as=consumer&application=7',
      api => api.listSubscriptions({ as: 'consumer', application: '7' }),
    ],
    ['GET /subscriptions/1', api => api.getSubscription('1')],
    ['POST /subscriptions/1/revoke', api => api.revokeSubscription('1')],
    [
      'POST /subscriptions/1/change-plan',
      api => api.changePlan('1', { plan: 'gold' }),
    ],
    [
      'POST /subscriptions/1/withdraw-plan-change',
      api => api.withdrawPlanChange('1'),
    ],
    [
      'POST /subscriptions/1/suspend',
      api => api.suspendSubscription('1', { reason: 'load' }),
    ],
    ['POST /subscriptions/1/resume', api => api.resumeSubscription('1')],
    ['POST /subscriptions/1/renew', api => api.renewSubscription('1')],
    ['POST /subscriptions/1/retry', api => api.retrySubscription('1')],
    ['GET /subscriptions/1/credentials', api => api.listCredentials('1')],
    ['POST /subscriptions/1/credentials', api => api.issueCredential('1')],
    ['POST /credentials/1/reveal', api => api.revealCredential('1')],
    ['POST /credentials/1/revoke', api => api.revokeCredential('1')],
    ['POST /credentials/1/rotate', api => api.rotateCredential('1')],
    ['POST /credentials/1/cut-off', api => api.cutOffCredential('1')],
    [
      'POST /credentials/1/extend',
      api => api.extendCredential('1', { overlap: 'P1D' }),
    ],
    ['POST /credentials/1/cancel-rotation', api => api.cancelRotation('1')],
    ['GET /me', api => api.getMe()],
    ['GET /catalog-records', api => api.listCatalogRecords()],
    ['GET /catalog-removals', api => api.listCatalogRemovals()],
    ['POST /catalog-removals', api => api.reportCatalogRemovals([])],
    ['POST /catalog-removals/confirm', api => api.confirmCatalogRemovals([])],
    ['GET /gone-records?limit=5', api => api.listGoneRecords({ limit: 5 })],
    [
      'POST /gone-records/confirm-rename',
      api =>
        api.confirmRename({
          from: 'apiplan:default/a',
          to: 'apiplan:default/b',
        }),
    ],
    ['GET /ownerless?cursor=x', api => api.listOwnerless({ cursor: 'x' })],
    ['GET /providers', api => api.listProviders()],
    ['GET /providers/eu', api => api.getProvider('eu')],
    ['GET /providers/eu/apis', api => api.listProviderApis('eu')],
    [
      'POST /providers/eu/apis/decide',
      api =>
        api.decideProviderApi('eu', { api: 'a1', entity: 'api:default/a1' }),
    ],
    ['POST /providers/eu/sync', api => api.syncProvider('eu')],
    [
      'GET /providers/eu/sync-runs?limit=5',
      api => api.listSyncRuns('eu', { limit: 5 }),
    ],
    [
      'GET /providers/eu/drift?status=open',
      api => api.listDrift('eu', { status: ['open'] }),
    ],
    ['POST /providers/eu/drift/check', api => api.checkDrift('eu')],
    [
      'POST /providers/eu/drift/7/repair',
      api => api.repairDrift('eu', '7', { action: 'push-ours' }),
    ],
    [
      'POST /products',
      api =>
        api.createProduct({ name: 'a', owner: 'team', lifecycle: 'draft' }),
    ],
    [
      'PATCH /products/default/a%2Fb',
      api => api.updateProduct({ ...record, name: 'a/b' }, { revision: 1 }),
    ],
    [
      'GET /products/default/a/deletion',
      api => api.getProductDeletionImpact(record),
    ],
    [
      'DELETE /products/default/a?confirm=a',
      api => api.deleteProduct(record, 'a'),
    ],
    [
      'GET /products/default/a/definitions/8c%2F3',
      api => api.getProductDefinition(record, '8c/3'),
    ],
    ['GET /plans/default/a', api => api.getPlan(record)],
    [
      'POST /plans',
      api =>
        api.createPlan({
          name: 'a',
          owner: 'team',
          rateLimit: 'unlimited',
          quota: 'unlimited',
        }),
    ],
    [
      'PATCH /plans/default/a',
      api => api.updatePlan(record, { revision: 2, title: 'A' }),
    ],
    ['GET /plans/default/a/deletion', api => api.getPlanDeletionImpact(record)],
    ['DELETE /plans/default/a?confirm=a', api => api.deletePlan(record, 'a')],
    ['GET /catalogues/default/a', api => api.getCatalogue(record)],
    [
      'POST /catalogues',
      api => api.createCatalogue({ name: 'a', owner: 'team' }),
    ],
    [
      'PATCH /catalogues/default/a',
      api => api.updateCatalogue(record, { revision: 2, title: null }),
    ],
    [
      'DELETE /catalogues/default/a?confirm=a',
      api => api.deleteCatalogue(record, 'a'),
    ],
    [
      'GET /history?subject=credential%3A1',
      api => api.listHistory({ subject: 'credential:1' }),
    ],
    [
      'GET /history/export?format=csv&product=default%2Fa',
      api => api.getHistoryExport({ format: 'csv', product: 'default/a' }),
    ],
    [
      'GET /history/verification?position=7&hash=abc',
      api => api.getHistoryVerification({ position: 7, hash: 'abc' }),
    ],
  ])('%s', async (expected, call) => {
    const { client, sent } = backend();
    await call(client);
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      expected,
    ]);
  });

  it('sends a request as JSON with the key that makes it happen once', async () => {
    const { client, sent } = backend();
    const request = {
      product: 'apiproduct:default/payments',
      plan: 'apiplan:default/gold',
      application: { name: 'Shop', owner: 'group:default/shop-team' },
      reason: 'Checkout',
      acceptedTerms: [{ name: 'API terms', version: '1' }],
    };

    await client.createAccessRequest(request, { idempotencyKey: 'once' });

    expect(sent).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: '/access-requests',
        body: request,
        headers: expect.objectContaining({
          'content-type': 'application/json',
          'idempotency-key': 'once',
        }),
      }),
    ]);
  });

  it('signs in with a token where fetch does not do so itself', async () => {
    const { client, sent } = backend();
    await client.getMe({ token: 'a-token' });
    expect(sent[0].headers).toMatchObject({ authorization: 'Bearer a-token' });
  });

  it('carries the revision and the comment of a decision', async () => {
    const { client, sent } = backend();
    await client.rejectAccessRequest('1', { revision: 3, comment: 'Too much' });
    expect(sent[0].body).toEqual({ revision: 3, comment: 'Too much' });
  });

  it('says what the backend said when it refuses', async () => {
    const { client } = backend(() =>
      Response.json(
        {
          error: {
            name: 'ConflictError',
            message: 'The request has already been approved',
            details: { decidedBy: 'user:default/olga' },
          },
          request: { method: 'POST', url: '/access-requests/1/approve' },
          response: { statusCode: 409 },
        },
        { status: 409, statusText: 'Conflict' },
      ),
    );

    await expect(client.approveAccessRequest('1')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 409,
      cause: {
        name: 'ConflictError',
        message: 'The request has already been approved',
        details: { decidedBy: 'user:default/olga' },
      },
    });
  });

  it('gives up when nobody waits for the answer any more', async () => {
    const aborted = new AbortController();
    aborted.abort();
    const client = ApiProductsClient.create({
      discoveryApi: { getBaseUrl: async () => 'http://127.0.0.1:9' },
      fetchApi: { fetch },
    });
    await expect(
      client.getMe({ signal: aborted.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
