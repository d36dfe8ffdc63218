/** What a provider has, for tests: small functions with everything that a test does not care about. */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
  OtherOffering,
} from 'backstage-plugin-api-products-node';

export const foundProduct = (
  policyId: string,
  fields: Partial<FoundProduct> = {},
): FoundProduct => ({
  kind: 'product',
  policyId,
  name: policyId,
  tags: ['backstage'],
  selected: true,
  state: 'active',
  apis: [{ id: 'a1', name: 'Payments' }],
  ...fields,
});

export const foundPlan = (
  policyId: string,
  fields: Partial<FoundPlan> = {},
): FoundPlan => ({
  kind: 'plan',
  policyId,
  name: policyId,
  tags: ['backstage'],
  selected: true,
  state: 'active',
  rateLimit: { requests: 5, per: 10 },
  quota: { requests: 20, perSeconds: 86_400 },
  credentialMetadata: {},
  apiIds: [],
  ...fields,
});

export const foundOther = (
  policyId: string,
  fields: Partial<OtherOffering> = {},
): OtherOffering => ({
  kind: 'other',
  policyId,
  name: policyId,
  tags: ['backstage'],
  selected: true,
  state: 'active',
  reason: 'It is not partitioned',
  ...fields,
});

export const foundApi = (
  id: string,
  fields: Partial<ProviderApi> = {},
): ProviderApi => ({
  id,
  name: `API ${id}`,
  listenPath: `/${id}/`,
  active: true,
  authentication: 'auth-token',
  call: {
    address: `https://gateway.example.com/${id}/`,
    keyPlaces: [{ in: 'header', name: 'Authorization' }],
  },
  ...fields,
});
