import type { Knex } from 'knex';
import { insertWords, wordsOf } from '../lib/searchWords';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { people } from '../testing/people';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('lists on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const ask = async (
    name: Parameters<typeof as>[0],
    input: Parameters<typeof askFor>[0] = {},
  ) => {
    bench.clock.advance(1000);
    const made = await bench.access.accessRequests.create(
      as(name),
      askFor(input),
    );
    return made.id;
  };

  /** How many statements the lists run. */
  async function statements(run: () => Promise<unknown>): Promise<number> {
    await bench.work();
    await bench.worker.stop();
    let seen = 0;
    const look = ({ sql }: { sql: string }) => {
      seen += /^select/i.test(sql) ? 1 : 0;
    };
    knex.on('query', look);
    await run();
    knex.removeListener('query', look);
    return seen;
  }

  it('leave out on demand what does not matter any more to who asked', async () => {
    const { accessRequests } = bench.access;
    const current = async () => {
      const { items, totalItems } = await accessRequests.list(as('dana'), {
        current: true,
      });
      expect(totalItems).toBe(items.length);
      return items.map(item => [item.status, item.id]);
    };
    const reject = async (asked: string) => {
      bench.clock.advance(1000);
      await accessRequests.reject(as('omar'), asked, {
        revision: 1,
        comment: 'not yet',
      });
    };
    const first = await ask('dana');
    expect(await current()).toEqual([['pending', first]]);
    await reject(first);
    expect(await current()).toEqual([['rejected', first]]);
    const [{ application }] = (await accessRequests.list(as('dana'), {})).items;
    const again = await ask('dana', { application: application.id });
    expect(await current()).toEqual([['pending', again]]);
    bench.clock.advance(1000);
    await accessRequests.cancel(as('dana'), again, { revision: 1 });
    expect(await current()).toEqual([['rejected', first]]);
    const third = await ask('dana', { application: application.id });
    bench.clock.advance(1000);
    await accessRequests.approve(as('omar'), third, { revision: 1 });
    expect(await current()).toEqual([]);
    const other = await ask('dana', { application: { name: 'Another' } });
    await reject(other);
    expect(await current()).toEqual([['rejected', other]]);
  });

  it('show requests to those who made them or decide about them', async () => {
    const shop = await ask('dana');
    const own = await ask('omar', { application: { name: 'Reports' } });
    const shipments = await ask('mia', {
      product: 'shipments',
      application: { name: 'Mobile app', owner: 'mobile-team' },
      acceptedTerms: [],
    });
    const ids = async (
      name: Parameters<typeof as>[0],
      filter: Parameters<AccessBench['access']['accessRequests']['list']>[1],
    ) => {
      const page = await bench.access.accessRequests.list(as(name), filter);
      expect(page.items).toHaveLength(page.totalItems);
      return page.items.map(item => item.id);
    };
    expect(await ids('dana', {})).toEqual([shop]);
    expect(await ids('devin', { as: 'requester' })).toEqual([shop]);
    expect(await ids('gus', {})).toEqual([]);
    expect(await ids('gus', { as: 'approver' })).toEqual([]);
    expect(await ids('omar', {})).toEqual([own]);
    expect(await ids('omar', { as: 'approver' })).toEqual([own, shop]);
    expect(await ids('liam', { as: 'approver' })).toEqual([shipments]);
    expect(await ids('paula', { as: 'approver' })).toEqual([
      shipments,
      own,
      shop,
    ]);
    expect(await ids('omar', { as: 'approver', status: ['pending'] })).toEqual([
      shop,
      own,
    ]);
    const all = { as: 'approver' } as const;
    expect(await ids('paula', { ...all, product: 'payments' })).toEqual([
      own,
      shop,
    ]);
    expect(await ids('paula', { ...all, requester: 'mia' })).toEqual([
      shipments,
    ]);
    expect(await ids('paula', { ...all, plan: 'free' })).toEqual([]);
    await bench.access.accessRequests.reject(as('omar'), shop, {
      comment: 'no',
    });
    expect(
      await ids('paula', { ...all, status: ['rejected', 'cancelled'] }),
    ).toEqual([shop]);
  });

  it('do not show a request by id to people it is none of the business of', async () => {
    const request = await ask('dana');
    for (const name of ['liam', 'mia', 'gus'] as const) {
      await expect(
        bench.access.accessRequests.get(as(name), request),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    }
    for (const name of ['dana', 'devin', 'omar', 'paula'] as const) {
      await expect(
        bench.access.accessRequests.get(as(name), request),
      ).resolves.toMatchObject({ id: request });
    }
  });

  it('page through requests without gaps in both directions', async () => {
    const made: string[] = [];
    for (let i = 0; i < 7; i++) {
      made.unshift(await ask('dana', { application: { name: `app ${i}` } }));
    }
    const list = (cursor?: string) =>
      bench.access.accessRequests.list(as('dana'), { limit: 3, cursor });
    const first = await list();
    const second = await list(first.pageInfo.nextCursor);
    const third = await list(second.pageInfo.nextCursor);
    expect(
      [first, second, third].flatMap(page => page.items.map(item => item.id)),
    ).toEqual(made);
    expect(third.pageInfo.nextCursor).toBeUndefined();
    const back = await list(third.pageInfo.prevCursor);
    expect(back.items).toEqual(second.items);
    for (const page of [first, second, third, back]) {
      expect(page.totalItems).toBe(7);
    }
  });

  it('believe of a total in a cursor only that it is a number, and let nobody see more by it', async () => {
    for (let i = 0; i < 4; i++) {
      await ask('dana', { application: { name: `app ${i}` } });
    }
    const list = (name: 'dana' | 'gus', cursor?: string) =>
      bench.access.accessRequests.list(as(name), { limit: 3, cursor });
    const { nextCursor = '' } = (await list('dana')).pageInfo;
    const told = (t: unknown) =>
      Buffer.from(
        JSON.stringify({
          ...JSON.parse(Buffer.from(nextCursor, 'base64url').toString()),
          t,
        }),
      ).toString('base64url');
    await expect(list('dana', told(9e9))).resolves.toMatchObject({
      items: [expect.anything()],
      totalItems: 1_000,
      totalIsAtLeast: true,
    });
    await expect(list('gus', told(9e9))).resolves.toMatchObject({ items: [] });
    for (const lie of [-1, 1.5, '7', null, 1e300]) {
      await expect(list('dana', told(lie))).rejects.toThrow('cursor');
    }
  });

  it('show a subscription to several products of somebody once', async () => {
    await ask('dana', { plan: 'free' });
    const products: { id: string; name: string }[] = await knex('products')
      .whereIn('name', ['payments', 'shipments'])
      .select('id', 'name');
    const [link] = await knex('subscription_products');
    for (const { id: product } of products) {
      await knex('product_approvers').insert({
        product_id: product,
        approver_ref: people.gus.ref,
      });
      await knex('subscription_products')
        .insert({ ...link, product_id: product })
        .onConflict(['subscription_id', 'product_id'])
        .ignore();
    }
    for (const filter of [{}, { product: 'shipments' }]) {
      const page = await bench.access.subscriptions.list(as('gus'), {
        ...filter,
        as: 'owner',
      });
      expect(page.items.map(({ id: one }) => one)).toEqual([
        link.subscription_id,
      ]);
      expect(page.totalItems).toBe(1);
    }
  });

  it('find subscriptions by words of the application, however many have them', async () => {
    for (const name of ['Price watch', 'Shop backend']) {
      await ask('dana', { plan: 'free', application: { name } });
    }
    const found = async (
      name: Parameters<typeof as>[0],
      filter: Parameters<typeof bench.access.subscriptions.list>[1],
    ) => {
      const { items, totalItems } = await bench.access.subscriptions.list(
        as(name),
        { limit: 1, ...filter },
      );
      expect(totalItems).toBe(items.length);
      return items.map(({ application }) => application.name);
    };
    const findAll = async () => {
      expect(await found('dana', { q: 'shop' })).toEqual(['Shop backend']);
      for (const name of ['omar', 'paula'] as const) {
        const q = 'WATCH pri';
        expect(await found(name, { as: 'owner', q })).toEqual(['Price watch']);
        expect(
          await found(name, { as: 'owner', q, product: 'payments' }),
        ).toEqual(['Price watch']);
        expect(
          await found(name, { as: 'owner', q, status: ['revoked'] }),
        ).toEqual([]);
      }
      expect(await found('liam', { as: 'owner', q: 'shop' })).toEqual([]);
      const [watch] = await knex('applications').where({ name: 'Price watch' });
      const application = watch.id;
      expect(await found('dana', { application, q: 'shop' })).toEqual([]);
      expect(await found('dana', { application, q: 'price' })).toEqual([
        'Price watch',
      ]);
    };
    await findAll();

    const [row] = await knex('applications');
    for (let i = 0; i < 30; i++) {
      const copy = { ...row, id: `copy-${i}`, name: `Shop price watch ${i}` };
      await knex('applications').insert(copy);
      await knex.transaction(tx =>
        insertWords(tx, 'application', copy.id, wordsOf(copy.name)),
      );
    }
    await findAll();
  });

  it('take at most six statements however long they are', async () => {
    for (let i = 0; i < 5; i++) {
      const input = { plan: 'free', application: { name: `app ${i}` } };
      await ask('dana', input);
      await ask('dana', { ...input, product: 'shipments', acceptedTerms: [] });
    }
    const { access } = bench;
    expect(
      await statements(() =>
        access.subscriptions.list(as('paula'), { as: 'owner', q: 'app' }),
      ),
    ).toBeLessThanOrEqual(6);
    expect(
      await statements(() =>
        access.accessRequests.list(as('paula'), { as: 'approver' }),
      ),
    ).toBeLessThanOrEqual(6);
    expect(
      await statements(() => access.applications.list(as('dana'), {})),
    ).toBeLessThanOrEqual(6);
  });
});
