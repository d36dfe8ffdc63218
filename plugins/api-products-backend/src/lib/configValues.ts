/** Values of the configuration that stand in more than one place. Every error names the key. */
import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

export function readSchedule(
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

/** @returns milliseconds */
export function readDuration(
  config: RootConfigService,
  key: string,
  { fallback, atLeast }: { fallback: number; atLeast: number },
): number {
  if (!config.has(key)) {
    return fallback;
  }
  const milliseconds = durationToMilliseconds(
    readDurationFromConfig(config, { key }),
  );
  if (milliseconds < atLeast) {
    throw new InputError(`${key} must be at least ${atLeast} ms`);
  }
  return milliseconds;
}

export function readPercent(
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
