/** Four backends on one PostgreSQL, one of them with a clock that is an hour off. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseClock, type BackendClock } from '../lib/DatabaseClock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { waitFor } from '../testing/waitFor';
import { enqueueMissing } from './JobQueue';
import { laneOf, OWN_LANE } from './lanes';
import { Worker } from './Worker';

jest.setTimeout(120_000);

const JOBS = 500;
const HOUR = 60 * 60_000;
const AWAY = laneOf('away');
const databases = testDatabases();
const logger = mockServices.logger.mock();

describe.each(databases.eachSupportedId())('500 jobs, %p', databaseId => {
  const isAlone = databaseId === 'SQLITE_3';

  /** One alone on SQLite; four on PostgreSQL. */
  const startClocks = async (
    knex: Knex,
    off: number,
  ): Promise<BackendClock[]> =>
    isAlone
      ? [{ now: () => Date.now() + off }]
      : Promise.all(
          [0, 0, 0, off].map(ahead =>
            DatabaseClock.start({
              knex,
              logger,
              local: { now: () => Date.now() + ahead },
            }),
          ),
        );

  it.each([HOUR, -HOUR])(
    'are each done once and none is held back, with one clock %d ms off',
    async off => {
      const knex = await migratedDatabase(databases, databaseId);
      const clocks = await startClocks(knex, off);
      const runs = new Map<string, number>();
      const doneBy = new Set<number>();
      // Those that the one with the wrong clock has written are due like those of the others.
      for (const [index, clock] of clocks.entries()) {
        await knex.transaction(tx =>
          enqueueMissing(
            tx,
            clock,
            Array.from({ length: JOBS / clocks.length }, (_, i) => ({
              kind: 'notify' as const,
              subject: `job:${index}-${i}`,
              lane: i % 2 ? OWN_LANE : AWAY,
              orderKey: i % 5 ? undefined : `key:${i % 25}`,
            })),
          ),
        );
      }
      const workers = clocks.map((clock, index) =>
        Worker.create({
          knex,
          clock,
          logger,
          handlers: {
            notify: {
              async run({ subject }) {
                runs.set(subject, (runs.get(subject) ?? 0) + 1);
                doneBy.add(index);
                await new Promise(resolve => setTimeout(resolve, 20));
                return { kind: 'done' };
              },
            },
          },
          lanes: new Map([
            [OWN_LANE, 4],
            [AWAY, 4],
          ]),
          leaseMs: 20_000,
          pollMs: 1_000,
        }),
      );
      await Promise.all(workers.map(worker => worker.start()));
      await waitFor(
        async () => (await knex('jobs').first('id')) === undefined,
        'no job is left',
      );
      await Promise.all(workers.map(worker => worker.stop()));
      clocks.forEach(clock => clock.stop?.());
      expect(runs.size).toBe(JOBS);
      expect([...runs.values()].filter(count => count !== 1)).toEqual([]);
      expect([...doneBy].sort()).toEqual(clocks.map((_, index) => index));
    },
  );
});
