import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  count,
  outcomes,
  paymentsTerms,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('asking for access on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const create = (
    name: Parameters<typeof as>[0],
    input: Parameters<typeof askFor>[0] = {},
    idempotencyKey?: string,
  ) =>
    bench.access.accessRequests.create(as(name), askFor(input), {
      idempotencyKey,
    });

  it('waits for a decision where the plan wants one', async () => {
    const request = await create('dana', { reason: ' checkout rewrite ' });
    expect(request).toMatchObject({
      revision: 1,
      status: 'pending',
      product: { ref: 'apiproduct:default/payments', title: 'Payments API' },
      plan: { ref: 'apiplan:default/gold', quota: { per: 'month' } },
      application: { name: 'Shop backend', owner: 'group:default/shop-team' },
      requester: 'user:default/dana',
      reason: 'checkout rewrite',
      acceptedTerms: paymentsTerms,
      approvers: ['group:default/payments-team'],
      actions: ['edit', 'cancel'],
    });
    expect(request.subscription).toBeUndefined();
    expect(await count(knex, 'subscriptions')).toBe(0);
  });

  it('answers with an active subscription where the plan approves by itself', async () => {
    const request = await create('dana', { plan: 'apiplan:default/free' });
    expect(request).toMatchObject({
      status: 'approved',
      decision: { decision: 'approved', automatic: true },
      actions: [],
    });
    expect(request.decision?.by).toBeUndefined();
    const subscription = await bench.access.subscriptions.get(
      as('dana'),
      request.subscription ?? '',
    );
    expect(subscription.status).toBe('active');
    expect(bench.provider.keys.size).toBe(1);
  });

  it('accepts the request while the gateway is down, and says so', async () => {
    bench.provider.fault = () => {
      throw new ProviderUnavailableError('connect ECONNREFUSED');
    };
    const request = await create('dana', { plan: 'free' });
    const subscription = await bench.access.subscriptions.get(
      as('dana'),
      request.subscription ?? '',
    );
    expect(subscription.status).toBe('provisioning');
    expect(subscription.lastError).toContain('ECONNREFUSED');
    expect(subscription.nextTryAt).toBeDefined();
  });

  it('makes one pending request of 200 equal ones at once', async () => {
    const { values, errors } = await outcomes(
      Array.from({ length: 200 }, () => create('dana')),
    );
    expect(values).toHaveLength(1);
    expect(await count(knex, 'access_requests')).toBe(1);
    expect(await count(knex, 'applications')).toBe(1);
    expect(errors).toHaveLength(199);
    for (const error of errors) {
      expect(error).toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(values[0].id),
        fields: { accessRequest: values[0].id },
      });
    }
  });

  it('makes one pending request where two team mates ask for the same at once', async () => {
    const { values, errors } = await outcomes(
      Array.from({ length: 20 }, (_, i) => create(i % 2 ? 'dana' : 'devin')),
    );
    expect(values).toHaveLength(1);
    expect(errors.map(error => error.name)).toEqual(
      Array(19).fill('ConflictError'),
    );
  });

  it('makes one subscription where two team mates ask for a free plan at once', async () => {
    const { values } = await outcomes(
      Array.from({ length: 10 }, (_, i) =>
        create(i % 2 ? 'dana' : 'devin', { plan: 'free' }),
      ),
    );
    expect(values).toHaveLength(1);
    expect(await count(knex, 'subscriptions', { open: true })).toBe(1);
    await bench.work();
    expect(bench.provider.keys.size).toBe(1);
  });

  it('refuses a second subscription of an application to a product, naming the first', async () => {
    const first = await create('dana', { plan: 'free' });
    await expect(create('devin')).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(first.subscription ?? '?'),
      fields: { subscription: first.subscription },
    });
  });

  it('repeats the first answer for the same idempotency key', async () => {
    const first = await create('dana', {}, 'k1');
    const { values } = await outcomes(
      Array.from({ length: 20 }, () =>
        create('dana', { product: 'default/payments' }, 'k1'),
      ),
    );
    expect(values).toHaveLength(20);
    expect(values.every(request => request.id === first.id)).toBe(true);
    expect(await count(knex, 'access_requests')).toBe(1);
  });

  it('repeats one answer for one idempotency key that arrives many times at once', async () => {
    const { values } = await outcomes(
      Array.from({ length: 50 }, () => create('dana', { plan: 'free' }, 'k1')),
    );
    expect(values).toHaveLength(50);
    expect(new Set(values.map(request => request.id)).size).toBe(1);
  });

  it('refuses an idempotency key for another request, but not of another person', async () => {
    await create('dana', {}, 'k1');
    await expect(create('dana', { reason: 'other' }, 'k1')).rejects.toThrow(
      /Idempotency-Key: 'k1' was used for another request/,
    );
    await expect(
      create('mia', { application: { name: 'Mobile app' } }, 'k1'),
    ).resolves.toMatchObject({ requester: 'user:default/mia' });
  });

  it("does not use other people's applications", async () => {
    const { application } = await create('mia', {
      application: { name: 'Mobile app', owner: 'mobile-team' },
    });
    await expect(
      create('dana', { application: application.id }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      create('paula', { application: application.id }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('tells those who decide, but not the requester, in the same transaction', async () => {
    await bench.worker.stop();
    const request = await create('omar', {
      application: { name: 'Reports' },
      reason: 'monthly report',
    });
    expect(await noticesOf(knex)).toEqual([
      {
        type: 'notification',
        topic: 'api-products.access-request.created',
        subject: `access-request:${request.id}`,
        recipients: ['group:default/payments-team'],
        exclude: 'user:default/omar',
        title: 'omar asks for Payments API on Gold for “Reports”',
        description: 'monthly report',
        link: `/api-products/approvals?request=${request.id}`,
        severity: 'normal',
      },
    ]);
  });
});

describe.each(databases.eachSupportedId())('what is refused on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  // Nothing is left behind, so one database serves them all.
  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
    await bench.work();
    await bench.worker.stop();
  });

  it.each([
    [{ acceptedTerms: undefined }, /acceptedTerms must contain API terms/],
    [
      { acceptedTerms: [{ name: 'API terms of use', version: '2025-01' }] },
      /acceptedTerms must contain API terms of use \(2026-01\)/,
    ],
    [
      { acceptedTerms: [...paymentsTerms, { name: 'Other', version: '1' }] },
      /acceptedTerms: Other \(1\) is not among/,
    ],
    [{ application: { name: ' ' } }, /name must not be empty/],
    [
      { application: { name: 'X', owner: 'mobile-team' } },
      /owner must be you or one of your groups/,
    ],
    [{ application: 'nothing' }, /application: there is no application/],
    [{ product: 'tracking', plan: 'free' }, /no product .*tracking/],
    [{ product: 'partners/payments' }, /no product .*partners\/payments/],
    [{ plan: 'nothing' }, /no plan/],
    [{ plan: 'a:b:c' }, /plan must be an entity ref/],
    [{ plan: 'unlimited' }, /plan: Unlimited is not offered/],
    [{ product: 'orders-v1', plan: 'free' }, /product: .* is deprecated/],
    [{ product: 'loyalty', plan: 'free' }, /product: .* is coming soon/],
  ])('refuses %j and leaves nothing behind', async (input, message) => {
    const histories = await count(knex, 'history');
    await expect(
      bench.access.accessRequests.create(as('dana'), askFor(input)),
    ).rejects.toThrow(message);
    for (const table of ['applications', 'access_requests', 'jobs']) {
      expect(await count(knex, table)).toBe(0);
    }
    expect(await count(knex, 'history')).toBe(histories);
  });
});
