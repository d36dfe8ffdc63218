/** Which access requests a list shows, as SQL. */
import type { Knex } from 'knex';
import { PLAN_KIND, PRODUCT_KIND, readRef } from '../lib/refs';
import { whereApprovableBy } from '../records/visibility';
import type { UserCaller } from '../identity/Caller';
import type { AccessRequestFilter } from './types';

/**
 * Asked for by the caller, or for an application of theirs or their groups. A union rather than an `or`, so that each half
 * uses its own index however many requests there are.
 */
function whereAskedBy(query: Knex.QueryBuilder, caller: UserCaller): void {
  query.whereIn('access_requests.id', own =>
    own
      .select('mine.id')
      .from('access_requests as mine')
      .where('mine.requester_ref', caller.ref)
      .union(ours =>
        ours
          .select('ours.id')
          .from('access_requests as ours')
          .join('applications as app', 'app.id', 'ours.application_id')
          .whereIn('app.owner_ref', caller.ownership),
      ),
  );
}

/** Narrows a query over `access_requests` joined with `products`, `plans` and `applications`. */
export function whereRequest(
  query: Knex.QueryBuilder,
  caller: UserCaller,
  filter: AccessRequestFilter,
): void {
  if (filter.as === 'approver') {
    whereApprovableBy(query, caller);
  } else {
    whereAskedBy(query, caller);
  }
  if (filter.status && filter.status.length > 0) {
    query.whereIn('access_requests.status', [...filter.status]);
  }
  if (filter.product !== undefined) {
    query.where(
      'products.ref',
      readRef('product', filter.product, { only: PRODUCT_KIND }),
    );
  }
  if (filter.plan !== undefined) {
    query.where('plans.ref', readRef('plan', filter.plan, { only: PLAN_KIND }));
  }
  if (filter.application !== undefined) {
    query.where('access_requests.application_id', filter.application);
  }
  if (filter.requester !== undefined) {
    query.where(
      'access_requests.requester_ref',
      readRef('requester', filter.requester, { default: 'user' }),
    );
  }
}
