/** Synchronisations of a backend: what begins them, and what ends them. */
import type {
  LifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Id } from 'backstage-plugin-api-products-common';
import type { ProviderRegistry } from '../../registry/ProviderRegistry';
import type { ProviderSettings } from '../../registry/settings';
import { Synchronisation, type CountedRun } from './Synchronisation';
import type { SynchronisationDeps } from './runSynchronisation';

/** How often runs are looked for that nobody does any more. */
const RECOVERY = {
  frequency: { minutes: 1 },
  timeout: { minutes: 1 },
  initialDelay: { minutes: 1 },
};

interface CreateSynchronisationOptions extends SynchronisationDeps {
  registry: ProviderRegistry;
  settings: ReadonlyMap<Id, ProviderSettings>;
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  onChange(): void;
  onRun(run: CountedRun): void;
}

/**
 * @returns besides the synchronisation, what is to be called when Git was read for the first time: only then does the
 *   portal know its own, and does not take for somebody else's what it has put at a provider in an earlier life
 */
export async function createSynchronisation(
  options: CreateSynchronisationOptions,
): Promise<{ synchronisation: Synchronisation; firstIngestion(): void }> {
  const { registry, settings, scheduler, lifecycle, logger } = options;
  const synchronisation = Synchronisation.create({
    ...options,
    settingsOf(id) {
      const found = settings.get(id);
      if (!found) {
        throw new Error(`The configuration of provider ${id} was not read`);
      }
      return found;
    },
  });
  lifecycle.addShutdownHook(() => synchronisation.stop());
  for (const { id: provider } of registry.all()) {
    const own = settings.get(provider)?.synchronisation;
    if (own?.enabled) {
      await scheduler.scheduleTask({
        id: `api-products-synchronisation-${provider}`,
        ...own.schedule,
        fn: signal =>
          synchronisation.run({ provider, trigger: 'schedule' }, signal),
      });
    } else {
      logger.info(
        `Provider ${provider} is synchronised on demand only, as configured`,
      );
    }
  }
  await scheduler.scheduleTask({
    id: 'api-products-synchronisation-recovery',
    ...RECOVERY,
    fn: () => synchronisation.recover(),
  });
  let begun = false;
  return {
    synchronisation,
    firstIngestion() {
      if (!begun) {
        begun = true;
        synchronisation.start();
      }
    },
  };
}
