import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../api';
import type { Choices } from '../components/shared';
import { refName } from './refName';

/** As many as somebody looks through. */
const MOST = 20;

/** The products that the caller sees. */
export function useProductChoices(): Choices {
  const api = useApi(apiProductsApiRef);
  return {
    key: 'products',
    labelOf: refName,
    load: async (q, signal) => {
      const { items } = await api.listProductCards(
        { ...(q && { q }), limit: MOST },
        { signal },
      );
      return items.map(({ ref, title }) => ({ value: ref, label: title }));
    },
  };
}
