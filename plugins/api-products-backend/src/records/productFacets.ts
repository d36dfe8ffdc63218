/**
 * What the marketplace's filters offer: catalogues, owners and tags of products that the caller sees, a few of each. An
 * index that has the values in order is walked from one to the next, so that it costs what is found, not what there is.
 */
import type {
  EntityRef,
  ProductFacets,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Caller } from '../identity/Caller';
import { scanOfFew } from '../lib/paging';
import { whereWords } from '../lib/searchWords';
import { whereAmong } from '../lib/semiJoins';
import { productQueries } from './filters';
import { whereCatalogueOpen } from './visibility';

/** As many as somebody looks through. */
const SHOWN = 20;

/** Values that a text is looked for in. */
const MOST_WALKED = 1_000;

type Facet = ProductFacets['owner'];

const facetOf = (values: Facet['values']): Facet => ({
  values: values.slice(0, SHOWN),
  ...(values.length > SHOWN && { more: true }),
});

/** As `like` finds it, sign by sign. */
const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** Four statements, whatever there is. */
export async function readProductFacets(
  db: Knex,
  caller: Caller,
  text: string | undefined,
): Promise<ProductFacets> {
  const sought = text?.trim().toLocaleLowerCase('en-US') ?? '';
  const products = await visibleProducts(db, caller);
  const [catalogues, owners, tags] = await Promise.all([
    cataloguesOf(db, caller, sought),
    distinct(db, {
      table: 'products',
      column: 'products.owner_ref',
      seen: products,
      // In the name: every group's ref has `group` in it.
      like: sought && `%/%${escaped(sought)}%`,
    }),
    distinct(db, {
      table: 'product_tags',
      column: 'product_tags.tag',
      seen: () =>
        whereAmong(
          db,
          db('product_tags'),
          'one-by-one',
          'product_tags.product_id',
          products(),
          'products.id',
        ),
      like: sought && `%${escaped(sought)}%`,
    }),
  ]);
  return {
    catalogue: facetOf(
      catalogues.map(({ ref, title }) => ({ value: ref, title })),
    ),
    owner: facetOf(owners.map(value => ({ value }))),
    tag: facetOf(tags.map(value => ({ value }))),
  };
}

/** Few are found by themselves; of many, each is looked at as it comes. One statement. */
async function visibleProducts(
  db: Knex,
  caller: Caller,
): Promise<() => Knex.QueryBuilder> {
  const queries = productQueries(db, {}, caller);
  const few = await scanOfFew(db, queries, 'products.id');
  const { query } = few ?? queries.scans[0];
  return () => query.clone();
}

async function cataloguesOf(
  db: Knex,
  caller: Caller,
  sought: string,
): Promise<{ ref: EntityRef; title: string }[]> {
  return db('catalogues')
    .modify(query => {
      whereCatalogueOpen(query, caller);
      whereWords(db, query, 'together', 'catalogue', 'catalogues.id', sought);
    })
    .orderBy(['catalogues.title', 'catalogues.id'])
    .limit(SHOWN + 1)
    .select('catalogues.ref', 'catalogues.title');
}

/**
 * The first values of a column that rows have which are seen. Each value is found from the one before, and asked about in
 * that order until there are enough.
 */
async function distinct(
  db: Knex,
  of: {
    table: 'products' | 'product_tags';
    column: string;
    seen: () => Knex.QueryBuilder;
    like: string;
  },
): Promise<string[]> {
  const { table, column } = of;
  const first = db(table).select(column).orderBy(column).limit(1);
  const next = first.clone().whereRaw('?? > walked.value', [column]);
  const walk = db.raw(
    'select ?, 1 union all select ?, walked.n + 1 from walked where walked.value is not null and walked.n < ?',
    [first, next, MOST_WALKED],
  );
  return db
    .withRecursive('walked', ['value', 'n'], walk)
    .from('walked')
    .whereNotNull('walked.value')
    .modify(query => {
      if (of.like) {
        query.whereRaw(`walked.value like ? escape '\\'`, [of.like]);
      }
    })
    .whereExists(
      of.seen().select(db.raw('1')).whereRaw('?? = walked.value', [column]),
    )
    .limit(SHOWN + 1)
    .pluck('walked.value');
}
