/** Who is told what about an access request. */
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Clock } from '../lib/clock';
import { announce, enqueueNotice, nameOf } from '../notices/notify';
import type { RequestRow } from './accessRequestRows';
import type { DecisionMatter, NewDecision } from './matter';

const scopeOf = (id: Id): string => `access-request:${id}`;

const whatIsAsked = (matter: {
  product: { title: string };
  plan: { title: string };
  applicationName: string;
}): string =>
  `${matter.product.title} on ${matter.plan.title} for “${matter.applicationName}”`;

/** To those who can decide, but not to the requester. */
export async function noticeOfRequest(
  tx: Knex.Transaction,
  clock: Clock,
  matter: DecisionMatter & { request: { reason: string | null } },
  verb: 'created' | 'updated',
): Promise<void> {
  const { request, asked } = matter;
  await enqueueNotice(tx, clock, {
    recipients: asked,
    exclude: request.requester_ref,
    title: `${nameOf(request.requester_ref)} asks for ${whatIsAsked(matter)}`,
    description: request.reason ?? undefined,
    link: `/api-products/approvals?request=${request.id}`,
    topic: `api-products.access-request.${verb}`,
    scope: scopeOf(request.id),
  });
}

/** To the requester; and what waited for those who were asked is settled, for the one who decided as well. */
export async function noticeOfDecision(
  tx: Knex.Transaction,
  clock: Clock,
  matter: DecisionMatter,
  { decision, by, comment }: NewDecision,
): Promise<void> {
  const { request, asked } = matter;
  const what = whatIsAsked(matter);
  const topic = `api-products.access-request.${decision}`;
  const scope = scopeOf(request.id);
  await enqueueNotice(
    tx,
    clock,
    {
      // Whoever gets the key at once is told that it is ready, which is one thing and not two.
      recipients: by ? [request.requester_ref] : [],
      title: `Access to ${what} was ${decision}${
        by ? ` by ${nameOf(by)}` : ''
      }`,
      description: comment,
      link: `/api-products/my-access?request=${request.id}`,
      topic,
      scope,
      payload: { decision, automatic: !by },
    },
    {
      recipients: asked,
      exclude: request.requester_ref,
      title: `${by ? nameOf(by) : 'The plan'} ${decision} what ${nameOf(
        request.requester_ref,
      )} asked for: ${what}`,
      link: `/api-products/approvals?request=${request.id}`,
      topic,
      scope,
      severity: 'low',
    },
  );
}

/** To those who were asked to decide, and to the requester where somebody else withdrew it. */
export async function noticeOfWithdrawal(
  tx: Knex.Transaction,
  clock: Clock,
  row: RequestRow,
  approvers: EntityRef[],
  by: EntityRef,
): Promise<void> {
  const notice = {
    exclude: by,
    title: `${nameOf(by)} withdrew what ${
      by === row.requester_ref ? 'was' : `${nameOf(row.requester_ref)} had`
    } asked for: ${whatIsAsked({
      product: { title: row.product_title },
      plan: { title: row.plan_title },
      applicationName: row.application_name,
    })}`,
    topic: 'api-products.access-request.cancelled',
    scope: scopeOf(row.id),
  };
  await enqueueNotice(
    tx,
    clock,
    {
      ...notice,
      recipients: [row.requester_ref],
      link: `/api-products/my-access?request=${row.id}`,
    },
    {
      ...notice,
      recipients: approvers.filter(ref => ref !== row.requester_ref),
      link: `/api-products/approvals?request=${row.id}`,
      severity: 'low',
    },
  );
}

/** To open pages and other plugins only: nobody has to act. */
export async function announceRequest(
  tx: Knex.Transaction,
  clock: Clock,
  id: Id,
  verb: 'created' | 'updated',
): Promise<void> {
  await announce(tx, clock, {
    topic: `api-products.access-request.${verb}`,
    subject: scopeOf(id),
  });
}
