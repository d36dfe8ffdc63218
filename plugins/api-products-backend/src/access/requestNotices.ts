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

const whatWasAsked = (row: RequestRow): string =>
  whatIsAsked({
    product: { title: row.product_title },
    plan: { title: row.plan_title },
    applicationName: row.application_name,
  });

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
    } asked for: ${whatWasAsked(row)}`,
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

const DAY_MS = 24 * 60 * 60_000;

const daysSince = (iso: string, now: number): string => {
  const days = Math.max(1, Math.round((now - Date.parse(iso)) / DAY_MS));
  return days === 1 ? 'a day' : `${days} days`;
};

/** To those who can decide, or to platform owners where those have not. */
export async function noticeOfWaiting(
  tx: Knex.Transaction,
  clock: Clock,
  row: RequestRow,
  recipients: EntityRef[],
  step: 'remind' | 'escalate',
): Promise<void> {
  const since = daysSince(row.created_at, clock.now());
  await enqueueNotice(tx, clock, {
    recipients,
    exclude: row.requester_ref,
    title: `${nameOf(row.requester_ref)} has waited ${since} for ${whatWasAsked(
      row,
    )}`,
    description:
      step === 'escalate'
        ? `${nameOf(row.product_owner)} has not decided; you can`
        : row.reason ?? undefined,
    link: `/api-products/approvals?request=${row.id}`,
    topic: `api-products.access-request.${
      step === 'escalate' ? 'escalated' : 'reminded'
    }`,
    scope: scopeOf(row.id),
    severity: step === 'escalate' ? 'high' : 'normal',
  });
}

/** To the requester; and what waited for those who were asked is settled. */
export async function noticeOfExpiry(
  tx: Knex.Transaction,
  clock: Clock,
  row: RequestRow,
  approvers: EntityRef[],
): Promise<void> {
  const common = {
    topic: 'api-products.access-request.expired',
    scope: scopeOf(row.id),
  };
  const since = daysSince(row.created_at, clock.now());
  await enqueueNotice(
    tx,
    clock,
    {
      ...common,
      recipients: [row.requester_ref],
      title: `Nobody decided within ${since} about ${whatWasAsked(row)}`,
      description: `Ask again, and tell ${nameOf(row.product_owner)} about it`,
      link: `/api-products/my-access?request=${row.id}`,
      severity: 'high',
    },
    {
      ...common,
      recipients: approvers,
      exclude: row.requester_ref,
      title: `What ${nameOf(
        row.requester_ref,
      )} asked for has expired: ${whatWasAsked(row)}`,
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
