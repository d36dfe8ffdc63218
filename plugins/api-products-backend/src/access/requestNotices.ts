/** Who is told what about an access request. */
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Clock } from '../lib/clock';
import { announce, enqueueNotice } from '../notices/notify';
import type { DecisionMatter, NewDecision } from './matter';

const scopeOf = (id: Id): string => `access-request:${id}`;

/** To those who can decide, but not to the requester. @internal */
export async function noticeOfRequest(
  tx: Knex.Transaction,
  clock: Clock,
  matter: DecisionMatter,
  approvers: EntityRef[],
  reason: string | undefined,
): Promise<void> {
  const { request, product, plan, applicationName } = matter;
  await enqueueNotice(tx, clock, {
    recipients: approvers,
    exclude: request.requester_ref,
    title: `Access to ${product.title} on ${plan.title} is asked for “${applicationName}”`,
    description: reason,
    link: `/api-products/approvals?request=${request.id}`,
    topic: 'api-products.access-request.created',
    scope: scopeOf(request.id),
  });
}

/** To the requester. @internal */
export async function noticeOfDecision(
  tx: Knex.Transaction,
  clock: Clock,
  matter: DecisionMatter,
  decision: NewDecision,
): Promise<void> {
  const { request, product, plan, applicationName } = matter;
  await enqueueNotice(tx, clock, {
    recipients: [request.requester_ref],
    title: `Access to ${product.title} on ${plan.title} for “${applicationName}” was ${decision.decision}`,
    description: decision.comment,
    link: `/api-products/my-access?request=${request.id}`,
    topic: `api-products.access-request.${decision.decision}`,
    scope: scopeOf(request.id),
    payload: { decision: decision.decision, automatic: !decision.by },
  });
}

/** To open pages and other plugins only: nobody has to act. @internal */
export async function announceRequest(
  tx: Knex.Transaction,
  clock: Clock,
  id: Id,
  verb: 'created' | 'updated' | 'cancelled',
): Promise<void> {
  await announce(tx, clock, {
    topic: `api-products.access-request.${verb}`,
    subject: scopeOf(id),
  });
}
