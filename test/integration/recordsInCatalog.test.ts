/**
 * What is made in the portal, and what is imported from a gateway, as the Backstage catalog shows it: the real backend,
 * the real catalog with our module, and a sandbox, each speaking with the others over HTTP.
 */
import { resolve } from 'node:path';
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
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import { apiProductsPlugin } from 'backstage-plugin-api-products-backend';
import { apiProductsModuleTyk } from 'backstage-plugin-api-products-backend-module-tyk';
import { catalogModuleApiProducts } from 'backstage-plugin-catalog-backend-module-api-products';
import request from 'supertest';
import type { TykSandbox } from 'tyk-sandbox';
import { z } from 'zod';
import { responseChecks } from '../../plugins/api-products-backend/src/testing/responseChecks';
import { API_ID } from './support/entities';
import { refOf, type PersonName } from './support/people';
import { startSandbox } from './support/portal';
import { waitFor } from './support/waitFor';

jest.setTimeout(120_000);

const record = z.object({
  revision: z.number(),
  name: z.string(),
  origin: z.string(),
  providerState: z.object({
    status: z.string(),
    policyId: z.string().optional(),
  }),
});
const records = z.object({ items: z.array(record) });

describe('records in the catalog', () => {
  let sandbox: TykSandbox;
  let backend: TestBackend;
  let catalog: CatalogService | undefined;
  let scheduler: SchedulerService | undefined;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const probe = createBackendModule({
      pluginId: 'catalog',
      moduleId: 'probe',
      register(env) {
        env.registerInit({
          deps: {
            catalog: catalogServiceRef,
            scheduler: coreServices.scheduler,
          },
          async init(deps) {
            catalog = deps.catalog;
            scheduler = deps.scheduler;
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleApiProducts,
        probe,
        apiProductsPlugin,
        responseChecks,
        apiProductsModuleTyk,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost:7007' },
            catalog: {
              rules: [
                {
                  allow: [
                    'API',
                    'APIProduct',
                    'APIPlan',
                    'APICatalogue',
                    'Group',
                    'User',
                  ],
                },
              ],
              locations: [
                {
                  type: 'file',
                  target: resolve(__dirname, '../../examples/org.yaml'),
                },
              ],
              providers: {
                apiProducts: {
                  schedule: {
                    frequency: { hours: 1 },
                    timeout: { minutes: 1 },
                  },
                },
              },
            },
            apiProducts: {
              platformOwners: ['platform-owners'],
              providers: {
                sandbox: {
                  type: 'tyk-gateway',
                  url: sandbox.gatewayUrl,
                  gatewayUrl: sandbox.gatewayUrl,
                  token: sandbox.secret,
                  organisation: 'default',
                  retries: 0,
                },
              },
            },
          },
        }),
      ],
    });
    await waitFor('the catalog knows who belongs to what', async () => {
      const paula = await catalog?.getEntityByRef(refOf('paula'), {
        credentials: mockCredentials.service(),
      });
      return paula?.relations?.some(({ type }) => type === 'memberOf');
    });
  });

  afterAll(async () => {
    await backend?.stop();
    await sandbox?.stop();
  });

  const ask = async (
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: JsonObject,
    who: PersonName = 'paula',
  ): Promise<unknown> => {
    const answer = await request(backend.server)
      [method](`/api/api-products${path}`)
      .set('authorization', mockCredentials.user.header(refOf(who)))
      .send(body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    }
    return answer.body;
  };

  /** Reads the records anew, until the catalog has what is waited for. */
  const shown = (
    ref: string,
    condition: (entity: Entity | undefined) => boolean,
  ): Promise<Entity | true> =>
    waitFor(`the catalog shows ${ref} as it is`, async () => {
      await scheduler?.triggerTask('api-products:refresh');
      const entity = await catalog?.getEntityByRef(ref, {
        credentials: mockCredentials.service(),
      });
      return condition(entity) && (entity ?? true);
    });

  const atGateway = (path: string): Promise<string> =>
    waitFor(`${path} is at the gateway`, async () => {
      const { providerState } = record.parse(await ask('get', path));
      return providerState.status === 'ready' && providerState.policyId;
    });

  it('follow what is made, changed and deleted in the portal', async () => {
    await ask('post', '/catalogues', {
      name: 'internal',
      owner: 'platform-owners',
      visibility: 'private',
      audience: ['shop-team'],
    });
    await ask('post', '/plans', {
      name: 'silver',
      title: 'Silver',
      owner: 'platform-owners',
      provider: 'sandbox',
      rateLimit: { requests: 10, per: 60 },
      quota: { requests: 1000, per: 'month' },
      catalogues: ['internal'],
    });
    await ask('post', '/products', {
      name: 'checkout',
      title: 'Checkout',
      owner: 'payments-team',
      lifecycle: 'active',
      provider: 'sandbox',
      apis: [{ providerApiId: API_ID }],
      plans: ['silver'],
      catalogues: ['internal'],
      contact: 'omar@example.com',
      content: '# Checkout',
      specs: [{ alias: 'draft', definition: '{}' }],
      billing: { productCode: 'PAY', meteringModels: ['calls'] },
      external: { id: '7' },
    });
    const policyId = await atGateway('/products/default/checkout');
    const annotation = 'tyk.io/policy-id';
    const product = await shown(
      'apiproduct:default/checkout',
      entity => entity?.metadata.annotations?.[annotation] === policyId,
    );
    const location = expect.stringMatching(
      /^url:http.*\/api\/api-products\/products\/default\/checkout$/,
    );
    expect(product).toMatchObject({
      metadata: {
        title: 'Checkout',
        annotations: {
          'api-products/origin': 'portal',
          'backstage.io/managed-by-location': location,
          'backstage.io/managed-by-origin-location': location,
        },
      },
      spec: {
        owner: 'group:default/payments-team',
        version: '1.0.0',
        authentication: 'auth-token',
        apis: [{ providerApiId: API_ID }],
        plans: ['apiplan:default/silver'],
        catalogues: ['apicatalogue:default/internal'],
        contact: 'omar@example.com',
        content: '# Checkout',
        specs: [{ alias: 'draft', definition: '{}' }],
        billing: { productCode: 'PAY' },
        external: { id: '7' },
      },
    });
    await shown('apiplan:default/silver', entity =>
      Boolean(entity?.metadata.annotations?.[annotation]),
    );
    await shown('apicatalogue:default/internal', entity =>
      Boolean(entity?.spec?.audience),
    );

    await ask(
      'patch',
      '/products/default/checkout',
      { revision: 1, title: 'Check-out', contact: null },
      'omar',
    );
    const edited = await shown(
      'apiproduct:default/checkout',
      entity => entity?.metadata.title === 'Check-out',
    );
    expect(edited).toMatchObject({ spec: { version: '1.0.1' } });
    expect(edited).not.toHaveProperty('spec.contact');

    await ask('delete', '/products/default/checkout?confirm=checkout');
    await shown('apiproduct:default/checkout', entity => !entity);
    await waitFor('the policy is gone from the gateway', async () => {
      const there = await fetch(
        `${sandbox.gatewayUrl}/tyk/policies/${policyId}`,
        { headers: { 'x-tyk-authorization': sandbox.secret } },
      );
      return there.status === 404;
    });
    await shown('apiplan:default/silver', entity => Boolean(entity));
  });

  it('follow what is imported, and stay linked when that is enriched', async () => {
    const policyId = 'made-at-tyk';
    await fetch(`${sandbox.gatewayUrl}/tyk/policies`, {
      method: 'POST',
      headers: {
        'x-tyk-authorization': sandbox.secret,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        id: policyId,
        name: 'Made at Tyk',
        active: true,
        org_id: 'default',
        partitions: { acl: true },
        access_rights: {
          [API_ID]: {
            api_id: API_ID,
            api_name: API_ID,
            versions: ['Default'],
          },
        },
      }),
    });
    await fetch(`${sandbox.gatewayUrl}/tyk/reload/group`, {
      headers: { 'x-tyk-authorization': sandbox.secret },
    });
    const imported = await waitFor('the policy is imported', async () => {
      await ask('post', '/providers/sandbox/sync');
      const { items } = records.parse(
        await ask('get', '/products?origin=provider'),
      );
      return items[0];
    });
    const ref = `apiproduct:default/${imported.name}`;
    const entity = await shown(ref, found => found !== undefined);
    expect(entity).toMatchObject({
      metadata: {
        title: 'Made at Tyk',
        annotations: {
          'api-products/origin': 'provider',
          'tyk.io/policy-id': policyId,
        },
      },
      spec: { lifecycle: 'draft', authentication: 'auth-token' },
    });

    await ask('patch', `/products/default/${imported.name}`, {
      revision: imported.revision,
      description: 'Enriched here',
      lifecycle: 'active',
    });
    const enriched = await shown(
      ref,
      found => found?.metadata.description === 'Enriched here',
    );
    expect(enriched).toMatchObject({
      metadata: { annotations: { 'api-products/origin': 'provider' } },
      spec: { lifecycle: 'active' },
    });
    expect(await atGateway(`/products/default/${imported.name}`)).toBe(
      policyId,
    );
  });
});
