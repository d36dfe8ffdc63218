import { setTimeout as pause } from 'node:timers/promises';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { planSpecOf, productSpecOf } from '../../records/specs';
import type { PlanRow, ProductRow } from '../../lib/rows';
import { testClock } from '../../testing/clock';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { toldOf } from '../../testing/notices';
import { apiEntity } from '../../testing/entities';
import {
  foundApi,
  foundOther,
  foundPlan,
  foundProduct,
} from '../../testing/offerings';
import { product, plan, writeRecords } from '../../testing/records';
import {
  forgetRecords,
  synchronisationBench,
} from '../../testing/synchronisation';
import { RUNS_KEPT } from './SyncRuns';

jest.setTimeout(60_000);

describe.each(testDatabases().eachSupportedId())(
  'Synchronisation on %p',
  id => {
    const databases = testDatabases();
    const clock = testClock();
    let knex: Knex;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, id);
    });

    beforeEach(async () => {
      await forgetRecords(knex);
    });

    afterAll(() => knex.destroy());

    const start = (config: object = {}) =>
      synchronisationBench(knex, clock, { config });

    const productOf = async (policyId: string): Promise<ProductRow> =>
      knex('products').where({ policy_id: policyId }).first();
    const planOf = async (policyId: string): Promise<PlanRow> =>
      knex('plans').where({ policy_id: policyId }).first();
    const apisOf = async (policyId: string): Promise<unknown> =>
      knex('product_apis')
        .join('products', 'products.id', 'product_apis.product_id')
        .where({ policy_id: policyId })
        .orderBy('position')
        .select('product_apis.api_ref', 'product_apis.provider_api_id');
    const history = async (): Promise<string[]> =>
      knex('history').orderBy('sequence').pluck('message');

    /** As somebody who enriches a record does. */
    const edit = async (
      table: 'products' | 'plans',
      policyId: string,
      fields: object,
    ) => {
      const row: ProductRow = await knex(table)
        .where({ policy_id: policyId })
        .first();
      await knex(table)
        .where({ id: row.id })
        .update({
          spec: JSON.stringify({ ...JSON.parse(row.spec), ...fields }),
          revision: row.revision + 1,
          ...('title' in fields ? { title: fields.title } : {}),
        });
    };

    it('makes bare records of what it finds, and nothing of them the second time', async () => {
      const bench = start({ defaultOwner: 'payments-team' });
      bench.provider.apis = [
        foundApi('a1', { name: 'Payments' }),
        foundApi('a2', { authentication: 'jwt' }),
      ];
      bench.provider.offerings = [
        foundProduct('p1', {
          name: 'Payments API',
          apis: [
            {
              id: 'a1',
              versions: ['v2'],
              allowedUrls: [{ url: '/x', methods: ['GET'] }],
            },
          ],
        }),
        foundPlan('p2', { name: 'Gold', keyLifetimeSeconds: 90 * 86_400 }),
        foundOther('p3', { name: 'Everything' }),
      ];
      const run = await bench.sync();
      expect(run).toMatchObject({
        status: 'succeeded',
        trigger: 'request',
        counts: { created: 2, ignored: 1, unchanged: 0 },
        items: [
          {
            outcome: 'created',
            kind: 'product',
            ref: 'apiproduct:default/payments-api',
            name: 'Payments API',
            policyId: 'p1',
          },
          { outcome: 'created', kind: 'plan', ref: 'apiplan:default/gold' },
          {
            outcome: 'ignored',
            policyId: 'p3',
            reason: 'It is not partitioned',
          },
        ],
      });
      const payments = await productOf('p1');
      expect(payments).toMatchObject({
        ref: 'apiproduct:default/payments-api',
        title: 'Payments API',
        owner_ref: 'group:default/payments-team',
        origin: 'provider',
        lifecycle: 'draft',
        authentication: 'auth-token',
        provider_id: 'sandbox',
        provider_status: 'ready',
        provider_name: 'Payments API',
        revision: 1,
        provider_revision: 1,
      });
      expect(productSpecOf(payments)).toMatchObject({
        gatewayEndpoint: 'https://gateway.example.com/a1/',
        provider: 'sandbox',
        catalogues: [],
        apis: [
          {
            title: 'Payments',
            providerApiId: 'a1',
            versions: ['v2'],
            allowedUrls: [{ url: '/x', methods: ['GET'] }],
          },
        ],
      });
      expect(await apisOf('p1')).toEqual([
        { api_ref: null, provider_api_id: 'a1' },
      ]);
      const gold = await planOf('p2');
      expect(gold).toMatchObject({ billing_mode: 'free', origin: 'provider' });
      expect(planSpecOf(gold)).toMatchObject({
        rateLimit: { requests: 5, per: 10 },
        quota: { requests: 20, per: 'P1D' },
        keyLifetime: 'P90D',
        approval: { mode: 'manual' },
      });
      expect(
        await knex('provider_apis').orderBy('api_id').pluck('api_id'),
      ).toEqual(['a1', 'a2']);
      expect(await history()).toEqual([
        'Payments API was found at provider sandbox and is a draft here',
        'Gold was found at provider sandbox and is a draft here',
      ]);

      clock.advance(1000);
      const statements: string[] = [];
      const listen = ({ sql }: { sql: string }) => {
        statements.push(sql);
      };
      knex.on('query', listen);
      await bench.synchronisation.run({
        provider: 'sandbox',
        trigger: 'schedule',
      });
      knex.removeListener('query', listen);
      const { items } = await bench.synchronisation.runs.list('sandbox', {});
      expect(items[0].counts).toMatchObject({ created: 0, unchanged: 2 });
      const written = statements.filter(
        sql =>
          /^(insert|update|delete)/.test(sql) && !sql.includes('sync_runs'),
      );
      expect(written).toEqual([]);
    });

    it('gives names of their own to what is called the same', async () => {
      const bench = start();
      await writeRecords(knex, { products: [product('payments')] });
      bench.provider.offerings = ['p1', 'p2'].map(policyId =>
        foundProduct(policyId, { name: 'Payments' }),
      );
      expect((await bench.sync()).counts.created).toBe(2);
      const refs: string[] = await knex('products').pluck('ref');
      expect(new Set(refs).size).toBe(3);
      expect(await knex('products').where({ title: 'Payments' })).toHaveLength(
        2,
      );
    });

    it('recognises what Git and the portal have put there, and never imports it a second time', async () => {
      const bench = start();
      await writeRecords(knex, {
        products: [product('payments')],
        plans: [plan('gold')],
      });
      bench.provider.offerings = [
        foundProduct('product-default-payments'),
        foundPlan('plan-default-gold'),
      ];
      const run = await bench.sync();
      expect(run.counts).toMatchObject({ created: 0, unchanged: 2 });
      expect(await knex('products')).toHaveLength(1);
    });

    it('leaves records of Git shown when their policy is gone: that is repaired, not followed', async () => {
      const bench = start();
      await writeRecords(knex, {
        products: [product('payments'), product('refunds')],
      });
      bench.provider.offerings = [foundOther('x')];
      expect(await bench.sync()).toMatchObject({
        status: 'succeeded',
        counts: { hidden: 0, 'held-back': 0 },
      });
      expect(await knex('products').whereNotNull('hidden_at')).toEqual([]);
    });

    it('imports nothing where nobody would own it, and says what to set', async () => {
      const bench = synchronisationBench(knex, clock, { platformOwners: [] });
      bench.provider.offerings = [foundProduct('p1')];
      expect(await bench.sync()).toMatchObject({
        counts: { created: 0, ignored: 1 },
        items: [
          {
            reason:
              'Nobody would own it: set apiProducts.providers.sandbox.defaultOwner',
          },
        ],
      });
      expect(await knex('products')).toEqual([]);
    });

    it('hides what is gone and brings it back as it was', async () => {
      const bench = start();
      const all = ['p1', 'p2', 'p3', 'p4', 'p5'].map(policyId =>
        foundProduct(policyId),
      );
      bench.provider.offerings = all;
      await bench.sync();
      await edit('products', 'p1', { description: 'Enriched' });
      const before = await productOf('p1');

      bench.provider.offerings = all.slice(1);
      expect(await bench.sync()).toMatchObject({
        status: 'succeeded',
        counts: { hidden: 1, unchanged: 4 },
        items: [
          {
            outcome: 'hidden',
            ref: 'apiproduct:default/p1',
            reason: 'Its policy is gone from the provider',
          },
        ],
      });
      expect(await productOf('p1')).toMatchObject({
        hidden_by: 'provider',
        hidden_at: expect.any(String),
        spec: before.spec,
      });
      expect((await bench.sync()).counts).toMatchObject({
        hidden: 0,
        unchanged: 4,
      });

      bench.provider.offerings = all;
      expect((await bench.sync()).counts).toMatchObject({
        restored: 1,
        unchanged: 4,
      });
      expect(await productOf('p1')).toMatchObject({
        hidden_by: null,
        hidden_at: null,
        spec: before.spec,
      });
      expect((await history()).slice(-2)).toEqual([
        'p1 is hidden: Its policy is gone from the provider. Nothing here is deleted; it is back when its policy is',
        'p1 is back at provider sandbox',
      ]);
    });

    it('holds back a drop that is too large until it is confirmed', async () => {
      const bench = start({ synchronisation: { maxDropPercent: 50 } });
      bench.provider.offerings = ['p1', 'p2', 'p3'].map(policyId =>
        foundProduct(policyId),
      );
      await bench.sync();
      bench.provider.offerings = [foundProduct('p1'), foundProduct('p4')];
      expect(await bench.sync()).toMatchObject({
        status: 'held-back',
        message:
          '2 of 3 are gone from the provider at once. None of them is hidden until a platform owner confirms that they really are gone',
        counts: { created: 1, 'held-back': 2, hidden: 0 },
      });
      expect(await knex('products').whereNotNull('hidden_at')).toEqual([]);
      expect(await bench.sync({ confirmDrop: true })).toMatchObject({
        status: 'succeeded',
        counts: { 'held-back': 0, hidden: 2 },
      });
    });

    it('never believes an empty answer by itself', async () => {
      const bench = start({ synchronisation: { maxDropPercent: 100 } });
      bench.provider.offerings = [foundProduct('p1')];
      await bench.sync();
      bench.provider.offerings = [];
      expect(await bench.sync()).toMatchObject({
        status: 'held-back',
        message: expect.stringContaining('nothing at all'),
      });
      expect(await bench.sync({ confirmDrop: true })).toMatchObject({
        status: 'succeeded',
        counts: { hidden: 1 },
      });
    });

    it.each(['listOfferings', 'listApis'])(
      'fails with the reason when %s fails, and touches nothing',
      async method => {
        const bench = start();
        bench.provider.apis = [foundApi('a1')];
        bench.provider.offerings = [foundProduct('p1')];
        await bench.sync();
        bench.provider.offerings = [];
        bench.provider.fault = call => {
          if (call.method === method) {
            throw new ProviderUnavailableError('connection refused');
          }
        };
        expect(await bench.sync()).toMatchObject({
          status: 'failed',
          message: 'connection refused',
          counts: { hidden: 0, 'held-back': 0 },
        });
        expect(await productOf('p1')).toMatchObject({ hidden_at: null });
        expect(await knex('provider_apis')).toHaveLength(1);
      },
    );

    it('leaves no question to the database behind when it fails', async () => {
      const bench = start();
      bench.provider.fault = () => {
        throw new ProviderUnavailableError('connection refused');
      };
      const asked: string[] = [];
      knex.on('query', ({ sql }: { sql: string }) => {
        if (/from .products./.test(sql)) asked.push(sql);
      });
      expect(await bench.sync()).toMatchObject({ status: 'failed' });
      const questions = asked.length;
      expect(questions).toBeGreaterThan(0);
      await pause(100);
      expect(asked).toHaveLength(questions);
    });

    it('follows names: the title where it was the name, the name at the provider where that is said apart', async () => {
      const bench = start();
      const offer = (...names: string[]) => {
        bench.provider.offerings = names.map((name, i) =>
          foundProduct(`p${i}`, { name }),
        );
      };
      offer('One', 'Two', 'Three');
      await bench.sync();
      // Two is called otherwise here and keeps its name there; Three was renamed here and is on its way.
      await edit('products', 'p1', { title: 'Shown', providerName: 'Two' });
      await knex('products')
        .where({ policy_id: 'p1' })
        .update({ provider_revision: 2 });
      await edit('products', 'p2', { title: 'Drei' });
      offer('Uno', 'Dos', 'Tres');
      const run = await bench.sync();
      expect(run.counts).toMatchObject({ renamed: 2, unchanged: 1 });
      expect(run.items[0]).toMatchObject({
        name: 'Uno',
        ref: 'apiproduct:default/one',
        reason: 'renamed from “One”',
      });
      expect(await productOf('p0')).toMatchObject({
        title: 'Uno',
        provider_name: 'Uno',
      });
      const two = await productOf('p1');
      expect(two.title).toBe('Shown');
      expect(productSpecOf(two).providerName).toBe('Dos');
      expect(await productOf('p2')).toMatchObject({ title: 'Drei' });
      expect((await bench.sync()).counts).toMatchObject({
        renamed: 0,
        unchanged: 3,
      });
    });

    it('takes a name that is longer than it keeps for the same at every look', async () => {
      const bench = start();
      bench.provider.offerings = [
        foundProduct('p1', { name: `Payments ${'x'.repeat(300)}` }),
        foundPlan('l1', { name: `Gold ${'x'.repeat(300)}` }),
      ];
      expect((await bench.sync()).counts).toMatchObject({ created: 2 });
      expect((await productOf('p1')).title).toHaveLength(255);
      expect((await bench.sync()).counts).toMatchObject({
        renamed: 0,
        unchanged: 2,
      });
    });

    it.each([
      ['', 'a1'],
      ['  ', 'a1'],
      ['x'.repeat(300), 'x'.repeat(255)],
    ])(
      'makes a product of an API that is called “%s” all the same',
      async (name, title) => {
        const bench = start();
        bench.provider.apis = [foundApi('a1', { name })];
        bench.provider.offerings = [
          foundProduct('p1', { apis: [{ id: 'a1', name }] }),
        ];
        expect((await bench.sync()).counts).toMatchObject({ created: 1 });
        expect(productSpecOf(await productOf('p1')).apis).toEqual([
          { title, providerApiId: 'a1' },
        ]);
      },
    );

    it('follows what nobody has edited here, and leaves the rest to be decided', async () => {
      const bench = start();
      bench.provider.apis = [foundApi('a1'), foundApi('a2')];
      bench.provider.offerings = [
        foundProduct('p1'),
        foundPlan('p2'),
        foundPlan('p3'),
      ];
      await bench.sync();
      await edit('plans', 'p3', {
        quota: { requests: 1, per: 'month' },
        description: 'Edited',
      });
      const limits = {
        rateLimit: { requests: 10, per: 60 },
        quota: 'unlimited' as const,
      };
      bench.provider.offerings = [
        foundProduct('p1', { apis: [{ id: 'a2' }] }),
        foundPlan('p2', limits),
        foundPlan('p3', limits),
      ];
      const run = await bench.sync();
      expect(run.counts).toMatchObject({ updated: 2, unchanged: 1 });
      expect(run.items.map(({ reason }) => reason)).toEqual([
        'APIs: added API a2, removed API a1',
        'rate limit 10 per minute, was 5 per 10 s; quota none, was 20 per day',
      ]);
      expect(await apisOf('p1')).toEqual([
        { api_ref: null, provider_api_id: 'a2' },
      ]);
      expect(planSpecOf(await planOf('p2'))).toMatchObject(limits);
      expect(await planOf('p2')).toMatchObject({
        revision: 2,
        taken_revision: 2,
        provider_revision: 2,
        provider_status: 'ready',
      });
      expect(planSpecOf(await planOf('p3'))).toMatchObject({
        quota: { requests: 1, per: 'month' },
      });
      expect((await bench.sync()).counts).toMatchObject({
        updated: 0,
        unchanged: 3,
      });
    });

    it('ignores policies of what was deleted here', async () => {
      const bench = start();
      bench.provider.offerings = [foundProduct('p1')];
      await bench.sync();
      await knex('products').update({ deleted_at: '2026-11-21T12:00:00.000Z' });
      expect(await bench.sync()).toMatchObject({
        counts: { created: 0, ignored: 1, hidden: 0 },
        items: [{ reason: 'It belonged to “p1”, which was deleted here' }],
      });
    });

    it('links APIs with the entities that stand for them, also when these come later', async () => {
      const bench = start();
      bench.setEntities([apiEntity('payments', 'a1')]);
      bench.provider.apis = [foundApi('a1'), foundApi('a2')];
      bench.provider.offerings = [
        foundProduct('p1', { apis: [{ id: 'a1' }, { id: 'a2' }] }),
      ];
      await bench.sync();
      expect(await apisOf('p1')).toEqual([
        { api_ref: 'api:default/payments', provider_api_id: 'a1' },
        { api_ref: null, provider_api_id: 'a2' },
      ]);
      bench.setEntities([
        apiEntity('payments', 'a1'),
        apiEntity('refunds', 'a2'),
      ]);
      expect(await bench.sync()).toMatchObject({
        counts: { updated: 1 },
        items: [{ reason: 'The catalog has api:default/refunds for its APIs' }],
      });
      expect(await apisOf('p1')).toEqual([
        { api_ref: 'api:default/payments', provider_api_id: 'a1' },
        { api_ref: 'api:default/refunds', provider_api_id: 'a2' },
      ]);
      expect((await bench.sync()).counts).toMatchObject({
        updated: 0,
        unchanged: 1,
      });
    });

    it('keeps the list of APIs as it is found', async () => {
      const bench = start();
      bench.provider.apis = [foundApi('a1'), foundApi('a2')];
      await bench.sync();
      bench.provider.apis = [foundApi('a2', { name: 'New' }), foundApi('a3')];
      await bench.sync();
      const names = () => knex('provider_apis').orderBy('api_id').pluck('name');
      expect(await names()).toEqual(['New', 'API a3']);
      bench.provider.apis = [];
      await bench.sync();
      expect(await names()).toEqual(['New', 'API a3']);
    });

    it.each([true, false])(
      'begins at start where that is wanted: %p',
      async enabled => {
        const bench = start({ synchronisation: { enabled } });
        await bench.synchronisation.start();
        expect(await knex('sync_runs').pluck('trigger')).toEqual(
          enabled ? ['start'] : [],
        );
      },
    );

    it('keeps the last runs only', async () => {
      const bench = start();
      for (let i = 0; i < RUNS_KEPT + 2; i++) {
        await bench.sync();
      }
      expect(
        await bench.synchronisation.runs.list('sandbox', { limit: 1 }),
      ).toMatchObject({ totalItems: RUNS_KEPT });
    });

    it('tells of a run that changed something, that failed, or that somebody asked for', async () => {
      const bench = start();
      const told = async () => {
        const parts = await toldOf(knex);
        await knex('jobs').delete();
        return parts;
      };
      const scheduled = { provider: 'sandbox', trigger: 'schedule' as const };
      bench.provider.offerings = [foundProduct('p1')];
      await bench.synchronisation.run(scheduled);
      expect(await told()).toMatchObject([
        {
          topic: 'api-products.provider.synchronised',
          subject: 'provider:sandbox',
          payload: { status: 'succeeded', changed: 1 },
        },
      ]);
      expect(bench.onChange).toHaveBeenCalledTimes(1);
      await bench.synchronisation.run(scheduled);
      expect(await told()).toEqual([]);
      await bench.sync();
      expect(await told()).toMatchObject([{ payload: { changed: 0 } }]);
      bench.provider.fault = () => {
        throw new ProviderUnavailableError('down');
      };
      await bench.synchronisation.run(scheduled);
      expect(await told()).toMatchObject([{ payload: { status: 'failed' } }]);
    });
  },
);
