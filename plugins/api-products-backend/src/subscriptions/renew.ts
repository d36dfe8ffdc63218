/**
 * Going on after the last key has expired: a new key without a new approval, for a while and as long as what was approved
 * is still offered. Later it is a request like any other.
 */
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { PlanSpec } from 'backstage-plugin-api-products-common';
import { DateTime, Duration } from 'luxon';
import { recordHistory } from '../history/history';
import { resolveOffer } from '../records/offers';
import { planSpecOf } from '../records/specs';
import { toIso } from '../lib/clock';
import { conflict } from '../lib/errors';
import type { CredentialRow, SubscriptionRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import type { CredentialDeps } from './deps';
import { issueAnother } from './issue';
import { alreadySubscribed } from './openSubscription';
import { isToBeSuspended } from './suspension';
import type { JoinedSubscription, SubscribedProduct } from './subscriptionRows';

const USUAL_GRACE = 'P30D';

type Ended = { status: CredentialRow['status']; expiresAt?: string | null };

/** Until when it is renewed; undefined where it has not expired, or was suspended. */
export function renewableUntil(
  row: Pick<SubscriptionRow, 'status' | 'suspend_requested_at'>,
  keys: readonly Ended[],
  { credentials }: Pick<PlanSpec, 'credentials'>,
): number | undefined {
  const ends = keys.flatMap(key =>
    key.status === 'expired' && key.expiresAt ? [key.expiresAt] : [],
  );
  const last = ends.sort().at(-1);
  return row.status === 'expired' && !isToBeSuspended(row) && last !== undefined
    ? DateTime.fromISO(last, { zone: 'utc' })
        .plus(Duration.fromISO(credentials.renewWithin ?? USUAL_GRACE))
        .toMillis()
    : undefined;
}

/** The subscription, locked, with its products. */
interface Renewable {
  row: JoinedSubscription;
  products: SubscribedProduct[];
}

/** @throws ConflictError unless it has expired, and not too long ago */
async function requireGrace(
  tx: Knex.Transaction,
  { clock }: Pick<CredentialDeps, 'clock'>,
  { row, products }: Renewable,
): Promise<void> {
  if (row.status !== 'expired') {
    throw conflict(
      `The subscription is ${row.status}; only what has expired is renewed`,
      'over',
      { subscription: row.id, status: row.status },
    );
  }
  if (isToBeSuspended(row)) {
    throw conflict(
      'The subscription was suspended; it can be renewed once it is resumed',
      'not-active',
      { subscription: row.id, status: 'suspended' },
    );
  }
  const keys: Ended[] = await tx('credentials')
    .where({ subscription_id: row.id })
    .select('status', { expiresAt: 'expires_at' });
  const spec = planSpecOf({ spec: row.plan_spec });
  const until = renewableUntil(row, keys, spec);
  if (until === undefined || until < clock.now()) {
    const since = until === undefined ? '' : ` until ${toIso(until)}`;
    throw conflict(
      `It could be renewed without a new approval${since}; ask for access again`,
      'renewal-over',
      {
        subscription: row.id,
        product: products[0]?.title,
        plan: row.plan_title,
        application: row.application_name,
      },
    );
  }
}

/** @throws ConflictError or InputError saying why what was approved cannot be had any more */
async function requireOffer(
  tx: Knex.Transaction,
  caller: UserCaller,
  { row, products }: Renewable,
): Promise<void> {
  for (const product of products) {
    try {
      await resolveOffer(tx, caller, {
        product: product.ref,
        plan: row.plan_ref,
      });
    } catch (error) {
      if (error instanceof NotFoundError) {
        throw conflict(
          `${product.title} is not offered on ${row.plan_title} any more`,
          'plan-not-offered',
          { product: product.title, plan: row.plan_title },
        );
      }
      throw error;
    }
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  /subscription_products_one_open_unique|subscription_products\.application_id/.test(
    error.message,
  );

/** @throws ConflictError naming the other one, where the application has subscribed again */
async function reopen(
  tx: Knex.Transaction,
  { row, products }: Renewable,
): Promise<void> {
  try {
    // What the database refuses is undone, and says then which one is in the way.
    await tx.transaction(nested =>
      nested('subscription_products')
        .where({ subscription_id: row.id })
        .update({ open: true }),
    );
  } catch (error) {
    if (!isTaken(error)) {
      throw error;
    }
    throw await alreadySubscribed(tx, {
      applicationId: row.application_id,
      applicationName: row.application_name,
      product: products[0],
    });
  }
}

/**
 * `expired → provisioning`. The caller settles it.
 *
 * @throws ConflictError or InputError saying what is in the way
 */
export async function renew(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  found: Renewable,
  caller: UserCaller,
): Promise<void> {
  const { row, products } = found;
  await requireGrace(tx, deps, found);
  await requireOffer(tx, caller, found);
  await reopen(tx, found);
  await issueAnother(tx, deps, row, { createdBy: caller.ref });
  await recordHistory(tx, deps.clock, {
    subject: `subscription:${row.id}`,
    event: 'subscription.renewed',
    actor: caller.ref,
    message: `Renewed ${products.map(({ title }) => title).join(', ')} of “${
      row.application_name
    }” after its last key had expired`,
    product: products[0]?.id,
    application: row.application_id,
  });
}
