import type { Knex } from 'knex';
import type { ProductCard } from 'backstage-plugin-api-products-common';
import { as } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { product, writeRecords } from '../testing/records';
import { Catalogue } from './Catalogue';

jest.setTimeout(60_000);

describe.each(testDatabases().eachSupportedId())('product cards on %p', id => {
  const databases = testDatabases();
  let knex: Knex;
  let catalogue: Catalogue;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, {
      ...demo,
      products: [
        ...demo.products,
        product('wordy', {
          description: 'word '.repeat(1_000),
          content: '# Long',
          catalogues: ['apicatalogue:default/internal'],
        }),
      ],
    });
    catalogue = Catalogue.create({ db: knex });
  });

  afterAll(() => knex.destroy());

  it.each(['gus', 'liam', 'pat', 'paula'] as const)(
    'are those of the products that %s sees, in their order',
    async who => {
      const { items, ...rest } = await catalogue.listProducts(as(who), {});
      const cards = await catalogue.listProductCards(as(who), {});
      expect(cards).toEqual({ items: expect.anything(), ...rest });
      expect(cards.items.map(({ ref }) => ref)).toEqual(
        items.map(({ ref }) => ref),
      );
    },
  );

  it('show the first two plans that the caller can have, and how many there are besides', async () => {
    const cardFor = async (who: 'dana' | 'pat'): Promise<ProductCard> => {
      const { items } = await catalogue.listProductCards(as(who), {});
      return items[0];
    };
    await expect(cardFor('dana')).resolves.toMatchObject({
      title: 'Payments API',
      documentationOnly: false,
      plans: [
        { title: 'Free' },
        { title: 'Gold', pricing: { mode: 'fixed', label: '$49/month' } },
      ],
      morePlans: 1,
    });
  });

  it('are small whatever is written in the record', async () => {
    const { items } = await catalogue.listProductCards(as('gus'), {
      q: 'wordy',
    });
    expect(items).toHaveLength(1);
    expect(items[0].description).toMatch(/word…$/);
    expect(JSON.stringify(items[0]).length).toBeLessThan(1_000);
  });
});
