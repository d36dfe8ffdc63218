/** Where the admin forms' choices come from: owners from the catalog, plans and catalogues from the backend. */
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { formatPrice } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import type { Choices } from '../shared';

const MOST = 30;

function titleOf({ metadata, spec }: Entity): string {
  const profile = spec?.profile;
  const shown =
    typeof profile === 'object' && profile !== null && 'displayName' in profile
      ? profile.displayName
      : undefined;
  return metadata.title ?? (typeof shown === 'string' ? shown : metadata.name);
}

/** Groups and users of the catalog. */
export function useOwnerChoices(): Choices {
  const catalog = useApi(catalogApiRef);
  return {
    key: 'owners',
    labelOf: refName,
    load: async q => {
      const { items } = await catalog.queryEntities({
        filter: { kind: ['Group', 'User'] },
        ...(q && {
          fullTextFilter: {
            term: q,
            fields: [
              'metadata.name',
              'metadata.title',
              'spec.profile.displayName',
            ],
          },
        }),
        limit: MOST,
      });
      return items.map(entity => {
        const value = stringifyEntityRef(entity);
        const label = refName(value);
        const title = titleOf(entity);
        return { value, label, hint: title === label ? undefined : title };
      });
    },
  };
}

/** Those in which the caller may list something. */
export function useCatalogueChoices(): Choices {
  const api = useApi(apiProductsApiRef);
  return {
    key: 'catalogues',
    labelOf: refName,
    load: async (q, signal) => {
      const { items } = await api.listCatalogues(
        { ...(q && { q }), limit: MOST },
        { signal },
      );
      return items
        .filter(({ actions }) => actions.includes('list'))
        .map(({ ref, title }) => ({
          value: ref,
          label: title,
          hint: refName(ref) === title ? undefined : refName(ref),
        }));
    },
  };
}

export function usePlanChoices(provider?: string): Choices {
  const api = useApi(apiProductsApiRef);
  return {
    key: `plans ${provider ?? ''}`,
    labelOf: refName,
    load: async (q, signal) => {
      const { items } = await api.listPlans(
        { ...(q && { q }), limit: 100 },
        { signal },
      );
      return items
        .filter(
          plan => !provider || !plan.provider || plan.provider === provider,
        )
        .slice(0, MOST)
        .map(plan => ({
          value: plan.ref,
          label: plan.title,
          hint: formatPrice(plan.pricing),
        }));
    },
  };
}
