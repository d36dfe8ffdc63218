/** How many keys a subscription may have. */
import type { Knex } from 'knex';
import { planSpecOf } from '../records/specs';
import { toIso, type Clock } from '../lib/clock';
import { conflict } from '../lib/errors';
import type { CredentialRow, PlanRow, SubscriptionRow } from '../lib/rows';
import { placesTaken } from './rotation';

/** Statuses in which a credential takes one of the places that the plan gives. */
const LIVE: CredentialRow['status'][] = ['provisioning', 'active', 'failed'];

/**
 * Under the lock of the subscription, so that two at once do not both find the last place free.
 *
 * @throws ConflictError if there is no place for one more
 */
export async function requirePlace(
  tx: Knex.Transaction,
  clock: Clock,
  subscription: Pick<SubscriptionRow, 'id' | 'plan_id'>,
): Promise<void> {
  const plan: Pick<PlanRow, 'spec'> = await tx('plans')
    .where({ id: subscription.plan_id })
    .first('spec');
  const { max } = planSpecOf(plan).credentials;
  const live: Pick<CredentialRow, 'id' | 'replaces'>[] = await tx('credentials')
    .where({ subscription_id: subscription.id })
    .whereIn('status', LIVE)
    .where(any =>
      any
        .whereNull('expires_at')
        .orWhere('expires_at', '>', toIso(clock.now())),
    )
    .select('id', 'replaces');
  if (placesTaken(live) >= max) {
    throw conflict(
      `The plan allows ${max} ${
        max === 1 ? 'key' : 'keys'
      } for a subscription; revoke one, or name a lost one in 'replaces'`,
      'keys-used-up',
      { subscription: subscription.id, limit: max },
    );
  }
}
