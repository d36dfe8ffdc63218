/** The demo portal's records, as examples/ describes them. */
import { catalogue, plan, product, type Records } from './records';

const internal = 'apicatalogue:default/internal';
const partners = 'apicatalogue:default/partners';
const pilot = 'apicatalogue:default/pilot';
const free = 'apiplan:default/free';
const gold = 'apiplan:default/gold';
const metered = 'apiplan:default/metered';

export const demo = {
  catalogues: [
    catalogue('internal', { title: 'Internal APIs' }),
    catalogue('partners', {
      title: 'Partner APIs',
      visibility: 'private',
      audience: ['group:default/partners'],
    }),
    catalogue('pilot', {
      title: 'Pilot',
      visibility: 'private',
      audience: ['group:default/mobile-team', 'user:default/dana'],
    }),
  ],
  plans: [
    plan('free', {
      title: 'Free',
      rateLimit: { requests: 5, per: 10 },
      quota: { requests: 20, per: 'P1D' },
      keyLifetime: 'never',
      approval: { mode: 'auto' },
      catalogues: [internal, pilot],
      displayPriority: 40,
    }),
    plan('gold', {
      title: 'Gold',
      catalogues: [internal, partners],
      pricing: {
        mode: 'fixed',
        label: '$49/month',
        currency: 'USD',
        amount: '49.00',
        period: 'month',
      },
      displayPriority: 30,
    }),
    plan('metered', {
      title: 'Metered',
      rateLimit: { requests: 200, per: 60 },
      quota: 'unlimited',
      keyLifetime: 'P365D',
      catalogues: [internal],
      pricing: { mode: 'metered', label: 'from $0.002 per call' },
      displayPriority: 20,
    }),
    plan('unlimited', {
      title: 'Unlimited',
      rateLimit: 'unlimited',
      quota: 'unlimited',
      catalogues: [internal],
      displayPriority: 10,
    }),
  ],
  products: [
    product('payments', {
      title: 'Payments API',
      description: 'Take and refund card payments.',
      owner: 'group:default/payments-team',
      version: '1.4.0',
      tags: ['payments', 'pci'],
      plans: [free, gold, metered],
      catalogues: [internal, partners],
      gatewayEndpoint: 'http://localhost:8181/payments/',
      terms: [
        {
          name: 'API terms of use',
          version: '2026-01',
          url: 'https://example.com/terms',
          required: true,
        },
      ],
      visibility: { featured: true, displayPriority: 10 },
    }),
    product('shipments', {
      title: 'Shipments API',
      owner: 'group:default/logistics-team',
      tags: ['logistics'],
      apis: [
        { ref: 'api:default/shipments', providerApiId: 'shipments' },
        { ref: 'api:default/labels', providerApiId: 'labels' },
      ],
      plans: [free, gold],
      catalogues: [internal],
    }),
    product('tracking', {
      title: 'Tracking API',
      owner: 'group:default/logistics-team',
      lifecycle: 'draft',
      plans: [free],
      catalogues: [internal],
    }),
    product('loyalty', {
      title: 'Loyalty',
      owner: 'group:default/mobile-team',
      plans: [free],
      catalogues: [internal],
      visibility: { comingSoon: true, comingSoonText: 'Expected March' },
    }),
    product('orders-v1', {
      title: 'Orders v1',
      owner: 'group:default/shop-team',
      lifecycle: 'deprecated',
      plans: [free],
      catalogues: [internal],
    }),
    product('handbook', {
      title: 'Handbook',
      owner: 'group:default/platform-owners',
      provider: undefined,
      apis: [],
      authentication: undefined,
      catalogues: [internal],
    }),
    product('payments', {
      namespace: 'partners',
      title: 'Payments for partners',
      owner: 'group:default/payments-team',
      plans: [gold],
      catalogues: [partners],
    }),
  ],
} satisfies Records;
