/** One product on two plans: enough to make and to take away keys. */
import type { Entity } from '@backstage/catalog-model';

const apiVersion = 'api-products/v1alpha1';
const owner = 'group:default/payments-team';
const catalogues = ['internal'];

/** Id of the API at the sandbox. */
export const API_ID = 'payments';

/** What the plan `free` allows, as the sandbox's keys show it. */
export const FREE = { rate: 50, per: 10, quota: 1_000 };

export const entities: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: 'payments',
      namespace: 'default',
      annotations: { 'tyk.io/apiId': API_ID },
    },
    spec: { type: 'openapi', lifecycle: 'production', owner, definition: '{}' },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  },
  {
    apiVersion,
    kind: 'APICatalogue',
    metadata: { name: 'internal', namespace: 'default' },
    spec: { owner, visibility: 'public' },
  },
  {
    apiVersion,
    kind: 'APIPlan',
    metadata: { name: 'free', namespace: 'default', title: 'Free' },
    spec: {
      // Plans are for platform owners.
      owner: 'group:default/platform-owners',
      provider: 'sandbox',
      rateLimit: { requests: FREE.rate, per: FREE.per },
      quota: { requests: FREE.quota, per: 'P1D' },
      approval: { mode: 'auto' },
      catalogues,
    },
  },
  {
    apiVersion,
    kind: 'APIProduct',
    metadata: { name: 'payments', namespace: 'default', title: 'Payments' },
    spec: {
      type: 'rest',
      owner,
      lifecycle: 'active',
      provider: 'sandbox',
      apis: ['api:default/payments'],
      plans: ['free'],
      catalogues,
    },
  },
];
