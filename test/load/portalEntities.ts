/** The portal of the benchmarks: at each provider a product with a plan that is given at once, and one that somebody decides. */
import type { Entity } from '@backstage/catalog-model';
import { personEntities } from '../integration/support/people';

export { refOf } from '../integration/support/people';

const apiVersion = 'api-products/v1alpha1';
const owner = 'group:default/payments-team';
const catalogues = ['internal'];

/** Id of the API at every sandbox. */
export const API_ID = 'payments';

/** The one that answers, and the one that a benchmark may make slow. */
export type ProviderName = 'quick' | 'slow';

const plan = (
  provider: ProviderName,
  name: string,
  approval: 'auto' | 'manual',
): Entity => ({
  apiVersion,
  kind: 'APIPlan',
  metadata: { name: `${provider}-${name}`, namespace: 'default', title: name },
  spec: {
    owner: 'group:default/platform-owners',
    provider,
    rateLimit: { requests: 50, per: 10 },
    quota: { requests: 1_000, per: 'P1D' },
    approval: { mode: approval },
    catalogues,
  },
});

const offerings = (provider: ProviderName): Entity[] => [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: provider,
      namespace: 'default',
      annotations: {
        'tyk.io/apiId': API_ID,
        'tyk.io/provider': provider,
      },
    },
    spec: { type: 'openapi', lifecycle: 'production', owner, definition: '{}' },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  },
  plan(provider, 'free', 'auto'),
  plan(provider, 'gold', 'manual'),
  {
    apiVersion,
    kind: 'APIProduct',
    metadata: { name: provider, namespace: 'default', title: provider },
    spec: {
      type: 'rest',
      owner,
      lifecycle: 'active',
      provider,
      apis: [`api:default/${provider}`],
      plans: [`${provider}-free`, `${provider}-gold`],
      catalogues,
    },
  },
];

/** What the catalog has of it, with what is at these providers. */
export const portalEntities = (providers: ProviderName[]): Entity[] => [
  ...personEntities,
  {
    apiVersion,
    kind: 'APICatalogue',
    metadata: { name: 'internal', namespace: 'default' },
    spec: { owner, visibility: 'public' },
  },
  ...providers.flatMap(offerings),
];
