/**
 * A portal in which nothing happens, with 10 000 products from Git: what it costs at the schedules that it has without
 * configuration, and whether its memory grows. For the second question an hour is run through in half a minute: all that
 * can be scheduled runs so much more often.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { waitFor } from '../integration/support/waitFor';
import { BenchBackend } from './BenchBackend';
import { onEachDatabase, type BackendDatabase } from './databases';
import { report, say } from './figures';
import { fillProducts } from './gitRows';
import { SandboxProcess } from './SandboxProcess';

const PRODUCTS = 10_000;
const WATCHED_MS = 60_000;
/** So many times faster than it is. */
const FASTER = 120;
const PATIENCE_MS = 300_000;
const HOUR_MS = 3_600_000;
/** Of the first run, until all of it is through. */
const SETTLING_MS = 3_000;
const KINDS_NAMED = 6;

const everyFaster = (minutes: number): JsonObject => ({
  frequency: { milliseconds: (minutes * 60_000) / FASTER },
  timeout: { minutes: 5 },
});

interface Schedules {
  apiProducts?: JsonObject;
  ofProviders?: JsonObject;
}

/** What runs by itself and can be scheduled; `docs/operations.md` says how often it does. */
const FAST: Schedules = {
  apiProducts: { ingestion: { schedule: everyFaster(1) } },
  ofProviders: {
    synchronisation: { schedule: everyFaster(10) },
    drift: { schedule: everyFaster(60) },
  },
};

async function fill(database: BackendDatabase): Promise<void> {
  const knex = await database.connectFirst();
  await fillProducts(knex, { count: PRODUCTS, origin: 'catalog' });
  await knex.destroy();
}

const INGESTION = 'api-products-ingestion';
const SCHEDULER = '/api-products/.backstage/scheduler/v1/tasks';

const tasksSchema = z.object({
  tasks: z.array(
    z.object({
      taskId: z.string(),
      taskState: z.object({ lastRunEndedAt: z.string().optional() }).nullable(),
    }),
  ),
});

/** When a run of ingestion has ended last. */
async function readAt(backend: BenchBackend): Promise<number> {
  const { tasks } = tasksSchema.parse(
    await backend.ask('paula', 'GET', SCHEDULER),
  );
  const task = tasks.find(({ taskId }) => taskId === INGESTION);
  return Date.parse(task?.taskState?.lastRunEndedAt ?? '') || 0;
}

/** Until ingestion has run to an end since then. */
const untilReadSince = (backend: BenchBackend, since: number) =>
  waitFor(
    'everything was read from Git',
    async () => (await readAt(backend)) > since,
    PATIENCE_MS,
  );

/** Does it with a backend that has read everything, and has read it again with what was found at its provider since. */
async function withBackend(
  database: BackendDatabase,
  quick: SandboxProcess,
  schedules: Schedules,
  action: (backend: BenchBackend) => Promise<void>,
): Promise<void> {
  // Databases keep whole seconds.
  const begun = Date.now() - 1_000;
  const backend = await BenchBackend.start(
    { database: database.config, providers: { quick }, ...schedules },
    { gitProducts: PRODUCTS },
  );
  try {
    await untilReadSince(backend, begun);
    await pause(SETTLING_MS);
    const again = await readAt(backend);
    // Refused where it runs just now; then it has seen it, or does so next.
    await backend.try('paula', 'POST', `${SCHEDULER}/${INGESTION}/trigger`);
    await untilReadSince(backend, again);
    await action(backend);
  } finally {
    await backend.stop();
  }
}

async function watched(backend: BenchBackend, milliseconds: number) {
  const before = await backend.usage();
  await pause(milliseconds);
  const after = await backend.usage();
  const difference = (
    of: 'statements' | 'ofScheduler' | 'processorMs',
  ): number => after[of] - before[of];
  const most = Object.entries(after.kinds)
    .map(([kind, count]) => ({
      kind,
      count: count - (before.kinds[kind] ?? 0),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, KINDS_NAMED)
    .map(({ kind, count }) => `${count} × ${kind}`)
    .join(', ');
  return { before, after, difference, most };
}

async function measure(database: BackendDatabase): Promise<void> {
  const { name } = database;
  const quick = await SandboxProcess.start();
  try {
    await fill(database);
    await withBackend(database, quick, {}, async backend => {
      const { after, difference, most } = await watched(backend, WATCHED_MS);
      const aMinute = (count: number) => (count * 60_000) / WATCHED_MS;
      const statements = aMinute(difference('statements'));
      const ofScheduler = aMinute(difference('ofScheduler'));
      report({
        name: `at rest, ${PRODUCTS} products from Git: statements a minute`,
        database: name,
        goal: { atMost: 20 },
        value: statements,
        parts: `${most}; besides, ${ofScheduler} of Backstage's scheduler`,
      });
      report({
        name: `at rest, ${PRODUCTS} products from Git: cores`,
        database: name,
        goal: { atMost: 0.02 },
        value: difference('processorMs') / WATCHED_MS,
        parts: `${after.residentMegabytes.toFixed(
          0,
        )} MB resident, the catalog of the benchmark in the same process`,
      });
    });
    await withBackend(database, quick, FAST, async backend => {
      const { before, after, difference } = await watched(
        backend,
        HOUR_MS / FASTER,
      );
      report({
        name: 'memory after an hour at rest ÷ before',
        database: name,
        goal: { atMost: 1.05 },
        value: after.heapMegabytes / before.heapMegabytes,
        parts: `${before.heapMegabytes.toFixed(
          1,
        )} → ${after.heapMegabytes.toFixed(
          1,
        )} MB; the hour ran in half a minute with ${difference(
          'statements',
        )} statements`,
      });
    });
  } finally {
    quick.stop();
  }
}

async function main() {
  say('\nA portal at rest');
  await onEachDatabase(measure);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
