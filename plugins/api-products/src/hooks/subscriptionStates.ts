import type { SubscriptionStatus } from 'backstage-plugin-api-products-common';

/** Of a subscription that somebody has, or is to have. */
export const LIVE: SubscriptionStatus[] = [
  'provisioning',
  'active',
  'suspended',
  'revoking',
  'failed',
];

export const ENDED: SubscriptionStatus[] = ['revoked', 'expired'];
