/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  catalogueCreatePermission,
  catalogueDeletePermission,
  catalogueUpdatePermission,
  planCreatePermission,
  planDeletePermission,
  planUpdatePermission,
  productCreatePermission,
  productDeletePermission,
  productUpdatePermission,
  providerReadPermission,
  providerUpdatePermission,
} from 'backstage-plugin-api-products-common';
import { authorized } from '../../identity/authorize';
import { onlyPlatformOwners } from '../../identity/onlyPlatformOwners';
import type { GoneRecords } from './GoneRecords';
import type { Authoring } from './types';

export type AuthorizedAuthoring = ReturnType<typeof authorizedAuthoring>;

export const authorizedAuthoring = (
  authoring: Authoring,
  permissions: PermissionsService,
) =>
  authorized(authoring, permissions, {
    createProduct: [productCreatePermission],
    updateProduct: [productUpdatePermission],
    productDeletion: [productDeletePermission],
    deleteProduct: [productDeletePermission],
    createPlan: [planCreatePermission],
    updatePlan: [planUpdatePermission],
    planDeletion: [planDeletePermission],
    deletePlan: [planDeletePermission],
    createCatalogue: [catalogueCreatePermission],
    updateCatalogue: [catalogueUpdatePermission],
    deleteCatalogue: [catalogueDeletePermission],
  });

export type AuthorizedGoneRecords = ReturnType<typeof authorizedGoneRecords>;

export const authorizedGoneRecords = (
  goneRecords: GoneRecords,
  permissions: PermissionsService,
) =>
  authorized(goneRecords, permissions, {
    list: [providerReadPermission, onlyPlatformOwners],
    confirm: [providerUpdatePermission, onlyPlatformOwners],
  });
