import { useApi } from '@backstage/core-plugin-api';
import type {
  Page,
  Subscription,
  SubscriptionQuery,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { pollWhileUnderWay } from '../../hooks/subscriptionStates';
import { useFinished } from '../../hooks/useFinished';
import { useHeldList } from '../../hooks/useHeldList';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';

interface Subscriptions {
  page?: Page<Subscription>;
  error?: Error;
  /** There are others on the page by now. */
  hasNews: boolean;
  /** Shows them. */
  show: () => void;
  reload: () => void;
}

/** A page of subscriptions, kept up to date, with every row where it was. */
export function useSubscriptions(query: SubscriptionQuery): Subscriptions {
  const api = useApi(apiProductsApiRef);
  const key = JSON.stringify(query);
  const list = useResource(
    `subscriptions ${key}`,
    signal => api.listSubscriptions(query, { signal }),
    { pollMs: ({ items }) => pollWhileUnderWay(items) },
  );
  const finished = useFinished(key, list.value?.items);
  useRefreshSignal(() => {
    list.reloadSoon();
    finished.reloadSoon();
  });
  const { items, hasNews, show } = useHeldList(
    key,
    list.value?.items,
    finished.value ?? [],
  );
  return {
    page: list.value && items && { ...list.value, items },
    error: list.error,
    hasNews,
    show,
    reload: () => {
      list.reload();
      finished.reload();
    },
  };
}
