/**
 * What My access shows, arranged: applications, each with its subscriptions and the requests that have not become
 * one. Pure, so that the arrangement is tested without a page around it.
 */
import type {
  AccessRequest,
  Application,
  Credential,
  CredentialStatus,
  Id,
  Subscription,
  SubscriptionStatus,
} from 'backstage-plugin-api-products-common';

/** For how long something that has ended stays in sight without being asked for. */
const ENDED_IN_SIGHT_MS = 24 * 60 * 60 * 1000;

/** An application with what it has and what it waits for. */
export interface Holding {
  application: Pick<Application, 'id' | 'name' | 'owner' | 'component'>;
  subscriptions: Subscription[];
  requests: AccessRequest[];
}

/** What the caller has, as the server lists it. */
export interface Access {
  subscriptions: Subscription[];
  requests: AccessRequest[];
}

const hasEnded = (status: SubscriptionStatus | CredentialStatus): boolean =>
  status === 'revoked' || status === 'expired';

/**
 * Whether a key ended so long ago that it is only shown when asked for. What has just ended stays: who revokes a key
 * wants to see it become “Revoked”.
 */
export const isPast = (
  item: Pick<Credential, 'status' | 'updatedAt'>,
  now: number,
): boolean =>
  hasEnded(item.status) && now - Date.parse(item.updatedAt) > ENDED_IN_SIGHT_MS;

/** From here on its people should not put it off any more. */
const SOON_MS = 30 * 24 * 60 * 60 * 1000;

/** Whether a key that works ends so soon that it should be seen. */
export const endsSoon = ({
  status,
  expiresAt,
}: Pick<Credential, 'status' | 'expiresAt'>): boolean =>
  status === 'active' &&
  expiresAt !== undefined &&
  Date.parse(expiresAt) - Date.now() <= SOON_MS;

const byTitle = (a: Subscription, b: Subscription): number =>
  Number(hasEnded(a.status)) - Number(hasEnded(b.status)) ||
  (a.products[0]?.title ?? '').localeCompare(b.products[0]?.title ?? '') ||
  a.id.localeCompare(b.id);

/** Applications that have or wait for something, by name; those with nothing are left out. */
export function holdingsOf(access: Access): Holding[] {
  const found = new Map<Id, Holding>();
  const holdingOf = (application: Holding['application']): Holding => {
    const known = found.get(application.id);
    if (known) {
      return known;
    }
    const made = { application, subscriptions: [], requests: [] };
    found.set(application.id, made);
    return made;
  };
  for (const subscription of access.subscriptions) {
    holdingOf(subscription.application).subscriptions.push(subscription);
  }
  for (const request of access.requests) {
    holdingOf(request.application).requests.push(request);
  }
  return [...found.values()]
    .map(holding => ({
      ...holding,
      subscriptions: [...holding.subscriptions].sort(byTitle),
    }))
    .sort(
      (a, b) =>
        a.application.name.localeCompare(b.application.name) ||
        a.application.id.localeCompare(b.application.id),
    );
}

/**
 * Requests for another plan stand with the subscription that they are about, where it is on the page.
 *
 * @returns those by subscription, and all others
 */
export function changesIn(
  subscriptions: Pick<Subscription, 'id'>[],
  requests: AccessRequest[],
): { changes: Map<Id, AccessRequest>; others: AccessRequest[] } {
  const there = new Set(subscriptions.map(({ id }) => id));
  const changes = new Map<Id, AccessRequest>();
  const others: AccessRequest[] = [];
  for (const request of requests) {
    const { change, subscription } = request;
    if (change && subscription !== undefined && there.has(subscription)) {
      changes.set(subscription, request);
    } else {
      others.push(request);
    }
  }
  return { changes, others };
}

/** What an application or a subscription on the page is called there. */
export function nameIn(
  holdings: Holding[],
  noun: 'application' | 'subscription',
  id: Id,
): string | undefined {
  if (noun === 'application') {
    return holdings.find(({ application }) => application.id === id)
      ?.application.name;
  }
  const found = holdings
    .flatMap(({ subscriptions }) => subscriptions)
    .find(subscription => subscription.id === id);
  return found?.products.map(({ title }) => title).join(', ');
}

/** Whether it is what a link leads to: a request that has become a subscription leads to that. */
export const isLinked = (
  { id, accessRequest }: Pick<Subscription, 'id' | 'accessRequest'>,
  linked: Id,
): boolean => id === linked || accessRequest === linked;

/** Whether what a link leads to is among these. */
export const isThere = (
  { subscriptions, requests }: Access,
  linked: Id,
): boolean =>
  requests.some(({ id }) => id === linked) ||
  subscriptions.some(subscription => isLinked(subscription, linked));
