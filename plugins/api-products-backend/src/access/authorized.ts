/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  accessRequestCancelPermission,
  accessRequestCreatePermission,
  accessRequestDecidePermission,
  accessRequestReadPermission,
  accessRequestUpdatePermission,
  applicationCreatePermission,
  applicationDeletePermission,
  applicationReadPermission,
  applicationUpdatePermission,
  historyReadPermission,
  providerReadPermission,
} from 'backstage-plugin-api-products-common';
import { authorized } from '../identity/authorize';
import { onlyPlatformOwners } from '../identity/onlyPlatformOwners';
import type { History } from './History';
import type { Me } from './Me';
import type { Ownerless } from './Ownerless';
import type { AccessRequests, Applications } from './types';

export type AuthorizedApplications = ReturnType<typeof authorizedApplications>;

export const authorizedApplications = (
  applications: Applications,
  permissions: PermissionsService,
) =>
  authorized(applications, permissions, {
    list: [applicationReadPermission],
    get: [applicationReadPermission],
    create: [applicationCreatePermission],
    update: [applicationUpdatePermission],
    delete: [applicationDeletePermission],
  });

export type AuthorizedAccessRequests = ReturnType<
  typeof authorizedAccessRequests
>;

export const authorizedAccessRequests = (
  accessRequests: AccessRequests,
  permissions: PermissionsService,
) =>
  authorized(accessRequests, permissions, {
    list: [accessRequestReadPermission],
    get: [accessRequestReadPermission],
    create: (_person, { application }) => [
      accessRequestCreatePermission,
      ...(typeof application === 'string' ? [] : [applicationCreatePermission]),
    ],
    changePlan: [accessRequestCreatePermission],
    update: [accessRequestUpdatePermission],
    cancel: [accessRequestCancelPermission],
    approve: [accessRequestDecidePermission],
    reject: [accessRequestDecidePermission],
    decide: [accessRequestDecidePermission],
  });

export type AuthorizedHistory = ReturnType<typeof authorizedHistory>;

export const authorizedHistory = (
  history: History,
  permissions: PermissionsService,
) =>
  authorized(history, permissions, {
    list: [historyReadPermission],
    export: [historyReadPermission],
  });

export type AuthorizedOwnerless = ReturnType<typeof authorizedOwnerless>;

export const authorizedOwnerless = (
  ownerless: Ownerless,
  permissions: PermissionsService,
) =>
  authorized(ownerless, permissions, {
    list: [providerReadPermission, onlyPlatformOwners],
  });

export type AuthorizedMe = ReturnType<typeof authorizedMe>;

/** There is no permission to take away from people who they are. */
export const authorizedMe = (me: Me, permissions: PermissionsService) =>
  authorized(me, permissions, { get: [] });
