/**
 * Bringing 10 000 products of the portal into the catalog where none has changed, against reading and giving all of them,
 * which is what every run did once and what the first one of a backend does.
 */
import { performance } from 'node:perf_hooks';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// What is measured are these rooms by themselves; the packages export nothing but their plugins.
import type { Identified } from '../../plugins/api-products-backend/src/identity/Caller';
import { Catalogue } from '../../plugins/api-products-backend/src/records/Catalogue';
import { CatalogRecords } from '../../plugins/api-products-backend/src/records/CatalogRecords';
import {
  catalogRecordList,
  product,
  productPage,
} from '../../plugins/catalog-backend-module-api-products/src/provider/answers';
import { ApiProductsEntityProvider } from '../../plugins/catalog-backend-module-api-products/src/provider/ApiProductsEntityProvider';
import type {
  ApiProductsRecords,
  ProductRecord,
} from '../../plugins/catalog-backend-module-api-products/src/provider/records';
import {
  benchDatabases,
  sayWhatIsMissing,
  type BenchDatabase,
} from './databases';
import { ms, report, say } from './figures';
import { fillProducts } from './gitRows';

const PRODUCTS = 10_000;
const MEASURED = 5;
const PAGE = 100;

const withRefs = (record: ReturnType<typeof product>): ProductRecord => {
  if (!record.refs) {
    throw new Error('The references are missing');
  }
  return { ...record, refs: record.refs };
};

/** The backend's answers as texts that are parsed and checked, without the network between. */
async function recordsOf({ knex }: BenchDatabase) {
  const catalogue = Catalogue.create({ db: knex });
  const versions = CatalogRecords.create({ db: knex });
  const who: Identified = {
    caller: { kind: 'service', subject: 'catalog' },
    credentials: await mockServices.auth().getOwnServiceCredentials(),
  };
  let bytes = 0;
  let calls = 0;
  const sent = (answer: unknown): unknown => {
    const text = JSON.stringify(answer);
    bytes += text.length;
    calls++;
    return JSON.parse(text);
  };
  const records: ApiProductsRecords = {
    async read() {
      const products: ProductRecord[] = [];
      let cursor: string | undefined;
      do {
        const page = productPage(
          sent(
            await catalogue.listProducts(who, {
              origin: ['portal', 'provider'],
              limit: PAGE,
              cursor,
            }),
          ),
        );
        products.push(...page.items.map(withRefs));
        cursor = page.pageInfo.nextCursor;
      } while (cursor !== undefined);
      return { products, plans: [], catalogues: [] };
    },
    async readSome(refs) {
      const products: ProductRecord[] = [];
      for (const ref of refs) {
        products.push(
          withRefs(product(sent(await catalogue.getProduct(who, ref)))),
        );
      }
      return { products, plans: [], catalogues: [] };
    },
    versions: async known =>
      catalogRecordList(sent(await versions.list(who, known))),
    settle: async refs => refs,
    baseUrl: async () => 'https://portal.example.com/api/api-products',
  };
  return {
    records,
    asked() {
      const since = { bytes, calls };
      bytes = 0;
      calls = 0;
      return since;
    },
  };
}

interface Cost {
  processor: number;
  time: number;
  statements: number;
  kilobytes: number;
  calls: number;
  entities: number;
  megabytes: number;
}

const median = (costs: Cost[], of: keyof Cost): number =>
  costs.map(cost => cost[of]).sort((a, b) => a - b)[
    Math.floor(costs.length / 2)
  ];

async function measure(database: BenchDatabase) {
  const { knex } = database;
  await fillProducts(knex, {
    count: PRODUCTS,
    origin: 'portal',
    provider: 'bench',
  });
  const { records, asked } = await recordsOf(database);
  let statements = 0;
  knex.on('query', () => {
    statements++;
  });
  let given = 0;
  const start = async () => {
    let run: ((signal: AbortSignal) => unknown) | undefined;
    await ApiProductsEntityProvider.create({
      records,
      catalog: catalogServiceMock(),
      auth: mockServices.auth(),
      logger: mockServices.rootLogger({ level: 'error' }),
      taskRunner: {
        async run({ fn }) {
          run = fn;
        },
      },
      maxRemovalPercentage: 25,
    }).connect({
      async applyMutation(mutation) {
        given +=
          mutation.type === 'full'
            ? mutation.entities.length
            : mutation.added.length;
      },
      async refresh() {},
    });
    return async () => {
      await run?.(new AbortController().signal);
    };
  };
  const costOf = async (action: () => Promise<void>): Promise<Cost> => {
    asked();
    statements = 0;
    given = 0;
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    }, 5);
    const begun = performance.now();
    const used = process.cpuUsage();
    await action();
    const { user, system } = process.cpuUsage(used);
    const time = performance.now() - begun;
    clearInterval(watch);
    const { bytes, calls } = asked();
    return {
      processor: (user + system) / 1000,
      time,
      statements,
      kilobytes: bytes / 1000,
      calls,
      entities: given,
      megabytes:
        (Math.max(most, process.memoryUsage().heapUsed) - before) / 1e6,
    };
  };
  const times = async (
    expected: number,
    once: () => Promise<Cost>,
  ): Promise<Cost> => {
    const costs: Cost[] = [];
    for (let i = 0; i < MEASURED; i++) {
      const cost = await once();
      if (cost.entities !== expected) {
        throw new Error(`${cost.entities} entities and not ${expected}`);
      }
      costs.push(cost);
    }
    return {
      processor: median(costs, 'processor'),
      time: median(costs, 'time'),
      statements: median(costs, 'statements'),
      kilobytes: median(costs, 'kilobytes'),
      calls: median(costs, 'calls'),
      entities: expected,
      megabytes: Math.max(...costs.map(cost => cost.megabytes)),
    };
  };
  const all = await times(PRODUCTS, async () => costOf(await start()));
  const run = await start();
  await run();
  const same = await times(0, () => costOf(run));
  const one = await times(1, async () => {
    await knex('products')
      .where({ name: 'product-7' })
      .update({ revision: knex.raw('revision + 1') });
    return costOf(run);
  });
  return {
    database: database.name,
    rows: {
      'all are read and given': all,
      'nothing has changed': same,
      'one product has changed': one,
    },
  };
}

async function main() {
  const databases = await benchDatabases();
  say(
    `\nBringing ${PRODUCTS} products of the portal into the catalog (median of ${MEASURED}; memory: the most)`,
  );
  try {
    for (const database of databases) {
      const { database: name, rows } = await measure(database);
      say(`\n${name}`);
      say(
        `  ${''.padEnd(
          26,
        )} processor    time  statements       kB  calls  entities  memory`,
      );
      for (const [what, cost] of Object.entries(rows)) {
        const number = (value: number, width: number) =>
          value.toFixed(0).padStart(width);
        say(
          `  ${what.padEnd(26)} ${number(cost.processor, 6)} ms ${number(
            cost.time,
            5,
          )} ms ${number(cost.statements, 9)} ${number(
            cost.kilobytes,
            8,
          )} ${number(cost.calls, 6)} ${number(cost.entities, 9)} ${number(
            cost.megabytes,
            4,
          )} MB`,
        );
      }
      const same = rows['nothing has changed'];
      const all = rows['all are read and given'];
      report({
        name: `bringing ${PRODUCTS} unchanged products into the catalog: processor`,
        database: name,
        goal: { atMost: 0.1 },
        value: same.processor / all.processor,
        parts: `${ms(same.processor)} ÷ ${ms(
          all.processor,
        )} to read and give all; every minute ${same.statements} statements`,
      });
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
