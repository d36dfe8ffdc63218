import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';

/** The client that every page of this plugin uses. @public */
export const apiProductsApiRef = createApiRef<ApiProductsApi>().with({
  id: 'plugin.api-products.client',
  pluginId: 'api-products',
});
