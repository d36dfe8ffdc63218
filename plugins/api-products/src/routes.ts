import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The marketplace, `/api-products`. @public */
export const marketplaceRouteRef = createRouteRef({ id: 'api-products' });

/** A product's page below the marketplace. @public */
export const productRouteRef = createSubRouteRef({
  id: 'api-products.product',
  parent: marketplaceRouteRef,
  path: '/:namespace/:name',
});

/** My access, `/api-products/my-access`. @public */
export const myAccessRouteRef = createRouteRef({
  id: 'api-products.my-access',
});

/** Approvals, `/api-products/approvals`. @public */
export const approvalsRouteRef = createRouteRef({
  id: 'api-products.approvals',
});

/** The pages of platform owners, `/api-products/admin`. @public */
export const adminRouteRef = createRouteRef({ id: 'api-products.admin' });

/** A provider's page below them. @public */
export const adminProviderRouteRef = createSubRouteRef({
  id: 'api-products.admin.provider',
  parent: adminRouteRef,
  path: '/providers/:id',
});
