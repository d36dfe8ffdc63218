import { useApi } from '@backstage/core-plugin-api';
import type { Application } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../api';
import type { Choices } from '../components/shared';
import { refName } from './refName';

/** As many as somebody looks through. */
const MOST = 20;

/**
 * The applications of the caller and their groups.
 *
 * @param known - those whose names the page has already
 */
export function useApplicationChoices(
  known: Pick<Application, 'id' | 'name'>[],
): Choices {
  const api = useApi(apiProductsApiRef);
  return {
    key: 'own applications',
    labelOf: value => known.find(({ id }) => id === value)?.name ?? value,
    load: async (q, signal) => {
      const { items } = await api.listApplications(
        { ...(q && { q }), limit: MOST },
        { signal },
      );
      return items.map(({ id, name, owner }) => ({
        value: id,
        label: name,
        hint: refName(owner),
      }));
    },
  };
}
