/** The entities of the design document, to be bent by tests. */
import { InputError } from '@backstage/errors';
import type {
  APICatalogueEntity,
  APIPlanEntity,
  APIProductEntity,
} from './types';

export const product = (): APIProductEntity => ({
  apiVersion: 'api-products/v1alpha1',
  kind: 'APIProduct',
  metadata: {
    name: 'payments',
    title: 'Payments API',
    description: 'Take and refund card payments.',
    tags: ['payments', 'pci'],
    links: [{ url: 'https://status.example.com', title: 'Status' }],
  },
  spec: {
    type: 'rest',
    owner: 'group:default/payments',
    contact: 'user:default/omar',
    lifecycle: 'active',
    version: '1.4.0',
    system: 'checkout',
    provider: 'tyk-eu',
    providerName: 'Payments (EU)',
    apis: [
      'api:default/payments',
      {
        ref: 'api:default/refunds',
        providerApiId: '8c3b1f0c7d5e4f0a9d2b6a1c0e9f8d7a',
        versions: ['Default'],
        allowedUrls: [{ url: '/refunds/.*', methods: ['GET', 'POST'] }],
      },
    ],
    gatewayEndpoint: 'https://gateway.example.com/v1/payments',
    authentication: 'auth-token',
    plans: ['apiplan:default/free', 'apiplan:default/gold'],
    catalogues: ['internal', 'partners'],
    approvers: ['group:default/security'],
    content: '# Payments',
    guides: [
      { title: 'Quick start', content: '# Quick start' },
      { title: 'Webhooks', url: 'https://docs.example.com/webhooks' },
    ],
    specs: [{ alias: 'payments-v2-draft', definition: 'openapi: 3.1.0' }],
    terms: [
      {
        name: 'API terms of use',
        version: '2026-01',
        url: 'https://example.com/terms',
        required: true,
      },
    ],
    visibility: {
      comingSoon: false,
      comingSoonText: '',
      preview: false,
      featured: true,
      displayPriority: 10,
      logo: 'https://example.com/logo.svg',
    },
    dynamicClientRegistration: {
      enabled: false,
      identityProvider: 'keycloak',
      scopes: ['payments'],
    },
    sla: { availability: 99.9, latencyP95Ms: 300, supportHours: '24x7' },
    billing: {
      productCode: 'PAY',
      paymentSource: 'invoice',
      paymentConfigurationId: '',
      meteringModels: ['calls'],
      notifyOnInvoice: true,
      notificationAddresses: ['finance@example.com'],
      quotaThresholds: [80, 100],
      notifyTrialExpiry: true,
    },
    external: { id: '', groupId: '', label: 'PAY-1' },
  },
});

export const plan = (): APIPlanEntity => ({
  apiVersion: 'api-products/v1alpha1',
  kind: 'APIPlan',
  metadata: {
    name: 'gold',
    title: 'Gold',
    description: 'For production traffic.',
  },
  spec: {
    owner: 'group:default/platform-owners',
    provider: 'tyk-eu',
    rateLimit: { requests: 100, per: 60 },
    quota: { requests: 100000, per: 'P30D' },
    keyLifetime: 'P90D',
    approval: { mode: 'manual' },
    accessRequests: { allowance: 3, per: 'P30D' },
    credentials: { max: 2, rotationOverlap: 'PT24H', revealWithin: 'P7D' },
    scopes: ['payments.gold'],
    credentialMetadata: { plan_tier: 'gold' },
    catalogues: ['internal'],
    pricing: {
      mode: 'fixed',
      label: '$49/month',
      currency: 'USD',
      amount: '49.00',
      period: 'month',
      trial: 'P14D',
    },
    displayPriority: 20,
  },
});

export const catalogue = (): APICatalogueEntity => ({
  apiVersion: 'api-products/v1alpha1',
  kind: 'APICatalogue',
  metadata: { name: 'partners', title: 'Partner APIs' },
  spec: {
    owner: 'group:default/platform-owners',
    visibility: 'private',
    audience: ['group:default/partners', 'user:default/jane'],
  },
});

/** A copy in which one field is another; `undefined` leaves the field out. */
export function bent(
  entity: object,
  path: (string | number)[],
  value: unknown,
): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(entity));
  let at: unknown = copy;
  for (const name of path.slice(0, -1)) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : at;
  }
  if (typeof at !== 'object' || at === null) {
    throw new Error(`There is no ${path.join('.')}`);
  }
  const last = path[path.length - 1];
  if (value === undefined) {
    Reflect.deleteProperty(at, last);
  } else {
    Reflect.set(at, last, value);
  }
  return copy;
}

/** The message with which a parser refuses an entity. */
export function refusal(
  parse: (entity: unknown) => unknown,
  entity: unknown,
): string {
  try {
    parse(entity);
  } catch (error) {
    if (error instanceof InputError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('The entity was accepted');
}

/** A field, what it is bent to, and the message that it must give. */
export type Refusal = [
  path: (string | number)[],
  value: unknown,
  message: string,
];

export const OWNER_MESSAGE =
  'must be a reference to a group or a user, such as group:default/payments';
