/**
 * How often a person may ask for a plan: `accessRequests: { allowance: 3, per: P30D }` counts their requests on the plan
 * over all applications, whatever became of them, in a window that moves with the clock.
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
 * @internal
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

/**
 * @param except - a request that is moved to this plan, and not to be counted against itself
 * @throws QuotaExceededError saying when it renews
 * @internal
 */
export async function checkAllowance(
  tx: Knex.Transaction,
  clock: Clock,
  of: {
    requester: EntityRef;
    plan: { id: Id; title: string };
    planSpec: PlanSpec;
    except?: Id;
  },
): Promise<void> {
  const limit = of.planSpec.accessRequests;
  if (!limit) {
    return;
  }
  const per = Duration.fromISO(limit.per);
  const now = DateTime.fromMillis(clock.now(), { zone: 'utc' });
  const query = tx('access_requests')
    .where({ plan_id: of.plan.id, requester_ref: of.requester })
    .where('created_at', '>', toIso(now.minus(per).toMillis()))
    .orderBy('created_at', 'desc')
    .limit(Math.max(1, limit.allowance))
    .select('created_at');
  if (of.except !== undefined) {
    query.whereNot({ id: of.except });
  }
  const recent: { created_at: string }[] = await query;
  if (recent.length < limit.allowance) {
    return;
  }
  // There is room again when the oldest of the last `allowance` requests leaves the window.
  const oldest = recent[recent.length - 1];
  const renewsAt = oldest
    ? DateTime.fromISO(oldest.created_at, { zone: 'utc' }).plus(per)
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
