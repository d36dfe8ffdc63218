import { useApi } from '@backstage/core-plugin-api';
import type { Catalogue } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';

/** What can be chosen in the filters. */
export interface Facets {
  catalogues: Catalogue[];
  owners: string[];
  tags: string[];
}

const unique = (values: string[]) => [...new Set(values)].sort();

/**
 * Catalogues, owners and tags to choose from, as far as the caller sees them. Owners and tags are those of the first
 * hundred products: enough to choose from, and whatever else the address names is offered too.
 */
export function useFacets(): Facets {
  const api = useApi(apiProductsApiRef);
  const { value } = useResource('facets', async signal => {
    const [catalogues, products] = await Promise.all([
      api.listCatalogues({ limit: 100 }, { signal }),
      api.listProducts({ limit: 100 }, { signal }),
    ]);
    return {
      catalogues: catalogues.items,
      owners: unique(products.items.map(product => product.owner)),
      tags: unique(products.items.flatMap(product => product.tags)),
    };
  });
  return value ?? { catalogues: [], owners: [], tags: [] };
}
