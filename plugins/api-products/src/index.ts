/**
 * API Products: find a product, ask for access, get a key.
 *
 * @packageDocumentation
 */
export { apiProductsPlugin as default } from './plugin';
export { apiProductsApiRef } from './api';
export { ApiAdminSidebarItem } from './components/ApiAdminSidebarItem';
export {
  adminProviderRouteRef,
  adminRouteRef,
  approvalsRouteRef,
  marketplaceRouteRef,
  myAccessRouteRef,
  productRouteRef,
} from './routes';
export { apiProductsTranslationRef } from './translation';
