/**
 * The entry of a whole backend that a benchmark starts as a process of its own (`BenchBackend.ts`): the plugin with the
 * Tyk module on a real database, as in production, with a catalog that answers at once and people who say themselves who
 * they are. What it does is counted.
 */
import { createBackend } from '@backstage/backend-defaults';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import type { Knex } from 'knex';
import { apiProductsPlugin } from 'backstage-plugin-api-products-backend';
import { apiProductsModuleTyk } from 'backstage-plugin-api-products-backend-module-tyk';
import { fillCatalog } from './catalogRows';
import { gitCatalog } from './gitCatalog';
import { orderSchema, type Order, type Usage } from './orders';
import { portalEntities } from './portalEntities';

const PLUGIN = 'api-products';

// The benchmark is gone: nobody would stop it.
process.on('disconnect', () => process.exit(1));

const counted = { statements: 0, ofScheduler: 0 };
const kinds: Record<string, number> = {};
const told: string[] = [];
const watched = new WeakSet<Knex>();

/** Backstage's scheduler looks for what is due through the same connections. */
const isOfScheduler = (sql: string): boolean =>
  sql.includes('backstage_backend_tasks__');

/** Its verb, and the table that it names first. */
function kindOf(sql: string): string {
  const verb = /^\W*(\w+)/.exec(sql)?.[1] ?? '';
  const table = /\b(?:from|into|update)\W+(\w+)/i.exec(sql)?.[1] ?? '';
  return `${verb.toLocaleLowerCase('en-US')} ${table}`.trim();
}

function watch(knex: Knex): void {
  if (watched.has(knex)) {
    return;
  }
  watched.add(knex);
  knex.on('query', ({ sql }: { sql: string }) => {
    if (isOfScheduler(sql)) {
      counted.ofScheduler++;
    } else {
      counted.statements++;
      const kind = kindOf(sql);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
  });
}

const database = createServiceFactory({
  service: coreServices.database,
  deps: {
    rootLogger: coreServices.rootLogger,
    rootLifecycle: coreServices.rootLifecycle,
    config: coreServices.rootConfig,
    logger: coreServices.logger,
    lifecycle: coreServices.lifecycle,
    plugin: coreServices.pluginMetadata,
  },
  createRootContext: ({ config, rootLogger, rootLifecycle }) =>
    DatabaseManager.fromConfig(config, { rootLogger, rootLifecycle }),
  factory({ plugin, logger, lifecycle }, manager) {
    const service = manager.forPlugin(plugin.getId(), { logger, lifecycle });
    return {
      ...service,
      async getClient() {
        const knex = await service.getClient();
        if (plugin.getId() === PLUGIN) {
          watch(knex);
        }
        return knex;
      },
    };
  },
});

/** Backstage's own first compiles the configuration schemas of all packages, which takes longer than all the rest. */
const rootLogger = createServiceFactory({
  service: coreServices.rootLogger,
  deps: {},
  factory: () => WinstonLogger.create({ level: 'info' }),
});

/** Takes as long as a notifications backend does. */
const notifications = (noticeMs: number) =>
  createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({
      async send({ recipients, payload: { topic, scope } }) {
        await pause(noticeMs);
        told.push(JSON.stringify({ topic, scope, recipients }));
      },
    }),
  });

function usage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    ...counted,
    kinds,
    processorMs: (user + system) / 1_000,
    heapMegabytes: heapUsed / 1_000_000,
    residentMegabytes: rss / 1_000_000,
    told,
  };
}

/** An authenticated route that does nothing, and what was counted. */
const benchPlugin = createBackendPlugin({
  pluginId: 'bench',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ httpRouter, httpAuth }) {
        const router = express.Router();
        router.get('/empty', async (request, response) => {
          await httpAuth.credentials(request, { allow: ['user'] });
          response.json({});
        });
        router.get('/usage', (_, response) => {
          response.json(usage());
        });
        httpRouter.use(router);
      },
    });
  },
});

const allowed = { result: AuthorizeResult.ALLOW } as const;

const inProductionOrOf = (ref: string): PolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    anyOf: [
      {
        rule: 'HAS_SPEC',
        resourceType: 'catalog-entity',
        params: { key: 'lifecycle', value: 'production' },
      },
      {
        rule: 'IS_ENTITY_OWNER',
        resourceType: 'catalog-entity',
        params: { claims: [ref] },
      },
    ],
  },
});

const catalogOf = ({ gitProducts, providers }: Order) =>
  gitProducts === undefined
    ? catalogServiceMock.factory({ entities: portalEntities(providers) })
    : createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => gitCatalog(gitProducts).service,
      });

/** People see what is in production, and what is theirs. */
const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: { auth: coreServices.auth },
  factory: ({ auth }) => ({
    authorize: async requests => requests.map(() => allowed),
    authorizeConditional: async (requests, { credentials }) =>
      requests.map(({ permission }) =>
        permission.name === 'catalog.entity.read' &&
        auth.isPrincipal(credentials, 'user')
          ? inProductionOrOf(credentials.principal.userEntityRef)
          : allowed,
      ),
  }),
});

/** Backstage's own catalog, and its connection. */
function addCatalog(
  backend: ReturnType<typeof createBackend>,
  components: number,
): () => Promise<void> {
  let connected: Knex | undefined;
  backend.add(permissions);
  backend.add(catalogPlugin);
  backend.add(
    createBackendModule({
      pluginId: 'catalog',
      moduleId: 'bench-rows',
      register(env) {
        env.registerInit({
          deps: { database: coreServices.database },
          async init({ database: service }) {
            connected = await service.getClient();
          },
        });
      },
    }),
  );
  return async () => {
    if (connected) {
      await fillCatalog(connected, components);
    }
  };
}

async function start(order: Order) {
  const now = Date.now.bind(Date);
  Date.now = () => now() + order.clockOffset;
  const backend = createBackend();
  backend.add(mockServices.rootConfig.factory({ data: order.config }));
  backend.add(rootLogger);
  backend.add(database);
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(notifications(order.noticeMs));
  let fill = async () => {};
  if (order.components === undefined) {
    backend.add(mockServices.permissions.factory());
    backend.add(catalogOf(order));
  } else {
    fill = addCatalog(backend, order.components);
  }
  backend.add(benchPlugin);
  backend.add(apiProductsPlugin);
  backend.add(apiProductsModuleTyk);
  await backend.start();
  await fill();
  process.send?.('started');
}

process.on('message', message => {
  const { data } = orderSchema.safeParse(message);
  if (data) {
    start(data).catch(error => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    });
  }
});
