/**
 * API Products for apps on the legacy frontend system: the same pages, with the header that the new system brings by
 * itself.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { ApiProductsClient } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from './api';
import { shareReads } from './reads/shareReads';
import {
  adminProviderRouteRef,
  adminRouteRef,
  approvalsRouteRef,
  marketplaceRouteRef,
  myAccessRouteRef,
  productRouteRef,
} from './routes';

export { apiProductsApiRef } from './api';
export { ApiAdminSidebarItem } from './components/ApiAdminSidebarItem';
export { apiProductsTranslationRef } from './translation';

/** The plugin; its pages are the extensions below. @public */
export const apiProductsPlugin = createPlugin({
  id: 'api-products',
  apis: [
    createApiFactory({
      api: apiProductsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => shareReads(ApiProductsClient.create(deps)),
    }),
  ],
  routes: {
    root: marketplaceRouteRef,
    product: productRouteRef,
    myAccess: myAccessRouteRef,
    approvals: approvalsRouteRef,
    admin: adminRouteRef,
    adminProvider: adminProviderRouteRef,
  },
});

/** Marketplace and product pages, for the path `/api-products`. @public */
export const ApiProductsPage = apiProductsPlugin.provide(
  createRoutableExtension({
    name: 'ApiProductsPage',
    mountPoint: marketplaceRouteRef,
    component: () =>
      import('./components/LegacyApiProductsPage').then(
        m => m.LegacyApiProductsPage,
      ),
  }),
);

/** My access, for the path `/api-products/my-access`. @public */
export const MyAccessPage = apiProductsPlugin.provide(
  createRoutableExtension({
    name: 'MyAccessPage',
    mountPoint: myAccessRouteRef,
    component: () =>
      import('./components/LegacyMyAccessPage').then(m => m.LegacyMyAccessPage),
  }),
);

/** Approvals, for the path `/api-products/approvals`. @public */
export const ApprovalsPage = apiProductsPlugin.provide(
  createRoutableExtension({
    name: 'ApprovalsPage',
    mountPoint: approvalsRouteRef,
    component: () =>
      import('./components/LegacyApprovalsPage').then(
        m => m.LegacyApprovalsPage,
      ),
  }),
);

/** The pages of platform owners, for the path `/api-products/admin`. @public */
export const ApiProductsAdminPage = apiProductsPlugin.provide(
  createRoutableExtension({
    name: 'ApiProductsAdminPage',
    mountPoint: adminRouteRef,
    component: () =>
      import('./components/LegacyAdminPage').then(m => m.LegacyAdminPage),
  }),
);

const parts = () => import('./components/Product/entity');

/** Description, guides and terms, for the entity page of an `APIProduct`. @public */
export const EntityApiProductAboutCard = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductAboutCard',
    component: { lazy: () => parts().then(m => m.EntityAbout) },
  }),
);

/** Owner, endpoint and the button that asks for access. @public */
export const EntityApiProductDetailsCard = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductDetailsCard',
    component: { lazy: () => parts().then(m => m.EntityDetails) },
  }),
);

/** The plans side by side. @public */
export const EntityApiProductPlansContent = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductPlansContent',
    component: { lazy: () => parts().then(m => m.EntityPlans) },
  }),
);

/** The rendered definitions of the product's APIs. @public */
export const EntityApiProductDefinitionContent = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductDefinitionContent',
    component: { lazy: () => parts().then(m => m.EntityDefinition) },
  }),
);

/** What the caller has of the product. @public */
export const EntityApiProductMyAccessContent = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductMyAccessContent',
    component: { lazy: () => parts().then(m => m.EntityMyAccess) },
  }),
);

/** For owners: who waits for a decision about the product. @public */
export const EntityApiProductRequestsContent = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductRequestsContent',
    component: { lazy: () => parts().then(m => m.EntityRequests) },
  }),
);

/** For owners: who uses the product, and what they do about it. @public */
export const EntityApiProductSubscribersContent = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductSubscribersContent',
    component: { lazy: () => parts().then(m => m.EntitySubscribers) },
  }),
);

/** For owners: what has happened to the product and to all access to it. @public */
export const EntityApiProductHistoryContent = apiProductsPlugin.provide(
  createComponentExtension({
    name: 'EntityApiProductHistoryContent',
    component: { lazy: () => parts().then(m => m.EntityHistory) },
  }),
);
