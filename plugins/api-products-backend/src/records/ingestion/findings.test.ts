import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import type { ProductRow } from '../../lib/rows';
import { as, askFor } from '../../testing/access';
import {
  authoringBench,
  providerApi,
  type AuthoringBench,
} from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { apiEntity, planEntity, productEntity } from '../../testing/entities';
import { Memberships } from '../../identity/Memberships';
import { testRoles } from '../../testing/people';
import { ProviderApis } from '../ProviderApis';
import { Ingestion } from './Ingestion';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'what is found out about records of Git, %p',
  databaseId => {
    let knex: Knex;
    let bench: AuthoringBench;
    const logger = mockServices.logger.mock();
    let entities: Entity[];
    let ingestion: Ingestion;

    beforeEach(async () => {
      jest.resetAllMocks();
      knex = await migratedDatabase(databases, databaseId);
      bench = await authoringBench(knex);
      // The demo's records would be gone from this catalog.
      await knex('product_plans').delete();
      await knex('products').delete();
      await knex('plans').delete();
      const { clock, provider, worker } = bench;
      const memberships = Memberships.create({
        auth: mockServices.auth(),
        catalog: catalogServiceMock({ entities: [] }),
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
          providers: {
            find: id => (id === provider.id ? provider : undefined),
          },
        }),
        providerIds: ['sandbox'],
        memberships,
        roles: testRoles(memberships),
        maxDropPercent: 100,
        onChange: () => worker.kick(),
      });
    });

    afterEach(() => bench.worker.stop());

    async function run(...sources: Entity[]) {
      entities = sources;
      const result = await ingestion.ingestOnce();
      await bench.work();
      return result;
    }

    const product = (name = 'shop'): Promise<ProductRow> => bench.product(name);

    const shop = (spec: Entity['spec'] = {}): Entity =>
      productEntity('shop', {
        metadata: { title: 'Shop' },
        spec: { apis: ['api:default/cards'], catalogues: [], ...spec },
      });

    const cards = apiEntity('cards', 'cards');
    const signed = apiEntity('signed', 'signed');

    it('derives how consumers sign in', async () => {
      await run(shop(), cards);
      expect(await product()).toMatchObject({
        authentication: 'auth-token',
        provider_status: 'ready',
      });
    });

    it('asks the provider once for what it does not know, and believes the synchronisation', async () => {
      await run(shop(), cards);
      await run(shop(), cards);
      expect(
        bench.provider.calls.filter(call => call === 'listApis'),
      ).toHaveLength(1);
      await knex('provider_apis').insert({
        provider_id: 'sandbox',
        api_id: 'cards',
        name: 'Cards',
        authentication: 'basic',
        api: '{}',
        updated_at: '2026-11-21T12:00:00.000Z',
      });
      expect(await run(shop(), cards)).toMatchObject({ updated: 1 });
      expect(await product()).toMatchObject({ authentication: 'basic' });
    });

    it.each([
      [
        'APIs that do not agree',
        { apis: ['cards', 'signed'] },
        'spec.apis must all want the same authentication, and these do not: cards at the gateway wants auth-token, signed at the gateway wants jwt',
      ],
      [
        'what its APIs do not want',
        { authentication: 'jwt' },
        'spec.authentication is jwt, but cards at the gateway wants auth-token',
      ],
      [
        'an API that the provider does not have',
        { apis: ['cards', { providerApiId: 'gone' }] },
        'spec.apis[1]: provider sandbox has no API gone',
      ],
    ])(
      'does not bring %s to the provider, and says why',
      async (_, spec, message) => {
        await run(shop(spec), cards, signed);
        expect(await product()).toMatchObject({
          provider_status: 'failed',
          provider_message: expect.stringContaining(message),
        });
        expect(bench.provider.products).toEqual([]);
        // Put right in Git, it gets there.
        await run(shop(), cards, signed);
        expect(await product()).toMatchObject({
          provider_status: 'ready',
          provider_message: null,
        });
      },
    );

    it('brings it there when the provider has the API at last', async () => {
      const late = apiEntity('late', 'late');
      const spec = { apis: [{ providerApiId: 'late' }] };
      await run(shop(spec), late);
      expect(await product()).toMatchObject({ provider_status: 'failed' });
      bench.provider.apis = [...bench.provider.apis, providerApi('late')];
      bench.clock.advance(60_000);
      expect(await run(shop(spec), late)).toMatchObject({ updated: 1 });
      expect(await product()).toMatchObject({
        provider_status: 'ready',
        authentication: 'auth-token',
      });
      expect(await knex('product_apis')).toMatchObject([
        {
          api_ref: null,
          provider_api_id: 'late',
          title: 'late at the gateway',
        },
      ]);
    });

    it('refuses nothing while the provider does not answer', async () => {
      bench.provider.fault = ({ method }) => {
        if (method === 'listApis') throw new Error('no route');
      };
      await run(shop({ authentication: 'jwt' }), cards);
      expect(await product()).toMatchObject({
        provider_status: 'ready',
        authentication: 'jwt',
      });
    });

    it('gives a name and a scope at the provider once: to other records first, then to plans, then to products', async () => {
      await bench.authoring.createPlan(as('paula'), {
        name: 'first',
        owner: 'platform-owners',
        title: 'First',
        provider: 'sandbox',
        rateLimit: 'unlimited',
        quota: 'unlimited',
        scopes: ['a'],
      });
      await run(
        planEntity('second', {
          metadata: { title: 'Shop' },
          spec: { scopes: ['b'] },
        }),
        planEntity('third', { spec: { scopes: ['a'] } }),
        shop(),
        productEntity('other', {
          metadata: { title: 'First' },
          spec: { apis: [], catalogues: [] },
        }),
        cards,
      );
      expect(await bench.plan('second')).toMatchObject({
        provider_status: 'ready',
      });
      expect(await bench.plan('third')).toMatchObject({
        provider_status: 'failed',
        provider_message: expect.stringContaining(
          'spec.scopes: the scope a is the plan apiplan:default/first',
        ),
      });
      expect(await product()).toMatchObject({
        provider_status: 'failed',
        provider_message: expect.stringContaining(
          "metadata.title: the name “Shop” is the plan apiplan:default/second's",
        ),
      });
      expect(await product('other')).toMatchObject({
        provider_status: 'failed',
      });
      // Once the name is free, it gets there without being touched.
      await run(shop(), cards);
      expect(await product()).toMatchObject({ provider_status: 'ready' });
    });

    it('leaves what people are subscribed to at its provider', async () => {
      const offered = { plans: ['quick'], catalogues: ['internal'] };
      const sources = [
        planEntity('quick', { spec: { approval: { mode: 'auto' } } }),
        cards,
        ...['internal'].map(name => ({
          apiVersion: 'api-products/v1alpha1',
          kind: 'APICatalogue',
          metadata: { name, namespace: 'default' },
          spec: {
            owner: 'group:default/platform-owners',
            visibility: 'public',
          },
        })),
      ];
      await run(shop(offered), ...sources);
      await bench.access.accessRequests.create(
        as('dana'),
        askFor({ product: 'shop', plan: 'quick', acceptedTerms: [] }),
      );
      await bench.work();
      const moved = { ...offered, provider: 'elsewhere' };
      expect(await run(shop(moved), ...sources)).toMatchObject({ ignored: 1 });
      expect(await product()).toMatchObject({
        provider_id: 'sandbox',
        revision: 1,
        provider_status: 'failed',
        provider_message: expect.stringContaining(
          'spec.provider: it cannot be changed: Shop has 1 live subscription',
        ),
      });
      expect(await knex('credentials').pluck('status')).toEqual(['active']);
    });

    it('does not bring back what the provider has lost', async () => {
      await run(shop(), cards);
      await knex('products').update({
        hidden_at: '2026-11-21T12:00:00.000Z',
        hidden_by: 'provider',
      });
      await run(shop(), cards);
      await run(shop({ content: 'New' }), cards);
      expect(await product()).toMatchObject({
        revision: 2,
        hidden_by: 'provider',
      });
    });
  },
);
