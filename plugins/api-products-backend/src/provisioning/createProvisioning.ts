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
import type { HandlerDeps, Provisioned } from './handlerContext';
import type { JobHandler, JobRun } from '../jobs/JobHandler';
import type { JobKind } from '../jobs/JobQueue';
import type { Lane } from '../jobs/lanes';
import type { ProviderRegistry } from '../registry/ProviderRegistry';
import { Worker } from '../jobs/Worker';
import { createResetQuotaHandler } from './quota/resetQuota';
import { createCleanUpCredentialHandler } from './cleanUpCredential';
import { createForgetSecretHandler } from './forgetSecret';
import { createPutPlanHandler, createPutProductHandler } from './putOffering';
import { createWatchCredentialHandler } from './watchCredential';
import { createReconcileCredentialHandler } from './reconcileCredential';
import {
  createRemovePlanHandler,
  createRemoveProductHandler,
} from './removeOffering';

/** Handles everything that has to be done at a provider, except for what the rooms above add. */
export const provisioningHandlers = (deps: HandlerDeps) =>
  ({
    'put-product': createPutProductHandler(deps),
    'put-plan': createPutPlanHandler(deps),
    'remove-plan': createRemovePlanHandler(deps),
    'remove-product': createRemoveProductHandler(deps),
    'reconcile-credential': createReconcileCredentialHandler(deps),
    'watch-credential': createWatchCredentialHandler(deps),
    'reset-quota': createResetQuotaHandler(deps),
    'clean-up-credential': createCleanUpCredentialHandler(deps),
    'forget-secret': createForgetSecretHandler(deps),
  } satisfies Partial<Record<JobKind, JobHandler>>);

type ProvisioningKind = keyof ReturnType<typeof provisioningHandlers>;

const sqliteConnection = z.object({ filename: z.string() });

const databaseFileOf = (db: Knex): string | undefined =>
  isSqlite(db)
    ? sqliteConnection.safeParse(db.client.config.connection).data?.filename
    : undefined;

/**
 * The worker with all its handlers, which lives as long as the plugin, and what every change of a credential needs.
 *
 * @throws InputError naming the key of the configuration that is missing or cannot be read
 */
export async function createProvisioning(options: {
  config: RootConfigService;
  db: Knex;
  clock: Clock;
  logger: LoggerService;
  lifecycle: LifecycleService;
  providers: ProviderRegistry;
  /** Told of each run of a job. */
  onRun: (run: JobRun) => void;
  onProvisioned: (made: Provisioned) => void;
  /** Of the jobs that other rooms know how to do. */
  moreHandlers(
    deps: HandlerDeps,
  ): Record<Exclude<JobKind, ProvisioningKind>, JobHandler>;
}): Promise<{
  worker: Worker;
  credentialDeps: CredentialDeps;
  lanes: ReadonlyMap<Lane, number>;
}> {
  const { config, db, clock, logger, lifecycle, providers, onProvisioned } =
    options;
  const { giveUpAfterMs, ...limits } = readProvisioningConfig(
    config,
    providers.all().map(({ id }) => id),
  );
  const ring = await loadKeyRing({
    config,
    logger,
    environment: process.env.NODE_ENV,
    databaseFile: databaseFileOf(db),
  });
  const credentialDeps = { clock, sealer: Sealer.create(ring), giveUpAfterMs };
  const handlerDeps = {
    ...credentialDeps,
    knex: db,
    providers,
    onProvisioned,
  };
  const worker = Worker.create({
    ...limits,
    knex: db,
    clock,
    logger,
    onRun: options.onRun,
    handlers: {
      ...provisioningHandlers(handlerDeps),
      ...options.moreHandlers(handlerDeps),
    },
  });
  lifecycle.addStartupHook(() => worker.start());
  lifecycle.addShutdownHook(() => worker.stop());
  return { worker, credentialDeps, lanes: limits.lanes };
}
