/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  providerReadPermission,
  providerUpdatePermission,
} from 'backstage-plugin-api-products-common';
import { authorized } from '../identity/authorize';
import { onlyPlatformOwners } from '../identity/onlyPlatformOwners';
import type { ApiOwnership } from './ApiOwnership';
import type { Providers } from './Providers';
import type { ProviderSync } from './ProviderSync';

export type AuthorizedProviders = ReturnType<typeof authorizedProviders>;

export const authorizedProviders = (
  providers: Providers,
  permissions: PermissionsService,
) =>
  authorized(providers, permissions, {
    list: [providerReadPermission, onlyPlatformOwners],
    get: [providerReadPermission, onlyPlatformOwners],
    listApis: [providerReadPermission, onlyPlatformOwners],
  });

export type AuthorizedProviderSync = ReturnType<typeof authorizedProviderSync>;

export const authorizedProviderSync = (
  sync: ProviderSync,
  permissions: PermissionsService,
) =>
  authorized(sync, permissions, {
    request: [providerUpdatePermission, onlyPlatformOwners],
    list: [providerReadPermission, onlyPlatformOwners],
  });

export type AuthorizedApiOwnership = ReturnType<typeof authorizedApiOwnership>;

export const authorizedApiOwnership = (
  ownership: ApiOwnership,
  permissions: PermissionsService,
) =>
  authorized(ownership, permissions, {
    decide: [providerUpdatePermission, onlyPlatformOwners],
  });
