/** `apiProducts.provisioning`. */
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Id } from 'backstage-plugin-api-products-common';
import { readDuration } from '../lib/configValues';
import { laneOf, OWN_LANE, type Lane } from './lanes';

const ROOT = 'apiProducts.provisioning';

interface ProvisioningConfig {
  /** Jobs at the same time in one backend, for each lane. */
  lanes: ReadonlyMap<Lane, number>;
  /** After this without a sign of life another backend takes a job over. */
  leaseMs: number;
  /** After so long at the latest due jobs are looked for. */
  pollMs: number;
  /** After this a key that could not be made is `failed`. */
  giveUpAfterMs: number;
}

const DEFAULTS = {
  concurrency: 8,
  lease: 30_000,
  pollInterval: 15_000,
  giveUpAfter: 24 * 60 * 60_000,
};

const durationAt = (
  config: RootConfigService,
  name: 'lease' | 'pollInterval' | 'giveUpAfter',
): number =>
  readDuration(config, `${ROOT}.${name}`, {
    fallback: DEFAULTS[name],
    atLeast: 100,
  });

function readConcurrency(
  config: RootConfigService,
  key: string,
): number | undefined {
  const concurrency = config.getOptionalNumber(key);
  if (
    concurrency !== undefined &&
    (!Number.isInteger(concurrency) || concurrency < 1)
  ) {
    throw new InputError(`${key} must be a whole number of at least 1`);
  }
  return concurrency;
}

/**
 * @param providers - each has a lane
 * @throws InputError naming the key
 */
export function readProvisioningConfig(
  config: RootConfigService,
  providers: readonly Id[],
): ProvisioningConfig {
  const places =
    readConcurrency(config, `${ROOT}.concurrency`) ?? DEFAULTS.concurrency;
  const placesAt = (id: Id): number =>
    readConcurrency(
      config,
      `apiProducts.providers.${id}.provisioning.concurrency`,
    ) ?? places;
  return {
    lanes: new Map([
      [OWN_LANE, places],
      ...providers.map(id => [laneOf(id), placesAt(id)] as const),
    ]),
    leaseMs: durationAt(config, 'lease'),
    pollMs: durationAt(config, 'pollInterval'),
    giveUpAfterMs: durationAt(config, 'giveUpAfter'),
  };
}
