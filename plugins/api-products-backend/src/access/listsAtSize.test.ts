/**
 * That a page of a list costs what is on it, however much there is: what the database does for it is looked at, for every
 * person, filter and order.
 */
import type { Knex } from 'knex';
import { z } from 'zod';
import { isSqlite } from '../lib/Database';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { isLongRun } from '../testing/longRun';
import { FULL, seedAtSize } from '../testing/size';
import { sizeLists, type SizeLists } from '../testing/sizeLists';

jest.setTimeout(isLongRun ? 600_000 : 120_000);

/** Enough that what reads a table to its end stands out. */
const SIZE = isLongRun
  ? FULL
  : { products: FULL.products, requests: 40_000, history: 60_000 };

/** Tables that grow with use. */
const GROWING =
  /^(products|product_(apis|plans|words|tags)|catalogue_items|applications|access_requests|decisions|subscriptions|subscription_products|credentials|history)$/;

/** What is counted at most, and a row that tells that there is more. */
const COUNTED = 1_001;

/** A page, twice over for what is merged. */
const PAGE = 100;

/** Rows of a table that are looked at for one page of a list of many: those of others in between as well. */
const LOOKED_AT = 3_000;

const STATEMENTS = 6;

const HISTORY_PRODUCT = 'apiproduct:default/product-1000010';

interface Case {
  call: (lists: SizeLists) => Promise<unknown>;
  /** Found by themselves and sorted, because they are few. */
  sorted?: boolean;
  /** Where the ids of what nearly all products have are read to count them; nothing else of them is. */
  ids?: string;
}

const CASES: Record<string, Case> = {
  'products of anybody': { call: l => l.products('few') },
  'products by title': { call: l => l.products('few', { orderBy: 'title' }) },
  'products by time': {
    call: l => l.products('few', { orderBy: 'updatedAt' }),
  },
  'products of an owner of many': { call: l => l.products('ownerOfMany') },
  'all products': { call: l => l.products('platformOwner') },
  'products by a word that all have': {
    call: l => l.products('few', { q: 'Service' }),
    ids: 'product_words',
  },
  'products by a word that few have': {
    call: l => l.products('few', { q: 'part 77' }),
    sorted: true,
  },
  'products by tag': {
    call: l => l.products('few', { tag: ['part77'] }),
    sorted: true,
  },
  'products by authentication': {
    call: l => l.products('few', { auth: ['auth-token'] }),
  },
  'products by lifecycle': {
    call: l => l.products('few', { lifecycle: ['active'] }),
  },
  'products by catalogue': {
    call: l => l.products('few', { catalogue: ['apicatalogue:default/open'] }),
    ids: 'catalogue_items',
  },
  'products by owner': {
    call: l => l.products('few', { owner: ['group:default/small-team'] }),
    sorted: true,
  },
  'cards of anybody': { call: l => l.cards('few') },
  'facets of anybody': { call: l => l.facets('few') },
  'facets of an owner of many': { call: l => l.facets('ownerOfMany') },
  'all facets': { call: l => l.facets('platformOwner') },
  'facets called like that': { call: l => l.facets('few', '77') },
  'own requests': { call: l => l.requests('few') },
  'own requests that still matter': {
    call: l => l.requests('few', { current: true }),
    sorted: true,
  },
  'requests of a large group that still matter': {
    call: l => l.requests('consumer', { current: true }),
    sorted: true,
  },
  'requests of a large group': {
    call: l => l.requests('consumer'),
  },
  'requests to an owner of few': {
    call: l => l.requests('owner', { as: 'approver' }),
  },
  'requests to an owner of many': {
    call: l => l.requests('ownerOfMany', { as: 'approver' }),
  },
  'requests to an approver of many': {
    call: l => l.requests('approver', { as: 'approver' }),
  },
  'all requests': {
    call: l => l.requests('platformOwner', { as: 'approver' }),
  },
  'the queue of all': {
    call: l =>
      l.requests('platformOwner', { as: 'approver', status: ['pending'] }),
  },
  'requests in several states': {
    call: l =>
      l.requests('platformOwner', {
        as: 'approver',
        status: ['approved', 'rejected'],
      }),
  },
  'requests for a product': {
    call: l =>
      l.requests('platformOwner', {
        as: 'approver',
        product: 'product-1000007',
      }),
  },
  'requests for a plan': {
    call: l =>
      l.requests('platformOwner', { as: 'approver', plan: 'plan-1000007' }),
  },
  'requests of somebody': {
    call: l =>
      l.requests('platformOwner', { as: 'approver', requester: 'few' }),
    sorted: true,
  },
  'own subscriptions': { call: l => l.subscriptions('few') },
  'subscriptions of a large group': { call: l => l.subscriptions('consumer') },
  'subscriptions of an owner of few': {
    call: l => l.subscriptions('owner', { as: 'owner' }),
  },
  'subscriptions of an owner of many': {
    call: l => l.subscriptions('ownerOfMany', { as: 'owner' }),
  },
  'all subscriptions': {
    call: l => l.subscriptions('platformOwner', { as: 'owner' }),
  },
  'failed subscriptions': {
    call: l =>
      l.subscriptions('platformOwner', { as: 'owner', status: ['failed'] }),
  },
  'subscriptions of a product': {
    call: l =>
      l.subscriptions('platformOwner', {
        as: 'owner',
        product: 'product-1000007',
      }),
  },
  'own history': { call: l => l.history('few') },
  'history of a large group': { call: l => l.history('consumer') },
  'history of an owner of few': { call: l => l.history('owner') },
  'history of an owner of many': { call: l => l.history('ownerOfMany') },
  'all history': { call: l => l.history('platformOwner') },
  'history of long ago': {
    call: l => l.history('platformOwner', { to: '2024-01-03T00:00:00Z' }),
  },
  'history of a subject': {
    call: l =>
      l.history('platformOwner', { subject: 'access-request:request-1000007' }),
  },
  'history of somebody': {
    call: l => l.history('platformOwner', { actor: 'user:default/few' }),
  },
  'history of a product': {
    call: l => l.history('platformOwner', { product: HISTORY_PRODUCT }),
  },
  'history of a product for its owner': {
    call: l => l.history('ownerOfMany', { product: HISTORY_PRODUCT }),
    sorted: true,
  },
  'history of a product for anybody': {
    call: l => l.history('few', { product: HISTORY_PRODUCT }),
    sorted: true,
  },
  'history of an application': {
    call: l =>
      l.history('platformOwner', { application: 'application-1000007' }),
  },
  'history of an application for its group': {
    call: l => l.history('consumer', { application: 'application-1000021' }),
    sorted: true,
  },
  'history of a subscription': {
    call: l =>
      l.history('platformOwner', { subscription: 'subscription-1000040' }),
  },
  'history of a subscription for its group': {
    call: l => l.history('consumer', { subscription: 'subscription-1008021' }),
    sorted: true,
  },
  'history of somebody with a product': {
    call: l =>
      l.history('platformOwner', {
        actor: 'user:default/few',
        product: HISTORY_PRODUCT,
      }),
    sorted: true,
  },
  'own applications': { call: l => l.applications('consumer') },
};

interface Statement {
  sql: string;
  bindings: readonly unknown[];
}

async function statementsOf(
  knex: Knex,
  run: () => Promise<unknown>,
): Promise<Statement[]> {
  const seen: Statement[] = [];
  const look = ({ sql, bindings }: Statement) => seen.push({ sql, bindings });
  knex.on('query', look);
  await run();
  knex.removeListener('query', look);
  return seen;
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: Node[];
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Actual Rows': z.number(),
    'Actual Loops': z.number(),
    'Rows Removed by Filter': z.number().optional(),
    'Rows Removed by Join Filter': z.number().optional(),
    Plans: z.array(node).optional(),
  }),
);

const explained = z.object({
  rows: z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: node })) })),
});

const nodesOf = (root: Node): Node[] => [
  root,
  ...(root.Plans ?? []).flatMap(nodesOf),
];

const readBy = (one: Node): number =>
  (one['Actual Rows'] + (one['Rows Removed by Filter'] ?? 0)) *
  one['Actual Loops'];

/** What PostgreSQL does that it should not. */
async function costlyOnPostgres(
  knex: Knex,
  { sql, bindings }: Statement,
  { sorted = false, ids }: Case,
): Promise<string[]> {
  const sortable = sorted ? COUNTED : PAGE;
  const numbered = knex.client.positionBindings(sql);
  const connection = await knex.client.acquireConnection();
  const answer: unknown = await connection
    .query(`explain (analyze, format json) ${numbered}`, bindings)
    .finally(() => knex.client.releaseConnection(connection));
  const [{ 'QUERY PLAN': plans }] = explained.parse(answer).rows;
  return nodesOf(plans[0].Plan).flatMap(one => {
    const type = one['Node Type'];
    const table = one['Relation Name'] ?? '';
    const rows = readBy(one);
    const found: string[] = [];
    if (GROWING.test(table) && table !== ids && rows > LOOKED_AT) {
      found.push(`looks at ${rows} rows of ${table}`);
    }
    if (/Sort/.test(type) && rows > sortable) {
      found.push(`sorts ${rows} rows`);
    }
    return found;
  });
}

interface Step {
  id: number;
  parent: number;
  detail: string;
}

/** What SQLite does that it should not. */
async function costlyOnSqlite(
  knex: Knex,
  { sql, bindings }: Statement,
  { sorted = false }: Case,
): Promise<string[]> {
  const steps: Step[] = await knex.raw(`explain query plan ${sql}`, [
    ...bindings,
  ] as string[]);
  const inPage = new Set<number>();
  for (const { id, parent, detail } of steps) {
    if (/(CO-ROUTINE|MATERIALIZE) page$/.test(detail) || inPage.has(parent)) {
      inPage.add(id);
    }
  }
  const mergedIn = new Set(
    steps.filter(({ detail }) => detail === 'SCAN merged').map(s => s.parent),
  );
  // A count stops at a thousand.
  const counted = new Set(
    steps.filter(s => /CO-ROUTINE part_\d$/.test(s.detail)).map(s => s.id),
  );
  return steps
    .filter(({ parent, detail }) => {
      const [, table] = /^SCAN (\S+)$/.exec(detail) ?? [];
      return (
        (table !== undefined && GROWING.test(table) && !counted.has(parent)) ||
        (detail === 'USE TEMP B-TREE FOR ORDER BY' &&
          inPage.has(parent) &&
          !mergedIn.has(parent) &&
          !sorted)
      );
    })
    .map(({ detail }) => detail);
}

const databases = testDatabases();

describe.each(databases.eachSupportedId())('lists at size on %s', id => {
  let knex: Knex;
  let lists: SizeLists;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await seedAtSize(knex, SIZE);
    lists = sizeLists(knex);
  });

  it.each(Object.keys(CASES))('%s cost a page', async name => {
    const statements = await statementsOf(knex, () => CASES[name].call(lists));
    expect(statements.length).toBeLessThanOrEqual(STATEMENTS);
    const costly: string[] = [];
    for (const statement of statements) {
      const found = isSqlite(knex)
        ? await costlyOnSqlite(knex, statement, CASES[name])
        : await costlyOnPostgres(knex, statement, CASES[name]);
      costly.push(...found.map(what => `${what}: ${statement.sql}`));
    }
    expect(costly).toEqual([]);
  });

  it('count no further than a thousand', async () => {
    await expect(
      lists.requests('platformOwner', { as: 'approver' }),
    ).resolves.toMatchObject({ totalItems: 1_000, totalIsAtLeast: true });
    const few = await lists.history('few');
    expect(few.totalItems).toBeLessThan(1_000);
    expect(few).not.toHaveProperty('totalIsAtLeast');
  });

  it('name a hundred of the products that somebody owns, and say that there are more', async () => {
    const many = await lists.me('ownerOfMany');
    expect(many.ownedProducts).toHaveLength(100);
    expect(many.moreOwnedProducts).toBe(true);
    const few = await lists.me('owner');
    expect(few.ownedProducts).toHaveLength(3);
    expect(few).not.toHaveProperty('moreOwnedProducts');
  });

  it('are cards of at most 15 kB, and facets of at most 5 kB, on the first page of the marketplace', async () => {
    const cards = await lists.cards('few', { limit: 24 });
    expect(JSON.stringify(cards).length).toBeLessThan(15_000);
    const facets = await lists.facets('few');
    expect(JSON.stringify(facets).length).toBeLessThan(5_000);
    expect(facets.owner.values).toHaveLength(20);
  });

  it('count on the first page only', async () => {
    const counted = async <T>(list: () => Promise<T>) => {
      let page: T | undefined;
      const statements = await statementsOf(knex, async () => {
        page = await list();
      });
      const counts = statements.filter(({ sql }) => sql.includes('count('));
      return { page, counts: counts.length };
    };
    for (const list of [
      (cursor?: string) => lists.products('platformOwner', { cursor }),
      (cursor?: string) =>
        lists.requests('platformOwner', { as: 'approver', cursor }),
      (cursor?: string) => lists.history('platformOwner', { cursor }),
    ]) {
      const first = await counted(() => list());
      expect(first.counts).toBe(1);
      const cursor = first.page?.pageInfo.nextCursor;
      const second = await counted(() => list(cursor));
      expect(second.counts).toBe(0);
      expect(second.page?.totalItems).toBe(first.page?.totalItems);
    }
  });

  it('go from page to page and back in every order', async () => {
    for (const orderBy of ['relevance', 'title', 'updatedAt'] as const) {
      const first = await lists.products('few', { orderBy });
      const { nextCursor } = first.pageInfo;
      const next = await lists.products('few', { orderBy, cursor: nextCursor });
      const both = await lists.products('few', { orderBy, limit: 40 });
      expect([...first.items, ...next.items].map(item => item.id)).toEqual(
        both.items.map(item => item.id),
      );
      const { prevCursor } = next.pageInfo;
      const back = await lists.products('few', { orderBy, cursor: prevCursor });
      expect(back.items.map(item => item.id)).toEqual(
        first.items.map(item => item.id),
      );
    }
  });
});
