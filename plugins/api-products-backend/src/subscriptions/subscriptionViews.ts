import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import type { CredentialRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { planLinkOf } from '../records/views';
import { planSpecOf } from '../records/specs';
import { renewableUntil } from './renew';
import { subscriptionActions } from './rights';
import type { JoinedSubscription, SubscribedProduct } from './subscriptionRows';
import { isToBeSuspended } from './suspension';

/** Where a gateway looks for a key unless the provider has said otherwise. */
const USUAL_HEADER = 'Authorization';

/**
 * How its key is presented and where. The people of a product with one API know its address from outside, perhaps
 * through something in front of the gateway; of several, the gateway knows which is which.
 */
export function usageOf(
  key: Pick<CredentialRow, 'header_name' | 'header_prefix'>,
  products: SubscribedProduct[],
): NonNullable<Subscription['usage']> {
  const apis = products.flatMap(({ gatewayEndpoint, apis: called }) =>
    called.length === 1 && gatewayEndpoint
      ? called.map(api => ({ ...api, address: gatewayEndpoint }))
      : called,
  );
  const noneTakesHeaders =
    apis.length > 0 &&
    apis.every(({ keyPlaces }) =>
      keyPlaces?.every(place => place.in !== 'header'),
    );
  return {
    endpoint:
      products.find(product => product.gatewayEndpoint)?.gatewayEndpoint ??
      apis.find(api => api.address)?.address,
    ...(noneTakesHeaders
      ? {}
      : {
          headerName: key.header_name ?? USUAL_HEADER,
          headerPrefix: key.header_prefix ?? '',
        }),
    apis,
  };
}

/** The earliest of the times at which something is tried again. */
const nextTryOf = (credentials: Credential[]): string | undefined =>
  credentials
    .flatMap(({ nextTryAt }) => (nextTryAt ? [nextTryAt] : []))
    .sort()[0];

/** Who wants it, and why; whether the gateway is known to refuse its keys is what the status says. */
const suspensionOf = ({
  suspend_requested_by: by,
  suspend_requested_at: at,
  suspend_reason: reason,
}: JoinedSubscription): Subscription['suspension'] =>
  by !== null && at !== null ? { by, at, reason: reason ?? '' } : undefined;

/** Where it moves to, until the gateway is known to have its keys there. */
function planChangeOf(row: JoinedSubscription): Subscription['planChange'] {
  const { next_plan_ref, next_plan_title, next_plan_spec, next_plan_at } = row;
  return next_plan_ref && next_plan_title && next_plan_spec
    ? {
        plan: planLinkOf({
          plan_ref: next_plan_ref,
          plan_title: next_plan_title,
          plan_spec: next_plan_spec,
        }),
        at: next_plan_at ?? undefined,
      }
    : undefined;
}

export function subscriptionOf(
  row: JoinedSubscription,
  products: SubscribedProduct[],
  credentials: Credential[],
  { caller, now }: { caller: UserCaller; now: number },
): Subscription {
  const spec = planSpecOf({ spec: row.plan_spec });
  const until = renewableUntil(row, credentials, spec);
  return {
    id: row.id,
    revision: row.revision,
    status: row.status,
    products: products.map(({ ref, title }) => ({ ref, title })),
    plan: planLinkOf(row),
    rotationOverlap: spec.credentials.rotationOverlap,
    application: {
      id: row.application_id,
      name: row.application_name,
      owner: row.application_owner,
      component: row.application_component ?? undefined,
    },
    requester: row.requester_ref,
    accessRequest: row.access_request_id,
    credentials,
    suspension: suspensionOf(row),
    planChange: planChangeOf(row),
    usage: usageOf(row, products),
    lastError: row.last_error ?? undefined,
    nextTryAt: nextTryOf(credentials),
    actions: subscriptionActions(caller, {
      status: row.status,
      suspended: isToBeSuspended(row),
      isMoving: row.next_plan_id !== null,
      renewable: until !== undefined && now <= until,
      applicationOwner: row.application_owner,
      approvers: products.flatMap(product => product.approvers),
    }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
