import type {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CredentialDeps } from '../subscriptions/deps';
import { loadKeyRing } from '../subscriptions/seal/keyRing';
import { Sealer } from '../subscriptions/seal/sealing';
import type { Clock } from '../lib/clock';
import { isSqlite } from '../lib/Database';
import { readProvisioningConfig } from '../jobs/config';
import { createHandlers, type HandlerDeps } from '.';
import type { JobHandler } from '../jobs/JobHandler';
import type { Providers } from '../registry/providers';
import { Worker } from '../jobs/Worker';

const sqliteConnection = z.object({ filename: z.string() });

const databaseFileOf = (db: Knex): string | undefined =>
  isSqlite(db)
    ? sqliteConnection.safeParse(db.client.config.connection).data?.filename
    : undefined;

/**
 * The worker with all its handlers, which lives as long as the plugin, and what every change of a credential needs.
 *
 * @throws InputError naming the key of the configuration that is missing or cannot be read
 * @internal
 */
export async function createProvisioning(options: {
  config: RootConfigService;
  db: Knex;
  clock: Clock;
  logger: LoggerService;
  lifecycle: LifecycleService;
  providers: Providers;
  /** Handles `notify`. */
  notify: JobHandler;
  repairsDrift: HandlerDeps['repairsDrift'];
}): Promise<{ worker: Worker; credentialDeps: CredentialDeps }> {
  const { config, db, clock, logger, lifecycle, providers, notify } = options;
  const { giveUpAfterMs, ...limits } = readProvisioningConfig(config);
  const ring = await loadKeyRing({
    config,
    logger,
    environment: process.env.NODE_ENV,
    databaseFile: databaseFileOf(db),
  });
  const credentialDeps = { clock, sealer: Sealer.create(ring), giveUpAfterMs };
  const worker = Worker.create({
    ...limits,
    knex: db,
    clock,
    logger,
    handlers: createHandlers({
      ...credentialDeps,
      knex: db,
      providers,
      notify,
      repairsDrift: options.repairsDrift,
    }),
  });
  lifecycle.addStartupHook(() => worker.start());
  lifecycle.addShutdownHook(() => worker.stop());
  return { worker, credentialDeps };
}
