import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';
import { DefaultCredentials } from './DefaultCredentials';
import { lose } from './transitions';

jest.setTimeout(120_000);

const REASON = 'Ten times the load that was agreed';
const FORGOTTEN_MS = 11_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('suspension on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;
  let credentials: DefaultCredentials;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
    const { deps, worker } = bench;
    credentials = DefaultCredentials.create({ knex, deps, worker });
  });
  afterEach(() => bench.worker.stop());

  const subscriptions = () => bench.access.subscriptions;
  const subscribe = async () => {
    const { subscription } = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ plan: 'free' }),
    );
    await bench.work();
    return subscription ?? '';
  };
  const suspend = (id: string, name: Parameters<typeof as>[0] = 'omar') =>
    subscriptions().suspend(as(name), id, { reason: REASON });
  const resume = (id: string) => subscriptions().resume(as('omar'), id, {});
  const statusOf = async (id: string) =>
    (await subscriptions().get(as('dana'), id)).status;
  const theKey = () => {
    const [key] = [...bench.provider.keys.values()];
    return key;
  };
  const pass = async (ms: number) => {
    bench.clock.advance(ms);
    await bench.work();
  };

  it('is said when the gateway is known to refuse the key, and over when it is known to accept it', async () => {
    const id = await subscribe();
    const asked = await suspend(id);
    expect(asked).toMatchObject({
      status: 'active',
      suspension: { by: 'user:default/omar', reason: REASON },
    });
    await bench.work();
    expect(theKey().suspended).toBe(true);
    await pass(FORGOTTEN_MS - 1);
    expect(await statusOf(id)).toBe('active');
    await pass(1);
    expect(await subscriptions().get(as('dana'), id)).toMatchObject({
      status: 'suspended',
      suspension: { reason: REASON },
      actions: ['revoke'],
    });
    expect(await knex('jobs').where({ kind: 'reconcile-credential' })).toEqual(
      [],
    );

    expect((await resume(id)).suspension).toBeUndefined();
    await bench.work();
    expect(theKey().suspended).toBe(false);
    expect(await statusOf(id)).toBe('suspended');
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('active');
    expect(bench.provider.resets).toEqual([]);
    expect(bench.provider.keys.size).toBe(1);
  });

  it('tells the consumer who and why, once', async () => {
    const id = await subscribe();
    await bench.worker.stop();
    await suspend(id);
    const told = (await noticesOf(knex)).filter(
      ({ topic }) => topic === 'api-products.subscription.suspended',
    );
    expect(told).toMatchObject([
      {
        title: expect.stringContaining('suspended by omar'),
        description: REASON,
        severity: 'high',
        link: `/api-products/my-access?subscription=${id}`,
      },
    ]);
  });

  it('is for who decides about the product, and nobody else', async () => {
    const id = await subscribe();
    for (const name of ['dana', 'devin'] as const) {
      await expect(suspend(id, name)).rejects.toMatchObject({
        name: 'NotAllowedError',
        code: 'not-approver',
      });
    }
    for (const name of ['liam', 'gus'] as const) {
      await expect(suspend(id, name)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    }
    await expect(suspend(id, 'paula')).resolves.toMatchObject({
      suspension: { by: 'user:default/paula' },
    });
    await expect(
      subscriptions().resume(as('dana'), id, {}),
    ).rejects.toMatchObject({ code: 'not-approver' });
  });

  it('changes nothing when it is asked for twice, or while there is nothing to suspend', async () => {
    const id = await subscribe();
    await expect(resume(id)).rejects.toMatchObject({ name: 'ConflictError' });
    await suspend(id);
    expect(await suspend(id, 'olga')).toMatchObject({
      suspension: { by: 'user:default/omar' },
    });
    await bench.work();
    await pass(FORGOTTEN_MS);
    await resume(id);
    await resume(id);
    await subscriptions().revoke(as('dana'), id, {});
    await expect(suspend(id)).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'not-active',
    });
  });

  it('gives no new keys meanwhile', async () => {
    const id = await subscribe();
    await suspend(id);
    await expect(credentials.issue(as('dana'), id, {})).rejects.toMatchObject({
      code: 'not-active',
    });
  });

  it('is told to the gateway again for as long as a key in use goes on as it was', async () => {
    bench.provider.undoes = true;
    bench.provider.warning = 'set hash_key_function to murmur64';
    const id = await subscribe();
    await suspend(id);
    for (const revivals of [1, 2]) {
      await bench.work();
      bench.provider.use();
      await pass(FORGOTTEN_MS);
      expect(await statusOf(id)).toBe('active');
      expect(await knex('credentials').first()).toMatchObject({
        revivals,
        last_error: expect.stringContaining('set hash_key_function'),
      });
      await pass(10_000);
    }
    expect(await knex('drift_items')).toMatchObject([
      { kind: 'state', status: 'open', seen: 2 },
    ]);
    expect(
      await knex('history').where({ event: 'credential.change-undone' }),
    ).toHaveLength(1);
    bench.provider.undoes = false;
    await pass(60_000);
    await pass(60_000);
    expect(await statusOf(id)).toBe('suspended');
    expect((await knex('credentials').first()).last_error).toBeNull();
  });

  it('is never given up, whatever the provider says', async () => {
    const id = await subscribe();
    bench.provider.fault = ({ method }) => {
      if (method === 'updateCredential') {
        throw new ProviderRejectedError('not today');
      }
    };
    await suspend(id);
    await bench.work();
    await pass(48 * 60 * 60_000);
    expect(await subscriptions().get(as('omar'), id)).toMatchObject({
      status: 'active',
      lastError: expect.stringContaining('not today'),
    });
    bench.provider.fault = undefined;
    await pass(60 * 60_000);
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('suspended');
  });

  it.each(['before', 'after'] as const)(
    'loses nothing of it when the gateway goes away %s it has acted',
    async when => {
      const id = await subscribe();
      let failures = 2;
      bench.provider.fault = call => {
        if (call.when === when && failures > 0) {
          failures -= 1;
          throw new ProviderUnavailableError('gone');
        }
      };
      await suspend(id);
      for (let i = 0; i < 5; i++) {
        await pass(60_000);
      }
      expect(await statusOf(id)).toBe('suspended');
      expect(theKey().suspended).toBe(true);
    },
  );

  it('waits for nothing, not even for a product that the provider refuses', async () => {
    const id = await subscribe();
    await knex('products').update({
      provider_status: 'failed',
      provider_message: 'refused',
    });
    await suspend(id);
    await bench.work();
    expect(theKey().suspended).toBe(true);
  });

  it('lets the last word count, however often it changes in between', async () => {
    const id = await subscribe();
    for (let i = 0; i < 3; i++) {
      await suspend(id);
      await bench.work();
      await pass(3_000);
      await resume(id);
      await bench.work();
      await pass(2_000);
    }
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('active');
    expect(theKey().suspended).toBe(false);
    await suspend(id);
    await pass(FORGOTTEN_MS);
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('suspended');
  });

  it('gives way to a revocation, at any moment', async () => {
    const id = await subscribe();
    await suspend(id);
    await bench.work();
    await subscriptions().revoke(as('dana'), id, {});
    await bench.work();
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('revoked');
    expect(bench.provider.keys.size).toBe(0);
    expect(await knex('jobs').where({ kind: 'reconcile-credential' })).toEqual(
      [],
    );
  });

  it('also reaches a key that was being made when it was asked for', async () => {
    const id = await subscribe();
    await knex('plans').update({
      spec: knex.raw(`replace(spec, '"max":1', '"max":3')`),
    });
    bench.provider.fault = ({ method }) => {
      if (method === 'putCredential') {
        throw new ProviderUnavailableError('gone');
      }
    };
    await credentials.issue(as('dana'), id, { name: 'second' });
    await bench.work();
    await suspend(id);
    await bench.work();
    await pass(FORGOTTEN_MS);
    bench.provider.fault = undefined;
    await pass(60 * 60_000);
    await pass(FORGOTTEN_MS);
    await pass(FORGOTTEN_MS);
    expect([...bench.provider.keys.values()]).toHaveLength(2);
    expect(
      [...bench.provider.keys.values()].map(({ suspended }) => suspended),
    ).toEqual([true, true]);
    expect(await statusOf(id)).toBe('suspended');
  });

  it('is believed of a key that is gone only when it has stayed away', async () => {
    const id = await subscribe();
    const [[reference, key]] = [...bench.provider.keys];
    bench.provider.keys.delete(reference);
    await suspend(id);
    await bench.work();
    expect(await statusOf(id)).toBe('active');
    // Its consumer has called, and the gateway had it in its cache.
    bench.provider.keys.set(reference, key);
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('active');
    await pass(60_000);
    await pass(FORGOTTEN_MS);
    expect(await statusOf(id)).toBe('suspended');
    expect(theKey().suspended).toBe(true);
  });

  it('ends although the key was lost meanwhile, and another try makes a new one', async () => {
    const id = await subscribe();
    await suspend(id);
    await bench.work();
    await pass(FORGOTTEN_MS);
    bench.provider.keys.clear();
    const credential = await knex('credentials').first();
    await knex.transaction(tx => lose(tx, bench.deps, credential));
    expect(await statusOf(id)).toBe('suspended');
    await resume(id);
    expect(await statusOf(id)).toBe('failed');
    await subscriptions().retry(as('dana'), id);
    await bench.work();
    expect(await statusOf(id)).toBe('active');
    expect(bench.provider.keys.size).toBe(1);
  });
});
