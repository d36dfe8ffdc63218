/**
 * What My access shows, arranged: applications, each with its subscriptions and the requests that have not become
 * one. Pure, so that the arrangement is tested without a page around it.
 */
import type {
  AccessRequest,
  Application,
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
 * Whether something ended so long ago that it is only shown when asked for. What has just ended stays: who revokes a
 * key wants to see it become “Revoked”.
 */
export const isPast = (
  item: { status: SubscriptionStatus | CredentialStatus; updatedAt: string },
  now: number,
): boolean =>
  hasEnded(item.status) && now - Date.parse(item.updatedAt) > ENDED_IN_SIGHT_MS;

const sameMatter = (a: AccessRequest, b: AccessRequest): boolean =>
  a.application.id === b.application.id && a.product.ref === b.product.ref;

/** A refusal is news until the application has asked again or has what it asked for. */
function isNews(request: AccessRequest, access: Access): boolean {
  if (request.status === 'pending') {
    return true;
  }
  if (request.status !== 'rejected') {
    return false;
  }
  const askedAgain = access.requests.some(
    other =>
      sameMatter(other, request) &&
      other.status !== 'cancelled' &&
      other.createdAt > request.createdAt,
  );
  const has = access.subscriptions.some(
    ({ application, products, status }) =>
      application.id === request.application.id &&
      !hasEnded(status) &&
      products.some(({ ref }) => ref === request.product.ref),
  );
  return !askedAgain && !has;
}

const byTitle = (a: Subscription, b: Subscription): number =>
  Number(hasEnded(a.status)) - Number(hasEnded(b.status)) ||
  (a.products[0]?.title ?? '').localeCompare(b.products[0]?.title ?? '') ||
  a.id.localeCompare(b.id);

/**
 * Applications that have or wait for something, by name; those with nothing are left out.
 *
 * @param linked - id of an access request that is shown whatever its state, because a link leads to it
 */
export function holdingsOf(access: Access, linked?: Id): Holding[] {
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
    if (
      isNews(request, access) ||
      (request.id === linked && request.subscription === undefined)
    ) {
      holdingOf(request.application).requests.push(request);
    }
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

/** Those with the text in the name of the application, or what of them has it in that of a product or plan. */
export function matching(holdings: Holding[], q: string): Holding[] {
  const wanted = q.toLocaleLowerCase();
  const has = (...names: string[]) =>
    names.some(name => name.toLocaleLowerCase().includes(wanted));
  return holdings
    .map(holding =>
      has(holding.application.name)
        ? holding
        : {
            ...holding,
            subscriptions: holding.subscriptions.filter(({ products, plan }) =>
              has(plan.title, ...products.map(({ title }) => title)),
            ),
            requests: holding.requests.filter(({ product, plan }) =>
              has(plan.title, product.title),
            ),
          },
    )
    .filter(
      ({ subscriptions, requests }) =>
        subscriptions.length + requests.length > 0,
    );
}

/** Whether the server is at something that changes by itself soon. */
export const isUnderWay = (subscription: Subscription): boolean =>
  subscription.status === 'provisioning' ||
  subscription.status === 'revoking' ||
  subscription.credentials.some(
    ({ status }) => status === 'provisioning' || status === 'revoking',
  );
