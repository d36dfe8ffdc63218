/** The configuration under `apiProducts`, read once at start. Every error names the key. */
import type {
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { readRef } from './lib/refs';
import type { RequestDates } from './access/requestDates';
import { readDuration, readPercent, readSchedule } from './lib/configValues';

interface ApiProductsConfig {
  /** Users and groups that see and decide everything. */
  platformOwners: EntityRef[];
  /** Users and groups that make and change plans beside them. */
  planAuthors: EntityRef[];
  ingestion: {
    /** How often entities of the catalog are looked at. */
    schedule: SchedulerServiceTaskScheduleDefinition;
    /** Percent of the records that may be gone at once; more is held back. */
    maxDropPercent: number;
  };
  /** How often providers are asked how they are. */
  probeSchedule: SchedulerServiceTaskScheduleDefinition;
  approvals: {
    /** Whether a requester who may decide can decide their own request. */
    allowSelfApproval: boolean;
    /** When people are reminded of a request that nobody decides, and when it expires. */
    dates: RequestDates;
  };
}

const ROOT = 'apiProducts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** The catalog itself looks at an entity about every two minutes, so that this adds little to what Git waits for. */
const INGESTION_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 1 },
  timeout: { minutes: 5 },
  initialDelay: { seconds: 1 },
};

const PROBE_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 1 },
  initialDelay: { minutes: 5 },
};

/** @throws InputError naming the key that cannot be read */
export function readConfig(config: RootConfigService): ApiProductsConfig {
  const refsAt = (key: string): EntityRef[] =>
    (config.getOptionalStringArray(`${ROOT}.${key}`) ?? []).map((ref, i) =>
      readRef(`${ROOT}.${key}[${i}]`, ref, { default: 'group' }),
    );
  const daysAt = (key: string, days: number): number =>
    readDuration(config, `${ROOT}.approvals.${key}`, {
      fallback: days * DAY_MS,
      atLeast: HOUR_MS,
    });
  return {
    platformOwners: refsAt('platformOwners'),
    planAuthors: refsAt('planAuthors'),
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
      dates: {
        remindAfterMs: daysAt('remindAfter', 3),
        escalateAfterMs: daysAt('escalateAfter', 7),
        expireAfterMs: daysAt('expireAfter', 30),
      },
    },
  };
}
