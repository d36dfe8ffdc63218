/**
 * Asking for access, as one transaction: the offer, the application, the allowance, what is pending or subscribed
 * already, the request, its history and notices, and, where the plan approves by itself, the decision.
 *
 * Requests of one person are made one after the other, so that their allowance and their idempotency keys hold however
 * many arrive at once; what team mates do at the same time is caught by the unique indexes.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { resolveOffer, type Offer } from '../records/offers';
import { PLAN_KIND, PRODUCT_KIND, readRef } from '../lib/refs';
import type { CredentialDeps } from '../subscriptions/deps';
import {
  alreadySubscribed,
  openSubscriptionOf,
} from '../subscriptions/openSubscription';
import { toIso } from '../lib/clock';
import type {
  AccessRequestRow,
  ApplicationRow,
  CredentialRow,
} from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { arrive, lockRequester } from './allowance';
import { applicationFor } from './applicationRows';
import { decide } from './decide';
import { conflict } from '../lib/errors';
import type { DecisionMatter } from './matter';
import { announceRequest, noticeOfRequest } from './requestNotices';
import { checkPlanChange } from './planChanges';
import type { RequestDates } from './requestDates';
import { checkTerms } from './terms';
import { enqueueRequestWatch } from './watchRequest';
import type { NewAccessRequest } from './types';

/** What asking needs besides. */
export interface RequestDeps extends CredentialDeps {
  dates: RequestDates;
}

interface Created {
  id: Id;
  /** Issued where the plan approved the request by itself. */
  credential?: CredentialRow;
}

/** @throws as `AccessRequests.create` */
export async function createAccessRequest(
  tx: Knex.Transaction,
  deps: RequestDeps,
  caller: UserCaller,
  input: NewAccessRequest,
  idempotencyKey?: string,
): Promise<Created> {
  const refs = {
    product: readRef('product', input.product, { only: PRODUCT_KIND }),
    plan: readRef('plan', input.plan, { only: PLAN_KIND }),
  };
  await lockRequester(tx, caller.ref);
  const digest = idempotencyKey && digestOf(refs, input);
  if (idempotencyKey) {
    const first = await firstWithKey(tx, caller.ref, idempotencyKey, digest);
    if (first) {
      return { id: first };
    }
  }
  const offer = await resolveOffer(tx, caller, refs);
  const acceptedTerms = checkTerms(offer, input.acceptedTerms ?? []);
  const { application, from } = await asking(tx, deps, caller, input, offer);

  const now = toIso(deps.clock.now());
  const request: AccessRequestRow = {
    id: randomUUID(),
    revision: 1,
    status: 'pending',
    product_id: offer.product.id,
    plan_id: offer.plan.id,
    application_id: application.id,
    requester_ref: caller.ref,
    reason: input.reason?.trim() || null,
    accepted_terms: JSON.stringify(acceptedTerms),
    idempotency_key: idempotencyKey ?? null,
    idempotency_digest: digest ?? null,
    changes_subscription_id: input.subscription ?? null,
    from_plan_id: from ?? null,
    change_when: input.when ?? null,
    called_to_mind: null,
    created_at: now,
    updated_at: now,
  };
  const inserted: unknown[] = await tx('access_requests')
    .insert(request)
    .onConflict(
      tx.raw(`(application_id, product_id, plan_id) where status = 'pending'`),
    )
    .ignore()
    .returning('id');
  if (inserted.length === 0) {
    // Also where a team mate asks for the same at the same moment, and is first.
    throw await alreadyPending(tx, offer, application);
  }
  await recordHistory(tx, deps.clock, {
    subject: `access-request:${request.id}`,
    event: 'access-request.created',
    actor: caller.ref,
    message: `Asked for ${offer.product.title} on ${offer.plan.title}${
      from === undefined ? '' : ' instead of the plan that it has,'
    } for “${application.name}”`,
    reason: request.reason ?? undefined,
    product: offer.product.id,
    application: application.id,
  });
  return {
    id: request.id,
    credential: await afterAsking(
      tx,
      deps,
      offer,
      {
        request,
        product: offer.product,
        plan: offer.plan,
        applicationName: application.name,
      },
      'created',
    ),
  };
}

/**
 * The application that asks: one without a subscription to the product, or with the one that is to change, and the plan
 * of that.
 */
async function asking(
  tx: Knex.Transaction,
  deps: RequestDeps,
  caller: UserCaller,
  input: NewAccessRequest,
  offer: Offer,
): Promise<{ application: ApplicationRow; from?: Id }> {
  const { application, isNew } = await applicationFor(
    tx,
    deps.clock,
    caller,
    input.application,
  );
  if (input.subscription !== undefined) {
    const { subscription } = input;
    const from = await checkPlanChange(tx, offer, application, subscription);
    return { application, from };
  }
  if (!isNew) {
    await refuseSubscribed(tx, offer, application);
  }
  return { application };
}

/**
 * The request has come to a plan: it counts there, and the plan decides at once, or those are told who decide.
 *
 * @throws QuotaExceededError saying when the plan's allowance renews
 */
export async function afterAsking(
  tx: Knex.Transaction,
  deps: RequestDeps,
  offer: Offer,
  matter: Omit<DecisionMatter, 'asked'> & {
    request: Pick<AccessRequestRow, 'reason' | 'created_at' | 'called_to_mind'>;
  },
  verb: 'created' | 'updated',
): Promise<CredentialRow | undefined> {
  await arrive(tx, deps.clock, {
    request: matter.request.id,
    requester: matter.request.requester_ref,
    ...offer,
  });
  if (offer.planSpec.approval.mode === 'auto') {
    await announceRequest(tx, deps.clock, matter.request.id, verb);
    return decide(
      tx,
      deps,
      { ...matter, asked: verb === 'updated' ? offer.approvers : [] },
      { decision: 'approved' },
    );
  }
  await enqueueRequestWatch(tx, deps, matter.request);
  await noticeOfRequest(
    tx,
    deps.clock,
    { ...matter, asked: offer.approvers },
    verb,
  );
  return undefined;
}

/** The same request gives the same text, however its refs and optional fields were written. */
function digestOf(
  refs: { product: EntityRef; plan: EntityRef },
  input: NewAccessRequest,
): string {
  const { application } = input;
  const body = [
    refs.product,
    refs.plan,
    typeof application === 'string'
      ? application
      : [
          application.name.trim(),
          application.owner ?? '',
          application.component ?? '',
          application.description ?? '',
        ],
    input.reason?.trim() ?? '',
    (input.acceptedTerms ?? []).map(({ name, version }) => [name, version]),
    // As an earlier version has written it where it is no change.
    ...(input.subscription === undefined
      ? []
      : [input.subscription, input.when ?? '']),
  ];
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

async function firstWithKey(
  tx: Knex.Transaction,
  requester: EntityRef,
  key: string,
  digest: string | undefined,
): Promise<Id | undefined> {
  const first: Pick<AccessRequestRow, 'id' | 'idempotency_digest'> | undefined =
    await tx('access_requests')
      .where({ requester_ref: requester, idempotency_key: key })
      .first('id', 'idempotency_digest');
  if (first && first.idempotency_digest !== digest) {
    throw conflict(
      `Idempotency-Key: '${key}' was used for another request, ${first.id}`,
      'idempotency-key-used',
      { accessRequest: first.id },
    );
  }
  return first?.id;
}

async function refuseSubscribed(
  tx: Knex.Transaction,
  offer: Offer,
  application: ApplicationRow,
): Promise<void> {
  if (await openSubscriptionOf(tx, application.id, offer.product.id)) {
    throw await alreadySubscribed(tx, {
      applicationId: application.id,
      applicationName: application.name,
      product: offer.product,
    });
  }
}

async function pendingOf(
  tx: Knex.Transaction,
  offer: Offer,
  applicationId: Id,
): Promise<Id | undefined> {
  const found: { id: Id } | undefined = await tx('access_requests')
    .where({
      application_id: applicationId,
      product_id: offer.product.id,
      plan_id: offer.plan.id,
      status: 'pending',
    })
    .first('id');
  return found?.id;
}

export async function alreadyPending(
  tx: Knex.Transaction,
  offer: Offer,
  application: Pick<ApplicationRow, 'id' | 'name'>,
): Promise<ConflictError> {
  const id = await pendingOf(tx, offer, application.id);
  const product = offer.product.title;
  const plan = offer.plan.title;
  return conflict(
    `“${application.name}” already waits for ${product} on ${plan}: access request ${id}`,
    'already-pending',
    { application: application.name, product, plan, accessRequest: id },
  );
}
