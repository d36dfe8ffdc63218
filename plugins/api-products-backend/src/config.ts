/** The configuration under `apiProducts`, read once at start. Every error names the key. */
import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { readRef } from './catalogue/refs';

/** @internal */
export interface ApiProductsConfig {
  /** Users and groups that see and decide everything. */
  platformOwners: EntityRef[];
  ingestion: {
    /** How often entities of the catalog are looked at. */
    schedule: SchedulerServiceTaskScheduleDefinition;
    /** Percent of the records that may be gone at once; more is held back. */
    maxDropPercent: number;
  };
  /** How often providers are asked how they are. */
  probeSchedule: SchedulerServiceTaskScheduleDefinition;
  approvals: {
    /** Whether a requester who may decide can decide his own request. */
    allowSelfApproval: boolean;
  };
}

const ROOT = 'apiProducts';

const INGESTION_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { seconds: 15 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 1 },
};

const PROBE_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 1 },
  initialDelay: { minutes: 5 },
};

function readSchedule(
  config: RootConfigService,
  key: string,
  fallback: SchedulerServiceTaskScheduleDefinition,
): SchedulerServiceTaskScheduleDefinition {
  const section = config.getOptionalConfig(key);
  if (!section) {
    return fallback;
  }
  try {
    return {
      initialDelay: fallback.initialDelay,
      ...readSchedulerServiceTaskScheduleDefinitionFromConfig(section),
    };
  } catch (error) {
    throw new InputError(`${key} is not a schedule`, error);
  }
}

function readPercent(
  config: RootConfigService,
  key: string,
  fallback: number,
): number {
  const percent = config.getOptionalNumber(key) ?? fallback;
  if (percent < 0 || percent > 100) {
    throw new InputError(`${key} must be a number from 0 to 100`);
  }
  return percent;
}

/**
 * @throws InputError naming the key that cannot be read
 * @internal
 */
export function readConfig(config: RootConfigService): ApiProductsConfig {
  const owners = config.getOptionalStringArray(`${ROOT}.platformOwners`) ?? [];
  return {
    platformOwners: owners.map((ref, i) =>
      readRef(`${ROOT}.platformOwners[${i}]`, ref, { default: 'group' }),
    ),
    ingestion: {
      schedule: readSchedule(
        config,
        `${ROOT}.ingestion.schedule`,
        INGESTION_SCHEDULE,
      ),
      maxDropPercent: readPercent(
        config,
        `${ROOT}.ingestion.maxDropPercent`,
        25,
      ),
    },
    probeSchedule: PROBE_SCHEDULE,
    approvals: {
      allowSelfApproval:
        config.getOptionalBoolean(`${ROOT}.approvals.allowSelfApproval`) ??
        false,
    },
  };
}
