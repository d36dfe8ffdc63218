/** Entities that are renamed in Git with their title unchanged, at a provider where names of policies are unique. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import type { ProductRow } from '../../lib/rows';
import { allowAll, as, askFor } from '../../testing/access';
import {
  authoringBench,
  providerApi,
  type AuthoringBench,
} from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
  userEntity,
} from '../../testing/entities';
import { testRoles } from '../../testing/people';
import { product, writeRecords } from '../../testing/records';
import { Memberships } from '../../identity/Memberships';
import { Drift } from '../../providers/drift/Drift';
import { ProviderRegistry } from '../../registry/ProviderRegistry';
import {
  authorizedGoneRecords,
  type AuthorizedGoneRecords,
} from '../authoring/authorized';
import { GoneRecords } from '../authoring/GoneRecords';
import { ProviderApis } from '../ProviderApis';
import { Ingestion } from './Ingestion';

jest.setTimeout(120_000);

const databases = testDatabases();
const FROM = 'api-products/renamed-from';
const SHOP = 'apiproduct:default/shop';
const STORE = 'apiproduct:default/store';

const owner = 'group:default/payments-team';

describe.each(databases.eachSupportedId())('renamed in Git, %p', databaseId => {
  let knex: Knex;
  let bench: AuthoringBench;
  let entities: Entity[];
  let ingestion: Ingestion;
  let drift: Drift;
  let gone: AuthorizedGoneRecords;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    jest.resetAllMocks();
    knex = await migratedDatabase(databases, databaseId);
    bench = await authoringBench(knex);
    // The demo's records would be gone from this catalog.
    for (const table of ['product_plans', 'products', 'plans', 'catalogues']) {
      await knex(table).delete();
    }
    const { clock, provider, worker } = bench;
    provider.mirrors = true;
    provider.uniqueNames = true;
    provider.now = clock.now;
    provider.apis = [providerApi('cards')];
    const memberships = Memberships.create({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({
        entities: [userEntity('omar', ['payments-team'])],
      }),
    });
    ingestion = Ingestion.create({
      db: knex,
      clock,
      logger,
      auth: mockServices.auth(),
      catalog: catalogServiceMock.mock({
        queryEntities: (...args) =>
          catalogServiceMock({ entities }).queryEntities(...args),
        getEntitiesByRefs: (...args) =>
          catalogServiceMock({ entities }).getEntitiesByRefs(...args),
      }),
      providerApis: ProviderApis.create({
        db: knex,
        clock,
        logger,
        providers: { find: id => (id === provider.id ? provider : undefined) },
      }),
      providerIds: ['sandbox'],
      memberships,
      roles: testRoles(memberships, [owner]),
      maxDropPercent: 100,
      onChange: () => worker.kick(),
    });
    const registry = ProviderRegistry.create();
    registry.addProvider(provider);
    drift = Drift.create({ db: knex, clock, registry, worker });
    gone = authorizedGoneRecords(
      GoneRecords.create({ db: knex, clock, onConfirmed: () => {} }),
      allowAll(),
    );
  });

  afterEach(() => bench.worker.stop());

  const internal = catalogueEntity('internal', { spec: { owner } });
  const cards = apiEntity('cards', 'cards', { owner });
  const quick = (name = 'quick', from?: string, spec: Entity['spec'] = {}) =>
    planEntity(name, {
      metadata: {
        title: 'Quick',
        ...(from ? { annotations: { [FROM]: from } } : {}),
      },
      spec: { owner, approval: { mode: 'auto' }, ...spec },
    });
  const shop = (name = 'shop', from?: string, spec: Entity['spec'] = {}) =>
    productEntity(name, {
      metadata: {
        title: 'Shop',
        ...(from ? { annotations: { [FROM]: from } } : {}),
      },
      spec: {
        owner,
        apis: ['api:default/cards'],
        plans: ['quick'],
        ...spec,
      },
    });

  async function run(...sources: Entity[]) {
    bench.clock.advance(1000);
    entities = [internal, cards, ...sources];
    const result = await ingestion.ingestOnce();
    await bench.work();
    return result;
  }

  const live = (name: string): Promise<ProductRow> =>
    knex('products').where({ name }).whereNull('deleted_at').first();

  async function subscribe(name = 'shop') {
    await bench.access.accessRequests.create(
      as('dana'),
      askFor({ product: name, plan: 'quick', acceptedTerms: [] }),
    );
    await bench.work();
  }

  /** Everything that must be as if nothing had been renamed. */
  async function expectGoesOn(before: {
    product: ProductRow;
    calls: number;
    credential: object;
  }) {
    const { provider } = bench;
    expect(provider.offerings.map(({ policyId }) => policyId).sort()).toEqual([
      'fake-plan-default/quick',
      'fake-product-default/shop',
    ]);
    const { policy_id } = before.product;
    expect(
      await knex('products').where({ id: before.product.id }).first(),
    ).toMatchObject({ policy_id, provider_status: 'ready', hidden_at: null });
    expect(provider.calls.slice(before.calls)).not.toContain('putCredential');
    expect(provider.calls.slice(before.calls)).not.toContain(
      'removeCredential',
    );
    expect(provider.calls.slice(before.calls)).not.toContain('removeProduct');
    expect(
      await knex('credentials').select('id', 'status', 'provider_reference'),
    ).toEqual([before.credential]);
    await drift.check(as('paula'), 'sandbox');
    await bench.work();
    const { items } = await drift.list(as('paula'), 'sandbox', {
      status: ['open', 'repairing'],
    });
    expect(items).toEqual([]);
  }

  async function withKey() {
    await run(quick(), shop());
    await subscribe();
    const credential = await knex('credentials').first(
      'id',
      'status',
      'provider_reference',
    );
    expect(credential).toMatchObject({ status: 'active' });
    return {
      product: await live('shop'),
      calls: bench.provider.calls.length,
      credential,
    };
  }

  it('goes on at once where the entity says what it was', async () => {
    const before = await withKey();
    expect(await run(quick(), shop('store', 'shop'))).toMatchObject({
      created: 0,
      updated: 1,
      hidden: 0,
    });
    expect(await live('store')).toMatchObject({
      id: before.product.id,
      ref: STORE,
    });
    await expectGoesOn(before);
    expect(await knex('products')).toHaveLength(1);
    expect(await knex('catalogue_items').pluck('item_ref')).not.toContain(SHOP);
    expect(await bench.historyOf(`product:${before.product.id}`)).toContain(
      `Shop was renamed in Git: what was ${SHOP} goes on as ${STORE}`,
    );
    // What it says stays in the file, and says nothing any more.
    expect(await run(quick(), shop('store', 'default/shop'))).toMatchObject({
      updated: 0,
    });
  });

  it('goes on as well where the new one was seen before the old one was gone', async () => {
    const before = await withKey();
    await run(quick(), shop(), shop('store', 'shop'));
    expect(await live('store')).toMatchObject({ provider_status: 'failed' });
    await run(quick(), shop('store', 'shop'));
    expect(await live('store')).toMatchObject({ id: before.product.id });
    await expectGoesOn(before);
  });

  it('goes on when a platform owner has said so, and not before', async () => {
    const before = await withKey();
    await run(quick(), shop('store'));
    expect(await live('store')).toMatchObject({ provider_status: 'failed' });
    expect(await gone.list(as('paula'), {})).toMatchObject({
      totalItems: 1,
      items: [
        {
          kind: 'product',
          ref: SHOP,
          title: 'Shop',
          owner,
          liveSubscriptions: 1,
          pendingRequests: 0,
          successors: [{ ref: STORE, owner, saysSo: false }],
        },
      ],
    });
    await expect(gone.confirm(as('omar'), SHOP, STORE)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    await gone.confirm(as('paula'), SHOP, STORE);
    await run(quick(), shop('store'));
    expect(await live('store')).toMatchObject({ id: before.product.id });
    await expectGoesOn(before);
    expect(await gone.list(as('paula'), {})).toMatchObject({ items: [] });
    expect(await knex('record_renames')).toEqual([]);
    expect(
      await knex('history').where({ event: 'product.renamed' }).pluck('actor'),
    ).toEqual(['user:default/paula']);
  });

  it('does not go on where the former entity is back when it is to be done', async () => {
    const before = await withKey();
    await run(quick(), shop('store'));
    await gone.confirm(as('paula'), SHOP, STORE);
    await run(quick(), shop(), shop('store'));
    expect(await live('shop')).toMatchObject({
      id: before.product.id,
      hidden_at: null,
    });
    expect(await live('store')).toBeDefined();
    expect(await knex('record_renames')).toEqual([]);
  });

  it('takes a plan with everything that names it', async () => {
    const before = await withKey();
    await writeRecords(
      knex,
      {
        products: [
          product('made-here', {
            owner,
            provider: undefined,
            plans: ['apiplan:default/quick'],
            apis: [],
          }),
        ],
      },
      { clock: bench.clock, jobs: true },
    );
    await knex('products')
      .where({ name: 'made-here' })
      .update({ origin: 'portal' });
    const planId = (await bench.plan('quick')).id;
    await run(
      quick('swift', 'quick', { rateLimit: { requests: 9, per: 10 } }),
      shop('shop', undefined, { plans: ['swift'] }),
    );
    expect(await bench.plan('swift')).toMatchObject({
      id: planId,
      policy_id: 'fake-plan-default/quick',
      provider_status: 'ready',
    });
    expect(await knex('product_plans').distinct().pluck('plan_ref')).toEqual([
      'apiplan:default/swift',
    ]);
    expect(JSON.parse((await live('made-here')).spec).plans).toEqual([
      'apiplan:default/swift',
    ]);
    await knex('products').where({ name: 'made-here' }).delete();
    await expectGoesOn(before);
  });

  it('is not taken by what belongs to somebody else', async () => {
    await withKey();
    const theirs = shop('store', 'shop', {
      owner: 'group:default/logistics-team',
    });
    await run(quick(), theirs);
    expect(await live('shop')).toMatchObject({ hidden_at: expect.any(String) });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(`${STORE} does not go on as ${SHOP} by itself`),
    );
    expect(await gone.list(as('paula'), {})).toMatchObject({
      items: [{ successors: [{ ref: STORE, saysSo: true }] }],
    });
  });

  it('goes on as that of a member of its owner', async () => {
    const before = await withKey();
    await run(quick(), shop('store', 'shop', { owner: 'user:default/omar' }));
    expect(await live('store')).toMatchObject({
      id: before.product.id,
      owner_ref: 'user:default/omar',
    });
  });

  it.each([
    ['whose entity is still there', [shop()]],
    ['at another provider', []],
  ])('is not taken from a record %s', async (what, others) => {
    const before = await withKey();
    const elsewhere = what.includes('provider') ? { provider: 'other' } : {};
    await run(quick(), ...others, shop('store', 'shop', elsewhere));
    expect(await live('store')).not.toMatchObject({ id: before.product.id });
    expect(await live('shop')).toMatchObject({ id: before.product.id });
  });

  it('is not taken by what somebody has already subscribed to', async () => {
    const before = await withKey();
    bench.provider.uniqueNames = false;
    await run(quick(), shop(), shop('store'));
    await subscribe('store');
    await run(quick(), shop('store', 'shop'));
    expect(await live('shop')).toMatchObject({ id: before.product.id });
    await expect(gone.confirm(as('paula'), SHOP, STORE)).rejects.toMatchObject({
      code: 'in-use',
    });
  });

  it('leaves its policy alone when another record comes under the former name', async () => {
    const before = await withKey();
    await run(quick(), shop('store', 'shop'));
    const another = shop('shop', undefined, {});
    another.metadata.title = 'Another shop';
    await run(quick(), shop('store', 'shop'), another);
    const { policy_id: policy, provider_status: status } = await live('shop');
    expect(status).toBe('ready');
    expect(policy).not.toBe(before.product.policy_id);
    expect(await live('store')).toMatchObject({
      policy_id: before.product.policy_id,
    });
  });

  describe('what is left when the entity is gone', () => {
    const remove = (who: 'paula' | 'omar') =>
      bench.authoring.deleteProduct(as(who), SHOP, 'shop');

    it('is deleted by a platform owner when nobody is subscribed', async () => {
      await run(quick(), shop());
      await run(quick());
      await expect(remove('omar')).rejects.toMatchObject({
        code: 'managed-elsewhere',
      });
      expect(
        await bench.authoring.productDeletion(as('paula'), SHOP),
      ).toMatchObject({ totalSubscriptions: 0 });
      await remove('paula');
      await bench.work();
      expect(bench.provider.calls).toContain('removeProduct');
      expect(await gone.list(as('paula'), {})).toMatchObject({ items: [] });
      // It may come again, as another one.
      expect(await run(quick(), shop())).toMatchObject({ created: 1 });
      expect(await live('shop')).toMatchObject({ provider_status: 'ready' });
    });

    it('is kept as long as somebody is subscribed, and the answer says who', async () => {
      await withKey();
      await run(quick());
      await expect(remove('paula')).rejects.toMatchObject({
        code: 'in-use',
        message: expect.stringContaining(
          '“Shop backend” of group:default/shop-team',
        ),
      });
      expect(
        await bench.authoring.productDeletion(as('paula'), SHOP),
      ).toMatchObject({
        totalSubscriptions: 1,
        obstacle: expect.stringContaining('has 1 live subscription'),
      });
    });

    it('is not deleted where it is not gone', async () => {
      await run(quick(), shop());
      await expect(remove('paula')).rejects.toMatchObject({
        code: 'managed-elsewhere',
      });
    });

    it('can be a plan or a catalogue, and what Git says of it holds when it is back', async () => {
      await run(quick(), shop(), catalogueEntity('more'));
      await run(shop());
      expect(await gone.list(as('paula'), { limit: 1 })).toMatchObject({
        totalItems: 2,
        pageInfo: { nextCursor: expect.any(String) },
      });
      await bench.authoring.deletePlan(
        as('paula'),
        'apiplan:default/quick',
        'quick',
      );
      await bench.authoring.deleteCatalogue(
        as('paula'),
        'apicatalogue:default/more',
        'more',
      );
      expect(await gone.list(as('paula'), {})).toMatchObject({ items: [] });
      await run(quick(), shop());
      await subscribe();
      expect(await knex('credentials').pluck('status')).toEqual(['active']);
    });
  });
});
