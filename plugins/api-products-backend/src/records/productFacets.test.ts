import type { Knex } from 'knex';
import { as } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { catalogue, product, writeRecords } from '../testing/records';
import { Catalogue } from './Catalogue';

jest.setTimeout(60_000);

type Name = Parameters<typeof as>[0];

const hiddenTag = 'of-partners-only';

describe.each(testDatabases().eachSupportedId())('product facets on %p', id => {
  const databases = testDatabases();
  let knex: Knex;

  const facets = async (who: Name, q?: string) => {
    const {
      catalogue: catalogues,
      owner,
      tag,
    } = await Catalogue.create({
      db: knex,
    }).listProductFacets(as(who), { q });
    const valuesOf = ({ values }: typeof owner) =>
      values.map(({ value }) => value.replace(/^.*[:/]/, ''));
    return {
      catalogues: catalogues.values.map(({ title }) => title),
      owners: valuesOf(owner),
      tags: valuesOf(tag),
      more: [catalogues.more, owner.more, tag.more],
    };
  };

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, {
      ...demo,
      products: [
        ...demo.products,
        product('ledger', {
          owner: 'group:default/partners-office',
          tags: [hiddenTag],
          catalogues: ['apicatalogue:default/partners'],
        }),
        product('plan-b', {
          owner: 'group:default/logistics-team',
          tags: ['of-a-draft'],
          lifecycle: 'draft',
          catalogues: ['apicatalogue:default/internal'],
        }),
      ],
    });
  });

  afterAll(() => knex.destroy());

  it('are those of products and catalogues that somebody sees, each once', async () => {
    await expect(facets('gus')).resolves.toEqual({
      catalogues: ['Internal APIs'],
      owners: [
        'logistics-team',
        'mobile-team',
        'payments-team',
        'platform-owners',
        'shop-team',
      ],
      tags: ['logistics', 'payments', 'pci'],
      more: [undefined, undefined, undefined],
    });
  });

  it('have what is hidden for those who see it', async () => {
    const seen = await facets('pat');
    expect(seen.catalogues).toContain('Partner APIs');
    expect(seen.owners).toContain('partners-office');
    expect(seen.tags).toContain(hiddenTag);
    await expect(facets('liam')).resolves.toMatchObject({
      tags: ['logistics', 'of-a-draft', 'payments', 'pci'],
    });
  });

  it('are found by a part of their name, whatever its case', async () => {
    await expect(facets('gus', ' TEAM')).resolves.toMatchObject({
      owners: ['logistics-team', 'mobile-team', 'payments-team', 'shop-team'],
      tags: [],
      catalogues: [],
    });
    await expect(facets('gus', 'intern')).resolves.toMatchObject({
      catalogues: ['Internal APIs'],
    });
    await expect(facets('gus', 'partners')).resolves.toMatchObject({
      catalogues: [],
      owners: [],
      tags: [],
    });
    await expect(facets('gus', 'group')).resolves.toMatchObject({ owners: [] });
    await expect(facets('gus', '%')).resolves.toMatchObject({
      owners: [],
      tags: [],
    });
  });

  it('are a few, and say that there are more', async () => {
    const other = await migratedDatabase(databases, id);
    const own = knex;
    knex = other;
    try {
      await writeRecords(other, {
        plans: [],
        catalogues: Array.from({ length: 30 }, (_, i) => catalogue(`c${i}`)),
        products: Array.from({ length: 30 }, (_, i) =>
          product(`p${i}`, {
            owner: `group:default/owner-${i}`,
            tags: [`tag-${i}`],
            catalogues: ['apicatalogue:default/c0'],
          }),
        ),
      });
      const seen = await facets('gus');
      expect(seen.more).toEqual([true, true, true]);
      expect(seen.owners).toHaveLength(20);
      expect(seen.tags).toHaveLength(20);
      expect(seen.catalogues).toHaveLength(20);
      await expect(facets('gus', 'g-29')).resolves.toMatchObject({
        tags: ['tag-29'],
      });
    } finally {
      knex = own;
      await other.destroy();
    }
  });
});
