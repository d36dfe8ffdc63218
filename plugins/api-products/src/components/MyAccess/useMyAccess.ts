import { useApi } from '@backstage/core-plugin-api';
import type { Page } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource, type Resource } from '../../hooks/useResource';
import { isUnderWay, type Access } from './holdings';

/** While the server is at something. */
const QUICK_POLL_MS = 2_000;

const PAGE_SIZE = 100;
/** Nobody reads more than that; a page of thousands of rows is never built in a browser. */
const MAX_PAGES = 5;

/** The first pages of a list, one after the other. */
async function firstPages<T>(
  load: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<{ items: T[]; truncated: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items: more, pageInfo } = await load({ limit: PAGE_SIZE, cursor });
    items.push(...more);
    cursor = pageInfo.nextCursor;
    if (!cursor) {
      return { items, truncated: false };
    }
  }
  return { items, truncated: true };
}

/** What the caller and his groups have and wait for, kept up to date. @internal */
export function useMyAccess(): Resource<Access & { truncated: boolean }> {
  const api = useApi(apiProductsApiRef);
  const access = useResource(
    'my-access',
    async signal => {
      const [subscriptions, requests] = await Promise.all([
        firstPages(query =>
          api.listSubscriptions({ ...query, as: 'consumer' }, { signal }),
        ),
        firstPages(query =>
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
