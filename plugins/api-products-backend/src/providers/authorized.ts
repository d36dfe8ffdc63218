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

/** @internal */
export type AuthorizedProviders = ReturnType<typeof authorizedProviders>;

/** @internal */
export const authorizedProviders = (
  providers: Providers,
  permissions: PermissionsService,
) =>
  authorized(providers, permissions, {
    list: [providerReadPermission, onlyPlatformOwners],
    get: [providerReadPermission, onlyPlatformOwners],
    listApis: [providerReadPermission, onlyPlatformOwners],
  });

/** @internal */
export type AuthorizedProviderSync = ReturnType<typeof authorizedProviderSync>;

/** @internal */
export const authorizedProviderSync = (
  sync: ProviderSync,
  permissions: PermissionsService,
) =>
  authorized(sync, permissions, {
    request: [providerUpdatePermission, onlyPlatformOwners],
    list: [providerReadPermission, onlyPlatformOwners],
  });

/** @internal */
export type AuthorizedApiOwnership = ReturnType<typeof authorizedApiOwnership>;

/** @internal */
export const authorizedApiOwnership = (
  ownership: ApiOwnership,
  permissions: PermissionsService,
) =>
  authorized(ownership, permissions, {
    decide: [providerUpdatePermission, onlyPlatformOwners],
  });
