import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { testClock } from '../../testing/clock';
import { FakeProvider } from '../../testing/FakeProvider';
import { Memberships } from '../../identity/Memberships';
import { testRoles } from '../../testing/people';
import { ProviderApis } from '../ProviderApis';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../../testing/entities';
import { idOf, plan, product, writeRecords } from '../../testing/records';
import { providerPlanOf, providerProductOf } from '../offering';
import { Ingestion } from './Ingestion';

jest.setTimeout(60_000);

const basic = [
  catalogueEntity('internal'),
  planEntity('free'),
  planEntity('gold', { spec: { provider: undefined } }),
  apiEntity('payments', 'a1'),
  apiEntity('refunds', 'a2'),
  productEntity('payments', {
    metadata: { title: 'Payments API', tags: ['pci'] },
    spec: { approvers: ['security'] },
  }),
];

describe.each(testDatabases().eachSupportedId())('Ingestion on %p', id => {
  const databases = testDatabases();
  const clock = testClock();
  const logger = mockServices.logger.mock();
  let knex: Knex;

  beforeEach(async () => {
    jest.resetAllMocks();
    knex = await migratedDatabase(databases, id);
  });

  /** The same ingestion over a catalog whose content can change between runs. */
  function start(maxDropPercent = 25) {
    let catalog = catalogServiceMock({ entities: [] });
    const onChange = jest.fn();
    const provider = FakeProvider.create();
    // Does not answer: nothing is known of its APIs.
    provider.fault = () => {
      throw new Error('not today');
    };
    const memberships = Memberships.create({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
    });
    const ingestion = Ingestion.create({
      db: knex,
      clock,
      logger,
      auth: mockServices.auth(),
      catalog: catalogServiceMock.mock({
        queryEntities: (...args) => catalog.queryEntities(...args),
        getEntitiesByRefs: (...args) => catalog.getEntitiesByRefs(...args),
      }),
      providerApis: ProviderApis.create({
        db: knex,
        clock,
        logger,
        providers: {
          find: name => (name === 'sandbox' ? provider : undefined),
        },
      }),
      providerIds: ['sandbox'],
      memberships,
      roles: testRoles(memberships),
      maxDropPercent,
      onChange,
    });
    return {
      onChange,
      provider,
      run(entities: Entity[]) {
        clock.advance(1000);
        catalog = catalogServiceMock({ entities });
        return ingestion.ingestOnce();
      },
      fail(error: Error) {
        catalog = catalogServiceMock.mock({
          queryEntities: async () => {
            throw error;
          },
        });
        return ingestion.ingestOnce();
      },
    };
  }

  const jobs = async (): Promise<string[]> => {
    const rows: { kind: string; subject: string }[] = await knex('jobs')
      .select('kind', 'subject')
      .orderBy(['kind', 'subject']);
    return rows.map(row => `${row.kind} ${row.subject}`);
  };

  it('writes rows, the rows beside them, jobs and history', async () => {
    const { run, onChange } = start();
    await expect(run(basic)).resolves.toMatchObject({ created: 4 });
    expect(onChange).toHaveBeenCalledTimes(1);
    const productId = await idOf(
      knex,
      'product',
      'apiproduct:default/payments',
    );
    const planId = await idOf(knex, 'plan', 'apiplan:default/free');
    await expect(
      knex('products').where({ id: productId }).first(),
    ).resolves.toMatchObject({
      title: 'Payments API',
      origin: 'catalog',
      revision: 1,
      provider_id: 'sandbox',
      provider_status: 'pending',
    });
    await expect(
      knex('product_approvers').pluck('approver_ref'),
    ).resolves.toEqual(['group:default/security']);
    await expect(jobs()).resolves.toEqual([
      `put-plan plan:${planId}`,
      `put-product product:${productId}`,
    ]);
    await expect(providerProductOf(knex, productId)).resolves.toEqual({
      key: 'default/payments',
      title: 'Payments API',
      apis: [{ id: 'a1', name: 'payments API' }],
    });
    await expect(providerPlanOf(knex, planId)).resolves.toEqual({
      key: 'default/free',
      title: 'free',
      rateLimit: { requests: 5, per: 10 },
      quota: 'unlimited',
      credentialMetadata: {},
      apiIds: ['a1'],
    });
    const events: string[] = await knex('history')
      .orderBy('sequence')
      .pluck('event');
    expect(events).toEqual([
      'catalogue.created',
      'plan.created',
      'plan.created',
      'product.created',
    ]);
  });

  it('writes nothing for what is unchanged', async () => {
    const { run, onChange } = start();
    await run(basic);
    await knex('jobs').delete();
    let writes = 0;
    knex.on('query', ({ sql }) => {
      writes += /^(insert|update|delete)/i.test(sql) ? 1 : 0;
    });
    await expect(run(basic)).resolves.toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 4,
    });
    expect(writes).toBe(0);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('tells the provider of a change, and of the APIs its plans are now sold with', async () => {
    const { run } = start();
    await run(basic);
    await knex('jobs').delete();
    const planId = await idOf(knex, 'plan', 'apiplan:default/free');
    const productId = await idOf(
      knex,
      'product',
      'apiproduct:default/payments',
    );
    const changed = productEntity('payments', {
      metadata: { title: 'Payments' },
    });
    await run([...basic.slice(0, 5), changed]);
    await expect(jobs()).resolves.toEqual([`put-product product:${productId}`]);
    await expect(
      knex('products').where({ id: productId }).first('title', 'revision'),
    ).resolves.toEqual({ title: 'Payments', revision: 2 });

    const withRefunds = productEntity('payments', {
      spec: { apis: ['payments', 'api:refunds'] },
    });
    await run([...basic.slice(0, 5), withRefunds]);
    await expect(jobs()).resolves.toEqual([
      `put-plan plan:${planId}`,
      `put-product product:${productId}`,
    ]);
    await expect(providerPlanOf(knex, planId)).resolves.toMatchObject({
      apiIds: ['a1', 'a2'],
    });
  });

  it('forgets the policy of the provider that a record has left', async () => {
    const { run } = start();
    await run(basic);
    await knex('products').update({ policy_id: 'p1' });
    const moved = productEntity('payments', { spec: { provider: 'other' } });
    const there = apiEntity('payments', 'a1', { provider: 'other' });
    await run([...basic.slice(0, 3), there, moved]);
    await expect(
      knex('products').first('provider_id', 'policy_id', 'provider_status'),
    ).resolves.toEqual({
      provider_id: 'other',
      policy_id: null,
      provider_status: 'pending',
    });
  });

  it('says which API of the provider is not known, and asks nothing of the provider', async () => {
    const { run } = start();
    await run([productEntity('payments'), apiEntity('payments')]);
    await expect(
      knex('products').first('provider_status', 'provider_message'),
    ).resolves.toEqual({
      provider_status: 'failed',
      provider_message: expect.stringContaining('api:default/payments'),
    });
    await expect(jobs()).resolves.toEqual([]);
  });

  it('keeps what it knows of an API that the catalog has lost', async () => {
    const { run } = start();
    await run(basic);
    const without = basic.filter(({ kind }) => kind !== 'API');
    await expect(run(without)).resolves.toMatchObject({ unchanged: 4 });
  });

  it('hides what is gone, keeps its rows, and brings it back as it was', async () => {
    const { run } = start();
    await run(basic);
    await knex('products').update({
      policy_id: 'p1',
      provider_status: 'ready',
    });
    const before = await knex('products').first();
    await expect(run(basic.slice(0, 5))).resolves.toMatchObject({ hidden: 1 });
    await expect(knex('products').first()).resolves.toMatchObject({
      id: before.id,
      policy_id: 'p1',
      hidden_at: expect.any(String),
    });
    await expect(run(basic.slice(0, 5))).resolves.toMatchObject({ hidden: 0 });
    await expect(run(basic)).resolves.toMatchObject({ restored: 1 });
    await expect(knex('products').first()).resolves.toMatchObject({
      id: before.id,
      policy_id: 'p1',
      hidden_at: null,
      revision: 3,
    });
  });

  it('hides nothing after an error, an empty answer, or when too much is gone at once', async () => {
    const { run, fail } = start();
    await run(basic);
    const hidden = () => knex('products').whereNotNull('hidden_at');
    await expect(fail(new Error('catalog is down'))).rejects.toThrow(
      'catalog is down',
    );
    await expect(run([])).resolves.toMatchObject({ heldBack: 4 });
    await expect(run(basic.slice(0, 2))).resolves.toMatchObject({
      hidden: 0,
      heldBack: 2,
    });
    await expect(hidden()).resolves.toEqual([]);
    expect(logger.warn).toHaveBeenLastCalledWith(
      expect.stringContaining('apiProducts.ingestion.maxDropPercent'),
    );
  });

  it('hides even that when a platform owner has allowed it', async () => {
    const { run } = start(100);
    await run(basic);
    await expect(run(basic.slice(0, 2))).resolves.toMatchObject({ hidden: 2 });
  });

  it('ignores a broken entity, says so once, and leaves its record as it was', async () => {
    const { run } = start();
    await run(basic);
    const broken = productEntity('payments', { spec: { version: 'latest' } });
    const entities = [...basic.slice(0, 5), broken];
    await expect(run(entities)).resolves.toMatchObject({
      ignored: 1,
      hidden: 0,
      updated: 0,
    });
    await run(entities);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^apiproduct:default\/payments is ignored: spec\.version must be/,
      ),
    );
  });

  it('takes entities as the catalog hands them out', async () => {
    const { run } = start();
    const handedOut: Entity = {
      ...productEntity('payments', {
        metadata: {
          uid: '2f5ab0f4-7b1f-4d5a-9b0e-2d2b1d1a6f10',
          etag: 'abc',
          annotations: {
            'backstage.io/edit-url': 'https://git.example.com/edit',
            'backstage.io/managed-by-location': 'url:https://git.example.com',
          },
        },
      }),
      relations: [{ type: 'ownedBy', targetRef: 'group:default/x' }],
    };
    await expect(run([handedOut])).resolves.toMatchObject({ created: 1 });
    await expect(knex('products').first('edit_url')).resolves.toEqual({
      edit_url: 'https://git.example.com/edit',
    });
  });

  it('writes the others when the database does not take one', async () => {
    const { run } = start();
    const tooLong = productEntity('long', {
      spec: { owner: 'user:default/dana', provider: `p${'x'.repeat(70)}` },
    });
    await knex.raw(
      id === 'SQLITE_3'
        ? `create trigger refuse before insert on products when new.name = 'long' begin select raise(abort, 'refused'); end`
        : 'select 1',
    );
    await expect(run([tooLong, ...basic])).resolves.toMatchObject({
      created: 4,
      ignored: 1,
    });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/^apiproduct:default\/long (was not|is ignored)/),
    );
  });

  it('does not take in what the portal itself has put into the catalog', async () => {
    const { run } = start();
    const ours = productEntity('portal-made', {
      metadata: { annotations: { 'api-products/origin': 'portal' } },
    });
    await run([...basic, ours]);
    await expect(knex('products').pluck('name')).resolves.toEqual(['payments']);
  });

  it('does not let Git take over a record that was there first', async () => {
    await writeRecords(knex, { products: [product('payments')] });
    await knex('products').update({ origin: 'portal' });
    const { run } = start();
    await expect(run(basic)).resolves.toMatchObject({ ignored: 1 });
    await expect(knex('products').first()).resolves.toMatchObject({
      origin: 'portal',
      title: 'payments',
    });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('with origin portal was there first'),
    );
  });

  describe('over an import of that name', () => {
    const imported = async (columns: object = {}) => {
      await writeRecords(knex, { products: [product('payments')] });
      await knex('products').update({
        origin: 'provider',
        policy_id: 'p1',
        provider_status: 'ready',
        revision: 3,
        taken_revision: 3,
        ...columns,
      });
    };

    it('writes its own, where nobody has made anything of the import', async () => {
      await imported();
      const { run } = start();
      await expect(run(basic)).resolves.toMatchObject({
        created: 4,
        ignored: 0,
      });
      await expect(
        knex('products').orderBy('origin').select('origin', 'policy_id'),
      ).resolves.toEqual([
        { origin: 'catalog', policy_id: null },
        { origin: 'provider', policy_id: null },
      ]);
      await expect(
        knex('products').where({ origin: 'provider' }).first('deleted_at'),
      ).resolves.toEqual({ deleted_at: expect.any(String) });
      await expect(run(basic)).resolves.toMatchObject({ unchanged: 4 });
    });

    it('is refused where somebody has edited it', async () => {
      await imported({ revision: 4 });
      const { run } = start();
      await expect(run(basic)).resolves.toMatchObject({ ignored: 1 });
      await expect(knex('products').pluck('origin')).resolves.toEqual([
        'provider',
      ]);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('with origin provider was there first'),
      );
    });

    it('is refused where somebody has put it on a product here', async () => {
      await writeRecords(knex, {
        plans: [plan('free')],
        products: [
          product('shop', { plans: ['apiplan:default/free'] }),
          product('git', { plans: ['apiplan:default/free'] }),
        ],
      });
      await knex('plans').update({ origin: 'provider', taken_revision: 1 });
      await knex('products')
        .where({ name: 'shop' })
        .update({ origin: 'portal' });
      const { run } = start();
      await expect(run([planEntity('free')])).resolves.toMatchObject({
        created: 0,
        ignored: 1,
      });
      await knex('product_plans')
        .where({
          product_id: await idOf(knex, 'product', 'apiproduct:default/shop'),
        })
        .delete();
      await expect(run([planEntity('free')])).resolves.toMatchObject({
        created: 1,
        ignored: 0,
      });
    });
  });

  it('two backends at the same time write a record once', async () => {
    const [first, second] = [start(), start()];
    const results = await Promise.all([first.run(basic), second.run(basic)]);
    expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(4);
    await expect(knex('history').count({ n: '*' }).first()).resolves.toEqual({
      n: expect.anything(),
    });
    await expect(knex('products').pluck('revision')).resolves.toEqual([1]);
  });
});
