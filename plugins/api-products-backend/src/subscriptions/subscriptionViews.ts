import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../identity/Caller';
import { planLinkOf } from '../records/views';
import { subscriptionActions } from './rights';
import type { JoinedSubscription, SubscribedProduct } from './subscriptionRows';

/** Where a gateway looks for a key unless the provider has said otherwise. */
const USUAL_HEADER = 'Authorization';

/** The earliest of the times at which something is tried again. */
const nextTryOf = (credentials: Credential[]): string | undefined =>
  credentials
    .flatMap(({ nextTryAt }) => (nextTryAt ? [nextTryAt] : []))
    .sort()[0];

/** @internal */
export function subscriptionOf(
  row: JoinedSubscription,
  products: SubscribedProduct[],
  credentials: Credential[],
  caller: UserCaller,
): Subscription {
  return {
    id: row.id,
    revision: row.revision,
    status: row.status,
    products: products.map(({ ref, title }) => ({ ref, title })),
    plan: planLinkOf({
      ref: row.plan_ref,
      title: row.plan_title,
      spec: row.plan_spec,
    }),
    application: {
      id: row.application_id,
      name: row.application_name,
      owner: row.application_owner,
      component: row.application_component ?? undefined,
    },
    requester: row.requester_ref,
    accessRequest: row.access_request_id,
    credentials,
    usage: {
      endpoint: products.find(product => product.gatewayEndpoint)
        ?.gatewayEndpoint,
      headerName: row.header_name ?? USUAL_HEADER,
      headerPrefix: row.header_prefix ?? '',
    },
    lastError: row.last_error ?? undefined,
    nextTryAt: nextTryOf(credentials),
    actions: subscriptionActions(caller, {
      status: row.status,
      applicationOwner: row.application_owner,
      approvers: products.flatMap(product => product.approvers),
    }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
