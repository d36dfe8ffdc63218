import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { apiProductsPermissions } from 'backstage-plugin-api-products-common';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import {
  authorizedHistory,
  authorizedMe,
  authorizedOwnerless,
} from './access/authorized';
import { Components } from './access/Components';
import { createAccess } from './access/createAccess';
import { History } from './access/History';
import { Me } from './access/Me';
import { Ownerless } from './access/Ownerless';
import {
  authorizedAuthoring,
  authorizedGoneRecords,
} from './records/authoring/authorized';
import {
  authorizedCatalogRecords,
  authorizedCatalogRemovals,
  authorizedCatalogue,
  authorizedDefinitions,
} from './records/authorized';
import { DefaultAuthoring } from './records/authoring/DefaultAuthoring';
import { CatalogRecords } from './records/CatalogRecords';
import { CatalogRemovals } from './records/CatalogRemovals';
import { Catalogue } from './records/Catalogue';
import { Definitions } from './records/Definitions';
import { GoneRecords } from './records/authoring/GoneRecords';
import { Ingestion } from './records/ingestion/Ingestion';
import { ProviderApis } from './records/ProviderApis';
import { readConfig } from './config';
import { authorizedCredentials } from './subscriptions/authorized';
import { DefaultCredentials } from './subscriptions/DefaultCredentials';
import { connect } from './lib/Database';
import { startClock } from './lib/DatabaseClock';
import { authorizedDrift } from './providers/drift/authorized';
import { Drift } from './providers/drift/Drift';
import { driftHandlers, scheduleDrift } from './providers/drift/driftJobs';
import { CallerResolver } from './identity/CallerResolver';
import { goneOwnersIn } from './identity/goneOwners';
import { Memberships } from './identity/Memberships';
import { Roles } from './identity/Roles';
import { authorizedHistoryVerification } from './history/authorized';
import { HistorySealing } from './history/HistorySealing';
import { HistoryVerification } from './history/HistoryVerification';
import { createWatchRequestHandler } from './access/watchRequest';
import { createNotifyHandler } from './notices/notify';
import { readQueueState } from './jobs/queueState';
import { createInstruments } from './metrics/instruments';
import { metricsOf } from './metrics/Metrics';
import { metricsServiceRef } from './metrics/metricsService';
import { observeQueue } from './metrics/observeQueue';
import { ProviderRegistry } from './registry/ProviderRegistry';
import { ApiOwnership } from './providers/ApiOwnership';
import {
  authorizedApiOwnership,
  authorizedProviders,
  authorizedProviderSync,
} from './providers/authorized';
import { Providers } from './providers/Providers';
import { ProviderSync } from './providers/ProviderSync';
import { readProviderSettings } from './registry/settings';
import { createProvisioning } from './provisioning/createProvisioning';
import { scheduleMonths } from './provisioning/quota/MonthPass';
import { accessRequestRoutes } from './api/accessRequests';
import { applicationRoutes } from './api/applications';
import { authoringRoutes } from './api/authoring';
import { catalogRemovalRoutes } from './api/catalogRemovals';
import { catalogueRoutes } from './api/catalogue';
import { cleanUpRoutes } from './api/cleanUp';
import { createRouter } from './api/createRouter';
import { credentialRoutes } from './api/credentials';
import { driftRoutes } from './api/drift';
import { historyRoutes } from './api/history';
import { timeLists } from './api/listTimes';
import { meRoutes } from './api/me';
import { providerRoutes } from './api/providers';
import { subscriptionRoutes } from './api/subscriptions';
import { createSynchronisation } from './providers/import/createSynchronisation';
import { readRetention, scheduleRetention } from './retention';

const INGESTION_TASK = 'api-products-ingestion';

/**
 * The backend plugin `api-products`. Providers come from modules, through `apiProvidersExtensionPoint` of the `-node`
 * package.
 * @public
 */
export const apiProductsPlugin = createBackendPlugin({
  pluginId: 'api-products',
  register(env) {
    const installed = ProviderRegistry.create();
    env.registerExtensionPoint(apiProvidersExtensionPoint, installed);

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { auditor, auth, catalog, httpAuth, logger, permissions } = deps;
        const config = readConfig(deps.config);
        const db = await connect(deps.database);
        const clock = await startClock({ knex: db, logger });
        deps.lifecycle.addShutdownHook(() => clock.stop?.());
        deps.permissionsRegistry.addPermissions(apiProductsPermissions);

        const sealing = HistorySealing.create({ db, clock, logger, auditor });
        deps.lifecycle.addShutdownHook(() => sealing.stop());
        const instruments = createInstruments(deps.metrics);
        const metrics = metricsOf(instruments);
        const registry = installed.measured(metrics.providerCall);
        const providerIds = registry.all().map(({ id }) => id);
        const memberships = Memberships.create({ auth, catalog });
        const roles = Roles.create({ memberships, ...config });
        const callers = CallerResolver.create({ httpAuth, roles });
        const goneOwners = goneOwnersIn({ auth, catalog });
        const catalogue = Catalogue.create({ db });
        const settings = new Map(
          registry
            .all()
            .map(({ id }) => [
              id,
              readProviderSettings(deps.config, id, config.platformOwners),
            ]),
        );
        const { worker, credentialDeps, lanes } = await createProvisioning({
          config: deps.config,
          db,
          clock,
          logger,
          lifecycle: deps.lifecycle,
          providers: registry,
          onRun: run => {
            metrics.jobRun(run);
            // Changes end in jobs: telling people, if nothing else.
            sealing.wake();
          },
          onProvisioned: metrics.provisioned,
          moreHandlers: handlerDeps => ({
            ...driftHandlers({
              ...handlerDeps,
              repairsDrift: id => settings.get(id)?.drift.repair ?? 'manual',
              onCheck: metrics.driftCheck,
            }),
            notify: createNotifyHandler({ ...deps, clock }),
            'watch-request': createWatchRequestHandler({
              knex: db,
              clock,
              dates: config.approvals.dates,
              platformOwners: config.platformOwners,
            }),
          }),
        });
        deps.lifecycle.addShutdownHook(
          observeQueue(instruments, () =>
            readQueueState(db, clock, lanes.keys()),
          ),
        );
        const providerApis = ProviderApis.create({
          db,
          clock,
          logger,
          providers: registry,
        });
        const ingestion = Ingestion.create({
          db,
          clock,
          logger,
          auth,
          catalog,
          providerApis,
          providerIds,
          memberships,
          roles,
          maxDropPercent: config.ingestion.maxDropPercent,
          onChange: () => {
            worker.kick();
            sealing.wake();
          },
          onRun: metrics.ingestion,
        });
        const { synchronisation, firstIngestion } = await createSynchronisation(
          {
            db,
            clock,
            logger,
            auth,
            catalog,
            registry,
            settings,
            scheduler: deps.scheduler,
            lifecycle: deps.lifecycle,
            onChange: () => {
              worker.kick();
              sealing.wake();
            },
            onRun: metrics.synchronisation,
          },
        );
        const ownership = ApiOwnership.create({
          db,
          clock,
          auth,
          catalog,
          registry,
          onChange: () => worker.kick(),
        });
        const providers = Providers.create({
          ownership,
          db,
          clock,
          logger,
          auth,
          catalog,
          registry,
          runs: synchronisation.runs,
        });
        const drift = Drift.create({ db, clock, registry, worker });
        await scheduleDrift({
          drift,
          registry,
          settings,
          scheduler: deps.scheduler,
        });
        await scheduleRetention({
          db,
          clock,
          logger,
          scheduler: deps.scheduler,
          retention: readRetention(deps.config),
        });
        await scheduleMonths({
          knex: db,
          clock,
          logger,
          scheduler: deps.scheduler,
          onJobs: () => worker.kick(),
        });
        const credentials = DefaultCredentials.create({
          knex: db,
          deps: credentialDeps,
          worker,
        });

        const authoring = DefaultAuthoring.create({
          db,
          clock,
          auth,
          catalog,
          catalogue,
          providerApis,
          providerIds,
          worker,
        });
        const access = createAccess({
          db,
          credentials: credentialDeps,
          worker,
          policy: config.approvals,
          components: Components.create({ auth, catalog }),
          personOf: ref => callers.personOf(ref),
          goneOwners,
          permissions,
          logger,
        });

        // Where it runs already, or elsewhere, its next run does it.
        const readGitNow = () => {
          deps.scheduler.triggerTask(INGESTION_TASK).catch(error => {
            logger.debug('Git is read when it is due', toError(error));
          });
        };

        deps.httpRouter.use(timeLists(metrics.list));
        deps.httpRouter.use(
          createRouter([
            applicationRoutes({ callers, auditor, ...access }),
            accessRequestRoutes({ callers, auditor, ...access }),
            subscriptionRoutes({ callers, auditor, ...access }),
            catalogueRoutes({
              callers,
              catalogue: authorizedCatalogue(catalogue, permissions),
            }),
            authoringRoutes({
              callers,
              auditor,
              authoring: authorizedAuthoring(authoring, permissions),
              definitions: authorizedDefinitions(
                Definitions.create({ db, clock, providers: registry }),
                permissions,
              ),
            }),
            credentialRoutes({
              callers,
              auditor,
              credentials: authorizedCredentials(credentials, permissions),
            }),
            meRoutes({
              callers,
              me: authorizedMe(
                Me.create({
                  db,
                  platformOwners: config.platformOwners,
                  ...config.approvals,
                }),
                permissions,
              ),
            }),
            historyRoutes({
              callers,
              history: authorizedHistory(History.create({ db }), permissions),
              verification: authorizedHistoryVerification(
                HistoryVerification.create({ db }),
                permissions,
              ),
            }),
            providerRoutes({
              auditor,
              callers,
              providers: authorizedProviders(providers, permissions),
              ownership: authorizedApiOwnership(ownership, permissions),
              sync: authorizedProviderSync(
                ProviderSync.create({ registry, synchronisation }),
                permissions,
              ),
            }),
            driftRoutes({
              auditor,
              callers,
              drift: authorizedDrift(drift, permissions),
            }),
            catalogRemovalRoutes({
              auditor,
              callers,
              records: authorizedCatalogRecords(
                CatalogRecords.create({ db }),
                permissions,
              ),
              removals: authorizedCatalogRemovals(
                CatalogRemovals.create({ db, clock }),
                permissions,
              ),
            }),
            cleanUpRoutes({
              auditor,
              callers,
              ownerless: authorizedOwnerless(
                Ownerless.create({ db, goneOwners }),
                permissions,
              ),
              goneRecords: authorizedGoneRecords(
                GoneRecords.create({ db, clock, onConfirmed: readGitNow }),
                permissions,
              ),
            }),
          ]),
        );

        await deps.scheduler.scheduleTask({
          id: INGESTION_TASK,
          ...config.ingestion.schedule,
          fn: async () => {
            await ingestion.ingestOnce().finally(firstIngestion);
          },
        });
        // The schedule is shared by all backends and remembered: without this, a restart could show old health.
        deps.lifecycle.addStartupHook(() => {
          // What a backend left behind that ended too early.
          sealing.wake();
          providers.probeAll().catch(error => {
            logger.warn('The providers could not be probed', toError(error));
          });
        });
        await deps.scheduler.scheduleTask({
          id: 'api-products-probe',
          ...config.probeSchedule,
          fn: () => providers.probeAll(),
        });
      },
    });
  },
});
