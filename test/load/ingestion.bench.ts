/**
 * Reading 10 000 products from Git of which none has changed, against what cannot be avoided where nothing is known of
 * them: asking the catalog for all of them and parsing the answers. With it, what a change of one product costs, and of
 * a hundred.
 */
import { performance } from 'node:perf_hooks';
import { mockServices } from '@backstage/backend-test-utils';
// What is measured is this room of the backend by itself; the backend exports nothing but its plugin.
import { readConfig } from '../../plugins/api-products-backend/src/config';
import { Memberships } from '../../plugins/api-products-backend/src/identity/Memberships';
import { Roles } from '../../plugins/api-products-backend/src/identity/Roles';
import { systemClock } from '../../plugins/api-products-backend/src/lib/clock';
import { Ingestion } from '../../plugins/api-products-backend/src/records/ingestion/Ingestion';
import type { IngestionResult } from '../../plugins/api-products-backend/src/records/ingestion/writeDrafts';
import { ProviderApis } from '../../plugins/api-products-backend/src/records/ProviderApis';
import {
  benchDatabases,
  sayWhatIsMissing,
  type BenchDatabase,
} from './databases';
import { median, ms, report, say } from './figures';
import { gitCatalog, type GitCatalog } from './gitCatalog';
import { fillProducts } from './gitRows';

const PRODUCTS = 10_000;
/** Of these, which are read for the first time. */
const NEW = 500;
const PROVIDER = 'bench';
const MEASURED = 5;
const PAGE = 500;

/** Of this process, which is what the catalog's answers cost too. */
const processorMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

interface Cost {
  processor: number;
  time: number;
  statements: number;
  writes: number;
  kilobytes: number;
  calls: number;
  /** At the most, while it ran. */
  megabytes: number;
}

function ingestionOf({ service }: GitCatalog, { knex }: BenchDatabase) {
  const logger = mockServices.rootLogger({ level: 'error' });
  const auth = mockServices.auth();
  const memberships = Memberships.create({ auth, catalog: service });
  return Ingestion.create({
    db: knex,
    clock: systemClock,
    logger,
    auth,
    catalog: service,
    providerApis: ProviderApis.create({
      db: knex,
      clock: systemClock,
      logger,
      providers: { find: () => undefined },
    }),
    providerIds: [PROVIDER],
    memberships,
    roles: Roles.create({
      memberships,
      platformOwners: ['group:default/platform-owners'],
      planAuthors: [],
    }),
    maxDropPercent: 25,
  });
}

/** Everything, whole, as it had to be asked for every time. */
async function downloadAll({ service }: GitCatalog): Promise<void> {
  const credentials = await mockServices.auth().getOwnServiceCredentials();
  let cursor: string | undefined;
  do {
    const page = await service.queryEntities(
      cursor === undefined
        ? {
            filter: { kind: ['apiproduct', 'apiplan', 'apicatalogue'] },
            limit: PAGE,
          }
        : { cursor, limit: PAGE },
      { credentials },
    );
    cursor = page.pageInfo.nextCursor;
  } while (cursor !== undefined);
}

async function measure(database: BenchDatabase) {
  const { knex } = database;
  await fillProducts(knex, {
    count: PRODUCTS - NEW,
    origin: 'catalog',
    provider: PROVIDER,
  });
  const catalog = gitCatalog(PRODUCTS, { provider: PROVIDER });
  const ingestion = ingestionOf(catalog, database);
  const counted = { statements: 0, writes: 0 };
  knex.on('query', ({ sql }: { sql: string }) => {
    counted.statements++;
    if (/^(insert|update|delete)/i.test(sql)) {
      counted.writes++;
    }
  });

  const costOf = async (action: () => Promise<unknown>): Promise<Cost> => {
    catalog.asked();
    Object.assign(counted, { statements: 0, writes: 0 });
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    }, 5);
    const begun = performance.now();
    const used = process.cpuUsage();
    await action();
    const processor = processorMs(used);
    const time = performance.now() - begun;
    clearInterval(watch);
    most = Math.max(most, process.memoryUsage().heapUsed);
    const { bytes, calls } = catalog.asked();
    return {
      processor,
      time,
      ...counted,
      kilobytes: bytes / 1000,
      calls,
      megabytes: (most - before) / 1_000_000,
    };
  };
  const run = async (wanted: Partial<IngestionResult>): Promise<Cost> => {
    let result: IngestionResult | undefined;
    const cost = await costOf(async () => {
      result = await ingestion.ingestOnce();
    });
    for (const [outcome, count] of Object.entries(wanted)) {
      if (!result || Reflect.get(result, outcome) !== count) {
        throw new Error(
          `${outcome} is not ${count}: ${JSON.stringify(result)}`,
        );
      }
    }
    return cost;
  };
  const times = async (once: () => Promise<Cost>): Promise<Cost> => {
    const costs: Cost[] = [];
    for (let i = 0; i < MEASURED; i++) {
      costs.push(await once());
    }
    const middle = (of: keyof Cost) => median(costs.map(cost => cost[of]));
    return {
      processor: middle('processor'),
      time: middle('time'),
      statements: middle('statements'),
      writes: middle('writes'),
      kilobytes: middle('kilobytes'),
      calls: middle('calls'),
      megabytes: Math.max(...costs.map(cost => cost.megabytes)),
    };
  };

  const first = await run({ created: NEW + 21, unchanged: PRODUCTS - NEW });
  await run({ unchanged: PRODUCTS + 21 });
  const unchanged = () => run({ unchanged: PRODUCTS + 21 });
  const rows = {
    'ask for all and parse': await times(() =>
      costOf(() => downloadAll(catalog)),
    ),
    [`the first, ${NEW} are new`]: first,
    'nothing has changed': await times(unchanged),
    'one product has changed': await times(() => {
      catalog.change(1);
      return run({ updated: 1, unchanged: PRODUCTS + 20 });
    }),
    'a hundred have changed': await times(() => {
      catalog.change(100);
      return run({ updated: 100, unchanged: PRODUCTS - 79 });
    }),
  };
  return { database: database.name, rows };
}

const { frequency } = readConfig(mockServices.rootConfig()).ingestion.schedule;
const every =
  'minutes' in frequency ? Number(frequency.minutes) * 60 : undefined;

function print(database: string, rows: Record<string, Cost>): void {
  say(`\n${database}`);
  say(
    `  ${''.padEnd(
      26,
    )} processor    time  statements  writes       kB  calls  memory`,
  );
  for (const [what, cost] of Object.entries(rows)) {
    const { processor, time, statements, writes, kilobytes, calls } = cost;
    say(
      `  ${what.padEnd(26)} ${processor.toFixed(0).padStart(6)} ms ${time
        .toFixed(0)
        .padStart(6)} ms ${String(statements).padStart(9)} ${String(
        writes,
      ).padStart(7)} ${kilobytes.toFixed(0).padStart(8)} ${String(
        calls,
      ).padStart(6)} ${cost.megabytes.toFixed(0).padStart(4)} MB`,
    );
  }
  const rest = rows['nothing has changed'];
  const all = rows['ask for all and parse'];
  report({
    name: `reading ${PRODUCTS} unchanged products: bytes`,
    database,
    goal: { atMost: 0.1 },
    value: rest.kilobytes / all.kilobytes,
    parts: `${rest.kilobytes.toFixed(0)} ÷ ${all.kilobytes.toFixed(
      0,
    )} kB to ask for all; processor ${ms(rest.processor)} ÷ ${ms(
      all.processor,
    )}`,
  });
  if (every !== undefined) {
    report({
      name: `reading ${PRODUCTS} unchanged products: cores`,
      database,
      goal: { atMost: 0.02 },
      value: rest.processor / every / 1000,
      parts: `${ms(rest.processor)} every ${every} s, ${(
        (rest.statements * 60) /
        every
      ).toFixed(0)} statements a minute`,
    });
  }
}

async function main() {
  const databases = await benchDatabases();
  process.stdout.write(
    `\nReading ${PRODUCTS} products from Git (median of ${MEASURED}; memory: the most)\n`,
  );
  try {
    for (const database of databases) {
      const { database: name, rows } = await measure(database);
      print(name, rows);
    }
  } finally {
    // All of them: one that is left open would keep this process.
    await Promise.all(databases.map(database => database.remove()));
  }
  sayWhatIsMissing();
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
