/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  credentialCreatePermission,
  credentialReadPermission,
  credentialRevealPermission,
  credentialRevokePermission,
  subscriptionReadPermission,
  subscriptionUpdatePermission,
} from 'backstage-plugin-api-products-common';
import { authorized } from '../identity/authorize';
import type { Credentials, Subscriptions } from './types';

export type AuthorizedSubscriptions = ReturnType<
  typeof authorizedSubscriptions
>;

export const authorizedSubscriptions = (
  subscriptions: Subscriptions,
  permissions: PermissionsService,
) =>
  authorized(subscriptions, permissions, {
    list: [subscriptionReadPermission],
    get: [subscriptionReadPermission],
    revoke: [subscriptionUpdatePermission],
    suspend: [subscriptionUpdatePermission],
    resume: [subscriptionUpdatePermission],
    withdrawPlanChange: [subscriptionUpdatePermission],
    renew: [subscriptionUpdatePermission, credentialCreatePermission],
    retry: [subscriptionUpdatePermission],
  });

export type AuthorizedCredentials = ReturnType<typeof authorizedCredentials>;

export const authorizedCredentials = (
  credentials: Credentials,
  permissions: PermissionsService,
) =>
  authorized(credentials, permissions, {
    list: [credentialReadPermission],
    issue: (_person, _subscription, { replaces }) => [
      credentialCreatePermission,
      ...(replaces === undefined ? [] : [credentialRevokePermission]),
    ],
    reveal: [credentialRevealPermission],
    revoke: [credentialRevokePermission],
    rotate: [credentialCreatePermission, credentialRevokePermission],
    cutOff: [credentialRevokePermission],
    extend: [credentialCreatePermission],
    cancelRotation: [credentialCreatePermission, credentialRevokePermission],
  });
