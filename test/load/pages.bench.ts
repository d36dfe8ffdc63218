/**
 * What a browser loads for a page of a large portal: the answers of the marketplace's first visit with 10 000 products,
 * those of My access for somebody with about 1 250 subscriptions, and the code of the marketplace beyond the app. Sizes
 * and not times, so that they are the same on every machine; beside them, what the same cost before (issue “Fast and
 * fair”), asked of the same database.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
// What is measured is this room of the backend by itself; the backend exports nothing but its plugin.
import { migrate } from '../../plugins/api-products-backend/src/lib/Database';
import { seedAtSize } from '../../plugins/api-products-backend/src/testing/size';
import {
  sizeLists,
  type SizeLists,
} from '../../plugins/api-products-backend/src/testing/sizeLists';
import { readQuery } from '../../plugins/api-products/src/components/Marketplace/marketplaceQuery';
import {
  endedQuery,
  readView,
  requestQuery,
  subscriptionQuery,
} from '../../plugins/api-products/src/components/MyAccess/accessView';
import { benchDatabases } from './databases';

/** One application in twenty is of the person's group; each has five requests, nine of ten approved. */
const SIZE = { products: 10_000, requests: 29_400, history: 1 };

/** The largest page that the backend gives. */
const WHOLE_PAGE = 100;

/** As many as a page of My access read before of each list. */
const FORMER_PAGES = 5;

interface Load {
  calls: number;
  bytes: number;
  gzip: number;
}

async function load(...calls: (() => Promise<object>)[]): Promise<Load> {
  const sum: Load = { calls: 0, bytes: 0, gzip: 0 };
  for (const call of calls) {
    const body = JSON.stringify(await call());
    sum.calls++;
    sum.bytes += Buffer.byteLength(body);
    sum.gzip += gzipSync(body).length;
  }
  return sum;
}

const kB = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;

function print(what: string, now: Load, former: Load, most: string): void {
  process.stdout.write(
    `  ${what.padEnd(28)} ${kB(now.bytes).padStart(9)} in ${
      now.calls
    } calls (${kB(
      now.gzip,
    )} compressed)   at most ${most}; asked as before ${kB(former.bytes)} in ${
      former.calls
    }\n`,
  );
}

/** The first pages of a list, as many as were read before. */
async function formerPages(
  list: (query: { limit: number; cursor?: string }) => Promise<{
    pageInfo: { nextCursor?: string };
  }>,
): Promise<(() => Promise<object>)[]> {
  const pages: object[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: WHOLE_PAGE, cursor });
    pages.push(page);
    cursor = page.pageInfo.nextCursor;
  } while (cursor !== undefined && pages.length < FORMER_PAGES);
  return pages.map(page => async () => page);
}

async function marketplace(lists: SizeLists): Promise<void> {
  const { q, cursor, orderBy, limit } = readQuery(new URLSearchParams());
  const first = { q, cursor, orderBy, limit };
  print(
    'marketplace, first load',
    await load(
      () => lists.me('consumer'),
      () => lists.cards('consumer', first),
      () => lists.facets('consumer'),
    ),
    await load(
      () => lists.me('consumer'),
      () => lists.me('consumer'),
      () => lists.products('consumer', first),
      () => lists.products('consumer', { limit: WHOLE_PAGE }),
    ),
    '50 kB',
  );
}

async function myAccess(lists: SizeLists): Promise<void> {
  const view = readView(new URLSearchParams());
  print(
    'My access, first load',
    await load(
      () => lists.subscriptions('consumer', subscriptionQuery(view)),
      () => lists.requests('consumer', requestQuery(view)),
      () => lists.subscriptions('consumer', endedQuery(view)),
    ),
    await load(
      ...(await formerPages(query => lists.subscriptions('consumer', query))),
      ...(await formerPages(query => lists.requests('consumer', query))),
    ),
    'one page of each list',
  );
}

function code(): void {
  const { gzip } = JSON.parse(
    execFileSync(process.execPath, [join(__dirname, 'pageWeight.mjs')], {
      encoding: 'utf8',
    }),
  );
  process.stdout.write(
    `  ${'marketplace, code'.padEnd(28)} ${kB(gzip).padStart(
      9,
    )} compressed, beyond the app   at most 80 kB\n`,
  );
}

async function main() {
  const [database, ...others] = await benchDatabases();
  try {
    await migrate(database.knex);
    await seedAtSize(database.knex, SIZE);
    const lists = sizeLists(database.knex);
    const held = await database
      .knex('subscriptions')
      .join('applications', 'applications.id', 'subscriptions.application_id')
      .where('applications.owner_ref', 'group:default/consumers')
      .count({ count: '*' })
      .first();
    process.stdout.write(
      `\nWhat a browser loads, with ${SIZE.products} products and ${held?.count} subscriptions of its person\n\n`,
    );
    await marketplace(lists);
    await myAccess(lists);
    code();
  } finally {
    await Promise.all([database, ...others].map(one => one.remove()));
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
