import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../api';
import { firstPages, PAGE_SIZE } from '../../hooks/firstPages';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource, type Resource } from '../../hooks/useResource';
import { isUnderWay, type Access } from './holdings';

/** While the server is at something. */
const QUICK_POLL_MS = 2_000;

/** Pages of each list; more would not be read. */
const MAX_PAGES = 5;

/** How many subscriptions, and how many requests, are shown at most. */
export const MAX_ITEMS = MAX_PAGES * PAGE_SIZE;

/** What the caller and their groups have and wait for, kept up to date. */
export function useMyAccess(): Resource<Access & { truncated: boolean }> {
  const api = useApi(apiProductsApiRef);
  const access = useResource(
    'my-access',
    async signal => {
      const [subscriptions, requests] = await Promise.all([
        firstPages(MAX_PAGES, query =>
          api.listSubscriptions({ ...query, as: 'consumer' }, { signal }),
        ),
        firstPages(MAX_PAGES, query =>
          api.listAccessRequests({ ...query, as: 'requester' }, { signal }),
        ),
      ]);
      return {
        subscriptions: subscriptions.items,
        requests: requests.items,
        truncated: subscriptions.truncated || requests.truncated,
      };
    },
    {
      pollMs: ({ subscriptions }) =>
        subscriptions.some(isUnderWay) ? QUICK_POLL_MS : undefined,
    },
  );
  useRefreshSignal(access.reload);
  return access;
}
