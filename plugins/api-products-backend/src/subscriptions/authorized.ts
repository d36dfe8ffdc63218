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

/** @internal */
export type AuthorizedSubscriptions = ReturnType<
  typeof authorizedSubscriptions
>;

/** @internal */
export const authorizedSubscriptions = (
  subscriptions: Subscriptions,
  permissions: PermissionsService,
) =>
  authorized(subscriptions, permissions, {
    list: [subscriptionReadPermission],
    get: [subscriptionReadPermission],
    revoke: [subscriptionUpdatePermission],
    retry: [subscriptionUpdatePermission],
  });

/** @internal */
export type AuthorizedCredentials = ReturnType<typeof authorizedCredentials>;

/** @internal */
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
  });
