import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  AccessRequestStatus,
  Id,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { firstPages, type FirstPages } from '../../hooks/firstPages';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource, type Resource } from '../../hooks/useResource';

const PAGE_SIZE = 25;

/** The two halves of the queue. @internal */
export type ApprovalsTab = 'waiting' | 'decided';

const STATUSES: Record<ApprovalsTab, AccessRequestStatus[]> = {
  waiting: ['pending'],
  decided: ['approved', 'rejected'],
};

/** Requests that the caller decides about, kept up to date. @internal */
export function useApprovals(
  tab: ApprovalsTab,
  pages: number,
): Resource<FirstPages<AccessRequest>> {
  const api = useApi(apiProductsApiRef);
  const requests = useResource(
    `approvals:${tab}:${pages}`,
    signal =>
      firstPages(
        pages,
        query =>
          api.listAccessRequests(
            { ...query, as: 'approver', status: STATUSES[tab] },
            { signal },
          ),
        PAGE_SIZE,
      ),
    { keepPrevious: pages > 1 },
  );
  useRefreshSignal(requests.reload);
  return requests;
}

/** A request as it is now. @internal */
export function useRequest(id: Id): Resource<AccessRequest> {
  const api = useApi(apiProductsApiRef);
  const request = useResource(`access-request:${id}`, signal =>
    api.getAccessRequest(id, { signal }),
  );
  useRefreshSignal(request.reload);
  return request;
}

const ENDED: Subscription['status'][] = ['revoked', 'expired'];

/** What the application has already, as far as the caller may know. @internal */
export function useOtherSubscriptions(
  application: Id,
): Resource<Subscription[]> {
  const api = useApi(apiProductsApiRef);
  return useResource(`subscriptions-of:${application}`, async signal => {
    const { items } = await api.listSubscriptions(
      { as: 'owner', application, limit: 100 },
      { signal },
    );
    return items.filter(({ status }) => !ENDED.includes(status));
  });
}
