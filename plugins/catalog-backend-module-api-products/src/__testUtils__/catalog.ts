/** A real catalog on SQLite with our module, and what tests ask of it. */
import {
  BackendFeature,
  RootLoggerService,
  SchedulerService,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  TestBackend,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin, {
  CATALOG_ERRORS_TOPIC,
} from '@backstage/plugin-catalog-backend';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import catalogModuleApiProducts from '..';
import { eventually } from './eventually';

const KINDS = [
  'API',
  'APICatalogue',
  'APIPlan',
  'APIProduct',
  'Component',
  'Group',
  'Location',
  'System',
  'User',
];

const errorEvent = z.object({
  entity: z.string(),
  errors: z.array(z.instanceof(Error)),
});

export interface TestCatalog {
  backend: TestBackend;
  /** The entity, as soon as the catalog has it; throws what the catalog says against it. */
  entity(ref: string): Promise<Entity>;
  /** Refs of our kinds that the catalog has now. */
  ourRefs(): Promise<string[]>;
  /** Whether the entity is there now. */
  has(ref: string): Promise<boolean>;
  /** What the catalog says against the entity, as soon as it says something. */
  errorsOf(ref: string): Promise<string>;
  /** Everything that the catalog has said against any entity so far, by ref. */
  refused(): string[];
  /** Runs the entity provider once more and waits for the end of the run. */
  refresh(): Promise<void>;
  /** Ids of the scheduled tasks. */
  tasks(): Promise<string[]>;
  /** What was logged as a warning or an error so far. */
  logged(): string[];
}

/** @param options.files - absolute paths of catalog files */
export async function startCatalog(
  options: {
    files?: string[];
    apiProducts?: JsonObject;
    features?: BackendFeature[];
  } = {},
): Promise<TestCatalog> {
  const errors = new Map<string, string>();
  const events = mockServices.events.mock({
    publish: async ({ topic, eventPayload }) => {
      if (topic === CATALOG_ERRORS_TOPIC) {
        const event = errorEvent.parse(eventPayload);
        errors.set(event.entity, event.errors.map(String).join('\n'));
      }
    },
  });
  const lines: string[] = [];
  const keep = (message: string) => {
    lines.push(message);
  };
  const logger: RootLoggerService = {
    error: keep,
    warn: keep,
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  let catalog: CatalogService | undefined;
  let scheduler: SchedulerService | undefined;
  const probe = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'probe',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogServiceRef, scheduler: coreServices.scheduler },
        async init(deps) {
          catalog = deps.catalog;
          scheduler = deps.scheduler;
        },
      });
    },
  });

  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleApiProducts,
      probe,
      events.factory,
      mockServices.scheduler.factory({ skipTaskRunOnStartup: true }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => logger,
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          catalog: {
            rules: [{ allow: KINDS }],
            locations: (options.files ?? []).map(target => ({
              type: 'file',
              target,
            })),
            ...(options.apiProducts
              ? { providers: { apiProducts: options.apiProducts } }
              : {}),
          },
        },
      }),
      ...(options.features ?? []),
    ],
  });

  const credentials = { credentials: mockCredentials.service() };
  const find = (ref: string) => catalog?.getEntityByRef(ref, credentials);
  return {
    backend,
    entity: ref =>
      eventually(ref, async () => {
        const error = errors.get(ref);
        if (error !== undefined) {
          throw new Error(`The catalog refuses ${ref}: ${error}`);
        }
        return find(ref);
      }),
    has: async ref => (await find(ref)) !== undefined,
    ourRefs: async () => {
      const found = await catalog?.getEntities(
        { filter: { kind: ['APIProduct', 'APIPlan', 'APICatalogue'] } },
        credentials,
      );
      return (found?.items ?? [])
        .map(({ kind, metadata }) =>
          `${kind}:${metadata.namespace}/${metadata.name}`.toLowerCase(),
        )
        .sort();
    },
    errorsOf: ref =>
      eventually(`an error of ${ref}`, async () => errors.get(ref)),
    refused: () => [...errors.keys()].sort(),
    refresh: async () => {
      await scheduler?.triggerTask('api-products:refresh');
    },
    tasks: async () =>
      ((await scheduler?.getScheduledTasks()) ?? []).map(({ id }) => id),
    logged: () => lines,
  };
}
