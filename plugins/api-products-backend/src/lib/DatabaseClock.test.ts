import { mockServices } from '@backstage/backend-test-utils';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { DatabaseClock, startClock } from './DatabaseClock';
import { systemClock } from './clock';

jest.setTimeout(60_000);

const HOUR = 60 * 60_000;
const databases = testDatabases();
const logger = mockServices.logger.mock();

if (databases.supports('POSTGRES_15')) {
  describe('the time of the database', () => {
    it('is what backends agree on, whose own clocks are hours apart', async () => {
      const knex = await migratedDatabase(databases, 'POSTGRES_15');
      const clocks = await Promise.all(
        [-HOUR, 0, HOUR].map(off =>
          DatabaseClock.start({
            knex,
            logger,
            local: { now: () => Date.now() + off },
          }),
        ),
      );
      const times = clocks.map(clock => clock.now());
      clocks.forEach(clock => clock.stop());
      expect(Math.max(...times) - Math.min(...times)).toBeLessThan(2_000);
      expect(Math.abs(times[1] - Date.now())).toBeLessThan(2_000);
    });

    it('is read again, so that a clock that is set while it runs is set right', async () => {
      const knex = await migratedDatabase(databases, 'POSTGRES_15');
      let off = 0;
      const clock = await DatabaseClock.start({
        knex,
        logger,
        local: { now: () => Date.now() + off },
      });
      off = HOUR;
      await clock.compare();
      clock.stop();
      expect(Math.abs(clock.now() - Date.now())).toBeLessThan(2_000);
    });

    it('goes on where the clock of the machine is set', async () => {
      const knex = await migratedDatabase(databases, 'POSTGRES_15');
      const clock = await startClock({ knex, logger });
      const before = clock.now();
      const wrong = jest
        .spyOn(Date, 'now')
        .mockImplementation(() => before + HOUR);
      expect(clock.now() - before).toBeLessThan(2_000);
      wrong.mockRestore();
      clock.stop?.();
    });
  });
}

it('SQLite has the time of its machine', async () => {
  const knex = await migratedDatabase(databases, 'SQLITE_3');
  expect(await startClock({ knex, logger })).toBe(systemClock);
});
