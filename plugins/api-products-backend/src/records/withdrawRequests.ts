/** Requests that wait in vain: what they are for is gone, or is not theirs any more who made them. */
import {
  accessRequestLifecycle,
  nextState,
  type Id,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../history/history';
import type { UserCaller } from '../identity/Caller';
import { toIso, type Clock } from '../lib/clock';
import { enqueueNotice } from '../notices/notify';

interface Waiting {
  id: Id;
  requester_ref: string;
  owner_ref: string;
  product_id: Id;
  application_id: Id;
  product: string;
  plan: string;
  application: string;
}

/**
 * Withdraws requests that nobody is to decide about any more, and tells those who made them.
 *
 * @param narrow - which, of `access_requests` as `r`
 * @param why - a sentence without its full stop
 */
export async function withdrawRequests(
  {
    tx,
    clock,
    caller,
  }: { tx: Knex.Transaction; clock: Clock; caller: UserCaller },
  narrow: (requests: Knex.QueryBuilder) => void,
  why: string,
): Promise<void> {
  const status = nextState(accessRequestLifecycle, 'pending', 'cancel');
  const waiting: Waiting[] = await tx('access_requests as r')
    .join('products', 'products.id', 'r.product_id')
    .join('plans', 'plans.id', 'r.plan_id')
    .join('applications', 'applications.id', 'r.application_id')
    .where('r.status', 'pending')
    .modify(narrow)
    .orderBy('r.id')
    .select({
      id: 'r.id',
      requester_ref: 'r.requester_ref',
      owner_ref: 'products.owner_ref',
      product_id: 'r.product_id',
      application_id: 'r.application_id',
      product: 'products.title',
      plan: 'plans.title',
      application: 'applications.name',
    });
  for (const request of waiting) {
    const withdrawn: number = await tx('access_requests')
      .where({ id: request.id, status: 'pending' })
      .update({
        status,
        revision: tx.raw('revision + 1'),
        updated_at: toIso(clock.now()),
      });
    if (withdrawn === 0) {
      continue;
    }
    const what = `${request.product} on ${request.plan}`;
    await recordHistory(tx, clock, {
      subject: `access-request:${request.id}`,
      event: 'access-request.cancelled',
      actor: caller.ref,
      message: `Withdrew the request for ${what}: ${why}`,
      product: request.product_id,
      application: request.application_id,
    });
    await enqueueNotice(tx, clock, {
      // What waited for the owner to decide is settled as well.
      recipients: [request.requester_ref, request.owner_ref],
      exclude: caller.ref,
      title: `The request for ${what} for “${request.application}” was withdrawn`,
      description: `${why}.`,
      link: `/api-products/my-access?request=${request.id}`,
      topic: 'api-products.access-request.cancelled',
      scope: `access-request:${request.id}`,
    });
  }
}
