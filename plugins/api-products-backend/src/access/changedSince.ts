/**
 * What a request had to fulfil when it was made, it has to fulfil when it is approved: meanwhile the product may have been
 * taken back, its terms may have changed, and the requester may have left. A rejection needs nothing of it.
 */
import type { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Id } from 'backstage-plugin-api-products-common';
import { obstaclesTo, type Obstacle } from '../records/offers';
import { productSpecOf } from '../records/specs';
import { conflict } from '../lib/errors';
import type { ApplicationRow, PlanRow, ProductRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { isMember } from '../identity/standing';
import type { RequestRow } from './accessRequestRows';
import { keepApplications } from './applicationRows';
import { missingTerms, storedTerms } from './terms';

const REJECT = 'reject the request, or wait until that is put right';

/** A request that somebody is about to approve. */
export interface Approvable {
  request: RequestRow;
  /** As the catalog says it now. */
  requester: UserCaller;
  product: ProductRow;
  plan: PlanRow;
}

/**
 * A few statements, however many requests there are.
 *
 * @returns by request, what has changed since it was asked for and is in the way
 */
export async function changedSince(
  tx: Knex.Transaction,
  approvable: readonly Approvable[],
): Promise<Map<Id, ConflictError>> {
  if (approvable.length === 0) {
    return new Map();
  }
  const applications = await keepApplications(
    tx,
    approvable.map(({ request }) => request.application_id),
  );
  const obstacleOf = await obstaclesTo(tx, approvable);
  return new Map(
    approvable.flatMap((one): [Id, ConflictError][] => {
      const { request } = one;
      const application = applications.get(request.application_id);
      const change = changeIn(one, application, obstacleOf(one));
      return change ? [[request.id, change]] : [];
    }),
  );
}

function changeIn(
  { request, requester, product, plan }: Approvable,
  application: ApplicationRow | undefined,
  obstacle: Obstacle | undefined,
): ConflictError | undefined {
  const names = {
    accessRequest: request.id,
    product: product.title,
    plan: plan.title,
    application: request.application_name,
    requester: requester.ref,
  };
  if (!application || !isMember(requester, application.owner_ref)) {
    const owner = application?.owner_ref ?? request.application_owner;
    return conflict(
      `${requester.ref} does not belong to ${owner} any more, which “${request.application_name}” is for; reject the request, a member can ask again`,
      'requester-left',
      { ...names, owner },
    );
  }
  if (obstacle) {
    return conflict(`${obstacle.message}; ${REJECT}`, obstacle.code, {
      ...names,
      ...obstacle.fields,
    });
  }
  const terms = missingTerms(
    productSpecOf(product).terms,
    storedTerms(request),
  );
  return terms.length === 0
    ? undefined
    : conflict(
        `acceptedTerms: the terms of ${product.title} have changed since, and ${
          requester.ref
        } has not accepted ${terms.join(
          ', ',
        )}; they can do so by editing the request`,
        'terms-missing',
        { ...names, field: 'acceptedTerms', terms },
      );
}
