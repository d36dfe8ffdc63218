import { useApi } from '@backstage/core-plugin-api';
import type { Id, ProviderApi } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useResource, type Resource } from '../../../hooks/useResource';

/** The APIs of a provider to choose from; none without a provider. */
export function useProviderApis(provider: Id): Resource<ProviderApi[]> {
  const api = useApi(apiProductsApiRef);
  return useResource(`provider-apis ${provider}`, async signal => {
    if (provider === '') {
      return [];
    }
    const { items } = await api.listProviderApis(provider, { signal });
    return items;
  });
}
