/** When differences are looked for, and who does the work. */
import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Id } from 'backstage-plugin-api-products-common';
import type { JobHandler } from '../../jobs/JobHandler';
import type { JobKind } from '../../jobs/JobQueue';
import type { ProviderRegistry } from '../../registry/ProviderRegistry';
import type { ProviderSettings } from '../../registry/settings';
import { createCheckDriftHandler, type CheckDeps } from './checkDrift';
import type { Drift } from './Drift';
import { createRepairDriftHandler } from './repair/repairDrift';

/** Handles looking for differences and repairing them. */
export const driftHandlers = (deps: CheckDeps) =>
  ({
    'check-drift': createCheckDriftHandler(deps),
    'repair-drift': createRepairDriftHandler(deps),
  } satisfies Partial<Record<JobKind, JobHandler>>);

/** Looks for differences with every provider, each on its own schedule; the work itself is a job. */
export async function scheduleDrift(options: {
  drift: Drift;
  registry: ProviderRegistry;
  settings: ReadonlyMap<Id, ProviderSettings>;
  scheduler: SchedulerService;
}): Promise<void> {
  const { drift, registry, settings, scheduler } = options;
  for (const { id } of registry.all()) {
    const own = settings.get(id)?.drift;
    if (own) {
      await scheduler.scheduleTask({
        id: `api-products-drift-${id}`,
        ...own.schedule,
        fn: () => drift.lookSoon(id),
      });
    }
  }
}
