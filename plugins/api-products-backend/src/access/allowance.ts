/**
 * How often a person may ask for a plan: `accessRequests: { allowance: 3, per: P30D }` counts what a person
 * has asked for on the plan, over all applications and whatever became of it, in a window that moves with the clock. A
 * request counts from when it came to the plan, also where it was made on another, and also after it has moved on.
 */
import type { Knex } from 'knex';
import { DateTime, Duration } from 'luxon';
import type {
  EntityRef,
  Id,
  PlanSpec,
} from 'backstage-plugin-api-products-common';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite } from '../lib/Database';
import { QuotaExceededError, refused } from '../lib/errors';

/**
 * Makes requests of the same person wait for each other until the transaction ends, so that counting and adding is
 * one step. SQLite has one writer anyway.
 */
export async function lockRequester(
  tx: Knex.Transaction,
  requester: EntityRef,
): Promise<void> {
  if (!isSqlite(tx)) {
    await tx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
      `api-products:requester:${requester}`,
    ]);
  }
}

/** What is counted: a request that came to a plan. */
interface Arrival {
  request: Id;
  requester: EntityRef;
  plan: { id: Id; title: string };
  planSpec: PlanSpec;
}

/**
 * The request is on this plan from now on; where it was before, it has still been asked for. Under `lockRequester`.
 *
 * @throws QuotaExceededError saying when it renews
 */
export async function arrive(
  tx: Knex.Transaction,
  clock: Clock,
  arrival: Arrival,
): Promise<void> {
  await checkAllowance(tx, clock, arrival);
  await tx('plan_arrivals')
    .insert({
      access_request_id: arrival.request,
      plan_id: arrival.plan.id,
      requester_ref: arrival.requester,
      came_at: toIso(clock.now()),
    })
    .onConflict(['access_request_id', 'plan_id'])
    .merge(['came_at']);
}

async function checkAllowance(
  tx: Knex.Transaction,
  clock: Clock,
  of: Arrival,
): Promise<void> {
  const limit = of.planSpec.accessRequests;
  if (!limit) {
    return;
  }
  const per = Duration.fromISO(limit.per);
  const now = DateTime.fromMillis(clock.now(), { zone: 'utc' });
  const recent: { came_at: string }[] = await tx('plan_arrivals')
    .where({ plan_id: of.plan.id, requester_ref: of.requester })
    // One that comes back is not counted against itself.
    .whereNot({ access_request_id: of.request })
    .where('came_at', '>', toIso(now.minus(per).toMillis()))
    .orderBy('came_at', 'desc')
    .limit(Math.max(1, limit.allowance))
    .select('came_at');
  if (recent.length < limit.allowance) {
    return;
  }
  // There is room again when the oldest of the last `allowance` requests leaves the window.
  const oldest = recent[recent.length - 1];
  const renewsAt = oldest
    ? DateTime.fromISO(oldest.came_at, { zone: 'utc' }).plus(per)
    : now.plus(per);
  const renews = toIso(renewsAt.toMillis());
  throw refused(
    new QuotaExceededError(
      `Plan access quota exceeded: ${limit.allowance} requests for ${of.plan.title} per ${limit.per}; it renews at ${renews}`,
      (renewsAt.toMillis() - now.toMillis()) / 1000,
    ),
    'allowance-used',
    {
      field: 'plan',
      plan: of.plan.title,
      limit: limit.allowance,
      per: limit.per,
      renewsAt: renews,
    },
  );
}
