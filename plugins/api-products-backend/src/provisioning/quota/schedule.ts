import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { MonthPass, type MonthPassOptions } from './MonthPass';

/** Looks whether a month has begun, in every backend: one that is away must not keep the others from it. */
export async function scheduleMonths(
  options: MonthPassOptions & {
    scheduler: SchedulerService;
    logger: LoggerService;
  },
): Promise<void> {
  const { scheduler, logger } = options;
  const pass = MonthPass.create(options);
  await scheduler.scheduleTask({
    id: 'api-products-month',
    scope: 'local',
    frequency: { seconds: 2 },
    timeout: { minutes: 10 },
    fn: async () => {
      try {
        await pass.run();
      } catch (error) {
        logger.warn(
          'Quotas of the new month could not be looked at; tried again soon',
          toError(error),
        );
      }
    },
  });
}
