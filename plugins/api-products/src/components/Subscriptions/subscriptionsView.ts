/**
 * Which subscriptions an owner looks at stands in the address: search, filters and page. Pure, so that it is tested
 * without a page.
 */
import type {
  EntityRef,
  SubscriptionQuery,
  SubscriptionStatus,
} from 'backstage-plugin-api-products-common';
import { ENDED, LIVE } from '../../hooks/subscriptionStates';

const PAGE_SIZE = 20;

/** What can be chosen as status, in the order in which it is offered; the first is what is shown by itself. */
export const STATUS_CHOICES = [
  'live',
  'active',
  'suspended',
  'provisioning',
  'revoking',
  'failed',
  'ended',
  'all',
] as const;

type StatusChoice = (typeof STATUS_CHOICES)[number];

const STATUSES: Record<StatusChoice, SubscriptionStatus[] | undefined> = {
  live: LIVE,
  active: ['active'],
  suspended: ['suspended'],
  provisioning: ['provisioning'],
  revoking: ['revoking'],
  failed: ['failed'],
  ended: ENDED,
  all: undefined,
};

export interface SubscriptionsView {
  /** Words in the application's name. */
  q: string;
  product?: EntityRef;
  plan?: EntityRef;
  status: StatusChoice;
  cursor?: string;
}

export const readView = (params: URLSearchParams): SubscriptionsView => ({
  q: params.get('q') ?? '',
  product: params.get('product') ?? undefined,
  plan: params.get('plan') ?? undefined,
  status:
    STATUS_CHOICES.find(choice => choice === params.get('status')) ?? 'live',
  cursor: params.get('cursor') ?? undefined,
});

/** What is looked at instead: another filter starts on the first page. */
export function withPart(
  params: URLSearchParams,
  part: keyof SubscriptionsView,
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('cursor');
  if (value && !(part === 'status' && value === STATUS_CHOICES[0])) {
    next.set(part, value);
  } else {
    next.delete(part);
  }
  return next;
}

export const isFiltered = (view: SubscriptionsView): boolean =>
  view.q !== '' ||
  view.product !== undefined ||
  view.plan !== undefined ||
  view.status !== STATUS_CHOICES[0];

/** @param product - of whose page it is, whatever the address says */
export function queryOf(
  view: SubscriptionsView,
  product: EntityRef | undefined = view.product,
): SubscriptionQuery {
  const { q, plan, cursor } = view;
  const status = STATUSES[view.status];
  return {
    as: 'owner',
    limit: PAGE_SIZE,
    ...(q && { q }),
    ...(product && { product }),
    ...(plan && { plan }),
    ...(status && { status }),
    ...(cursor && { cursor }),
  };
}

/** How many have not ended; only that is asked for. */
export const countQuery = (product: EntityRef): SubscriptionQuery => ({
  as: 'owner',
  product,
  status: LIVE,
  limit: 1,
});
