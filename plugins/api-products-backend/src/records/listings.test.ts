/** Who × catalogue × way: who may list a product or a plan in a catalogue. */
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { as } from '../testing/access';
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

jest.setTimeout(60_000);

const databases = testDatabases();

type Name = Parameters<typeof as>[0];

const owner = 'group:default/logistics-team';
const publishers = ['payments-team'];
const catalogues: Entity[] = [
  catalogueEntity('open', { spec: { owner } }),
  catalogueEntity('kept', { spec: { owner, publishers } }),
  catalogueEntity('shut', { spec: { owner, publishers: [] } }),
  catalogueEntity('private', {
    spec: { owner, visibility: 'private', audience: ['shop-team'] },
  }),
  catalogueEntity('named', {
    spec: { owner, visibility: 'private', audience: ['shop-team'], publishers },
  }),
];

/** `yes`; `no`, where they see it; `none`, where it is not there for them. */
const table: [Name, string, Record<string, 'yes' | 'no' | 'none'>][] = [
  [
    'paula',
    'group:default/platform-owners',
    { open: 'yes', kept: 'yes', shut: 'yes', private: 'yes', named: 'yes' },
  ],
  [
    'liam',
    owner,
    { open: 'yes', kept: 'yes', shut: 'yes', private: 'yes', named: 'yes' },
  ],
  [
    'omar',
    'group:default/payments-team',
    { open: 'yes', kept: 'yes', shut: 'no', private: 'none', named: 'yes' },
  ],
  [
    'dana',
    'group:default/shop-team',
    { open: 'yes', kept: 'no', shut: 'no', private: 'no', named: 'no' },
  ],
  [
    'gus',
    'user:default/gus',
    { open: 'yes', kept: 'no', shut: 'no', private: 'none', named: 'none' },
  ],
];

const cells = table.flatMap(([who, group, row]) =>
  Object.entries(row).map(
    ([catalogue, may]) => [who, group, catalogue, may] as const,
  ),
);

describe.each(databases.eachSupportedId())('listing, %p', databaseId => {
  let knex: Knex;
  let bench: AuthoringBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await authoringBench(knex);
    await withoutRecords(knex);
    bench.provider.apis = [providerApi('till')];
  });

  afterEach(() => bench.worker.stop());

  const product = (group: string, names: string[]): Entity =>
    productEntity('desk', {
      spec: {
        owner: group,
        provider: undefined,
        apis: [],
        plans: [],
        catalogues: names,
      },
    });

  const listedIn = (): Promise<string[]> =>
    knex('catalogue_items').orderBy('catalogue_ref').pluck('catalogue_ref');

  it.each(cells)(
    'over REST, %s of %s in %s: %s',
    async (who, group, name, may) => {
      await ingest(knex, bench, catalogues);
      const answer = await bench.authoring
        .createProduct(as(who), {
          name: 'desk',
          owner: group,
          catalogues: [name],
        })
        .then(
          () => 'made',
          (error: Error) => error.message,
        );
      expect(answer).toBe(
        {
          yes: 'made',
          no: `catalogues[0]: only its owner, its publishers and platform owners list in apicatalogue:default/${name}`,
          none: `catalogues[0]: there is no apicatalogue:default/${name}`,
        }[may],
      );
      expect(await listedIn()).toEqual(
        may === 'yes' ? [`apicatalogue:default/${name}`] : [],
      );
    },
  );

  it.each(cells)(
    'in Git, %s of %s in %s: %s',
    async (who, group, name, may) => {
      await ingest(knex, bench, [
        ...catalogues,
        product(group, ['open', name].slice(name === 'open' ? 1 : 0)),
      ]);
      const listed = may === 'yes';
      expect(new Set(await listedIn())).toEqual(
        new Set(
          ['open', ...(listed ? [name] : [])].map(
            n => `apicatalogue:default/${n}`,
          ),
        ),
      );
      const { findings } = await bench.catalogue.getProduct(
        as(who),
        'apiproduct:default/desk',
      );
      // The same, whether it is there for them or not.
      expect(findings).toEqual(
        listed
          ? undefined
          : [
              `spec.catalogues[1]: there is no apicatalogue:default/${name} in which ${group} may list; its owner, its publishers (spec.publishers) and platform owners may`,
            ],
      );
    },
  );

  it.each(['omar', 'paula'] as const)(
    'is answered for a catalogue that is not there as for one that is hidden: %s',
    async who => {
      await ingest(knex, bench, catalogues);
      await expect(
        bench.authoring.createProduct(as(who), {
          name: 'desk',
          owner: who === 'omar' ? 'payments-team' : 'platform-owners',
          catalogues: ['nothing'],
        }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: 'catalogues[0]: there is no apicatalogue:default/nothing',
      });
    },
  );

  it('stands from before when the rest of the record is changed', async () => {
    await ingest(knex, bench, catalogues);
    const REF = 'apiproduct:default/desk';
    await bench.authoring.createProduct(as('paula'), {
      name: 'desk',
      owner: 'shop-team',
      catalogues: ['open', 'private'],
    });
    const edit = (revision: number, patch: object) =>
      bench.authoring.updateProduct(as('dana'), REF, { revision, ...patch });
    await edit(1, { description: 'New' });
    expect(await listedIn()).toHaveLength(2);
    await edit(2, { catalogues: ['open'] });
    await expect(
      edit(3, { catalogues: ['open', 'private'] }),
    ).rejects.toMatchObject({ fields: { field: 'catalogues[1]' } });
  });

  it('is asked of plans as well', async () => {
    await ingest(
      knex,
      bench,
      [
        ...catalogues,
        planEntity('quick', {
          spec: { owner, catalogues: ['nothing', 'open'] },
        }),
      ],
      { planAuthors: [owner] },
    );
    expect(await listedIn()).toEqual(['apicatalogue:default/open']);
    expect(await bench.plan('quick')).toMatchObject({
      provider_status: 'ready',
      findings: expect.stringContaining('apicatalogue:default/nothing'),
    });
    await expect(
      bench.authoring.createPlan(
        { ...as('dana'), caller: { ...as('dana').caller, planAuthor: true } },
        {
          name: 'slow',
          owner: 'shop-team',
          rateLimit: 'unlimited',
          quota: 'unlimited',
          catalogues: ['private'],
        },
      ),
    ).rejects.toMatchObject({ code: 'not-publisher' });
  });

  it('in Git follows what the catalogue says now', async () => {
    const till = apiEntity('till', 'till', {
      owner: 'group:default/shop-team',
    });
    const desk = productEntity('desk', {
      spec: {
        owner: 'group:default/shop-team',
        apis: ['api:default/till'],
        plans: [],
        catalogues: ['private'],
      },
    });
    const named = (...names: string[]) =>
      catalogueEntity('private', {
        spec: { owner, visibility: 'private', publishers: names },
      });
    await ingest(knex, bench, [till, desk, named()]);
    expect(await listedIn()).toEqual([]);
    expect(await bench.product('desk')).toMatchObject({
      provider_status: 'ready',
    });
    await ingest(knex, bench, [till, desk, named('shop-team')]);
    expect(await listedIn()).toEqual(['apicatalogue:default/private']);
    expect((await bench.product('desk')).findings).toBeNull();
    await ingest(knex, bench, [till, desk, named()]);
    expect(await listedIn()).toEqual([]);
  });

  it('shows a publisher the catalogue, and not what others list in it', async () => {
    await ingest(knex, bench, [...catalogues, product(owner, ['named'])]);
    const seen = async (who: Name) => {
      const person = as(who);
      const [{ items }, products] = await Promise.all([
        bench.catalogue.listCatalogues(person, {}),
        bench.catalogue.listProducts(person, {}),
      ]);
      const found = items.find(({ name }) => name === 'named');
      return [found?.actions, found?.publishers, products.totalItems];
    };
    expect(await seen('omar')).toEqual([['list'], undefined, 0]);
    expect(await seen('dana')).toEqual([[], undefined, 1]);
    expect(await seen('gus')).toEqual([undefined, undefined, 0]);
    expect(await seen('liam')).toEqual([
      ['list'],
      ['group:default/payments-team'],
      1,
    ]);
  });
});
