import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { contextOf } from '../subscriptions/context';
import { warnOfEnd } from '../subscriptions/endNotices';
import { settleSubscription } from '../subscriptions/subscriptionState';
import { requestRevocation } from '../subscriptions/revoke';
import { demo } from '../testing/demo';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';
import {
  provisioningBench,
  type ProvisioningBench,
} from '../testing/provisioning';
import { writeRecords } from '../testing/records';
import { subscribe } from '../testing/subscriptions';

jest.setTimeout(120_000);

const DAY_MS = 24 * 60 * 60_000;
const FORGOTTEN_MS = 11_000;
/** Keys of it live for 90 days. */
const plan = 'apiplan:default/gold';
const databases = testDatabases();

describe.each(databases.eachSupportedId())('expiry, %p', databaseId => {
  let knex: Knex;
  let bench: ProvisioningBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await provisioningBench(knex);
    await writeRecords(knex, demo);
  });
  afterEach(() => bench.worker.stop());

  const active = async () => {
    const made = await subscribe(knex, bench.deps, { plan });
    await bench.work();
    return made;
  };
  const historyOf = async (id: string): Promise<string[]> =>
    knex('history')
      .where({ subject: `credential:${id}` })
      .whereIn('event', ['credential.expiring', 'credential.expired'])
      .orderBy('sequence')
      .pluck('message');
  const statusOf = async (id: string) => (await bench.credential(id)).status;

  it('warns 30, 7 and 1 days before, each time once, and ends the key when its time is over', async () => {
    const { credential, id } = await active();
    await bench.pass(60 * DAY_MS - 1);
    expect(await historyOf(credential.id)).toEqual([]);
    await bench.pass(1);
    await bench.pass(DAY_MS);
    expect(await historyOf(credential.id)).toEqual([
      'Told its people that key “main” expires in 30 days',
    ]);
    await bench.pass(22 * DAY_MS);
    await bench.pass(6 * DAY_MS);
    await bench.pass(DAY_MS - 1);
    expect(await historyOf(credential.id)).toEqual([
      'Told its people that key “main” expires in 30 days',
      'Told its people that key “main” expires in 7 days',
      'Told its people that key “main” expires within a day',
    ]);
    expect(await statusOf(credential.id)).toBe('active');
    expect(bench.provider.keys.size).toBe(1);

    await bench.pass(1);
    expect(bench.provider.keys.size).toBe(0);
    expect(await statusOf(credential.id)).toBe('active');
    await bench.pass(FORGOTTEN_MS);
    expect(await statusOf(credential.id)).toBe('expired');
    expect(await bench.subscription(id)).toMatchObject({ status: 'expired' });
    expect((await historyOf(credential.id)).slice(3)).toEqual([
      'Key “main” has expired',
    ]);
    expect(await knex('sealed_secrets')).toEqual([]);
    expect(await knex('jobs')).toEqual([]);
  });

  it('gives only the most urgent warning after the portal was away, and ends what ended meanwhile', async () => {
    const first = await active();
    await bench.worker.stop();
    bench.clock.advance(85 * DAY_MS);
    const again = bench.anotherWorker();
    await again.start();
    await bench.pass(0);
    const second = await active();
    expect(await historyOf(first.credential.id)).toEqual([
      'Told its people that key “main” expires in 5 days',
    ]);
    await again.stop();
    bench.clock.advance(200 * DAY_MS);
    const last = bench.anotherWorker();
    await last.start();
    await bench.pass(0);
    await bench.pass(FORGOTTEN_MS);
    await last.stop();
    expect(await statusOf(first.credential.id)).toBe('expired');
    expect(await historyOf(second.credential.id)).toEqual([
      'Key “main” has expired',
    ]);
  });

  it('tells the consumer’s side and the owners of the product', async () => {
    const made = await active();
    await bench.worker.stop();
    bench.clock.advance(89 * DAY_MS);
    const key = await bench.credential(made.credential.id);
    await knex.transaction(async tx => {
      const context = await contextOf(tx, made.id);
      if (!context) throw new Error('It is there');
      await warnOfEnd(tx, bench.clock, key, context);
    });
    expect(await noticesOf(knex)).toMatchObject(
      [
        { recipients: ['user:default/dana', 'group:default/shop-team'] },
        { recipients: ['group:default/payments-team'] },
      ].map(({ recipients }) => ({
        recipients,
        severity: 'high',
        title: expect.stringMatching(
          /^Key “main” of “Shop backend .*” for Payments API expires within a day$/,
        ),
      })),
    );
  });

  it('never says expired while the gateway cannot be asked', async () => {
    const { credential } = await active();
    bench.provider.fault = () => {
      throw new ProviderUnavailableError('gone');
    };
    await bench.pass(90 * DAY_MS);
    await bench.pass(DAY_MS);
    expect(await bench.credential(credential.id)).toMatchObject({
      status: 'active',
      last_error: expect.stringContaining('gone'),
    });
    bench.provider.fault = undefined;
    await bench.pass(DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    expect(await statusOf(credential.id)).toBe('expired');
  });

  it('gives way to a revocation', async () => {
    const { credential, id } = await active();
    await bench.pass(90 * DAY_MS);
    await knex.transaction(async tx => {
      await requestRevocation(tx, bench.deps, credential, 'user:default/dana');
      await settleSubscription(tx, bench.clock, id);
    });
    await bench.work();
    await bench.pass(FORGOTTEN_MS);
    expect(await statusOf(credential.id)).toBe('revoked');
    expect(await historyOf(credential.id)).not.toContain(
      'Key “main” has expired',
    );
  });

  it('does not warn of the end of a key that was not to live so long', async () => {
    const made = await subscribe(knex, bench.deps, { plan });
    await knex('credentials').update({
      expires_at: new Date(bench.clock.now() + 5 * DAY_MS).toISOString(),
    });
    await bench.work();
    await bench.pass(1000);
    expect(await historyOf(made.credential.id)).toEqual([]);
    await bench.pass(4 * DAY_MS);
    expect(await historyOf(made.credential.id)).toHaveLength(1);
  });
});
