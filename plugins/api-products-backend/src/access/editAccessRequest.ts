/** Changing a request that is still pending: only its requester can, and who decides has to look again. */
import { NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  accessRequestLifecycle,
  nextState,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { resolveOffer, type Offer } from '../records/offers';
import { PLAN_KIND, readRef } from '../lib/refs';
import type { CredentialDeps } from '../subscriptions/deps';
import { toIso } from '../lib/clock';
import { refused } from '../lib/errors';
import type { CredentialRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import type { RequestRow } from './accessRequestRows';
import { checkAllowance, lockRequester } from './allowance';
import { afterAsking, alreadyPending, checkTerms } from './createAccessRequest';
import { conflictFor } from './decide';
import { announceRequest } from './requestNotices';
import { isMember } from '../identity/standing';
import type { AccessRequestChange } from './types';

/**
 * @returns the credential that was issued where the new plan approves by itself
 * @internal
 */
export async function editAccessRequest(
  tx: Knex.Transaction,
  deps: CredentialDeps,
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
    throw new NotAllowedError(
      `You do not belong to ${row.application_owner} any more, which “${row.application_name}” is for`,
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
  const offer =
    moved || change.acceptedTerms
      ? await resolveOffer(tx, caller, {
          product: row.product_ref,
          plan: planRef,
        })
      : undefined;
  const terms =
    offer && change.acceptedTerms && checkTerms(offer, change.acceptedTerms);
  if (offer && moved) {
    await refusePlan(tx, deps, caller, row, offer);
  }
  const next = {
    revision: change.revision + 1,
    reason:
      change.reason === undefined ? row.reason : change.reason.trim() || null,
    plan_id: offer?.plan.id ?? row.plan_id,
    accepted_terms: terms ? JSON.stringify(terms) : row.accepted_terms,
    updated_at: toIso(deps.clock.now()),
  };
  const changed = await tx('access_requests')
    .where({ id: row.id, revision: change.revision, status: 'pending' })
    .update(next);
  if (changed === 0) {
    throw await conflictFor(tx, row.id);
  }
  await recordHistory(tx, deps.clock, {
    subject: `access-request:${row.id}`,
    event: 'access-request.updated',
    actor: caller.ref,
    message: moved
      ? `Changed the plan from ${row.plan_title} to ${offer?.plan.title}`
      : 'Edited the request',
    product: row.product_id,
    application: row.application_id,
  });
  if (offer && moved) {
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

async function refusePlan(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  caller: UserCaller,
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
  await checkAllowance(tx, deps.clock, {
    requester: caller.ref,
    ...offer,
    except: row.id,
  });
}
