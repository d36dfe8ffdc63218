/**
 * What the portal itself wants to know of a provider: who owns what is imported, and how often and how boldly the two
 * are compared. How the provider is reached is read by the module that speaks with it, from the same section.
 */
import type {
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import { readRef } from '../lib/refs';
import { readPercent, readSchedule } from '../lib/configValues';

export interface ProviderSettings {
  /** Owns what is imported; absent where neither it nor a platform owner is configured. */
  defaultOwner?: EntityRef;
  synchronisation: {
    /** False: only on demand. */
    enabled: boolean;
    schedule: SchedulerServiceTaskScheduleDefinition;
    /** Percent of the imported records that may be gone at once; more is held back. */
    maxDropPercent: number;
  };
  drift: {
    schedule: SchedulerServiceTaskScheduleDefinition;
    /** `automatic`: ours is pushed without asking. */
    repair: 'manual' | 'automatic';
  };
}

const SYNCHRONISATION_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 10 },
  timeout: { minutes: 30 },
  initialDelay: { minutes: 10 },
};

const DRIFT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { hours: 1 },
  timeout: { minutes: 30 },
  initialDelay: { minutes: 5 },
};

function readRepair(
  config: RootConfigService,
  key: string,
): ProviderSettings['drift']['repair'] {
  const repair = config.getOptionalString(key) ?? 'manual';
  if (repair !== 'manual' && repair !== 'automatic') {
    throw new InputError(`${key} must be manual or automatic`);
  }
  return repair;
}

/** The first group, because people come and go. */
const firstOf = (platformOwners: EntityRef[]): EntityRef | undefined =>
  platformOwners.find(ref => ref.startsWith('group:')) ?? platformOwners[0];

/** @throws InputError naming the key that cannot be read */
export function readProviderSettings(
  config: RootConfigService,
  id: Id,
  platformOwners: EntityRef[],
): ProviderSettings {
  const root = `apiProducts.providers.${id}`;
  const owner = config.getOptionalString(`${root}.defaultOwner`);
  return {
    defaultOwner:
      owner === undefined
        ? firstOf(platformOwners)
        : readRef(`${root}.defaultOwner`, owner, { default: 'group' }),
    synchronisation: {
      enabled:
        config.getOptionalBoolean(`${root}.synchronisation.enabled`) ?? true,
      schedule: readSchedule(
        config,
        `${root}.synchronisation.schedule`,
        SYNCHRONISATION_SCHEDULE,
      ),
      maxDropPercent: readPercent(
        config,
        `${root}.synchronisation.maxDropPercent`,
        25,
      ),
    },
    drift: {
      schedule: readSchedule(config, `${root}.drift.schedule`, DRIFT_SCHEDULE),
      repair: readRepair(config, `${root}.drift.repair`),
    },
  };
}
