/**
 * What a request had to fulfil when it was made, it has to fulfil when it is approved: meanwhile the product may have been
 * taken back, its terms may have changed, and the requester may have left. A rejection needs nothing of it.
 */
import type { Knex } from 'knex';
import { obstacleTo } from '../records/offers';
import { productSpecOf } from '../records/specs';
import { conflict } from '../lib/errors';
import type { PlanRow, ProductRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { isMember } from '../identity/standing';
import type { RequestRow } from './accessRequestRows';
import { findApplication } from './applicationRows';
import { missingTerms, storedTerms } from './terms';

const REJECT = 'reject the request, or wait until that is put right';

/**
 * @param requester - as the catalog says it now
 * @throws ConflictError saying what has changed since it was asked for
 */
export async function refuseChanged(
  tx: Knex.Transaction,
  request: RequestRow,
  requester: UserCaller,
  { product, plan }: { product: ProductRow; plan: PlanRow },
): Promise<void> {
  const application = await findApplication(
    tx,
    { id: request.application_id },
    'forShare',
  );
  const names = {
    accessRequest: request.id,
    product: product.title,
    plan: plan.title,
    application: request.application_name,
    requester: requester.ref,
  };
  if (!application || !isMember(requester, application.owner_ref)) {
    const owner = application?.owner_ref ?? request.application_owner;
    throw conflict(
      `${requester.ref} does not belong to ${owner} any more, which “${request.application_name}” is for; reject the request, a member can ask again`,
      'requester-left',
      { ...names, owner },
    );
  }
  const obstacle = await obstacleTo(
    tx,
    requester,
    product,
    plan,
    requester.ref,
  );
  if (obstacle) {
    throw conflict(`${obstacle.message}; ${REJECT}`, obstacle.code, {
      ...names,
      ...obstacle.fields,
    });
  }
  const terms = missingTerms(
    productSpecOf(product).terms,
    storedTerms(request),
  );
  if (terms.length > 0) {
    throw conflict(
      `acceptedTerms: the terms of ${product.title} have changed since, and ${
        requester.ref
      } has not accepted ${terms.join(
        ', ',
      )}; they can do so by editing the request`,
      'terms-missing',
      { ...names, field: 'acceptedTerms', terms },
    );
  }
}
