import {
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const KEY = 'catalog.providers.apiProducts';
const DEFAULT_MAX_REMOVAL_PERCENTAGE = 25;

interface ProviderConfig {
  schedule: SchedulerServiceTaskScheduleDefinition;
  maxRemovalPercentage: number;
}

/**
 * The configuration of the entity provider; undefined where it is not wanted.
 *
 * @throws InputError naming the key if a value is wrong
 */
export function readProviderConfig(
  root: RootConfigService,
): ProviderConfig | undefined {
  const config = root.getOptionalConfig(KEY);
  if (!config) {
    return undefined;
  }
  const maxRemovalPercentage =
    config.getOptionalNumber('maxRemovalPercentage') ??
    DEFAULT_MAX_REMOVAL_PERCENTAGE;
  if (!(maxRemovalPercentage >= 0 && maxRemovalPercentage <= 100)) {
    throw new InputError(
      `${KEY}.maxRemovalPercentage must be a number between 0 and 100`,
    );
  }
  return {
    schedule: readSchedulerServiceTaskScheduleDefinitionFromConfig(
      config.getConfig('schedule'),
    ),
    maxRemovalPercentage,
  };
}
