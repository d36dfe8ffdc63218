/**
 * The plugin on a test backend with the demo's entities, asked over HTTP with the paths and bodies exactly as a test
 * writes them: no client in between tidies them up.
 */
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import permissionBackend from '@backstage/plugin-permission-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonValue } from '@backstage/types';
import { apiProductsPlugin } from 'backstage-plugin-api-products-backend';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { responseChecks } from '../../../../plugins/api-products-backend/src/testing/responseChecks';
import { waitFor } from '../waitFor';
import { demoEntities } from './entities';
import { MemoryProvider } from './MemoryProvider';
import { authorizationOf, type Who } from './people';
import { ChangeablePolicy, policyModule } from './policies';

const providerModule = (provider: MemoryProvider) =>
  createBackendModule({
    pluginId: 'api-products',
    moduleId: 'memory-provider',
    register(env) {
      env.registerInit({
        deps: { providers: apiProvidersExtensionPoint },
        async init({ providers }) {
          providers.addProvider(provider);
        },
      });
    },
  });

export interface Answer {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
  /** Of JSON; an empty object for everything else. */
  body: Record<string, JsonValue>;
}

export interface Ask {
  who: Who;
  method: string;
  /** Below `/api/api-products`, sent as it is. */
  path: string;
  body?: JsonValue;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  headers?: Record<string, string>;
}

const json = z.record(z.string(), z.json());
const pages = z.object({
  items: z.array(z.object({ providerState: z.object({ status: z.string() }) })),
});

function parse(text: string): Answer['body'] {
  try {
    return json.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

const refusal = z.object({ message: z.string() });

/** What somebody is told who is refused. */
export const messageOf = ({ body }: Answer): string =>
  refusal.safeParse(body.error).data?.message ?? '';

export class DemoBackend {
  readonly provider: MemoryProvider;
  readonly policy: ChangeablePolicy;
  readonly auditor: ReturnType<typeof mockServices.auditor.mock>;
  readonly #backend: TestBackend;
  readonly #agent = new Agent({ keepAlive: true });

  /**
   * @param permissions - whether the permission framework is on; it then does what `policy` says
   * @param entities - in addition to the demo's
   * @param knex - an empty database; one in memory if absent
   */
  static async start(
    options: { permissions?: boolean; entities?: Entity[]; knex?: Knex } = {},
  ): Promise<DemoBackend> {
    const provider = MemoryProvider.create();
    const policy = ChangeablePolicy.create();
    const auditor = mockServices.auditor.mock();
    auditor.createEvent.mockImplementation(async () => ({
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    }));
    const backend = await startTestBackend({
      features: [
        apiProductsPlugin,
        responseChecks,
        providerModule(provider),
        auditor.factory,
        permissionsServiceFactory,
        permissionBackend,
        policyModule(policy),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        catalogServiceMock.factory({
          entities: [...demoEntities, ...(options.entities ?? [])],
        }),
        mockServices.scheduler.factory({
          includeInitialDelayedTasksOnStartup: true,
        }),
        ...(options.knex
          ? [mockServices.database.factory({ knex: options.knex })]
          : []),
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: options.permissions ?? false },
            apiProducts: { platformOwners: ['platform-owners'] },
          },
        }),
      ],
    });
    const started = new DemoBackend(backend, provider, policy, auditor);
    await started.#untilReady();
    return started;
  }

  private constructor(
    backend: TestBackend,
    provider: MemoryProvider,
    policy: ChangeablePolicy,
    auditor: ReturnType<typeof mockServices.auditor.mock>,
  ) {
    this.#backend = backend;
    this.provider = provider;
    this.policy = policy;
    this.auditor = auditor;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.#backend.stop();
  }

  ask({ who, method, path, body, raw, headers = {} }: Ask): Promise<Answer> {
    const { port }: Pick<AddressInfo, 'port'> = Object(
      this.#backend.server.address(),
    );
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const req = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port,
          method,
          path: `/api/api-products${path}`,
          headers: {
            ...(sent === undefined
              ? {}
              : {
                  'content-type': 'application/json',
                  'content-length': Buffer.byteLength(sent),
                }),
            ...authorizationOf(who),
            ...headers,
          },
        },
        res => {
          const chunks: Buffer[] = [];
          res.on('data', chunk => chunks.push(chunk));
          res.on('error', reject);
          res.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: res.statusCode ?? 0,
              text,
              headers: res.headers,
              body: parse(text),
            });
          });
        },
      );
      req.on('error', reject);
      req.end(sent);
    });
  }

  /** The entities are ingested, and the provider has all products and plans. */
  async #untilReady(): Promise<void> {
    await waitFor('products and plans are at the provider', async () => {
      const answers = await Promise.all(
        ['/products', '/plans'].map(path =>
          this.ask({ who: 'paula', method: 'GET', path }),
        ),
      );
      return answers.every(({ body }) => {
        const { items } = pages.parse(body);
        return (
          items.length > 0 &&
          items.every(({ providerState: { status } }) =>
            ['ready', 'none'].includes(status),
          )
        );
      });
    });
  }
}
