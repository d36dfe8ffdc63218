/** Keys that wait for their product ask nothing meanwhile, and are woken by it. */
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { demo } from '../testing/demo';
import { migratedDatabase, testDatabases } from '../testing/databases';
import {
  provisioningBench,
  type ProvisioningBench,
} from '../testing/provisioning';
import { idOf, writeRecords } from '../testing/records';
import { subscribe } from '../testing/subscriptions';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const KEYS = 20;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('waiting keys, %p', databaseId => {
  let knex: Knex;
  let bench: ProvisioningBench;
  let product: string;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await provisioningBench(knex);
    await writeRecords(knex, demo);
    product = await idOf(knex, 'product', 'apiproduct:default/payments');
    await knex('products').where({ id: product }).update({
      provider_status: 'pending',
    });
  });
  afterEach(() => bench.worker.stop());

  const statuses = (): Promise<string[]> =>
    knex('credentials').distinct('status').pluck('status');
  const untilMade = () =>
    waitFor(async () => (await statuses()).join() === 'active', 'all are made');
  const waiting = () =>
    waitFor(async () => {
      const rows: unknown[] = await knex('jobs').where({
        kind: 'reconcile-credential',
        status: 'queued',
        waits_for: `product:${product}`,
      });
      return rows.length === KEYS;
    }, 'all keys wait for their product');
  async function subscribeAll() {
    for (let i = 0; i < KEYS; i++) await subscribe(knex, bench.deps);
    bench.worker.kick();
  }

  it('cost no statement each, and are made as soon as their product is there', async () => {
    let answer: () => void = () => {};
    const answered = new Promise<void>(resolve => {
      answer = resolve;
    });
    bench.provider.fault = async ({ method, when }) => {
      if (method === 'putProduct' && when === 'before') await answered;
    };
    await subscribeAll();
    await waiting();
    await waitFor(async () => {
      const others: { kind: string }[] = await knex('jobs').whereNull(
        'waits_for',
      );
      return others.map(({ kind }) => kind).join() === 'put-product';
    }, 'there is nothing else to do');
    const asked: string[] = [];
    const listen = ({ sql }: { sql: string }) => asked.push(sql);
    knex.on('query', listen);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    knex.removeListener('query', listen);
    // A look of the worker each second while a job runs, and what it claims then.
    answer();
    expect(asked.length).toBeLessThanOrEqual(6);
    await waitFor(
      async () => (await statuses()).join() === 'active',
      'all keys are made',
    );
    expect(await knex('jobs').where({ kind: 'reconcile-credential' })).toEqual(
      [],
    );
  });

  it('say why when it is known, and are made when the provider is there again', async () => {
    bench.provider.fault = ({ method }) => {
      if (method === 'putProduct') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    await subscribeAll();
    await waiting();
    await bench.pass(2_000);
    await waitFor(async () => {
      // Who went to sleep just when it failed looks once more in half a second.
      bench.clock.advance(100);
      bench.worker.kick();
      const reasons: (string | null)[] = await knex('credentials')
        .distinct('last_error')
        .pluck('last_error');
      return reasons.join().endsWith('to the provider: gateway is away');
    }, 'all of them say so');
    bench.provider.fault = undefined;
    await bench.pass(5_000);
    await untilMade();
    expect(await knex('jobs').whereNotNull('waits_for')).toEqual([]);
  });

  it('are not asked for again and again while the provider refuses their product', async () => {
    await knex('products').where({ id: product }).update({
      provider_status: 'failed',
      provider_message: 'no',
    });
    let puts = 0;
    bench.provider.fault = ({ method, when }) => {
      if (method === 'putProduct' && when === 'before') {
        puts += 1;
        throw new ProviderRejectedError(`no, for the ${puts}. time`);
      }
    };
    await subscribeAll();
    await waiting();
    await bench.work();
    // Who comes new tries it once.
    expect(puts).toBeLessThanOrEqual(KEYS);
    const before = puts;
    await new Promise(resolve => setTimeout(resolve, 500));
    await bench.work();
    expect(puts).toBe(before);
    bench.provider.fault = undefined;
    await bench.pass(31_000);
    // Which of them looked at the product just before it was there.
    await bench.pass(500);
    await untilMade();
  });
});
