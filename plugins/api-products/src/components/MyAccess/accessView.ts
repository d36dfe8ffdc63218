/**
 * What of their access somebody looks at stands in the address: filters and pages, and what a link leads to. Pure, so that
 * it is tested without a page.
 */
import type {
  AccessRequestQuery,
  EntityRef,
  Id,
  SubscriptionQuery,
} from 'backstage-plugin-api-products-common';
import { ENDED, LIVE } from '../../hooks/subscriptionStates';

/** Subscriptions, and requests, on a page. */
const PAGE_SIZE = 20;
/** Of what has ended; the others are a click away. */
const FEW = 2;

export interface AccessView {
  application?: Id;
  product?: EntityRef;
  /** With what has ended. */
  ended: boolean;
  /** Page of subscriptions. */
  cursor?: string;
  /** Page of requests. */
  requests?: string;
}

type Part = keyof AccessView;

/** What a link leads to. */
export interface Linked {
  kind: 'subscription' | 'request';
  id: Id;
}

export const readView = (params: URLSearchParams): AccessView => ({
  application: params.get('application') ?? undefined,
  product: params.get('product') ?? undefined,
  ended: params.get('ended') === 'true',
  cursor: params.get('cursor') ?? undefined,
  requests: params.get('requests') ?? undefined,
});

export function readLinked(params: URLSearchParams): Linked | undefined {
  for (const kind of ['subscription', 'request'] as const) {
    const id = params.get(kind);
    if (id !== null) {
      return { kind, id };
    }
  }
  return undefined;
}

/** What is looked at instead: another filter starts on the first pages, and the link has been followed. */
export function withPart(
  params: URLSearchParams,
  part: Part,
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params);
  const isPage = part === 'cursor' || part === 'requests';
  for (const name of isPage
    ? ['subscription', 'request']
    : ['cursor', 'requests', 'subscription', 'request']) {
    next.delete(name);
  }
  if (value) {
    next.set(part, value);
  } else {
    next.delete(part);
  }
  return next;
}

export const isFiltered = ({ application, product }: AccessView): boolean =>
  application !== undefined || product !== undefined;

const filters = ({ application, product }: AccessView) => ({
  ...(application && { application }),
  ...(product && { product }),
});

export const subscriptionQuery = (view: AccessView): SubscriptionQuery => ({
  as: 'consumer',
  limit: PAGE_SIZE,
  ...filters(view),
  ...(!view.ended && { status: LIVE }),
  ...(view.cursor && { cursor: view.cursor }),
});

/** How many have ended, and the newest few of them: some can be renewed. */
export const endedQuery = (view: AccessView): SubscriptionQuery => ({
  as: 'consumer',
  limit: FEW,
  ...filters(view),
  status: ENDED,
});

export const requestQuery = (view: AccessView): AccessRequestQuery => ({
  as: 'requester',
  current: true,
  limit: PAGE_SIZE,
  ...filters(view),
  ...(view.requests && { cursor: view.requests }),
});
