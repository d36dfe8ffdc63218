/** Changing a request that is still pending: only its requester can, and who decides has to look again. */
import { NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  accessRequestLifecycle,
  nextState,
} from 'backstage-plugin-api-products-common';
import { changesBetween } from '../history/changes';
import { recordHistory } from '../history/history';
import { resolveOffer, type Offer } from '../records/offers';
import { PLAN_KIND, readRef } from '../lib/refs';
import { toIso } from '../lib/clock';
import { refused } from '../lib/errors';
import type { CredentialRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import type { RequestRow } from './accessRequestRows';
import { lockRequester } from './allowance';
import {
  afterAsking,
  alreadyPending,
  type RequestDeps,
} from './createAccessRequest';
import { conflictFor } from './decide';
import { announceRequest } from './requestNotices';
import { isMember } from '../identity/standing';
import { checkPlanChange } from './planChanges';
import { checkTerms, currentTerms, storedTerms } from './terms';
import type { AccessRequestChange } from './types';

/** @returns the credential that was issued where the new plan approves by itself */
export async function editAccessRequest(
  tx: Knex.Transaction,
  deps: RequestDeps,
  caller: UserCaller,
  row: RequestRow,
  change: AccessRequestChange,
): Promise<CredentialRow | undefined> {
  if (row.requester_ref !== caller.ref) {
    throw refused(
      new NotAllowedError(`Only ${row.requester_ref} can edit this request`),
      'not-owner',
      { requester: row.requester_ref },
    );
  }
  if (!isMember(caller, row.application_owner)) {
    throw refused(
      new NotAllowedError(
        `You do not belong to ${row.application_owner} any more, which “${row.application_name}” is for`,
      ),
      'requester-left',
      { application: row.application_name, owner: row.application_owner },
    );
  }
  await lockRequester(tx, caller.ref);
  if (nextState(accessRequestLifecycle, row.status, 'edit') === undefined) {
    throw await conflictFor(tx, row.id);
  }
  const planRef =
    change.plan === undefined
      ? row.plan_ref
      : readRef('plan', change.plan, { only: PLAN_KIND });
  const moved = planRef !== row.plan_ref;
  const offer = await resolveOffer(tx, caller, {
    product: row.product_ref,
    plan: planRef,
  });
  // What was accepted may have changed since; whatever is edited, it has to be accepted as it is now.
  const terms = checkTerms(
    offer,
    change.acceptedTerms ?? currentTerms(offer.terms, storedTerms(row)),
  );
  if (moved) {
    await refuseSecond(tx, row, offer);
  }
  const next = {
    revision: change.revision + 1,
    reason:
      change.reason === undefined ? row.reason : change.reason.trim() || null,
    plan_id: offer.plan.id,
    accepted_terms: JSON.stringify(terms),
    updated_at: toIso(deps.clock.now()),
  };
  const changed = await tx('access_requests')
    .where({ id: row.id, revision: change.revision, status: 'pending' })
    .update(next);
  if (changed === 0) {
    throw await conflictFor(tx, row.id);
  }
  // Who decides locks the request first as well.
  if (row.changes_subscription_id !== null) {
    const application = { id: row.application_id, name: row.application_name };
    await checkPlanChange(
      tx,
      offer,
      application,
      row.changes_subscription_id,
      row.id,
    );
  }
  await recordHistory(tx, deps.clock, {
    subject: `access-request:${row.id}`,
    event: 'access-request.updated',
    actor: caller.ref,
    message: moved
      ? `Changed the plan from ${row.plan_title} to ${offer.plan.title}`
      : 'Edited the request',
    changes: changesBetween(
      { plan: row.plan_title, reason: row.reason, terms: storedTerms(row) },
      { plan: offer.plan.title, reason: next.reason, terms },
    ),
    product: row.product_id,
    application: row.application_id,
  });
  if (moved) {
    return afterAsking(
      tx,
      deps,
      offer,
      {
        request: { ...row, ...next },
        product: offer.product,
        plan: offer.plan,
        applicationName: row.application_name,
      },
      'updated',
    );
  }
  await announceRequest(tx, deps.clock, row.id, 'updated');
  return undefined;
}

async function refuseSecond(
  tx: Knex.Transaction,
  row: RequestRow,
  offer: Offer,
): Promise<void> {
  const application = { id: row.application_id, name: row.application_name };
  const pending: { id: string } | undefined = await tx('access_requests')
    .where({
      application_id: application.id,
      product_id: offer.product.id,
      plan_id: offer.plan.id,
      status: 'pending',
    })
    .first('id');
  if (pending) {
    throw await alreadyPending(tx, offer, application);
  }
}
