/**
 * Synchronising 5 000 policies of which none has changed, against what cannot be avoided: downloading and parsing the
 * list of policies. Both are measured in turn, over the same HTTP, at the same Tyk, after the same warming up.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createTykProviders } from 'backstage-plugin-api-products-backend-module-tyk';
import type { SyncRun } from 'backstage-plugin-api-products-common';
import { z } from 'zod';
// What is measured is this room of the backend by itself; the backend exports nothing but its plugin.
import { migrate } from '../../plugins/api-products-backend/src/lib/Database';
import { systemClock } from '../../plugins/api-products-backend/src/lib/clock';
import { ProviderRegistry } from '../../plugins/api-products-backend/src/registry/ProviderRegistry';
import { readProviderSettings } from '../../plugins/api-products-backend/src/registry/settings';
import { Synchronisation } from '../../plugins/api-products-backend/src/providers/import/Synchronisation';
import { benchDatabases, POSTGRES, type BenchDatabase } from './databases';

const POLICIES = 5_000;
const WARMING_UP = 3;
const MEASURED = 25;
const ID = 'bench';

const started = z.object({ url: z.string(), secret: z.string() });
type Tyk = z.infer<typeof started>;

async function startTyk(): Promise<Tyk & { child: ChildProcess }> {
  const child = fork(resolve(__dirname, 'sandbox.ts'), [String(POLICIES)], {
    execArgv: [
      '--no-node-snapshot',
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
  });
  const tyk = await new Promise<Tyk>((found, failed) => {
    // The transformation of the code says things on the same channel.
    child.on('message', said => {
      const { data } = started.safeParse(said);
      if (data) {
        found(data);
      }
    });
    child.once('exit', () => failed(new Error('The sandbox did not start')));
  });
  return { ...tyk, child };
}

const median = (times: number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

async function timed(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

const policies = z.array(z.unknown()).length(POLICIES);

async function download({ url, secret }: Tyk): Promise<unknown> {
  const response = await fetch(`${url}/tyk/policies`, {
    headers: { 'x-tyk-authorization': secret },
  });
  return response.json();
}

/** The connection of the last time may just have been closed for having been idle. */
async function timedDownload(tyk: Tyk): Promise<number> {
  try {
    return await timed(() => download(tyk));
  } catch {
    return timed(() => download(tyk));
  }
}

function synchronisationOf(tyk: Tyk, { knex }: BenchDatabase) {
  const config = mockServices.rootConfig({
    data: {
      apiProducts: {
        providers: {
          [ID]: {
            type: 'tyk-gateway',
            url: tyk.url,
            gatewayUrl: tyk.url,
            token: tyk.secret,
            organisation: 'default',
            tags: ['portal'],
          },
        },
      },
    },
  });
  const logger = mockServices.rootLogger({ level: 'error' });
  const registry = ProviderRegistry.create();
  for (const provider of createTykProviders({ config, logger })) {
    registry.addProvider(provider);
  }
  const settings = readProviderSettings(config, ID, ['group:default/owners']);
  return Synchronisation.create({
    db: knex,
    clock: systemClock,
    logger,
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [] }),
    registry,
    settingsOf: () => settings,
  });
}

function heapInMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_000_000;
}

async function measure(tyk: Tyk, database: BenchDatabase) {
  const { knex } = database;
  await migrate(knex);
  policies.parse(await download(tyk));
  const synchronisation = synchronisationOf(tyk, database);
  const run = async (): Promise<SyncRun> => {
    await synchronisation.run({ provider: ID, trigger: 'schedule' });
    const { items } = await synchronisation.runs.list(ID, { limit: 1 });
    return items[0];
  };
  const expectCounts = (
    what: string,
    { status, message, counts }: SyncRun,
    wanted: Partial<SyncRun['counts']>,
  ) => {
    for (const [outcome, count] of Object.entries(wanted)) {
      if (Reflect.get(counts, outcome) !== count) {
        throw new Error(
          `${what} ended ${status} (${message}): ${JSON.stringify(counts)}`,
        );
      }
    }
  };

  let last: SyncRun | undefined;
  const first = await timed(async () => {
    last = await run();
  });
  if (last) {
    expectCounts('The first synchronisation', last, { created: POLICIES });
  }
  const downloads: number[] = [];
  const syncs: number[] = [];
  let writes = 0;
  knex.on('query', ({ sql }: { sql: string }) => {
    if (/^(insert|update|delete)/.test(sql) && !sql.includes('sync_runs')) {
      writes++;
    }
  });
  let heapBefore = 0;
  for (let i = -WARMING_UP; i < MEASURED; i++) {
    if (i === 0) {
      heapBefore = heapInMegabytes();
    }
    const downloaded = await timedDownload(tyk);
    const synced = await timed(() =>
      synchronisation.run({ provider: ID, trigger: 'schedule' }),
    );
    const { items } = await synchronisation.runs.list(ID, { limit: 1 });
    expectCounts('A synchronisation', items[0], { unchanged: POLICIES });
    if (i >= 0) {
      downloads.push(downloaded);
      syncs.push(synced);
    }
  }
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  const list = median(downloads);
  const sync = median(syncs);
  return {
    database: database.name,
    'first synchronisation': ms(first),
    'download and parse the list': ms(list),
    'synchronise, nothing changed': ms(sync),
    ratio: (sync / list).toFixed(2),
    'rows written': writes,
    'heap before and after': `${heapBefore.toFixed(
      0,
    )} → ${heapInMegabytes().toFixed(0)} MB`,
  };
}

async function main() {
  const { child, ...tyk } = await startTyk();
  try {
    const table = [];
    const databases = await benchDatabases();
    try {
      for (const database of databases) {
        table.push(await measure(tyk, database));
      }
    } finally {
      // All of them: one that is left open would keep this process.
      await Promise.all(databases.map(database => database.remove()));
    }
    process.stdout.write(
      `\nSynchronising ${POLICIES} policies (median of ${MEASURED}; at most 1.5 is asked for; besides the run itself no row may be written)\n`,
    );
    for (const row of table) {
      process.stdout.write('\n');
      for (const [what, value] of Object.entries(row)) {
        process.stdout.write(`  ${what.padEnd(30)} ${value}\n`);
      }
    }
    if (!process.env[POSTGRES]) {
      process.stdout.write(
        `\n  PostgreSQL was not measured: ${POSTGRES} is not set\n`,
      );
    }
  } finally {
    child.disconnect();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
