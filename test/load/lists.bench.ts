/**
 * What a page of a list costs at full size against what it costs in a portal of a hundredth of it, for people who see a
 * little, a lot and everything: both measured in turn, on the same server, after the same warming up. And how many pages
 * a second a backend answers over HTTP against how many of the catalog's `entities/by-query` the same backend does, where
 * the catalog has as many entities as the portal has products and a policy with conditions decides what people see.
 */
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { z } from 'zod';
// What is measured is this room of the backend by itself; the backend exports nothing but its plugin.
import { migrate } from '../../plugins/api-products-backend/src/lib/Database';
import {
  FULL,
  partOf,
  seedAtSize,
  sizePeople,
} from '../../plugins/api-products-backend/src/testing/size';
import {
  sizeLists,
  type SizeLists,
} from '../../plugins/api-products-backend/src/testing/sizeLists';
import { BenchBackend } from './BenchBackend';
import {
  benchDatabases,
  onEachDatabase,
  type BackendDatabase,
  type BenchDatabase,
} from './databases';
import {
  median,
  ms,
  ofRounds,
  quantile,
  report,
  say,
  timed,
  times,
} from './figures';
import { atOnce } from './unavoidable';

const PART = 1 / 100;
const WARMING_UP = 5;
/** Of each round, of whose p95 the middle one counts: a moment in which the machine was busy is not the list's. */
const MEASURED = 20;

const PAGE = 20;
/** Pages from the first. */
const DEEP = 20;
const ROUNDS = 3;
const PAGES = 60;
const READERS = 4;

const LISTS = ['products', 'requests', 'subscriptions', 'history'];

/** Nobody reads Git meanwhile, which has none of these products. */
const OWNERS_AND_NO_GIT: JsonObject = {
  platformOwners: [sizePeople.platformOwner.ref],
  ingestion: {
    schedule: {
      frequency: { hours: 24 },
      initialDelay: { hours: 24 },
      timeout: { minutes: 1 },
    },
  },
};

interface List {
  path: string;
  query: string;
}

const CATALOG: List = {
  path: '/catalog/entities/by-query',
  query: 'filter=kind%3Dcomponent&orderField=metadata.name%2Casc',
};

/** As pages of the portal ask for them, by people with many rows. */
const OVER_HTTP: Record<string, List & { person: string }> = {
  products: { person: 'few', path: '/products', query: '' },
  requests: {
    person: 'platform',
    path: '/access-requests',
    query: 'as=approver',
  },
  subscriptions: {
    person: 'platform',
    path: '/subscriptions',
    query: 'as=owner',
  },
  history: { person: 'platform', path: '/history', query: '' },
};

type Call = (lists: SizeLists) => Promise<unknown>;

const CALLS: Record<string, Call> = {
  'products · requester of few': l => l.products('few'),
  'products · by title': l => l.products('few', { orderBy: 'title' }),
  'products · latest first': l => l.products('few', { orderBy: 'updatedAt' }),
  'products · search': l => l.products('few', { q: 'service' }),
  'products · search of few': l => l.products('few', { q: 'part 77' }),
  'products · owner of many': l => l.products('ownerOfMany'),
  'products · platform owner': l => l.products('platformOwner'),
  'requests · requester of few': l => l.requests('few'),
  'requests · of a large group': l => l.requests('consumer'),
  'requests · owner of few': l => l.requests('owner', { as: 'approver' }),
  'requests · owner of many': l =>
    l.requests('ownerOfMany', { as: 'approver' }),
  'requests · approver of many': l =>
    l.requests('approver', { as: 'approver' }),
  'requests · queue of many': l =>
    l.requests('ownerOfMany', { as: 'approver', status: ['pending'] }),
  'requests · platform owner': l =>
    l.requests('platformOwner', { as: 'approver' }),
  'requests · queue of all': l =>
    l.requests('platformOwner', { as: 'approver', status: ['pending'] }),
  'subscriptions · requester of few': l => l.subscriptions('few'),
  'subscriptions · of a large group': l => l.subscriptions('consumer'),
  'subscriptions · owner of few': l =>
    l.subscriptions('owner', { as: 'owner' }),
  'subscriptions · owner of many': l =>
    l.subscriptions('ownerOfMany', { as: 'owner' }),
  'subscriptions · platform owner': l =>
    l.subscriptions('platformOwner', { as: 'owner' }),
  'subscriptions · failed ones': l =>
    l.subscriptions('platformOwner', { as: 'owner', status: ['failed'] }),
  'history · requester of few': l => l.history('few'),
  'history · of a large group': l => l.history('consumer'),
  'history · owner of few': l => l.history('owner'),
  'history · owner of many': l => l.history('ownerOfMany'),
  'history · platform owner': l => l.history('platformOwner'),
  'history · first days': l =>
    l.history('platformOwner', { to: '2024-01-03T00:00:00Z' }),
};

async function seeded(knex: Knex, part: number): Promise<SizeLists> {
  await migrate(knex);
  await seedAtSize(knex, partOf(FULL, part));
  return sizeLists(knex);
}

interface Grown {
  what: string;
  ratio: number;
  parts: string;
}

async function grown(
  what: string,
  call: Call,
  small: SizeLists,
  full: SizeLists,
): Promise<Grown> {
  for (let i = 0; i < WARMING_UP; i++) {
    await call(small);
    await call(full);
  }
  const rounds: { small: number; full: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const measured = { small: [] as number[], full: [] as number[] };
    for (let i = 0; i < MEASURED; i++) {
      measured.small.push(await timed(() => call(small)));
      measured.full.push(await timed(() => call(full)));
    }
    rounds.push({
      small: quantile(measured.small, 0.95),
      full: quantile(measured.full, 0.95),
    });
  }
  const [a, b] = (['small', 'full'] as const).map(size =>
    median(rounds.map(round => round[size])),
  );
  return {
    what,
    ratio: median(rounds.map(round => round.full / round.small)),
    parts: `${ms(b)} ÷ ${ms(a)}`,
  };
}

async function measureGrowth(
  database: string,
  small: SizeLists,
  full: SizeLists,
): Promise<void> {
  const all: Grown[] = [];
  for (const [what, call] of Object.entries(CALLS)) {
    const one = await grown(what, call, small, full);
    all.push(one);
    say(
      `    ${one.what.padEnd(34)} ${one.ratio.toFixed(2).padStart(7)}   ${
        one.parts
      }`,
    );
  }
  for (const list of LISTS) {
    const ofList = all.filter(({ what }) => what.startsWith(list));
    const ratios = ofList.map(({ ratio }) => ratio);
    const worst = ofList.find(({ ratio }) => ratio === Math.max(...ratios));
    report({
      name: `${list}: p95 at full size ÷ at a hundredth, the worst`,
      database,
      goal: { atMost: 1.3 },
      value: Math.max(...ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      parts: `${worst?.what}: ${worst?.parts}; the spread is that of ${ofList.length} people and filters`,
    });
  }
}

const pageSchema = z.object({
  items: z.array(z.unknown()),
  pageInfo: z.object({ nextCursor: z.string().optional() }),
});

interface Pages {
  first: string;
  /** A page far from the first. */
  deep: string;
}

/** @param path - of a list, with what it is asked for */
async function pagesOf(
  backend: BenchBackend,
  person: string,
  { path, query }: List,
): Promise<Pages> {
  const first = `${path}?limit=${PAGE}&${query}`;
  let deep = first;
  for (let page = 1; page < DEEP; page++) {
    const { items, pageInfo } = pageSchema.parse(
      await backend.ask(person, 'GET', deep),
    );
    if (items.length < PAGE || pageInfo.nextCursor === undefined) {
      throw new Error(`${path} has ${page} pages only`);
    }
    const cursor = encodeURIComponent(pageInfo.nextCursor);
    // The catalog's cursors have the filter inside and let nobody say it again.
    deep = `${path}?limit=${PAGE}&cursor=${cursor}${
      path === CATALOG.path ? '' : `&${query}`
    }`;
  }
  return { first, deep };
}

async function pagesASecond(
  backend: BenchBackend,
  person: string,
  path: string,
): Promise<number> {
  const taken = await timed(() =>
    atOnce(READERS, times(PAGES), () => backend.ask(person, 'GET', path)),
  );
  return (PAGES * 1_000) / taken;
}

async function statementsOf(
  backend: BenchBackend,
  person: string,
  path: string,
): Promise<number> {
  const before = await backend.usage();
  for (let i = 0; i < PAGES; i++) {
    await backend.ask(person, 'GET', path);
  }
  const after = await backend.usage();
  // What the queue asks meanwhile is less than one for each page.
  return Math.floor((after.statements - before.statements) / PAGES);
}

/** Both read in turn; the ratio of each turn. */
async function measureAgainstCatalog(
  database: string,
  backend: BenchBackend,
): Promise<void> {
  for (const [what, { person, path, query }] of Object.entries(OVER_HTTP)) {
    const theirs = await pagesOf(backend, person, CATALOG);
    const ours = await pagesOf(backend, person, {
      path: `/api-products${path}`,
      query,
    });
    for (const which of ['first', 'deep'] as const) {
      const rounds = { ours: [] as number[], theirs: [] as number[] };
      for (let round = -1; round < ROUNDS; round++) {
        const a = await pagesASecond(backend, person, ours[which]);
        const b = await pagesASecond(backend, person, theirs[which]);
        if (round >= 0) {
          rounds.ours.push(a);
          rounds.theirs.push(b);
        }
      }
      report({
        name: `${what}, ${which} page: req/s ÷ the catalog's`,
        database,
        goal: { atLeast: 1.5 },
        ...ofRounds(rounds.ours.map((count, i) => count / rounds.theirs[i])),
        parts: `${median(rounds.ours).toFixed(0)}/s ÷ ${median(
          rounds.theirs,
        ).toFixed(0)}/s, ${READERS} readers`,
      });
    }
    report({
      name: `${what}: SQL statements of a page`,
      database,
      goal: { atMost: 6 },
      value: await statementsOf(backend, person, ours.first),
      parts: 'the first page, whatever is on it',
    });
  }
}

async function measure(full: BackendDatabase, small: BenchDatabase) {
  say(
    `  ${FULL.products} products, ${FULL.requests} requests, ${FULL.history} lines of history`,
  );
  const knex = await full.connectFirst();
  try {
    const atSmall = await seeded(small.knex, PART);
    const atFull = await seeded(knex, 1);
    await measureGrowth(full.name, atSmall, atFull);
  } finally {
    await knex.destroy();
  }
  const backend = await BenchBackend.start(
    { database: full.config, providers: {}, apiProducts: OWNERS_AND_NO_GIT },
    { components: FULL.products },
  );
  try {
    await measureAgainstCatalog(full.name, backend);
  } finally {
    await backend.stop();
  }
}

async function main() {
  const smalls = await benchDatabases();
  say('\nPages of lists');
  try {
    await onEachDatabase(async full => {
      const small = smalls.find(({ name }) => name === full.name);
      if (small) {
        await measure(full, small);
      }
    });
  } finally {
    // All of them: one that is left open would keep this process.
    await Promise.all(smalls.map(database => database.remove()));
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
