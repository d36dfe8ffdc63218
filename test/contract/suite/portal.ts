/**
 * The backend plugin in front of a target, for the cases that are the portal's: jobs, drift, synchronisation. It runs in
 * the process of the test on a database in memory, and is asked over HTTP.
 *
 * Everything then goes by one clock: at a sandbox the time of the whole process is moved, that of the sandbox and the
 * driver with it; at a real Tyk it is waited.
 */
import {
  coreServices,
  createBackendModule,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { apiProductsPlugin } from 'backstage-plugin-api-products-backend';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import knexFactory from 'knex';
import { responseChecks } from '../../../plugins/api-products-backend/src/testing/responseChecks';
import {
  personEntities,
  refOf,
  type PersonName,
} from '../../integration/support/people';
import { waitFor } from '../../integration/support/waitFor';
import type { Target } from './Target';

export interface PortalAnswer {
  status: number;
  body: JsonObject;
}

export interface Portal {
  /** Below `/api/api-products`; every answer is an object. */
  ask(
    person: PersonName,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: JsonObject,
  ): Promise<PortalAnswer>;
  /** Lets time pass for portal, driver and Tyk alike. */
  wait(seconds: number): Promise<void>;
  /**
   * Looks again and again, and lets a second pass in between, until there is something other than undefined or false.
   *
   * @param what - in words, for the message when there never is
   */
  until<T>(
    what: string,
    look: () => Promise<T | undefined | false>,
  ): Promise<T>;
  close(): Promise<void>;
}

export interface PortalOptions {
  entities: Entity[];
  /** Below `apiProducts`; what is said here of a provider by its id, the driver does not see. */
  config?: JsonObject;
  /** Default: the target's own. */
  providers?: ApiProvider[];
  /** At a sandbox, time only passes where it is waited for. Default false. */
  timeStandsStill?: boolean;
}

/**
 * Moves `Date.now` of this process.
 *
 * @param still - it does not pass by itself, so that nothing depends on how busy the machine is
 */
function movableTime(still: boolean) {
  const before = Date.now;
  const real = before.bind(Date);
  const start = real();
  let ahead = 0;
  Date.now = () => (still ? start : real()) + ahead;
  return {
    advance(milliseconds: number) {
      ahead += milliseconds;
    },
    /** @returns seconds by which it was ahead */
    restore(): number {
      const last = Date.now();
      Date.now = before;
      return Math.max(0, (last - real()) / 1000);
    },
  };
}

const contractModule = (
  providers: readonly ApiProvider[],
  see: (scheduler: SchedulerService) => void,
) =>
  createBackendModule({
    pluginId: 'api-products',
    moduleId: 'contract',
    register(env) {
      env.registerInit({
        deps: {
          registry: apiProvidersExtensionPoint,
          scheduler: coreServices.scheduler,
        },
        async init({ registry, scheduler }) {
          providers.forEach(provider => registry.addProvider(provider));
          see(scheduler);
        },
      });
    },
  });

/** Close it before the target. */
export async function startPortal(
  target: Pick<Target, 'live' | 'wait' | 'provider'>,
  options: PortalOptions,
): Promise<Portal> {
  const time = target.live
    ? undefined
    : movableTime(options.timeStandsStill ?? false);
  // One of the backend's own would stay open, and so the process.
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  let scheduler: SchedulerService | undefined;
  const backend = await startTestBackend({
    features: [
      apiProductsPlugin,
      responseChecks,
      contractModule(options.providers ?? [target.provider], own => {
        scheduler = own;
      }),
      mockServices.database.factory({ knex }),
      catalogServiceMock.factory({
        entities: [...personEntities, ...options.entities],
      }),
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
      mockServices.rootConfig.factory({
        data: {
          apiProducts: {
            platformOwners: ['platform-owners'],
            // Time can pass here faster than work is done.
            provisioning: { pollInterval: 'PT0.1S', lease: 'PT1H' },
            ...options.config,
          },
        },
      }),
    ],
  });
  const base = `http://127.0.0.1:${backend.server.port()}/api/api-products`;

  const wait = async (seconds: number) => {
    if (time) time.advance(seconds * 1000);
    else await target.wait(seconds);
  };

  return {
    async ask(person, method, path, body) {
      const response = await fetch(base + path, {
        method,
        headers: {
          authorization: mockCredentials.user.header(refOf(person)),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text === '' ? {} : JSON.parse(text),
      };
    },
    wait,
    until: (what, look) =>
      waitFor(
        what,
        async () => {
          const found = await look();
          if (found === undefined || found === false) {
            // The schedules here are not run by time.
            await scheduler?.triggerTask('api-products-ingestion');
            await wait(1);
          }
          return found;
        },
        60_000,
      ),
    async close() {
      await backend.stop();
      await knex.destroy();
      const moved = time?.restore();
      // What the sandbox has seen happen must not be in the future now.
      if (moved) await target.wait(moved);
    },
  };
}
