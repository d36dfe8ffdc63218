import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  AccessRequestStatus,
  EntityRef,
  Id,
  Page,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { LIVE } from '../../hooks/subscriptionStates';
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
  /** Page of the list; the first if absent. */
  cursor?: string;
}

const sameRequest = (a: AccessRequest, b: AccessRequest): boolean =>
  a.id === b.id && a.revision === b.revision;

/** A page of the requests that the caller decides about, as they were when it was shown. */
export function useApprovals({
  tab,
  product,
  cursor,
}: ApprovalsView): Held<Page<AccessRequest>> {
  const api = useApi(apiProductsApiRef);
  const key = `${tab}:${product}:${cursor}`;
  const requests = useResource(`approvals:${key}`, signal =>
    api.listAccessRequests(
      {
        as: 'approver',
        product,
        status: STATUSES[tab],
        cursor,
        limit: PAGE_SIZE,
      },
      { signal },
    ),
  );
  useRefreshSignal(requests.reloadSoon);
  return useHeld(
    key,
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
  useRefreshSignal(request.reloadSoon);
  return useHeld(id, request, sameRequest);
}

/** What the application has already, as far as the caller may know: the newest of it. */
export function useOtherSubscriptions(
  application: Id,
): Resource<Subscription[]> {
  const api = useApi(apiProductsApiRef);
  return useResource(`subscriptions-of:${application}`, async signal => {
    const { items } = await api.listSubscriptions(
      { as: 'owner', application, status: LIVE },
      { signal },
    );
    return items;
  });
}
