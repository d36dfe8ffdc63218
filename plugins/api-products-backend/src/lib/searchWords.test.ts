import type { Knex } from 'knex';
import { Catalogue } from '../records/Catalogue';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { people } from '../testing/people';
import { catalogue, product, writeRecords } from '../testing/records';
import { mockCredentials } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { wordsOf } from './searchWords';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  'backstage-plugin-api-products-backend',
  'migrations',
);

/** What is there, and what of it is searched for. */
const FOUND: [string, string][] = [
  ['Übersicht', 'übers'],
  ['übersicht', 'ÜBERSICHT'],
  ['Straßen', 'STRASSEN'],
  ['STRASSEN', 'straß'],
  ['İstanbul', 'istanbul'],
  ['ISPARTA', 'ısparta'],
  ['isparta', 'İSPARTA'],
  ['Платежи', 'платежи'],
  ['платежи', 'ПЛАТ'],
  ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
  ['οδυσσευς', 'ΟΔΥΣΣΕΥΣ'],
  ['支払い照会サービス', '照会'],
  ['支払い照会サービス', 'サービス'],
  ['ｱﾌﾟﾘ', 'アプリ'],
  ['การชำระเงิน', 'ชำระ'],
  ['결제 조회', '조회'],
  ['Cafe\u0301', 'CAFÉ'],
  ['payments-api v2.1', 'PAYMENTS-API'],
  ['Card payments', 'pay car'],
];

const NOT_FOUND: [string, string][] = [
  ['Payments', 'ments'],
  ['Übersicht', 'ubersicht'],
  ['Payments', '%'],
  ['Payments', '_ayments'],
  ['Payments', 'pay cards'],
];

const databases = testDatabases();

describe.each(databases.eachSupportedId())('search on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, {
      catalogues: [catalogue('open')],
      plans: [],
      products: [...FOUND, ...NOT_FOUND].map(([title], i) =>
        product(`p${i}`, { title, catalogues: ['apicatalogue:default/open'] }),
      ),
    });
  });

  const namesFor = async (q: string) => {
    const { items } = await Catalogue.create({ db: knex }).listProducts(
      {
        caller: people.gus,
        credentials: mockCredentials.user(people.gus.ref),
      },
      { q, limit: 100 },
    );
    return items.map(({ name }) => name);
  };

  it.each(FOUND.map(([title, q], i) => ({ title, q, name: `p${i}` })))(
    'finds $title by $q',
    async ({ q, name }) => {
      await expect(namesFor(q)).resolves.toContain(name);
    },
  );

  it.each(
    NOT_FOUND.map(([title, q], i) => ({
      title,
      q,
      name: `p${FOUND.length + i}`,
    })),
  )('does not find $title by $q', async ({ q, name }) => {
    await expect(namesFor(q)).resolves.not.toContain(name);
  });

  it('finds what was there before as it finds what is written now', async () => {
    await knex.migrate.down({ directory });
    await knex.migrate.latest({ directory });
    const rows: { id: string; title: string; name: string }[] = await knex(
      'products',
    ).select('id', 'title', 'name');
    for (const { id: record, title, name } of rows) {
      const words: string[] = await knex('product_words')
        .where({ record_id: record })
        .pluck('word');
      expect(words.sort()).toEqual(wordsOf(title, name).sort());
    }
  });
});
