/** `apiProducts.provisioning`. */
import { readDurationFromConfig } from '@backstage/config';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const ROOT = 'apiProducts.provisioning';

interface ProvisioningConfig {
  /** Jobs at the same time in one backend. */
  concurrency: number;
  /** After this without a sign of life another backend takes a job over. */
  leaseMs: number;
  /** How often due jobs are looked for. */
  pollMs: number;
  /** After this a key that could not be made is `failed`. */
  giveUpAfterMs: number;
}

const DEFAULTS = {
  concurrency: 8,
  lease: 30_000,
  pollInterval: 1_000,
  giveUpAfter: 24 * 60 * 60_000,
};

function readDuration(
  config: RootConfigService,
  name: 'lease' | 'pollInterval' | 'giveUpAfter',
): number {
  const key = `${ROOT}.${name}`;
  if (!config.has(key)) {
    return DEFAULTS[name];
  }
  const milliseconds = durationToMilliseconds(
    readDurationFromConfig(config, { key }),
  );
  if (milliseconds < 100) {
    throw new InputError(`${key} must be at least 100 ms`);
  }
  return milliseconds;
}

/** @throws InputError naming the key */
export function readProvisioningConfig(
  config: RootConfigService,
): ProvisioningConfig {
  const concurrency =
    config.getOptionalNumber(`${ROOT}.concurrency`) ?? DEFAULTS.concurrency;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new InputError(
      `${ROOT}.concurrency must be a whole number of at least 1`,
    );
  }
  return {
    concurrency,
    leaseMs: readDuration(config, 'lease'),
    pollMs: readDuration(config, 'pollInterval'),
    giveUpAfterMs: readDuration(config, 'giveUpAfter'),
  };
}
