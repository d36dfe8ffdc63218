/**
 * The one place where an access request is decided, by whomever: an approver, or the plan that approves by itself.
 *
 * A decision is a compare-and-set on the revision that was looked at, and everything that follows from it is written
 * in the same transaction: the history, the notice, and for an approval the subscription, its key and the job that
 * makes the gateway have it. Of two decisions at the same time one finds the other's, and says whose it was.
 */
import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  nextState,
  accessRequestLifecycle,
  type Id,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { planSpecOf } from '../records/specs';
import type { CredentialDeps } from '../subscriptions/deps';
import { FIRST_NAME, issueCredential } from '../subscriptions/issue';
import { alreadySubscribed } from '../subscriptions/openSubscription';
import { toIso } from '../lib/clock';
import type { AccessRequestRow, CredentialRow, DecisionRow } from '../lib/rows';
import { conflict } from '../lib/errors';
import type { DecisionMatter, NewDecision } from './matter';
import { noticeOfDecision } from './requestNotices';

/**
 * @returns the credential that an approval issued
 * @throws ConflictError if somebody was faster, the request was edited, or the application has the product
 */
export async function decide(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  matter: DecisionMatter,
  decision: NewDecision,
): Promise<CredentialRow | undefined> {
  const { request, product } = matter;
  const status = nextState(
    accessRequestLifecycle,
    request.status,
    decision.decision === 'approved' ? 'approve' : 'reject',
  );
  if (status === undefined) {
    throw await conflictFor(tx, request.id);
  }
  const now = toIso(deps.clock.now());
  const changed = await tx('access_requests')
    .where({ id: request.id, revision: request.revision, status: 'pending' })
    .update({ status, revision: request.revision + 1, updated_at: now });
  if (changed === 0) {
    throw await conflictFor(tx, request.id);
  }
  await tx('decisions').insert({
    access_request_id: request.id,
    decision: decision.decision,
    decided_by: decision.by ?? null,
    automatic: decision.by === undefined,
    comment: decision.comment?.trim() || null,
    decided_at: now,
  });
  await recordHistory(tx, deps.clock, {
    subject: `access-request:${request.id}`,
    event: `access-request.${decision.decision}`,
    actor: decision.by,
    message: sentenceOf(matter, decision),
    product: product.id,
    application: request.application_id,
  });
  await noticeOfDecision(tx, deps.clock, matter, decision);
  return decision.decision === 'approved'
    ? subscribe(tx, deps, matter)
    : undefined;
}

function sentenceOf(
  { product, plan, applicationName }: DecisionMatter,
  { decision, by, comment }: NewDecision,
): string {
  const how = by === undefined ? ' automatically' : '';
  const why = comment?.trim() ? `: ${comment.trim()}` : '';
  return `${decision === 'approved' ? 'Approved' : 'Rejected'}${how} ${
    product.title
  } on ${plan.title} for “${applicationName}”${why}`;
}

/** Why a request is not what it was when it was looked at. */
export async function conflictFor(
  tx: Knex.Transaction,
  requestId: Id,
): Promise<ConflictError> {
  const row:
    | (Pick<AccessRequestRow, 'status' | 'revision'> &
        Partial<Pick<DecisionRow, 'decided_by' | 'decided_at'>>)
    | undefined = await tx('access_requests')
    .leftJoin('decisions', 'decisions.access_request_id', 'access_requests.id')
    .where('access_requests.id', requestId)
    .first(
      'access_requests.status',
      'access_requests.revision',
      'decisions.decided_by',
      'decisions.decided_at',
    );
  const { status, revision } = row ?? { status: 'cancelled', revision: 0 };
  if (status === 'pending') {
    return conflict(
      `revision: the request has been edited since you looked at it; it is now revision ${revision}`,
      'changed-since',
      { accessRequest: requestId, revision },
    );
  }
  if (status === 'approved' || status === 'rejected') {
    const by = row?.decided_by ?? undefined;
    return conflict(
      `The request has already been ${status} ${
        by ? `by ${by}` : 'automatically'
      }`,
      'already-decided',
      {
        accessRequest: requestId,
        revision,
        decision: status,
        decidedBy: by,
        decidedAt: row?.decided_at,
      },
    );
  }
  return conflict(
    `The request is ${status}; there is nothing left to do`,
    'over',
    { accessRequest: requestId, revision, status },
  );
}

async function subscribe(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  { request, product, plan, applicationName }: DecisionMatter,
): Promise<CredentialRow> {
  const now = toIso(deps.clock.now());
  const subscriptionId = randomUUID();
  await tx('subscriptions').insert({
    id: subscriptionId,
    revision: 1,
    status: 'provisioning',
    open: true,
    access_request_id: request.id,
    application_id: request.application_id,
    plan_id: plan.id,
    requester_ref: request.requester_ref,
    created_at: now,
    updated_at: now,
  });
  const joined: unknown[] = await tx('subscription_products')
    .insert({
      subscription_id: subscriptionId,
      product_id: product.id,
      application_id: request.application_id,
      open: true,
      created_at: now,
    })
    .onConflict(tx.raw('(application_id, product_id) where open'))
    .ignore()
    .returning('subscription_id');
  if (joined.length === 0) {
    throw await alreadySubscribed(tx, {
      applicationId: request.application_id,
      applicationName,
      product,
    });
  }
  await recordHistory(tx, deps.clock, {
    subject: `subscription:${subscriptionId}`,
    event: 'subscription.created',
    message: `“${applicationName}” subscribes to ${product.title} on ${plan.title}`,
    product: product.id,
    application: request.application_id,
  });
  return issueCredential(tx, deps, {
    subscriptionId,
    applicationId: request.application_id,
    product,
    plan,
    planSpec: planSpecOf(plan),
    createdBy: request.requester_ref,
    name: FIRST_NAME,
  });
}
