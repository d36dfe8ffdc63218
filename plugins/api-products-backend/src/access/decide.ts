/**
 * The one place where an access request is decided, by whomever: an approver, or the plan that approves by itself.
 *
 * A decision is a compare-and-set on the revision that was looked at, and everything that follows from it is written
 * in the same transaction: the history, the notice, and for an approval the subscription, its key and the job that
 * makes the gateway have it. Of two decisions at the same time one finds the other's, and says whose it was. One
 * decision is a set of one.
 */
import { randomUUID } from 'node:crypto';
import { ConflictError, CustomErrorBase } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  nextState,
  accessRequestLifecycle,
  type AccessRequestStatus,
  type Id,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { planSpecOf } from '../records/specs';
import type { CredentialDeps } from '../subscriptions/deps';
import { FIRST_NAME, issueCredentials } from '../subscriptions/issue';
import { alreadySubscribed } from '../subscriptions/openSubscription';
import { changePlan } from '../subscriptions/planChange';
import { toIso } from '../lib/clock';
import { lockAccessRequests } from '../lib/locks';
import type { AccessRequestRow, CredentialRow, DecisionRow } from '../lib/rows';
import { conflict } from '../lib/errors';
import type { DecidedMatter, DecisionMatter, NewDecision } from './matter';
import { noticeOfDecision } from './requestNotices';

/** What became of a set of decisions. */
export interface Decided {
  /** By request, why it was not decided; nothing was written about it. */
  refusals: Map<Id, Error>;
  /** Those that the approvals issued. */
  credentials: CredentialRow[];
}

/**
 * Some of a set cannot be decided together with the others: an application has one of the products already. Nothing of
 * the set has been decided.
 */
export class NotTogetherError extends CustomErrorBase {
  name = 'NotTogetherError' as const;
  readonly requests: ReadonlySet<Id>;

  constructor(requests: readonly Id[]) {
    super('Some of the requests have to be decided by themselves');
    this.requests = new Set(requests);
  }
}

/**
 * Decides one.
 *
 * @returns the credential that an approval issued
 * @throws ConflictError if somebody was faster, the request was edited, or the application has the product
 */
export async function decide(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  matter: DecisionMatter,
  decision: NewDecision,
): Promise<CredentialRow | undefined> {
  const { refusals, credentials } = await decideAll(tx, deps, [
    { matter, decision },
  ]);
  const refusal = refusals.get(matter.request.id);
  if (refusal) {
    throw refusal;
  }
  return credentials[0];
}

/**
 * Decides a set, in hardly more statements than one. What somebody was faster with, or what was edited, is refused; the
 * others are decided.
 *
 * @throws ConflictError if there is one and its application has the product, NotTogetherError if there are more
 */
export async function decideAll(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  set: readonly DecidedMatter[],
): Promise<Decided> {
  const now = toIso(deps.clock.now());
  await lockAccessRequests(
    tx,
    set.map(({ matter }) => matter.request.id),
  );
  const closed = await close(tx, set, now);
  const isClosed = ({ matter }: DecidedMatter) => closed.has(matter.request.id);
  const refusals = await conflictsFor(
    tx,
    set.filter(one => !isClosed(one)).map(({ matter }) => matter.request.id),
  );
  const decided = set.filter(isClosed);
  if (decided.length === 0) {
    return { refusals, credentials: [] };
  }
  await tx('decisions').insert(
    decided.map(({ matter, decision }) => ({
      access_request_id: matter.request.id,
      decision: decision.decision,
      decided_by: decision.by ?? null,
      automatic: decision.by === undefined,
      comment: decision.comment?.trim() || null,
      decided_at: now,
    })),
  );
  for (const { matter, decision } of decided) {
    const { request, product } = matter;
    await recordHistory(tx, deps.clock, {
      subject: `access-request:${request.id}`,
      event: `access-request.${decision.decision}`,
      actor: decision.by,
      message: sentenceOf(matter, decision),
      reason: decision.comment,
      product: product.id,
      application: request.application_id,
    });
    await noticeOfDecision(tx, deps.clock, matter, decision);
  }
  const approved = decided
    .filter(({ decision }) => decision.decision === 'approved')
    .map(({ matter }) => matter);
  await changePlans(tx, deps, approved);
  const opening = approved.filter(
    ({ request }) => request.changes_subscription_id === null,
  );
  return {
    refusals,
    credentials: opening.length === 0 ? [] : await subscribe(tx, deps, opening),
  };
}

/**
 * Of those that move a subscription to another plan; in the order of the subscriptions, which are locked.
 *
 * @throws ConflictError if one is approved and its subscription cannot be changed, NotTogetherError if there are more
 */
async function changePlans(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  approved: readonly DecisionMatter[],
): Promise<void> {
  const changes = approved
    .flatMap(({ request, plan }) =>
      request.changes_subscription_id === null
        ? []
        : {
            id: request.changes_subscription_id,
            request: request.id,
            plan,
            when: request.change_when,
          },
    )
    .sort((a, b) => Number(a.id > b.id) - Number(a.id < b.id));
  for (const { id, request, plan, when } of changes) {
    try {
      await changePlan(tx, deps.clock, id, { plan, when });
    } catch (error) {
      if (approved.length > 1 && error instanceof ConflictError) {
        throw new NotTogetherError([request]);
      }
      throw error;
    }
  }
}

/** The compare-and-set. @returns the requests that were as they had been looked at */
async function close(
  tx: Knex.Transaction,
  set: readonly DecidedMatter[],
  now: string,
): Promise<Set<Id>> {
  const looked = new Map<AccessRequestStatus, [Id, number][]>();
  for (const { matter, decision } of set) {
    const { id, revision, status: present } = matter.request;
    const status = nextState(
      accessRequestLifecycle,
      present,
      decision.decision === 'approved' ? 'approve' : 'reject',
    );
    if (status !== undefined) {
      const some = looked.get(status) ?? [];
      looked.set(status, [...some, [id, revision]]);
    }
  }
  const closed = new Set<Id>();
  for (const [status, pairs] of looked) {
    const rows: { id: Id }[] = await tx('access_requests')
      .whereIn(['id', 'revision'], pairs)
      .where({ status: 'pending' })
      .update({
        status,
        revision: tx.raw('revision + 1'),
        updated_at: now,
      })
      .returning('id');
    rows.forEach(({ id }) => closed.add(id));
  }
  return closed;
}

function sentenceOf(
  { product, plan, applicationName }: DecisionMatter,
  { decision, by }: NewDecision,
): string {
  const how = by === undefined ? ' automatically' : '';
  return `${decision === 'approved' ? 'Approved' : 'Rejected'}${how} ${
    product.title
  } on ${plan.title} for “${applicationName}”`;
}

/** Why a request is not what it was when it was looked at. */
export async function conflictFor(
  tx: Knex.Transaction,
  requestId: Id,
): Promise<ConflictError> {
  const [error] = (await conflictsFor(tx, [requestId])).values();
  return error;
}

interface PresentState
  extends Pick<AccessRequestRow, 'id' | 'status' | 'revision'>,
    Partial<Pick<DecisionRow, 'decided_by' | 'decided_at'>> {}

/** One statement, or none for none. */
async function conflictsFor(
  tx: Knex.Transaction,
  requests: readonly Id[],
): Promise<Map<Id, ConflictError>> {
  if (requests.length === 0) {
    return new Map();
  }
  const rows: PresentState[] = await tx('access_requests')
    .leftJoin('decisions', 'decisions.access_request_id', 'access_requests.id')
    .whereIn('access_requests.id', [...requests])
    .select(
      'access_requests.id',
      'access_requests.status',
      'access_requests.revision',
      'decisions.decided_by',
      'decisions.decided_at',
    );
  const present = new Map(rows.map(row => [row.id, row]));
  return new Map(
    requests.map(id => [
      id,
      conflictWith(present.get(id) ?? { id, status: 'cancelled', revision: 0 }),
    ]),
  );
}

function conflictWith(row: PresentState): ConflictError {
  const { id: accessRequest, status, revision } = row;
  if (status === 'pending') {
    return conflict(
      `revision: the request has been edited since you looked at it; it is now revision ${revision}`,
      'changed-since',
      { accessRequest, revision },
    );
  }
  if (status === 'approved' || status === 'rejected') {
    const by = row.decided_by ?? undefined;
    return conflict(
      `The request has already been ${status} ${
        by ? `by ${by}` : 'automatically'
      }`,
      'already-decided',
      {
        accessRequest,
        revision,
        decision: status,
        decidedBy: by,
        decidedAt: row.decided_at,
      },
    );
  }
  return conflict(
    `The request is ${status}; there is nothing left to do`,
    'over',
    { accessRequest, revision, status },
  );
}

/** In the order of the applications and products: who waits for another's subscription does not make that one wait. */
const byWhatIsOpened = (a: DecisionMatter, b: DecisionMatter): number => {
  const [first, second] = [a, b].map(
    ({ request, product }) => `${request.application_id} ${product.id}`,
  );
  return Number(first > second) - Number(first < second);
};

async function subscribe(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  approved: readonly DecisionMatter[],
): Promise<CredentialRow[]> {
  const now = toIso(deps.clock.now());
  const made = [...approved]
    .sort(byWhatIsOpened)
    .map(matter => ({ id: randomUUID(), ...matter }));
  await tx('subscriptions').insert(
    made.map(({ id, request, plan }) => ({
      id,
      revision: 1,
      status: 'provisioning',
      open: true,
      access_request_id: request.id,
      application_id: request.application_id,
      plan_id: plan.id,
      requester_ref: request.requester_ref,
      created_at: now,
      updated_at: now,
    })),
  );
  const joined: { subscription_id: Id }[] = await tx('subscription_products')
    .insert(
      made.map(({ id, request, product }) => ({
        subscription_id: id,
        product_id: product.id,
        application_id: request.application_id,
        open: true,
        created_at: now,
      })),
    )
    .onConflict(tx.raw('(application_id, product_id) where open'))
    .ignore()
    .returning('subscription_id');
  if (joined.length < made.length) {
    const opened = new Set(joined.map(row => row.subscription_id));
    throw await notSubscribed(
      tx,
      made.length,
      made.filter(({ id }) => !opened.has(id)),
    );
  }
  for (const { id, request, product, plan, applicationName } of made) {
    await recordHistory(tx, deps.clock, {
      subject: `subscription:${id}`,
      event: 'subscription.created',
      message: `“${applicationName}” subscribes to ${product.title} on ${plan.title}`,
      product: product.id,
      application: request.application_id,
    });
  }
  return issueCredentials(
    tx,
    deps,
    made.map(({ id, request, product, plan }) => ({
      subscriptionId: id,
      applicationId: request.application_id,
      product,
      plan,
      planSpec: planSpecOf(plan),
      createdBy: request.requester_ref,
      name: FIRST_NAME,
    })),
  );
}

/** One that is alone is told what is in its way; of several, that may be another one of the set. */
async function notSubscribed(
  tx: Knex.Transaction,
  all: number,
  which: readonly DecisionMatter[],
): Promise<Error> {
  if (all > 1) {
    return new NotTogetherError(which.map(({ request }) => request.id));
  }
  const [{ request, product, applicationName }] = which;
  return alreadySubscribed(tx, {
    applicationId: request.application_id,
    applicationName,
    product,
  });
}
