import { useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Id, Subscription } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../api';
import { isUnderWay } from './subscriptionStates';
import { useResource, type Resource } from './useResource';

/**
 * Who sets something going wants to see what becomes of it: subscriptions that were under way here, and have left the
 * list since.
 *
 * @param key - names the list
 * @param items - what is in it now
 */
export function useFinished(
  key: string,
  items: Subscription[] | undefined,
): Resource<Subscription[]> {
  const api = useApi(apiProductsApiRef);
  const seen = useRef({ key, ids: new Set<Id>() });
  if (seen.current.key !== key) {
    seen.current = { key, ids: new Set() };
  }
  const { ids } = seen.current;
  for (const item of items ?? []) {
    if (isUnderWay(item)) {
      ids.add(item.id);
    } else {
      ids.delete(item.id);
    }
  }
  const listed = new Set(items?.map(({ id }) => id));
  const gone = items ? [...ids].filter(id => !listed.has(id)) : [];
  return useResource(`finished ${key} ${gone}`, signal =>
    Promise.all(gone.map(id => api.getSubscription(id, { signal }))),
  );
}
