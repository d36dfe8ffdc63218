/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  providerReadPermission,
  providerUpdatePermission,
} from 'backstage-plugin-api-products-common';
import { authorized } from '../../identity/authorize';
import { onlyPlatformOwners } from '../../identity/onlyPlatformOwners';
import type { Drift } from './Drift';

export type AuthorizedDrift = ReturnType<typeof authorizedDrift>;

export const authorizedDrift = (
  drift: Drift,
  permissions: PermissionsService,
) =>
  authorized(drift, permissions, {
    list: [providerReadPermission, onlyPlatformOwners],
    check: [providerUpdatePermission, onlyPlatformOwners],
    repair: [providerUpdatePermission, onlyPlatformOwners],
  });
