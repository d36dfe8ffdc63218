/** The entity provider in a real catalog, reading from a stand-in for the backend over real HTTP. */
import { TestCatalog, startCatalog } from '../__testUtils__/catalog';
import { eventually } from '../__testUtils__/eventually';
import {
  RecordsStub,
  catalogue,
  plan,
  product,
  recordsPlugin,
  recordsStub,
} from '../__testUtils__/records';

const schedule = {
  frequency: { hours: 1 },
  timeout: { minutes: 1 },
};

describe('ApiProductsEntityProvider', () => {
  let stub: RecordsStub;
  let catalog: TestCatalog;

  async function start(maxRemovalPercentage?: number) {
    catalog = await startCatalog({
      apiProducts: {
        schedule,
        ...(maxRemovalPercentage === undefined ? {} : { maxRemovalPercentage }),
      },
      features: [recordsPlugin(stub)],
    });
  }

  /** Waits until the catalog has these entities of our kinds and no others. */
  const refsBecome = (expected: string[]) =>
    eventually(expected.join(', '), async () =>
      (await catalog.ourRefs()).join() === [...expected].sort().join()
        ? true
        : undefined,
    );

  const refs = (count: number) =>
    Array.from({ length: count }, (_, n) => `apiproduct:default/p${n}`);

  const products = (count: number) =>
    Array.from({ length: count }, (_, n) => product(`p${n}`));

  beforeEach(() => {
    stub = recordsStub();
  });

  afterEach(async () => {
    await catalog.backend.stop();
  });

  it('brings every record of every page into the catalog', async () => {
    stub.products = products(5);
    stub.plans = [plan('bronze'), plan('silver'), plan('gold')];
    stub.catalogues = [catalogue('press')];
    await start();
    expect(await catalog.tasks()).toContain('api-products:refresh');
    await catalog.refresh();
    expect(
      await refsBecome([
        ...refs(5),
        'apiplan:default/bronze',
        'apiplan:default/silver',
        'apiplan:default/gold',
        'apicatalogue:default/press',
      ]),
    ).toBe(true);
    expect(stub.questions).toContain(
      'products?origin=portal&origin=provider&limit=100&cursor=4',
    );
    expect(catalog.refused()).toEqual([]);
  }, 60_000);

  it('makes entities that say where they come from and pass their own validation', async () => {
    stub.products = [product('checkout')];
    stub.plans = [plan('bronze')];
    stub.catalogues = [catalogue('press')];
    await start();
    await catalog.refresh();

    const made = await catalog.entity('apiproduct:default/checkout');
    const location = `url:http://localhost:${catalog.backend.server.port()}/api/api-products/products/default/checkout`;
    expect(made.metadata).toMatchObject({
      title: 'Product checkout',
      description: 'Made in the portal',
      tags: ['portal'],
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
        'api-products/origin': 'portal',
        'tyk.io/policy-id': 'policy-checkout',
      },
    });
    expect(made.spec).toMatchObject({
      owner: 'group:default/payments-team',
      lifecycle: 'active',
      version: '1.0.0',
      apis: [
        { ref: 'api:default/payments', providerApiId: 'abc' },
        { providerApiId: 'def' },
      ],
      plans: ['apiplan:default/gold', 'apiplan:default/elsewhere'],
      catalogues: ['apicatalogue:default/internal'],
      approvers: ['group:default/security'],
      contact: 'dana@example.com',
      providerName: 'checkout at the gateway',
      specs: [{ alias: 'draft', definition: '{}' }],
      dynamicClientRegistration: { scopes: ['portal'] },
      billing: { productCode: 'PAY', quotaThresholds: [80] },
      external: { id: '7', ids: ['8', '9'] },
    });
    expect(made.relations).toContainEqual({
      type: 'offersPlan',
      targetRef: 'apiplan:default/gold',
    });

    const bronze = await catalog.entity('apiplan:default/bronze');
    expect(bronze.metadata.annotations).toMatchObject({
      'api-products/origin': 'provider',
    });
    expect(bronze.metadata.annotations).not.toHaveProperty('tyk.io/policy-id');
    const press = await catalog.entity('apicatalogue:default/press');
    expect(press.spec).toEqual({
      owner: 'group:default/platform-owners',
      visibility: 'private',
      audience: ['group:default/partners'],
    });
  }, 60_000);

  it('leaves to Git what comes from Git', async () => {
    stub.products = [product('git', { origin: 'catalog' }), product('p0')];
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(1))).toBe(true);
  }, 60_000);

  it('takes away what is gone, up to a quarter', async () => {
    stub.products = products(8);
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(8))).toBe(true);
    stub.products = products(6);
    await catalog.refresh();
    expect(await refsBecome(refs(6))).toBe(true);
  }, 60_000);

  it('holds back a drop of more than a quarter and lets new records through', async () => {
    stub.products = products(8);
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(8))).toBe(true);
    stub.products = [...products(5), product('new')];
    await catalog.refresh();
    await catalog.entity('apiproduct:default/new');
    expect(await catalog.ourRefs()).toEqual(
      [...refs(8), 'apiproduct:default/new'].sort(),
    );
    expect(catalog.logged()).toContainEqual(
      expect.stringContaining(
        'Held back: 3 of 8 products, plans and catalogues would disappear, more than 25 %',
      ),
    );
  }, 60_000);

  it('takes away what was deleted in the portal, however much it is', async () => {
    stub.products = products(4);
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(4))).toBe(true);
    stub.products = [];
    stub.settled = refs(4);
    await catalog.refresh();
    expect(await refsBecome([])).toBe(true);
    await catalog.refresh();
    expect(stub.reported).toEqual([]);
  }, 60_000);

  it('holds back only what is not known to be deleted, until somebody confirms it', async () => {
    stub.products = products(8);
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(8))).toBe(true);
    stub.products = products(2);
    stub.settled = ['apiproduct:default/p2', 'apiproduct:default/p3'];
    await catalog.refresh();
    const kept = refs(8).filter(ref => !stub.settled.includes(ref));
    expect(await refsBecome(kept)).toBe(true);
    expect(catalog.logged()).toContainEqual(
      expect.stringContaining('Held back: 4 of 8'),
    );
    stub.settled = refs(8);
    await catalog.refresh();
    expect(await refsBecome(refs(2))).toBe(true);
  }, 60_000);

  it('lets a single one go, however few there are', async () => {
    stub.products = products(2);
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(2))).toBe(true);
    stub.products = products(1);
    await catalog.refresh();
    expect(await refsBecome(refs(1))).toBe(true);
  }, 60_000);

  it('holds back an empty list', async () => {
    stub.products = products(3);
    await start();
    await catalog.refresh();
    expect(await refsBecome(refs(3))).toBe(true);
    stub.products = [];
    await catalog.refresh();
    expect(catalog.logged()).toContainEqual(
      expect.stringContaining('Held back: 3 of 3'),
    );
    expect(await catalog.ourRefs()).toEqual(refs(3));
  }, 60_000);

  it('lets every drop through where the configuration says so', async () => {
    stub.products = products(3);
    await start(100);
    await catalog.refresh();
    expect(await refsBecome(refs(3))).toBe(true);
    stub.products = [];
    await catalog.refresh();
    expect(await refsBecome([])).toBe(true);
  }, 60_000);

  describe('by difference', () => {
    beforeEach(async () => {
      stub.products = products(4);
      stub.plans = [plan('bronze')];
      await start();
      await catalog.refresh();
      await refsBecome([...refs(4), 'apiplan:default/bronze']);
      stub.questions.length = 0;
    });

    it('asks for no record where nothing has changed', async () => {
      await catalog.refresh();
      expect(stub.questions).toEqual([]);
    }, 60_000);

    it('reads and writes what has changed, and nothing else', async () => {
      stub.products = [
        product('p0', { title: 'Another title' }),
        ...products(4).slice(1),
        product('new'),
      ];
      await catalog.refresh();
      expect(stub.questions.sort()).toEqual([
        'products/default/new',
        'products/default/p0',
      ]);
      expect(
        await refsBecome([
          ...refs(4),
          'apiproduct:default/new',
          'apiplan:default/bronze',
        ]),
      ).toBe(true);
      await eventually('the title', async () => {
        const { metadata } = await catalog.entity('apiproduct:default/p0');
        return metadata.title === 'Another title' ? true : undefined;
      });
    }, 60_000);

    it('reads everything where something is gone, until that is settled', async () => {
      const all = 'plans?origin=portal&origin=provider&limit=100';
      stub.products = products(3);
      await catalog.refresh();
      expect(stub.questions).toContain(all);
      expect(await refsBecome([...refs(3), 'apiplan:default/bronze'])).toBe(
        true,
      );
      stub.questions.length = 0;
      await catalog.refresh();
      expect(stub.reported).toEqual([]);
      expect(stub.questions).toContain(all);
      stub.questions.length = 0;
      await catalog.refresh();
      expect(stub.questions).toEqual([]);
    }, 60_000);

    it('changes nothing where the answer is strange, and tries again', async () => {
      stub.products = [
        product('p0', { title: 'New' }),
        ...products(4).slice(1),
      ];
      stub.instead = { 'products/default/p0': { status: 500, body: 'no' } };
      await catalog.refresh();
      expect(catalog.logged()).toContainEqual(
        expect.stringContaining('could not be read'),
      );
      stub.instead = {};
      await catalog.refresh();
      await eventually('the title', async () => {
        const { metadata } = await catalog.entity('apiproduct:default/p0');
        return metadata.title === 'New' ? true : undefined;
      });
    }, 60_000);

    it('reads everything once an hour', async () => {
      const now = Date.now();
      const clock = jest.spyOn(Date, 'now');
      clock.mockImplementation(() => now + 61 * 60_000);
      await catalog.refresh();
      clock.mockRestore();
      expect(stub.questions).toContain(
        'plans?origin=portal&origin=provider&limit=100',
      );
    }, 60_000);
  });

  it('is off where it is not configured', async () => {
    stub.products = products(1);
    catalog = await startCatalog({ features: [recordsPlugin(stub)] });
    expect(await catalog.tasks()).not.toContain('api-products:refresh');
    expect(stub.questions).toEqual([]);
  }, 60_000);
});
