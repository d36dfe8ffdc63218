import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  AccessRequestStatus,
  EntityRef,
  Id,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { firstPages, type FirstPages } from '../../hooks/firstPages';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useHeld, type Held } from '../../hooks/useHeld';
import { useResource, type Resource } from '../../hooks/useResource';

const PAGE_SIZE = 25;

/** The two halves of the queue. */
export type ApprovalsTab = 'waiting' | 'decided';

const STATUSES: Record<ApprovalsTab, AccessRequestStatus[]> = {
  waiting: ['pending'],
  decided: ['approved', 'rejected'],
};

interface ApprovalsView {
  tab: ApprovalsTab;
  /** Of one product only. */
  product?: EntityRef;
  pages: number;
}

const sameRequest = (a: AccessRequest, b: AccessRequest): boolean =>
  a.id === b.id && a.revision === b.revision;

/** Requests that the caller decides about, as they were when the list was shown. */
export function useApprovals({
  tab,
  product,
  pages,
}: ApprovalsView): Held<FirstPages<AccessRequest>> {
  const api = useApi(apiProductsApiRef);
  const requests = useResource(
    `approvals:${tab}:${product}:${pages}`,
    signal =>
      firstPages(
        pages,
        query =>
          api.listAccessRequests(
            { ...query, as: 'approver', product, status: STATUSES[tab] },
            { signal },
          ),
        PAGE_SIZE,
      ),
    { keepPrevious: pages > 1 },
  );
  useRefreshSignal(requests.reload);
  return useHeld(
    `${tab}:${product}`,
    requests,
    (a, b) =>
      a.items.length === 0 ||
      (a.items.length === b.items.length &&
        a.items.every((item, index) => sameRequest(item, b.items[index]))),
  );
}

/** A request as it was when it was opened, and what has become of it. */
export function useRequest(id: Id): Held<AccessRequest> {
  const api = useApi(apiProductsApiRef);
  const request = useResource(`access-request:${id}`, signal =>
    api.getAccessRequest(id, { signal }),
  );
  useRefreshSignal(request.reload);
  return useHeld(id, request, sameRequest);
}

const ENDED: Subscription['status'][] = ['revoked', 'expired'];

/** What the application has already, as far as the caller may know. */
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
