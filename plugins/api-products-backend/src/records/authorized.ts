/** Who may call what of this room, as everybody else meets it. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  catalogueReadPermission,
  planReadPermission,
  productReadPermission,
  providerReadPermission,
  providerUpdatePermission,
} from 'backstage-plugin-api-products-common';
import { authorized } from '../identity/authorize';
import type { Caller } from '../identity/Caller';
import type { Catalogue } from './Catalogue';
import type { CatalogRecords } from './CatalogRecords';
import type { CatalogRemovals } from './CatalogRemovals';
import type { Definitions } from './Definitions';

export type AuthorizedCatalogue = ReturnType<typeof authorizedCatalogue>;

export const authorizedCatalogue = (
  catalogue: Catalogue,
  permissions: PermissionsService,
) =>
  authorized(catalogue, permissions, {
    listProducts: [productReadPermission],
    listProductCards: [productReadPermission],
    listProductFacets: [productReadPermission, catalogueReadPermission],
    getProduct: [productReadPermission],
    listPlans: [planReadPermission],
    getPlan: [planReadPermission],
    listCatalogues: [catalogueReadPermission],
    getCatalogue: [catalogueReadPermission],
  });

export type AuthorizedDefinitions = ReturnType<typeof authorizedDefinitions>;

export const authorizedDefinitions = (
  definitions: Definitions,
  permissions: PermissionsService,
) =>
  authorized(definitions, permissions, {
    get: [productReadPermission],
  });

function onlyTheCatalog({ kind }: Caller): void {
  if (kind !== 'service') {
    throw new NotAllowedError(
      'Only the catalog asks what it should have, and tells what it has',
    );
  }
}

function onlyPlatformOwners(caller: Caller): void {
  if (caller.kind !== 'user' || !caller.platformOwner) {
    throw new NotAllowedError(
      'Only platform owners decide what the catalog gives up',
    );
  }
}

export type AuthorizedCatalogRecords = ReturnType<
  typeof authorizedCatalogRecords
>;

export const authorizedCatalogRecords = (
  records: CatalogRecords,
  permissions: PermissionsService,
) => authorized(records, permissions, { list: [onlyTheCatalog] });

export type AuthorizedCatalogRemovals = ReturnType<
  typeof authorizedCatalogRemovals
>;

export const authorizedCatalogRemovals = (
  removals: CatalogRemovals,
  permissions: PermissionsService,
) =>
  authorized(removals, permissions, {
    report: [onlyTheCatalog],
    list: [providerReadPermission, onlyPlatformOwners],
    confirm: [providerUpdatePermission, onlyPlatformOwners],
  });
