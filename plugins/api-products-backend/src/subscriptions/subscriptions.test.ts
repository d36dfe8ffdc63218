import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  count,
  outcomes,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';
import { settleSubscription } from './subscriptionState';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('subscriptions on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const subscriptions = () => bench.access.subscriptions;
  const subscribe = async (
    input: Parameters<typeof askFor>[0] = {},
    name: Parameters<typeof as>[0] = 'dana',
  ) => {
    const { subscription } = await bench.access.accessRequests.create(
      as(name),
      askFor({ plan: 'free', ...input }),
    );
    await bench.work();
    return subscription ?? '';
  };

  it('say how and where the key is used, and what may be done', async () => {
    const subscription = await subscribe();
    expect(await subscriptions().get(as('dana'), subscription)).toMatchObject({
      status: 'active',
      products: [{ ref: 'apiproduct:default/payments' }],
      plan: {
        ref: 'apiplan:default/free',
        rateLimit: { requests: 5, per: 10 },
      },
      application: { name: 'Shop backend' },
      usage: {
        endpoint: 'http://localhost:8181/payments/',
        headerName: expect.any(String),
        headerPrefix: expect.any(String),
      },
      credentials: [
        { status: 'active', actions: ['reveal', 'revoke', 'rotate'] },
      ],
      actions: ['revoke', 'issue-credential', 'change-plan'],
    });
    expect(await subscriptions().get(as('omar'), subscription)).toMatchObject({
      credentials: [{ actions: ['revoke'] }],
      actions: ['revoke', 'suspend'],
    });
  });

  it('are seen by both sides and platform owners, and do not exist for others', async () => {
    const subscription = await subscribe();
    for (const name of ['dana', 'devin', 'omar', 'olga', 'paula'] as const) {
      await expect(
        subscriptions().get(as(name), subscription),
      ).resolves.toMatchObject({ id: subscription });
    }
    for (const name of ['liam', 'mia', 'gus'] as const) {
      for (const attempt of [
        () => subscriptions().get(as(name), subscription),
        () => subscriptions().revoke(as(name), subscription, {}),
        () => subscriptions().retry(as(name), subscription),
      ]) {
        await expect(attempt()).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      }
    }
  });

  it('are listed as consumer and as owner', async () => {
    const payments = await subscribe();
    const shipments = await subscribe({
      product: 'shipments',
      acceptedTerms: [],
    });
    const ids = async (
      name: Parameters<typeof as>[0],
      filter: Parameters<AccessBench['access']['subscriptions']['list']>[1],
    ) => {
      const { items, totalItems } = await subscriptions().list(
        as(name),
        filter,
      );
      expect(items).toHaveLength(totalItems);
      return items.map(item => item.id).sort();
    };
    const both = [payments, shipments].sort();
    expect(await ids('dana', {})).toEqual(both);
    expect(await ids('devin', { as: 'consumer' })).toEqual(both);
    expect(await ids('omar', {})).toEqual([]);
    expect(await ids('omar', { as: 'owner' })).toEqual([payments]);
    expect(await ids('liam', { as: 'owner' })).toEqual([shipments]);
    expect(await ids('paula', { as: 'owner' })).toEqual(both);
    expect(await ids('gus', { as: 'owner' })).toEqual([]);
    expect(await ids('dana', { product: 'shipments' })).toEqual([shipments]);
    expect(await ids('dana', { plan: 'gold' })).toEqual([]);
    expect(await ids('dana', { status: ['revoked', 'failed'] })).toEqual([]);
    expect(await ids('dana', { status: ['active'] })).toEqual(both);
    expect(await ids('dana', { application: 'nothing' })).toEqual([]);
  });

  it('are revoking until the gateway is known to refuse every key', async () => {
    const subscription = await subscribe();
    const revoked = await subscriptions().revoke(as('omar'), subscription, {
      reason: 'abuse',
    });
    expect(revoked).toMatchObject({
      status: 'revoking',
      credentials: [{ status: 'revoking' }],
      actions: [],
    });
    await bench.work();
    expect(
      await subscriptions().revoke(as('dana'), subscription, {}),
    ).toMatchObject({ status: 'revoking' });
    expect(await count(knex, 'subscription_products', { open: true })).toBe(1);
    await bench.pass(60_000);
    expect(await subscriptions().get(as('dana'), subscription)).toMatchObject({
      status: 'revoked',
      credentials: [{ status: 'revoked' }],
      actions: [],
    });
    expect(bench.provider.keys.size).toBe(0);
    await expect(
      subscriptions().revoke(as('dana'), subscription, {}),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    await expect(subscribe()).resolves.not.toBe(subscription);
  });

  it('are revoked once by many at once', async () => {
    const subscription = await subscribe();
    const { values } = await outcomes(
      Array.from({ length: 20 }, (_, i) =>
        subscriptions().revoke(as(i % 2 ? 'dana' : 'omar'), subscription, {}),
      ),
    );
    expect(values).toHaveLength(20);
    expect(
      await count(knex, 'history', {
        event: 'subscription.revocation-requested',
      }),
    ).toBe(1);
  });

  it('tell the consumer who revokes them and why', async () => {
    const subscription = await subscribe();
    await bench.worker.stop();
    await subscriptions().revoke(as('omar'), subscription, { reason: 'abuse' });
    expect(await noticesOf(knex)).toContainEqual(
      expect.objectContaining({
        type: 'notification',
        topic: 'api-products.subscription.revoking',
        recipients: ['user:default/dana', 'group:default/shop-team'],
        exclude: 'user:default/omar',
        description: 'abuse',
      }),
    );
  });

  it('are tried again after they have failed, and not before', async () => {
    const subscription = await subscribe();
    await expect(
      subscriptions().retry(as('dana'), subscription),
    ).rejects.toThrow('The subscription is active; there is nothing to try');
    await knex('credentials').update({
      status: 'failed',
      last_error: 'policy gone',
    });
    await knex.transaction(tx =>
      settleSubscription(tx, bench.clock, subscription),
    );
    expect(await subscriptions().get(as('dana'), subscription)).toMatchObject({
      status: 'failed',
      lastError: 'policy gone',
      actions: ['revoke', 'retry'],
    });
    await subscriptions().retry(as('dana'), subscription);
    await bench.work();
    // The key may have waited for product and plan, which are put anew.
    await bench.pass(60_000);
    expect(await subscriptions().get(as('dana'), subscription)).toMatchObject({
      status: 'active',
      credentials: [{ status: 'active' }],
    });
  });

  it('never leave revoked, whatever happens to credential rows', async () => {
    const subscription = await subscribe();
    await subscriptions().revoke(as('dana'), subscription, {});
    await bench.work();
    await bench.pass(60_000);
    await knex('credentials').update({ status: 'active' });
    await knex.transaction(tx =>
      settleSubscription(tx, bench.clock, subscription),
    );
    expect(await bench.subscription(subscription)).toMatchObject({
      status: 'revoked',
    });
    expect(await count(knex, 'subscription_products', { open: true })).toBe(0);
  });
});
