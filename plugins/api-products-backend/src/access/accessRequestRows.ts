/** Access requests as they are read: one joined row each, and who decides about their products. */
import type {
  AccessRequest,
  EntityRef,
  Id,
} from 'backstage-plugin-api-products-common';
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Queryable } from '../lib/Database';
import { isTrue, type AccessRequestRow, type SqlBoolean } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { toIso } from '../lib/clock';
import { expiryOfRequest } from './requestDates';
import { requestActions, type RequestFacts } from './rights';
import { storedTerms } from './terms';
import type { AccessPolicy } from './types';
import { approversOfProducts } from '../records/productParts';
import { planLinkOf } from '../records/views';

/** An access request with what is shown beside it. */
export interface RequestRow extends AccessRequestRow {
  product_ref: EntityRef;
  product_title: string;
  product_owner: EntityRef;
  plan_ref: EntityRef;
  plan_title: string;
  plan_spec: string;
  application_name: string;
  application_owner: EntityRef;
  application_component: EntityRef | null;
  decision: 'approved' | 'rejected' | null;
  decided_by: EntityRef | null;
  decision_automatic: SqlBoolean | null;
  decision_comment: string | null;
  decided_at: string | null;
  subscription_id: Id | null;
  from_plan_ref: EntityRef | null;
  from_plan_title: string | null;
  from_plan_spec: string | null;
}

/** Joins and selects what is shown of rows of `access_requests`. */
export const selectRequest = (
  query: Knex.QueryBuilder,
): Knex.QueryBuilder<RequestRow, RequestRow[]> =>
  query
    .join('products', 'products.id', 'access_requests.product_id')
    .join('plans', 'plans.id', 'access_requests.plan_id')
    .join('applications', 'applications.id', 'access_requests.application_id')
    .leftJoin('decisions', 'decisions.access_request_id', 'access_requests.id')
    .leftJoin(
      'subscriptions',
      'subscriptions.access_request_id',
      'access_requests.id',
    )
    .leftJoin(
      'plans as from_plans',
      'from_plans.id',
      'access_requests.from_plan_id',
    )
    .select('access_requests.*', {
      product_ref: 'products.ref',
      product_title: 'products.title',
      product_owner: 'products.owner_ref',
      plan_ref: 'plans.ref',
      plan_title: 'plans.title',
      plan_spec: 'plans.spec',
      application_name: 'applications.name',
      application_owner: 'applications.owner_ref',
      application_component: 'applications.component_ref',
      decision: 'decisions.decision',
      decided_by: 'decisions.decided_by',
      decision_automatic: 'decisions.automatic',
      decision_comment: 'decisions.comment',
      decided_at: 'decisions.decided_at',
      subscription_id: 'subscriptions.id',
      from_plan_ref: 'from_plans.ref',
      from_plan_title: 'from_plans.title',
      from_plan_spec: 'from_plans.spec',
    });

/** Those that are there, with who decides about each. Two statements. */
export async function findRequests(
  db: Queryable,
  ids: readonly Id[],
): Promise<Map<Id, FoundRequest>> {
  const rows = await selectRequest(
    db('access_requests').whereIn('access_requests.id', [...ids]),
  );
  if (rows.length === 0) {
    return new Map();
  }
  const approversOf = await approversOfProducts(
    db,
    rows.map(row => ({ id: row.product_id, owner: row.product_owner })),
  );
  return new Map(
    rows.map(row => [row.id, { row, approvers: approversOf(row.product_id) }]),
  );
}

/** A request, and its owner and named approvers. */
export interface FoundRequest {
  row: RequestRow;
  approvers: EntityRef[];
}

/** As everybody is told for whom it is none of their business as well. */
export const unknownRequest = (id: Id): NotFoundError =>
  new NotFoundError(`There is no access request ${id}`);

export const requestFactsOf = (
  row: RequestRow,
  approvers: readonly EntityRef[],
): RequestFacts => ({
  status: row.status,
  requester: row.requester_ref,
  applicationOwner: row.application_owner,
  approvers,
});

function decisionOf(row: RequestRow): AccessRequest['decision'] {
  if (!row.decision || !row.decided_at) {
    return undefined;
  }
  return {
    decision: row.decision,
    by: row.decided_by ?? undefined,
    automatic: isTrue(row.decision_automatic ?? false),
    comment: row.decision_comment ?? undefined,
    at: row.decided_at,
  };
}

function changeOf(row: RequestRow): AccessRequest['change'] {
  const { from_plan_ref, from_plan_title, from_plan_spec, change_when } = row;
  return from_plan_ref && from_plan_title && from_plan_spec
    ? {
        from: planLinkOf({
          plan_ref: from_plan_ref,
          plan_title: from_plan_title,
          plan_spec: from_plan_spec,
        }),
        when: change_when ?? undefined,
      }
    : undefined;
}

export function accessRequestOf(
  row: RequestRow,
  approvers: EntityRef[],
  caller: UserCaller,
  policy: AccessPolicy,
): AccessRequest {
  return {
    id: row.id,
    revision: row.revision,
    status: row.status,
    product: { ref: row.product_ref, title: row.product_title },
    plan: planLinkOf(row),
    application: {
      id: row.application_id,
      name: row.application_name,
      owner: row.application_owner,
      component: row.application_component ?? undefined,
    },
    requester: row.requester_ref,
    reason: row.reason ?? undefined,
    acceptedTerms: storedTerms(row),
    approvers,
    decision: decisionOf(row),
    subscription:
      row.subscription_id ?? row.changes_subscription_id ?? undefined,
    change: changeOf(row),
    expiresAt:
      row.status === 'pending'
        ? toIso(expiryOfRequest(row, policy.dates))
        : undefined,
    actions: requestActions(caller, requestFactsOf(row, approvers), policy),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
