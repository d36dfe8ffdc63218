import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { ProviderRegistry } from '../registry/ProviderRegistry';
import { allowAll, as, askFor } from '../testing/access';
import {
  authoringBench,
  providerApi,
  type AuthoringBench,
} from '../testing/authoring';
import { migratedDatabase, testDatabases } from '../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../testing/entities';
import { ingest, withoutRecords } from '../testing/ingestion';
import { people } from '../testing/people';
import { ApiOwnership } from './ApiOwnership';
import { authorizedApiOwnership } from './authorized';

jest.setTimeout(60_000);

const databases = testDatabases();

const api = 'till';
const product = 'apiproduct:default/desk';
const shopTeam = 'group:default/shop-team';

describe.each(databases.eachSupportedId())(
  'agreements about APIs, %p',
  databaseId => {
    let knex: Knex;
    let bench: AuthoringBench;
    let ownership: ApiOwnership;

    const git = [
      catalogueEntity('internal'),
      planEntity('free', { spec: { approval: { mode: 'auto' } } }),
      apiEntity('till', api, { owner: 'group:default/payments-team' }),
      productEntity('desk', {
        metadata: { title: 'Desk' },
        spec: { owner: shopTeam, apis: ['api:default/till'] },
      }),
    ];

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = await authoringBench(knex);
      await withoutRecords(knex);
      bench.provider.apis = [providerApi(api)];
      await ingest(knex, bench, git);
      const registry = ProviderRegistry.create();
      registry.addProvider(bench.provider);
      ownership = ApiOwnership.create({
        db: knex,
        clock: bench.clock,
        auth: mockServices.auth(),
        catalog: catalogServiceMock({ entities: git }),
        registry,
        onChange: () => bench.worker.kick(),
      });
    });

    afterEach(() => bench.worker.stop());

    const decide = (
      decision: { product?: string; entity?: string; withdraw?: boolean },
      who: keyof typeof people = 'paula',
    ) =>
      authorizedApiOwnership(ownership, allowAll()).decide(as(who), 'sandbox', {
        api,
        ...decision,
      });

    const described = async () => {
      const [found] = await ownership.describe('sandbox', [providerApi(api)]);
      return {
        heldBack: found.heldBack?.map(one => one.product),
        agreements: found.agreements,
      };
    };

    const ask = async (name: string) => {
      await bench.access.accessRequests.create(
        as('omar'),
        askFor({
          product: 'desk',
          plan: 'free',
          application: { name },
          acceptedTerms: [],
        }),
      );
      await bench.work();
    };

    it('are taken back: new keys wait, and those that exist stay', async () => {
      await decide({ product });
      await bench.work();
      await ask('First');
      expect(await described()).toEqual({
        heldBack: [],
        agreements: [
          {
            product,
            title: 'Desk',
            owner: shopTeam,
            agreedBy: people.paula.ref,
            agreedAt: expect.any(String),
          },
        ],
      });
      const before = bench.provider.calls.length;
      await decide({ product, withdraw: true });
      await bench.work();
      expect(await described()).toEqual({
        heldBack: [product],
        agreements: [],
      });
      expect(await bench.product('desk')).toMatchObject({
        held_back: expect.stringContaining('Admin → Providers'),
        policy_id: expect.any(String),
      });
      expect(bench.provider.calls.slice(before)).toEqual([]);
      await ask('Second');
      expect(
        await knex('credentials').orderBy('created_at').pluck('status'),
      ).toEqual(['active', 'provisioning']);
      expect(
        await bench.historyOf(`product:${(await bench.product('desk')).id}`),
      ).toEqual(
        expect.arrayContaining([
          'Took back that it may open the API till of provider sandbox; keys that exist stay',
        ]),
      );
    });

    it('can be made again', async () => {
      await decide({ product });
      await decide({ product, withdraw: true });
      await decide({ product });
      await bench.work();
      expect(await bench.product('desk')).toMatchObject({
        held_back: null,
        provider_status: 'ready',
      });
    });

    it('are taken back by platform owners only, and only where there are some', async () => {
      await decide({ product });
      await expect(
        decide({ product, withdraw: true }, 'dana'),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      await decide({ product, withdraw: true });
      await expect(decide({ product, withdraw: true })).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expect(
        decide({ entity: 'api:default/till', withdraw: true }),
      ).rejects.toMatchObject({ name: 'InputError' });
    });
  },
);
