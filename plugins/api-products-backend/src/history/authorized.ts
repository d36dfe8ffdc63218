/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { historyReadPermission } from 'backstage-plugin-api-products-common';
import { authorized } from '../identity/authorize';
import { onlyPlatformOwnersMay } from '../identity/onlyPlatformOwners';
import type { HistoryVerification } from './HistoryVerification';

export type AuthorizedHistoryVerification = ReturnType<
  typeof authorizedHistoryVerification
>;

export const authorizedHistoryVerification = (
  verification: HistoryVerification,
  permissions: PermissionsService,
) =>
  authorized(verification, permissions, {
    verify: [
      historyReadPermission,
      onlyPlatformOwnersMay('verify the history'),
    ],
  });
