/** Deletes what is over when it is old enough. The history is kept. */
import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { toIso, type Clock } from './lib/clock';
import { readDuration } from './lib/configValues';
import { deleteFailedJobs } from './jobs/retention';
import { deleteEndedItems } from './providers/drift/retention';
import { deleteOldResets } from './provisioning/quota/retention';

const ROOT = 'apiProducts.retention';
const DAY_MS = 24 * 60 * 60_000;

/** How long what is over is kept, in milliseconds. */
export interface Retention {
  failedJobs: number;
  driftItems: number;
  quotaResets: number;
}

/** @throws InputError naming the key */
export function readRetention(config: RootConfigService): Retention {
  const days = (name: keyof Retention, fallback: number) =>
    readDuration(config, `${ROOT}.${name}`, {
      fallback: fallback * DAY_MS,
      atLeast: 60_000,
    });
  return {
    failedJobs: days('failedJobs', 30),
    driftItems: days('driftItems', 90),
    quotaResets: days('quotaResets', 90),
  };
}

interface RetentionDeps {
  db: Knex;
  clock: Clock;
  logger: LoggerService;
  retention: Retention;
}

/** Any number of backends may do this at the same time. */
export async function deleteWhatIsOver({
  db,
  clock,
  logger,
  retention,
}: RetentionDeps): Promise<void> {
  const before = (age: number) => toIso(clock.now() - age);
  const deleted = {
    'failed jobs': await deleteFailedJobs(db, before(retention.failedJobs)),
    'ended differences': await deleteEndedItems(
      db,
      before(retention.driftItems),
    ),
    'quota resets': await deleteOldResets(
      db,
      clock,
      before(retention.quotaResets),
    ),
  };
  const told = Object.entries(deleted).filter(([, count]) => count > 0);
  if (told.length > 0) {
    const what = told.map(([name, count]) => `${count} ${name}`).join(', ');
    logger.info(`Deleted for their age: ${what}`);
  }
}

/** Once an hour, in one of the backends. */
export async function scheduleRetention(
  deps: RetentionDeps & { scheduler: SchedulerService },
): Promise<void> {
  await deps.scheduler.scheduleTask({
    id: 'api-products-retention',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { minutes: 10 },
    fn: () => deleteWhatIsOver(deps),
  });
}
