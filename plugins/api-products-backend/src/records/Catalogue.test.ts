import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { Identified } from '../identity/Caller';
import { as } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { people } from '../testing/people';
import { idOf, plan, product, writeRecords } from '../testing/records';
import { Catalogue, type ProductOrder } from './Catalogue';
import type { ProductFilter } from './filters';

jest.setTimeout(60_000);

const service: Identified = {
  caller: { kind: 'service', subject: 'plugin:catalog' },
  credentials: mockCredentials.service('plugin:catalog'),
};

describe.each(testDatabases().eachSupportedId())('Catalogue on %p', id => {
  const databases = testDatabases();
  let knex: Knex;
  let catalogue: Catalogue;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, demo);
    catalogue = Catalogue.create({ db: knex });
  });

  afterAll(() => knex.destroy());

  const namesFor = async (who: Identified, request = {}) =>
    (await catalogue.listProducts(who, request)).items.map(
      ({ namespace, name }) =>
        namespace === 'default' ? name : `${namespace}/${name}`,
    );

  describe('visibility', () => {
    it.each([
      ['gus', ['payments', 'handbook', 'loyalty', 'orders-v1', 'shipments']],
      [
        'liam',
        [
          'payments',
          'handbook',
          'loyalty',
          'orders-v1',
          'shipments',
          'tracking',
        ],
      ],
      [
        'pat',
        [
          'payments',
          'handbook',
          'loyalty',
          'orders-v1',
          'partners/payments',
          'shipments',
        ],
      ],
      [
        'paula',
        [
          'payments',
          'handbook',
          'loyalty',
          'orders-v1',
          'partners/payments',
          'shipments',
          'tracking',
        ],
      ],
    ] as const)('%s sees exactly what is for them', async (name, expected) => {
      await expect(namesFor(as(name))).resolves.toEqual(expected);
    });

    it('another plugin sees everything', async () => {
      await expect(namesFor(service)).resolves.toHaveLength(7);
    });

    it('a draft does not exist for a developer and does for its owner', async () => {
      const ref = 'apiproduct:default/tracking';
      await expect(catalogue.getProduct(as('dana'), ref)).rejects.toThrow(
        'There is no product apiproduct:default/tracking',
      );
      await expect(
        catalogue.getProduct(as('liam'), ref),
      ).resolves.toMatchObject({ lifecycle: 'draft' });
    });

    it('two products of one name in two namespaces are two', async () => {
      await expect(
        catalogue.getProduct(as('dana'), 'apiproduct:partners/payments'),
      ).rejects.toThrow('There is no product');
      await expect(
        catalogue.getProduct(as('pat'), 'apiproduct:partners/payments'),
      ).resolves.toMatchObject({ title: 'Payments for partners' });
    });

    it('a private catalogue is seen by its audience, and its audience by its owner only', async () => {
      const titles = async (who: Identified) =>
        (await catalogue.listCatalogues(who, {})).items.map(c => c.title);
      await expect(titles(as('gus'))).resolves.toEqual(['Internal APIs']);
      await expect(titles(as('dana'))).resolves.toEqual([
        'Internal APIs',
        'Pilot',
      ]);
      const ref = 'apicatalogue:default/pilot';
      const seen = await catalogue.getCatalogue(as('dana'), ref);
      expect(seen.audience).toBeUndefined();
      await expect(
        catalogue.getCatalogue(as('paula'), ref),
      ).resolves.toMatchObject({
        audience: ['group:default/mobile-team', 'user:default/dana'],
      });
      await expect(catalogue.getCatalogue(as('gus'), ref)).rejects.toThrow(
        'There is no catalogue',
      );
    });

    it('what a provider said is told to those who decide only', async () => {
      const ref = 'apiproduct:default/payments';
      await expect(
        catalogue.getProduct(as('dana'), ref),
      ).resolves.toMatchObject({ providerState: { status: 'none' } });
      await expect(
        catalogue.getProduct(as('omar'), ref),
      ).resolves.toMatchObject({
        providerState: {
          status: 'ready',
          policyId: 'product-default-payments',
        },
      });
    });
  });

  describe('keys that would be delayed', () => {
    const ref = 'apiproduct:default/payments';
    const delayed = async () => {
      const { items } = await catalogue.listProducts(as('dana'), {});
      const { plans } = await catalogue.getProduct(as('dana'), ref);
      expect(items.find(item => item.ref === ref)?.plans).toEqual(plans);
      return plans.filter(p => p.keysDelayed).map(p => p.title);
    };

    afterEach(async () => {
      for (const table of ['products', 'plans']) {
        await knex(table)
          .whereNotNull('provider_id')
          .update({ provider_status: 'ready', provider_message: null });
      }
    });

    it.each(['failed', 'none'])(
      'are said of a plan whose policy is %s, to everybody, without the reason',
      async status => {
        expect(await delayed()).toEqual([]);
        await knex('plans')
          .where({ name: 'gold' })
          .update({ provider_status: status, provider_message: 'no right' });
        expect(await delayed()).toEqual(['Gold']);
        const seen = await catalogue.getProduct(as('dana'), ref);
        expect(JSON.stringify(seen)).not.toContain('no right');
        expect(seen.actions).toContain('request-access');
      },
    );

    it('are said of every plan of a product whose policy failed', async () => {
      await knex('products')
        .where({ ref })
        .update({ provider_status: 'failed' });
      expect(await delayed()).toEqual(['Free', 'Gold', 'Metered']);
    });

    it('are not said while a policy is on its way', async () => {
      await knex('plans')
        .where({ name: 'gold' })
        .update({ provider_status: 'pending' });
      expect(await delayed()).toEqual([]);
    });
  });

  describe('plans beside a product', () => {
    const plansFor = async (who: Identified, ref: string) =>
      (await catalogue.getProduct(who, ref)).plans.map(p => p.title);

    it('are those that share a catalogue with it which the caller sees, by display priority', async () => {
      await expect(
        plansFor(as('dana'), 'apiproduct:default/payments'),
      ).resolves.toEqual(['Free', 'Gold', 'Metered']);
    });

    it('are seen by those who decide about the product in all its catalogues', async () => {
      await expect(
        plansFor(as('omar'), 'apiproduct:partners/payments'),
      ).resolves.toEqual(['Gold']);
    });

    it('decide whether access can be asked for', async () => {
      const actionsFor = async (who: Identified, name: string) =>
        (await catalogue.getProduct(who, `apiproduct:default/${name}`)).actions;
      await expect(actionsFor(as('dana'), 'payments')).resolves.toEqual([
        'request-access',
      ]);
      await expect(actionsFor(as('omar'), 'payments')).resolves.toEqual([
        'request-access',
        'see-requests',
      ]);
      for (const name of ['loyalty', 'orders-v1', 'handbook']) {
        await expect(actionsFor(as('dana'), name)).resolves.not.toContain(
          'request-access',
        );
      }
    });
  });

  describe('filters', () => {
    it.each<[ProductFilter, string[]]>([
      [{ q: 'refund card' }, ['payments']],
      [{ q: 'REFUND' }, ['payments']],
      [{ q: '100%' }, []],
      [{ q: '_' }, []],
      [{ tag: ['pci'] }, ['payments']],
      [{ tag: ['pc'] }, []],
      [{ tag: ['pci', 'logistics'] }, []],
      [{ owner: ['group:default/logistics-team'] }, ['shipments']],
      [{ lifecycle: ['deprecated'] }, ['orders-v1']],
      [{ lifecycle: ['draft'] }, []],
      [{ lifecycle: ['coming-soon'] }, ['loyalty']],
      [{ billing: ['metered'] }, ['payments']],
      [{ billing: ['fixed'] }, ['payments', 'shipments']],
      [{ auth: ['jwt'] }, []],
      [{ origin: ['portal'] }, []],
      [{ provider: 'elsewhere' }, []],
      [{ provider: 'sandbox', lifecycle: ['deprecated'] }, ['orders-v1']],
      [{ catalogue: ['apicatalogue:default/partners'] }, []],
      [{ catalogue: ['apicatalogue:default/internal'], q: 'loy' }, ['loyalty']],
    ])('%j finds %j', async (filter, expected) => {
      await expect(namesFor(as('gus'), filter)).resolves.toEqual(expected);
      const { totalItems } = await catalogue.listProducts(as('gus'), filter);
      expect(totalItems).toBe(expected.length);
    });

    it('plans are found by catalogue, billing and words', async () => {
      const titles = async (filter: object) =>
        (await catalogue.listPlans(as('gus'), filter)).items.map(p => p.title);
      await expect(titles({})).resolves.toEqual([
        'Free',
        'Gold',
        'Metered',
        'Unlimited',
      ]);
      await expect(titles({ billing: ['fixed'] })).resolves.toEqual(['Gold']);
      await expect(titles({ q: 'met' })).resolves.toEqual(['Metered']);
      await expect(titles({ unlisted: true })).resolves.toEqual([]);
      await expect(titles({ provider: 'elsewhere' })).resolves.toEqual([]);
      await expect(
        titles({ catalogue: ['apicatalogue:default/partners'] }),
      ).resolves.toEqual([]);
    });
  });

  describe('pages', () => {
    it.each(['relevance', 'title', 'updatedAt'] as const)(
      'by %s go forward and back over the same items',
      async (orderBy: ProductOrder) => {
        const all = await namesFor(as('paula'), { orderBy });
        const forward: string[][] = [];
        let cursor: string | undefined;
        let last: string | undefined;
        do {
          const page = await catalogue.listProducts(as('paula'), {
            orderBy,
            limit: 2,
            cursor,
          });
          expect(page.totalItems).toBe(7);
          forward.push(page.items.map(p => p.ref));
          last = page.pageInfo.prevCursor ?? last;
          cursor = page.pageInfo.nextCursor;
        } while (cursor);
        expect(forward.map(page => page.length)).toEqual([2, 2, 2, 1]);
        expect(new Set(forward.flat()).size).toBe(all.length);
        const back: string[][] = [];
        cursor = last;
        while (cursor) {
          const page = await catalogue.listProducts(as('paula'), {
            orderBy,
            limit: 2,
            cursor,
          });
          back.unshift(page.items.map(p => p.ref));
          cursor = page.pageInfo.prevCursor;
        }
        expect(back).toEqual(forward.slice(0, -1));
      },
    );

    const forged = (
      orderBy: ProductOrder,
      values: string,
    ): [string, { orderBy?: ProductOrder }] => [
      Buffer.from(`{"o":"${orderBy}","d":"next","v":${values}}`).toString(
        'base64url',
      ),
      { orderBy },
    ];

    it.each<[string, { orderBy?: ProductOrder }]>([
      ['nonsense', {}],
      [Buffer.from('{"o":"title"}').toString('base64url'), {}],
      forged('title', '[1,2]'),
      forged('title', '["a\\u0000",""]'),
      forged('title', '["a"]'),
      forged('title', '["a","b","c"]'),
      forged('title', '[null,""]'),
      forged('title', '{}'),
      forged('relevance', '[true,2147483648,"",""]'),
      forged('relevance', '[true,1e400,"",""]'),
      forged('relevance', '[1,0,"",""]'),
    ])('a cursor that is not ours is refused: %s', async (cursor, request) => {
      await expect(
        catalogue.listProducts(as('gus'), { ...request, cursor }),
      ).rejects.toThrow(/^cursor is not one/);
    });

    it('a cursor of another order is refused', async () => {
      const { pageInfo } = await catalogue.listProducts(as('gus'), {
        limit: 1,
      });
      await expect(
        catalogue.listProducts(as('gus'), {
          orderBy: 'title',
          cursor: pageInfo.nextCursor,
        }),
      ).rejects.toThrow(/^cursor is not one/);
    });
  });

  it('plans that stand in no catalogue are found by who sees them', async () => {
    await writeRecords(knex, { plans: [plan('loose', { catalogues: [] })] });
    const loose = await catalogue.listPlans(as('paula'), {
      unlisted: true,
      provider: 'sandbox',
    });
    expect(loose.items.map(({ name }) => name)).toEqual(['loose']);
    await knex('plans').where('name', 'loose').delete();
  });

  it('a list takes six statements, however many products there are, one of cards and one of facets four', async () => {
    const more = [...Array(60).keys()];
    await writeRecords(knex, {
      plans: [plan('bulk', { catalogues: ['apicatalogue:default/internal'] })],
      products: more.map(i =>
        product(`bulk-${i}`, {
          owner: 'group:default/bulk',
          plans: ['apiplan:default/bulk'],
          catalogues: ['apicatalogue:default/internal'],
        }),
      ),
    });
    const count = async (run: () => Promise<unknown>) => {
      let statements = 0;
      const listener = () => {
        statements++;
      };
      knex.on('query', listener);
      await run();
      knex.removeListener('query', listener);
      return statements;
    };
    const dana = as('dana');
    const products = (limit: number) =>
      count(() => catalogue.listProducts(dana, { limit }));
    await expect(products(1)).resolves.toBe(6);
    await expect(products(50)).resolves.toBe(6);
    const cards = (limit: number) =>
      count(() => catalogue.listProductCards(dana, { limit }));
    await expect(cards(1)).resolves.toBe(4);
    await expect(cards(50)).resolves.toBe(4);
    await expect(
      count(() => catalogue.listProductFacets(dana, {})),
    ).resolves.toBe(4);
    await knex('products').where('owner_ref', 'group:default/bulk').delete();
  });

  it('shows what the caller and their groups have of a product', async () => {
    const now = '2026-11-21T12:00:00.000Z';
    const times = { created_at: now, updated_at: now };
    const productId = await idOf(
      knex,
      'product',
      'apiproduct:default/payments',
    );
    const planId = await idOf(knex, 'plan', 'apiplan:default/gold');
    await knex('applications').insert({
      id: 'app',
      name: 'Shop',
      owner_ref: 'group:default/shop-team',
      created_by: people.dana.ref,
      ...times,
    });
    await knex('access_requests').insert({
      id: 'request',
      status: 'pending',
      product_id: productId,
      plan_id: planId,
      application_id: 'app',
      requester_ref: people.dana.ref,
      ...times,
    });
    const accessOf = async (who: Identified) =>
      (await catalogue.getProduct(who, 'apiproduct:default/payments')).myAccess;
    await expect(accessOf(as('devin'))).resolves.toEqual({
      status: 'pending',
      plan: 'Gold',
    });
    await expect(accessOf(as('mia'))).resolves.toBeUndefined();
    await knex('subscriptions').insert({
      id: 'subscription',
      status: 'active',
      access_request_id: 'request',
      application_id: 'app',
      plan_id: planId,
      requester_ref: people.dana.ref,
      ...times,
    });
    await knex('subscription_products').insert({
      subscription_id: 'subscription',
      product_id: productId,
      application_id: 'app',
      created_at: times.created_at,
    });
    await expect(accessOf(as('devin'))).resolves.toEqual({
      status: 'subscribed',
      plan: 'Gold',
    });
  });
});
