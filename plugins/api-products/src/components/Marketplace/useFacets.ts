import { useApi } from '@backstage/core-plugin-api';
import type { ProductFacets } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import { useResource } from '../../hooks/useResource';
import type { Choices } from '../shared';

const NONE: ProductFacets = {
  catalogue: { values: [] },
  owner: { values: [] },
  tag: { values: [] },
};

export type FacetName = keyof ProductFacets;

/** The first catalogues, owners and tags of what the caller sees. */
export function useFacets(): ProductFacets {
  const api = useApi(apiProductsApiRef);
  const { value } = useResource('facets', signal =>
    api.listProductFacets({}, { signal }),
  );
  return value ?? NONE;
}

/** Tags are words; the others are refs. */
export const facetLabel = (
  name: FacetName,
  { value, title }: { value: string; title?: string },
): string => title ?? (name === 'tag' ? value : refName(value));

/** All of them, where there are more than the first. */
export function useFacetChoices(): (name: FacetName) => Choices {
  const api = useApi(apiProductsApiRef);
  return name => ({
    key: `facet ${name}`,
    labelOf: value => facetLabel(name, { value }),
    load: async (q, signal) => {
      const facets = await api.listProductFacets(
        { ...(q && { q }) },
        { signal },
      );
      return facets[name].values.map(found => ({
        value: found.value,
        label: facetLabel(name, found),
      }));
    },
  });
}
