/** Who × way to name an API × claims: what a product may open, whoever writes it and however. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { enqueue } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { Memberships } from '../identity/Memberships';
import { lockCatalogue } from '../lib/locks';
import type { ProductRow } from '../lib/rows';
import { as } from '../testing/access';
import {
  authoringBench,
  providerApi,
  type AuthoringBench,
} from '../testing/authoring';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { apiEntity, productEntity, userEntity } from '../testing/entities';
import { people, testRoles } from '../testing/people';
import { product } from '../testing/records';
import { agreeTo, claimFor, heldBackApis, reviewProduct } from './apiRights';
import { DefaultAuthoring } from './authoring/DefaultAuthoring';
import { Ingestion } from './ingestion/Ingestion';
import { ProviderApis } from './ProviderApis';
import { productDraft } from './write/drafts';
import { writeDraft } from './write/writeDraft';

jest.setTimeout(60_000);

const databases = testDatabases();

const payments = 'group:default/payments-team';
const shopTeam = 'group:default/shop-team';
const till = apiEntity('till', 'till', { owner: payments });
/** Somebody else's entity with the same id. */
const forged = apiEntity('forged', 'till', { owner: shopTeam });

describe.each(databases.eachSupportedId())(
  'what a product may open, %p',
  databaseId => {
    let knex: Knex;
    let bench: AuthoringBench;
    let entities: Entity[];
    const logger = mockServices.logger.mock();

    const ingestionOf = (providerIds: string[]): Ingestion => {
      const { clock, provider, worker } = bench;
      const catalog = catalogServiceMock.mock({
        queryEntities: (...args) =>
          catalogServiceMock({ entities }).queryEntities(...args),
        getEntitiesByRefs: (...args) =>
          catalogServiceMock({ entities }).getEntitiesByRefs(...args),
        getEntityByRef: (...args) =>
          catalogServiceMock({ entities }).getEntityByRef(...args),
      });
      const auth = mockServices.auth();
      const memberships = Memberships.create({ auth, catalog, clock });
      return Ingestion.create({
        db: knex,
        clock,
        logger,
        auth,
        catalog,
        providerApis: ProviderApis.create({
          db: knex,
          clock,
          logger,
          providers: {
            find: id => (id === provider.id ? provider : undefined),
          },
        }),
        providerIds,
        memberships,
        roles: testRoles(memberships),
        maxDropPercent: 100,
        onChange: () => worker.kick(),
      });
    };

    async function read(catalog: Entity[], providerIds = ['sandbox']) {
      entities = [
        userEntity('omar', ['payments-team']),
        userEntity('gus'),
        ...catalog,
      ];
      await ingestionOf(providerIds).ingestOnce();
      await bench.work();
    }

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = await authoringBench(knex);
      await knex('product_plans').delete();
      await knex('products').delete();
      await knex('plans').delete();
      bench.provider.apis = [providerApi('till')];
    });

    afterEach(() => bench.worker.stop());

    const imported = async (owner: string): Promise<void> => {
      const spec = product('desk', {
        owner,
        apis: [{ providerApiId: 'till' }],
      });
      await knex.transaction(tx =>
        writeDraft(
          tx,
          bench.clock,
          productDraft(spec, () => ({})),
          undefined,
          {
            origin: 'provider',
            sentences: { created: '', updated: '', restored: '' },
          },
        ),
      );
    };

    const inGit = (owner: string, api: object | string): Entity =>
      productEntity('desk', { spec: { owner, apis: [api], plans: [] } });

    const ways: [string, (owner: string) => Promise<Entity[]>][] = [
      ['Git, by entity', async owner => [inGit(owner, 'api:default/till')]],
      [
        'Git, by id',
        async owner => [
          inGit(owner, { ref: 'api:default/any', providerApiId: 'till' }),
        ],
      ],
      [
        'import',
        async owner => {
          await imported(owner);
          return [];
        },
      ],
    ];

    const table: [string, string, Entity[], 'opened' | 'held back'][] = [
      ["the API's owner", payments, [till], 'opened'],
      ['a member of it', 'user:default/omar', [till], 'opened'],
      ['somebody else', 'user:default/gus', [till], 'held back'],
      ['another group', shopTeam, [till], 'held back'],
      [
        'who only says to be a platform owner',
        'group:default/platform-owners',
        [till],
        'held back',
      ],
      ['the owner beside a newer claim', payments, [till, forged], 'opened'],
      ['the newer claim', shopTeam, [till, forged], 'held back'],
      [
        'the owner of an entity of another provider',
        payments,
        [apiEntity('till', 'till', { owner: payments, provider: 'other' })],
        'held back',
      ],
    ];

    describe.each(ways)('by %s', (_way, named) => {
      it.each(table)(
        'an API is for %s what it has to be',
        async (_, owner, claims, expected) => {
          await read(claims.slice(0, 1));
          await read([...claims, ...(await named(owner))]);
          const desk = await bench.product('desk');
          expect([desk.provider_status, desk.policy_id === null]).toEqual(
            expected === 'opened' ? ['ready', false] : ['failed', true],
          );
          expect(desk.held_back?.includes('Admin → Providers') ?? false).toBe(
            expected === 'held back',
          );
        },
      );
    });

    /** Who writes in the name of an owner; nobody of the platform owners, who agree by writing. */
    const writers: Record<string, keyof typeof people> = {
      [payments]: 'omar',
      'user:default/omar': 'omar',
      'user:default/gus': 'gus',
      [shopTeam]: 'dana',
      'group:default/platform-owners': 'gus',
    };

    const overRest = (
      who: keyof typeof people,
      owner: string,
      api: object | string,
    ) => {
      const { catalogue, clock, provider, worker } = bench;
      const catalog = catalogServiceMock.mock({
        getEntitiesByRefs: (...args) =>
          catalogServiceMock({ entities }).getEntitiesByRefs(...args),
        // The mock finds no annotation with capitals in it.
        queryEntities: async () => ({
          items: entities,
          totalItems: entities.length,
          pageInfo: {},
        }),
      });
      return DefaultAuthoring.create({
        db: knex,
        clock,
        auth: mockServices.auth(),
        catalog,
        catalogue,
        providerApis: ProviderApis.create({
          db: knex,
          clock,
          logger,
          providers: {
            find: id => (id === provider.id ? provider : undefined),
          },
        }),
        providerIds: [provider.id],
        worker,
      }).createProduct(as(who), {
        name: 'desk',
        owner,
        provider: provider.id,
        apis: [api],
      });
    };

    describe.each<[string, object | string]>([
      ['entity', 'till'],
      ['id', { providerApiId: 'till' }],
      ['id beside any entity', { ref: 'api:any', providerApiId: 'till' }],
    ])('over REST, by %s', (_way, api) => {
      it.each(table)(
        'an API is for %s what it has to be',
        async (_, owner, claims, expected) => {
          await read(claims.slice(0, 1));
          await read(claims);
          const refusal = await overRest(writers[owner], owner, api).then(
            () => undefined,
            (error: Error) => error.name,
          );
          await bench.work();
          const desk: ProductRow | undefined = await bench.product('desk');
          expect([refusal, desk?.held_back, desk?.provider_status]).toEqual(
            expected === 'opened'
              ? [undefined, null, 'ready']
              : ['NotAllowedError', undefined, undefined],
          );
        },
      );

      it('a platform owner agrees by writing', async () => {
        await read([till]);
        await overRest('paula', shopTeam, api);
        await bench.work();
        expect(await bench.product('desk')).toMatchObject({
          held_back: null,
          provider_status: 'ready',
        });
      });
    });

    it('counts none of the claims that came at once', async () => {
      await read([till, forged, inGit(payments, 'api:default/till')]);
      expect((await bench.product('desk')).held_back).toContain(
        'those of several owners do',
      );
    });

    it('wants entities to name their provider where there are several', async () => {
      await read([till, inGit(payments, 'api:default/till')], ['sandbox', 'b']);
      expect((await bench.product('desk')).provider_status).toBe('failed');
      const named = apiEntity('till', 'till', {
        owner: payments,
        provider: 'sandbox',
      });
      await read(
        [named, inGit(payments, 'api:default/till')],
        ['sandbox', 'b'],
      );
      await bench.work();
      expect((await bench.product('desk')).provider_status).toBe('ready');
    });

    const agree = async (id: string): Promise<void> => {
      await knex.transaction(async tx => {
        await lockCatalogue(tx);
        const [held] = await heldBackApis(tx, [id]);
        await agreeTo(tx, bench.clock, people.paula.ref, held);
        await reviewProduct(tx, bench.clock, id);
      });
    };

    const bring = async (id: string): Promise<void> => {
      await knex.transaction(tx =>
        enqueue(tx, bench.clock, {
          kind: 'put-product',
          subject: `product:${id}`,
          lane: laneOf('sandbox'),
        }),
      );
      await bench.work();
    };

    it('says at once what holds back a product that is on its way to its provider, and lets it go on when that is agreed to', async () => {
      await read([till]);
      await imported(shopTeam);
      const { id } = await bench.product('desk');
      await bring(id);
      expect(await bench.product('desk')).toMatchObject({
        held_back: expect.stringContaining('Admin → Providers'),
        provider_status: 'failed',
      });
      await agree(id);
      await bench.work();
      expect(await bench.product('desk')).toMatchObject({
        held_back: null,
        provider_status: 'ready',
      });
    });

    it('is free of what a platform owner agrees to by saving it, and told to its provider once', async () => {
      await read([
        till,
        inGit('group:default/mobile-team', 'api:default/till'),
      ]);
      const { id } = await bench.product('desk');
      await knex.transaction(async tx => {
        await lockCatalogue(tx);
        await claimFor(tx, bench.clock, people.paula, id, () => true);
      });
      expect((await bench.product('desk')).held_back).toBeNull();
      await bench.work();
      expect((await bench.product('desk')).provider_status).toBe('ready');
      const before = bench.provider.calls.length;
      await read([
        till,
        inGit('group:default/mobile-team', 'api:default/till'),
      ]);
      expect(
        bench.provider.calls.slice(before).filter(call => /put/.test(call)),
      ).toEqual([]);
    });

    it('stays held back however often it is brought there', async () => {
      await read([till, inGit(shopTeam, 'api:default/till')]);
      const { id } = await bench.product('desk');
      await knex('products')
        .where({ id })
        .update({ provider_status: 'pending' });
      await bring(id);
      expect(await bench.product('desk')).toMatchObject({
        held_back: expect.stringContaining('Admin → Providers'),
        provider_status: 'failed',
        provider_message: expect.stringContaining('Admin → Providers'),
      });
    });

    it('lets go on what a platform owner has agreed to, until the product is somebody else’s', async () => {
      await read([till, inGit(shopTeam, 'api:default/till')]);
      await agree((await bench.product('desk')).id);
      await bench.work();
      expect(await bench.product('desk')).toMatchObject({
        held_back: null,
        provider_status: 'ready',
      });
      await read([
        till,
        inGit('group:default/mobile-team', 'api:default/till'),
      ]);
      expect((await bench.product('desk')).provider_status).toBe('failed');
    });

    it('leaves at the provider what is there when the API becomes somebody else’s', async () => {
      await read([till, inGit(payments, 'api:default/till')]);
      const before = bench.provider.calls.length;
      const sold = apiEntity('till', 'till', { owner: shopTeam });
      await read([sold, inGit(payments, 'api:default/till')]);
      expect(await bench.product('desk')).toMatchObject({
        held_back: expect.stringContaining(shopTeam),
        policy_id: expect.any(String),
      });
      expect(
        bench.provider.calls
          .slice(before)
          .filter(call => /Product|Credential/.test(call)),
      ).toEqual([]);
    });
  },
);
