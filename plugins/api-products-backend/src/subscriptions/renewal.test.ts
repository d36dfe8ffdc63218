import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';

jest.setTimeout(120_000);

const DAY_MS = 24 * 60 * 60_000;
const FORGOTTEN_MS = 11_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('renewal on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
  });
  afterEach(() => bench.worker.stop());

  const dana = as('dana');
  const approved = async (application?: string) => {
    const asked = await bench.access.accessRequests.create(
      dana,
      askFor(application === undefined ? {} : { application }),
    );
    const made = await bench.access.accessRequests.approve(
      as('omar'),
      asked.id,
      {},
    );
    await bench.work();
    return made.subscription ?? '';
  };
  const expired = async () => {
    const id = await approved();
    await bench.pass(90 * DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    return id;
  };
  const subscription = (id: string) => bench.access.subscriptions.get(dana, id);
  const renew = (id: string, name: Parameters<typeof as>[0] = 'dana') =>
    bench.access.subscriptions.renew(as(name), id);

  it('makes a new key without a new approval', async () => {
    const id = await expired();
    expect(await subscription(id)).toMatchObject({
      status: 'expired',
      actions: ['renew'],
    });
    let goOn = () => {};
    const gate = new Promise<void>(resolve => {
      goOn = resolve;
    });
    bench.provider.fault = () => gate;
    const renewed = await renew(id);
    expect(renewed).toMatchObject({
      status: 'provisioning',
      credentials: [
        { name: 'main', status: 'expired' },
        { name: 'key-2', status: 'provisioning' },
      ],
    });
    bench.provider.fault = undefined;
    goOn();
    await bench.work();
    const now = await subscription(id);
    expect(now).toMatchObject({ status: 'active' });
    expect(now.actions).not.toContain('renew');
    expect(bench.provider.keys.size).toBe(1);
    expect(await knex('subscription_products').pluck('open')).toEqual([
      expect.anything(),
    ]);
    await expect(
      bench.access.accessRequests.create(
        dana,
        askFor({ application: now.application.id }),
      ),
    ).rejects.toMatchObject({ code: 'already-subscribed' });
  });

  it('is for the consumer’s side, while it has expired', async () => {
    const active = await approved();
    await expect(renew(active)).rejects.toMatchObject({ code: 'over' });
    await bench.pass(90 * DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    await expect(renew(active, 'omar')).rejects.toMatchObject({
      code: 'not-owner',
    });
    await expect(renew(active, 'liam')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('is over after the time that the plan gives', async () => {
    const id = await expired();
    await bench.pass(30 * DAY_MS);
    expect((await subscription(id)).actions).toEqual([]);
    await expect(renew(id)).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'renewal-over',
      fields: { product: 'Payments API', plan: 'Gold' },
    });
    await knex('plans').update({
      spec: knex.raw(
        `replace(spec, '"revealWithin"', '"renewWithin":"P60D","revealWithin"')`,
      ),
    });
    expect((await subscription(id)).actions).toEqual(['renew']);
    await expect(renew(id)).resolves.toBeDefined();
  });

  it('waits until what was suspended is resumed', async () => {
    const id = await approved();
    const { subscriptions } = bench.access;
    await subscriptions.suspend(as('omar'), id, { reason: 'load' });
    await bench.pass(90 * DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    expect(await subscription(id)).toMatchObject({
      status: 'expired',
      actions: [],
    });
    await expect(renew(id)).rejects.toMatchObject({ code: 'not-active' });
    await subscriptions.resume(as('omar'), id, {});
    await expect(renew(id)).resolves.toBeDefined();
  });

  it('leads to the other subscription where the application has asked again', async () => {
    const id = await expired();
    const { application } = await subscription(id);
    const other = await approved(application.id);
    await expect(renew(id)).rejects.toMatchObject({
      code: 'already-subscribed',
      fields: { subscription: other },
    });
    expect((await subscription(id)).status).toBe('expired');
  });

  it('needs what was approved to be offered still', async () => {
    const id = await expired();
    await knex('products').update({ lifecycle: 'deprecated' });
    await expect(renew(id)).rejects.toMatchObject({
      code: 'takes-no-requests',
    });
    await knex('products').update({ lifecycle: 'active' });
    await knex('product_plans').delete();
    await expect(renew(id)).rejects.toMatchObject({
      code: 'plan-not-offered',
    });
  });

  it('happens once, however often it is asked for at once', async () => {
    const id = await expired();
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => renew(id)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    await bench.work();
    expect(bench.provider.keys.size).toBe(1);
  });

  it('and a new request at once leave one of the two', async () => {
    const id = await expired();
    const { application } = await subscription(id);
    const asked = await bench.access.accessRequests.create(
      dana,
      askFor({ application: application.id }),
    );
    const answers = await Promise.allSettled([
      renew(id),
      bench.access.accessRequests.approve(as('omar'), asked.id, {}),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'already-subscribed' },
    });
  });
});
