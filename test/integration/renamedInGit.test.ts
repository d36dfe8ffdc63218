/**
 * An entity that gets another name in Git with its title unchanged, at a Dashboard, where names of policies are unique:
 * the policy and the keys go on, and the portal finds no difference.
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
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { apiProductsPlugin } from 'backstage-plugin-api-products-backend';
import { apiProductsModuleTyk } from 'backstage-plugin-api-products-backend-module-tyk';
import request from 'supertest';
import { start, type TykSandbox } from 'tyk-sandbox';
import { API_ID, entities } from './support/entities';
import { personEntities } from './support/people';
import { waitFor } from './support/waitFor';

jest.setTimeout(120_000);

const KEY = 'dashboard-key';
const OTHERS = entities.filter(({ kind }) => kind !== 'APIProduct');
const [PRODUCT] = entities.filter(({ kind }) => kind === 'APIProduct');

const renamed = (
  name: string,
  annotations?: Record<string, string>,
): Entity => ({
  ...PRODUCT,
  metadata: {
    ...PRODUCT.metadata,
    name,
    ...(annotations ? { annotations } : {}),
  },
});

describe('renamed in Git, at a Dashboard', () => {
  let sandbox: TykSandbox;
  let backend: TestBackend;
  let scheduler: SchedulerService | undefined;
  let inGit: Entity[];

  const known = () =>
    catalogServiceMock({ entities: [...personEntities, ...inGit] });

  beforeEach(async () => {
    inGit = [...OTHERS, PRODUCT];
    sandbox = await start({
      reloadDelayMs: 20,
      dashboardPort: 0,
      dashboardKey: KEY,
      seed: {
        apis: [
          {
            api_id: API_ID,
            name: API_ID,
            active: true,
            use_standard_auth: true,
            version_data: { not_versioned: true },
            proxy: { listen_path: `/${API_ID}/`, strip_listen_path: true },
          },
        ],
      },
    });
    backend = await startTestBackend({
      features: [
        apiProductsPlugin,
        apiProductsModuleTyk,
        createBackendModule({
          pluginId: 'api-products',
          moduleId: 'reads-git',
          register(env) {
            env.registerInit({
              deps: { tasks: coreServices.scheduler },
              async init({ tasks }) {
                scheduler = tasks;
              },
            });
          },
        }),
        catalogServiceMock.mock({
          queryEntities: (...args) => known().queryEntities(...args),
          getEntitiesByRefs: (...args) => known().getEntitiesByRefs(...args),
          getEntityByRef: (...args) => known().getEntityByRef(...args),
        }).factory,
        mockServices.scheduler.factory({
          includeInitialDelayedTasksOnStartup: true,
        }),
        mockServices.rootConfig.factory({
          data: {
            apiProducts: {
              platformOwners: ['platform-owners'],
              provisioning: { pollInterval: { milliseconds: 100 } },
              providers: {
                sandbox: {
                  type: 'tyk-dashboard',
                  url: sandbox.dashboardUrl,
                  gatewayUrl: sandbox.gatewayUrl,
                  token: KEY,
                  retries: 0,
                },
              },
            },
          },
        }),
      ],
    });
  });

  afterEach(async () => {
    await backend.stop();
    await sandbox.stop();
  });

  const ask = async (
    who: string,
    method: 'get' | 'post',
    path: string,
    body?: object,
  ) => {
    const answer = await request(backend.server)
      [method](`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${who}`))
      .send(body);
    return answer.body;
  };

  const readGit = () => scheduler?.triggerTask('api-products-ingestion');

  const untilStatus = (name: string, status: string) =>
    waitFor(`${name} is ${status}`, async () => {
      const product = await ask('paula', 'get', `/products/default/${name}`);
      return product.providerState?.status === status && product;
    });

  /** What the gateway says to dana's key. */
  async function aKey(): Promise<() => Promise<number>> {
    await untilStatus('payments', 'ready');
    await ask('dana', 'post', '/access-requests', {
      product: 'payments',
      plan: 'free',
      application: { name: 'Shop' },
    });
    const subscription = await waitFor('the key is active', async () => {
      const { items } = await ask(
        'dana',
        'get',
        '/subscriptions?status=active',
      );
      return items[0];
    });
    const { headerName, headerValue } = await ask(
      'dana',
      'post',
      `/credentials/${subscription.credentials[0].id}/reveal`,
    );
    return async () => {
      const { status } = await fetch(`${sandbox.gatewayUrl}/${API_ID}/get`, {
        headers: { [headerName]: headerValue },
      });
      return status;
    };
  }

  const policies = () =>
    sandbox.inspect
      .policyDocuments()
      .filter(({ name }) => name === 'Payments' || name === 'Free')
      .map(({ _id, name }) => ({ _id, name }));

  async function expectNoDrift() {
    await ask('paula', 'post', '/providers/sandbox/drift/check');
    await waitFor('differences are looked for', async () => {
      const { driftCheckedAt } = await ask(
        'paula',
        'get',
        '/providers/sandbox',
      );
      return driftCheckedAt !== undefined;
    });
    const { items } = await ask('paula', 'get', '/providers/sandbox/drift');
    expect(items).toEqual([]);
  }

  it('goes on when a platform owner says so, or at once where the entity does', async () => {
    const call = await aKey();
    const before = policies();
    expect(before).toHaveLength(2);
    inGit = [...OTHERS, renamed('settlements')];
    await readGit();
    await untilStatus('settlements', 'failed');
    expect(await call()).toBe(200);
    const { items } = await ask('paula', 'get', '/gone-records');
    expect(items).toMatchObject([
      {
        ref: 'apiproduct:default/payments',
        liveSubscriptions: 1,
        successors: [{ ref: 'apiproduct:default/settlements' }],
      },
    ]);
    await ask('paula', 'post', '/gone-records/confirm-rename', {
      from: 'apiproduct:default/payments',
      to: 'apiproduct:default/settlements',
    });
    await untilStatus('settlements', 'ready');
    expect(policies()).toEqual(before);
    expect(await call()).toBe(200);

    inGit = [
      ...OTHERS,
      renamed('clearing', { 'api-products/renamed-from': 'settlements' }),
    ];
    await readGit();
    await untilStatus('clearing', 'ready');
    expect(policies()).toEqual(before);
    expect(await call()).toBe(200);
    await expectNoDrift();
  });
});
