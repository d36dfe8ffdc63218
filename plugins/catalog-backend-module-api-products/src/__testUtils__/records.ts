/** A stand-in for the api-products backend: the list routes that the entity provider reads, and nothing else. */
import { createHash } from 'node:crypto';
import { json } from 'node:stream/consumers';
import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import type {
  Catalogue,
  Page,
  Plan,
  Product,
} from 'backstage-plugin-api-products-common';
import { z } from 'zod';

const refsBody = z.object({ refs: z.array(z.string()) });

const at = '2026-11-21T12:00:00.000Z';
const revised = { id: 'id', revision: 1, createdAt: at, updatedAt: at };

export const product = (
  name: string,
  changes: Partial<Product> = {},
): Product => ({
  ...revised,
  ref: `apiproduct:default/${name}`,
  namespace: 'default',
  name,
  title: `Product ${name}`,
  description: 'Made in the portal',
  type: 'rest',
  version: '1.0.0',
  lifecycle: 'active',
  owner: 'group:default/payments-team',
  approvers: ['group:default/payments-team', 'group:default/security'],
  contact: 'dana@example.com',
  providerName: `${name} at the gateway`,
  dynamicClientRegistration: {
    enabled: true,
    identityProvider: 'keycloak',
    scopes: ['portal'],
  },
  billing: {
    productCode: 'PAY',
    meteringModels: ['calls'],
    notifyOnInvoice: true,
    notificationAddresses: ['finance@example.com'],
    quotaThresholds: [80],
    notifyTrialExpiry: false,
  },
  external: { id: '7', ids: ['8', '9'] },
  system: 'system:default/checkout',
  provider: 'sandbox',
  authentication: 'auth-token',
  gatewayEndpoint: 'https://gateway.example.com/x/',
  tags: ['portal'],
  catalogues: ['apicatalogue:default/internal'],
  apis: [
    { ref: 'api:default/payments', title: 'Payments', providerApiId: 'abc' },
    { title: 'Without an entity', providerApiId: 'def' },
  ],
  plans: [
    {
      ref: 'apiplan:default/gold',
      title: 'Gold',
      rateLimit: 'unlimited',
      quota: 'unlimited',
      keyLifetime: 'never',
      approval: { mode: 'auto' },
      pricing: { mode: 'free' },
      displayPriority: 0,
    },
  ],
  content: '# Text',
  guides: [{ title: 'Start', content: 'Go' }],
  links: [{ url: 'https://status.example.com' }],
  specs: [{ alias: 'draft', definition: '{}' }],
  terms: [],
  visibility: { comingSoon: false, displayPriority: 3 },
  sla: { availability: 99.9 },
  origin: 'portal',
  providerState: { status: 'ready', policyId: `policy-${name}` },
  refs: {
    plans: ['apiplan:default/gold', 'apiplan:default/elsewhere'],
    catalogues: ['apicatalogue:default/internal'],
    approvers: ['group:default/security'],
  },
  actions: [],
  ...changes,
});

export const plan = (name: string, changes: Partial<Plan> = {}): Plan => ({
  ...revised,
  ref: `apiplan:default/${name}`,
  namespace: 'default',
  name,
  title: `Plan ${name}`,
  owner: 'group:default/platform-owners',
  provider: 'sandbox',
  rateLimit: { requests: 10, per: 60 },
  quota: { requests: 1000, per: 'month' },
  keyLifetime: 'P90D',
  approval: { mode: 'manual' },
  credentials: { max: 2, rotationOverlap: 'PT24H', revealWithin: 'P7D' },
  scopes: [],
  credentialMetadata: {},
  catalogues: ['apicatalogue:default/internal'],
  pricing: { mode: 'fixed', label: '$9/month' },
  displayPriority: 1,
  providerName: 'nine',
  refs: { catalogues: ['apicatalogue:default/internal'] },
  actions: [],
  origin: 'provider',
  providerState: { status: 'pending' },
  ...changes,
});

export const catalogue = (
  name: string,
  changes: Partial<Catalogue> = {},
): Catalogue => ({
  ...revised,
  ref: `apicatalogue:default/${name}`,
  namespace: 'default',
  name,
  title: `Catalogue ${name}`,
  owner: 'group:default/platform-owners',
  visibility: 'private',
  audience: ['group:default/partners'],
  actions: [],
  origin: 'portal',
  ...changes,
});

/** What the stand-in answers with; change it between two runs. */
export interface RecordsStub {
  products: Product[];
  plans: Plan[];
  catalogues: Catalogue[];
  /** Answers that replace the list of a resource. */
  instead: Partial<Record<string, { status: number; body: string }>>;
  pageSize: number;
  /** Entities without a record that the portal knows to be gone, or that somebody has confirmed. */
  settled: string[];
  /** The entities that it was told of last. */
  reported: string[];
  /** `<resource>?<query>` of each question so far. */
  questions: string[];
}

export const recordsStub = (): RecordsStub => ({
  products: [],
  plans: [],
  catalogues: [],
  instead: {},
  pageSize: 2,
  settled: [],
  reported: [],
  questions: [],
});

function pageOf<T>(items: T[], start: number, size: number): Page<T> {
  const next = start + size;
  return {
    items: items.slice(start, next),
    totalItems: items.length,
    pageInfo: next < items.length ? { nextCursor: String(next) } : {},
  };
}

/** As the backend has it, with the record itself for its version. */
function versionsOf(
  { products, plans, catalogues }: RecordsStub,
  known: unknown,
) {
  const hash = (value: unknown) =>
    createHash('sha256').update(JSON.stringify(value)).digest('hex');
  const records = [...products, ...plans, ...catalogues]
    .filter(({ origin }) => origin !== 'catalog')
    .map(record => ({ ref: record.ref, version: hash(record) }));
  const fingerprint = hash(records);
  return fingerprint === known ? { fingerprint } : { fingerprint, records };
}

/** The stand-in as the plugin `api-products`; it answers services only. */
export const recordsPlugin = (stub: RecordsStub): BackendFeature =>
  createBackendPlugin({
    pluginId: 'api-products',
    register(env) {
      env.registerInit({
        deps: {
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ http, httpAuth }) {
          const lists = new Map<string, () => (Product | Plan | Catalogue)[]>([
            ['products', () => stub.products],
            ['plans', () => stub.plans],
            ['catalogues', () => stub.catalogues],
          ]);
          http.use((req, res, next) => {
            httpAuth
              .credentials(req, { allow: ['service'] })
              .then(async () => {
                const resource = req.path.slice(1);
                if (resource === 'catalog-removals') {
                  stub.reported = refsBody.parse(await json(req)).refs;
                  res.json({
                    refs: stub.reported.filter(ref =>
                      stub.settled.includes(ref),
                    ),
                  });
                  return;
                }
                if (resource === 'catalog-records') {
                  res.json(versionsOf(stub, req.query.known));
                  return;
                }
                const [list, ...name] = resource.split('/');
                const instead = stub.instead[resource];
                if (name.length === 2 && !instead) {
                  stub.questions.push(req.url.slice(1));
                  const one = lists
                    .get(list)?.()
                    .find(item => item.name === name[1]);
                  res.status(one ? 200 : 404).json(one ?? {});
                  return;
                }
                const items = lists.get(resource)?.() ?? [];
                stub.questions.push(req.url.slice(1));
                if (instead) {
                  res.status(instead.status).send(instead.body);
                } else {
                  const start = Number(req.query.cursor ?? 0);
                  res.json(pageOf(items, start, stub.pageSize));
                }
              })
              .catch(next);
          });
        },
      });
    },
  });
