/**
 * Synchronising 5 000 policies of which none has changed, against what cannot be avoided: downloading and parsing the
 * list of policies. Both are measured in turn, over the same HTTP, at the same Tyk, after the same warming up.
 */
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
import {
  benchDatabases,
  sayWhatIsMissing,
  type BenchDatabase,
} from './databases';
import { median, ms, ofRounds, report, timed } from './figures';
import { SandboxProcess } from './SandboxProcess';

const POLICIES = 5_000;
const WARMING_UP = 3;
const ROUNDS = 5;
const MEASURED = 5 * ROUNDS;
const ID = 'bench';

/** With those that the driver has put there for itself. */
const policies = z.array(z.unknown()).min(POLICIES);

async function download({ url, secret }: SandboxProcess): Promise<unknown> {
  const response = await fetch(`${url}/tyk/policies`, {
    headers: { 'x-tyk-authorization': secret },
  });
  return response.json();
}

/** The connection of the last time may just have been closed for having been idle. */
async function timedDownload(tyk: SandboxProcess): Promise<number> {
  try {
    return await timed(() => download(tyk));
  } catch {
    return timed(() => download(tyk));
  }
}

function synchronisationOf(tyk: SandboxProcess, { knex }: BenchDatabase) {
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

/** Medians of a few in a row. */
const inRounds = (numbers: number[]): number[] =>
  Array.from({ length: ROUNDS }, (_, round) =>
    median(
      numbers.slice(
        (round * numbers.length) / ROUNDS,
        ((round + 1) * numbers.length) / ROUNDS,
      ),
    ),
  );

async function measure(tyk: SandboxProcess, database: BenchDatabase) {
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
  const ratios = syncs.map((sync, i) => sync / downloads[i]);
  report({
    name: `synchronising ${POLICIES} unchanged policies`,
    database: database.name,
    goal: { atMost: 1.5 },
    ...ofRounds(inRounds(ratios)),
    parts: `${ms(median(syncs))} ÷ ${ms(
      median(downloads),
    )} to download and parse the list; first one ${ms(
      first,
    )}; heap ${heapBefore.toFixed(0)} → ${heapInMegabytes().toFixed(0)} MB`,
  });
  report({
    name: 'rows written by a synchronisation',
    database: database.name,
    goal: { atMost: 0 },
    value: writes,
    parts: `in ${MEASURED}, besides those of the runs themselves`,
  });
}

async function main() {
  const tyk = await SandboxProcess.start(POLICIES);
  const databases = await benchDatabases();
  try {
    for (const database of databases) {
      await measure(tyk, database);
    }
  } finally {
    // All of them: one that is left open would keep this process.
    await Promise.all(databases.map(database => database.remove()));
    tyk.stop();
  }
  sayWhatIsMissing();
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
