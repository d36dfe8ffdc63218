import { useApi } from '@backstage/core-plugin-api';
import type {
  ApiProductsApi,
  Id,
  Page,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { isNotForCaller } from '../../hooks/serverError';
import { pollWhileUnderWay } from '../../hooks/subscriptionStates';
import { useFinished } from '../../hooks/useFinished';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import {
  endedQuery,
  requestQuery,
  subscriptionQuery,
  type AccessView,
  type Linked,
} from './accessView';
import { isThere, type Access } from './holdings';

const NOTHING: Access = { subscriptions: [], requests: [] };

/** What somebody sees of their access, and the ways to the rest. */
export interface MyAccess extends Access {
  /** How many there are on all pages, and the pages beside this one. */
  ofSubscriptions: Omit<Page<never>, 'items'>;
  ofRequests?: Omit<Page<never>, 'items'>;
  /** How many have ended. */
  ended: number;
  /** The subscription that a request was about to which the link leads. */
  leadsTo?: Id;
  /** What the link leads to is not there, or not for the caller. */
  linkedMissing: boolean;
}

const byId = <T extends { id: Id }>(items: T[]): T[] => [
  ...new Map(items.map(item => [item.id, item])).values(),
];

/** Its consumer should not have to look for it among what is over. */
const isRenewable = ({ actions }: Subscription): boolean =>
  actions.includes('renew');

/** Each once; what is on the page is the newest. */
const together = (page: Access, ...others: Access[]): Access => ({
  subscriptions: byId(
    [...others, page].flatMap(({ subscriptions }) => subscriptions),
  ),
  requests: byId([...others, page].flatMap(({ requests }) => requests)),
});

/** A page of what the caller and their groups have and wait for, kept up to date. */
export function useMyAccess(
  view: AccessView,
  linked: Linked | undefined,
): { value?: MyAccess; error?: Error; reload: () => void } {
  const api = useApi(apiProductsApiRef);
  const key = JSON.stringify(view);
  const subscriptions = useResource(
    `subscriptions ${key}`,
    signal => api.listSubscriptions(subscriptionQuery(view), { signal }),
    {
      keepPrevious: true,
      pollMs: ({ items }) => pollWhileUnderWay(items),
    },
  );
  // What waits stands on the first page.
  const first = view.cursor === undefined;
  const requests = useResource(
    `requests ${first} ${key}`,
    async signal =>
      first
        ? api.listAccessRequests(requestQuery(view), { signal })
        : undefined,
    { keepPrevious: true },
  );
  const ended = useResource(
    `ended ${key}`,
    signal => api.listSubscriptions(endedQuery(view), { signal }),
    { keepPrevious: true },
  );
  const page: Access = {
    subscriptions: subscriptions.value?.items ?? [],
    requests: first ? requests.value?.items ?? [] : [],
  };
  const listed =
    subscriptions.value !== undefined &&
    (!first || requests.value !== undefined);
  const away =
    linked && listed && !isThere(page, linked.id) ? linked : undefined;
  const brought = useResource(`linked ${JSON.stringify(away)}`, async signal =>
    away ? bring(api, away, signal) : NOTHING,
  );
  const finished = useFinished(key, subscriptions.value?.items);

  const all = [subscriptions, requests, ended, brought, finished];
  useRefreshSignal(() => all.forEach(part => part.reloadSoon()));
  const missing = brought.error !== undefined && isNotForCaller(brought.error);
  return {
    value:
      listed && subscriptions.value
        ? {
            ...together(page, brought.value ?? NOTHING, {
              ...NOTHING,
              subscriptions: [
                ...(finished.value ?? []),
                ...(first ? ended.value?.items ?? [] : []).filter(isRenewable),
              ],
            }),
            ofSubscriptions: subscriptions.value,
            ofRequests: first ? requests.value : undefined,
            ended: ended.value?.totalItems ?? 0,
            leadsTo: brought.value?.subscriptions[0]?.id,
            linkedMissing: missing,
          }
        : undefined,
    error:
      subscriptions.error ??
      requests.error ??
      (missing ? undefined : brought.error),
    reload: () => all.forEach(part => part.reload()),
  };
}

/** What a link leads to, where it is not on the page. */
async function bring(
  api: ApiProductsApi,
  { kind, id }: Linked,
  signal: AbortSignal,
): Promise<Access> {
  if (kind === 'subscription') {
    return {
      subscriptions: [await api.getSubscription(id, { signal })],
      requests: [],
    };
  }
  const request = await api.getAccessRequest(id, { signal });
  const { subscription, change, status } = request;
  return {
    subscriptions:
      subscription === undefined
        ? []
        : [await api.getSubscription(subscription, { signal })],
    // What asked for another plan and came to nothing is said beside the subscription.
    requests:
      subscription === undefined || (change && status !== 'approved')
        ? [request]
        : [],
  };
}
