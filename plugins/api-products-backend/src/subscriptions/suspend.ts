/**
 * Pausing a consumer, and letting them go on. Wanted at once, and said of the subscription when the gateway is known to
 * refuse its keys, or to accept them again. The quota that was used stays used.
 */
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { toIso, type Clock } from '../lib/clock';
import { conflict } from '../lib/errors';
import type { SubscriptionRow } from '../lib/rows';
import { enqueueNotice, nameOf } from '../notices/notify';
import { reconcileKeysOf } from './reconcileJob';
import { isToBeSuspended } from './suspension';

/** The subscription, locked, with what people know it by. */
interface Suspendable {
  row: SubscriptionRow & {
    application_name: string;
    application_owner: EntityRef;
  };
  products: { id: Id; title: string }[];
}

/** @throws ConflictError unless it is active */
export async function requestSuspension(
  tx: Knex.Transaction,
  clock: Clock,
  found: Suspendable,
  by: EntityRef,
  reason: string,
): Promise<void> {
  const { row } = found;
  if (isToBeSuspended(row)) {
    return; // It is wanted already; asking again changes nothing.
  }
  requireStatus(row, 'active');
  await change(tx, clock, row, {
    suspend_requested_by: by,
    suspend_requested_at: toIso(clock.now()),
    suspend_reason: reason,
  });
  await tell(tx, clock, found, {
    by,
    verb: 'suspended',
    what: 'suspend',
    title: 'is suspended',
    reason,
    severity: 'high',
  });
}

/** @throws ConflictError unless it is suspended, or being suspended */
export async function requestResumption(
  tx: Knex.Transaction,
  clock: Clock,
  found: Suspendable,
  by: EntityRef,
  reason: string | undefined,
): Promise<void> {
  const { row } = found;
  if (!isToBeSuspended(row)) {
    if (row.status === 'suspended') {
      return; // It is being resumed.
    }
    throw conflict(
      `The subscription is ${row.status}; there is nothing to resume`,
      'over',
      { subscription: row.id, status: row.status },
    );
  }
  await change(tx, clock, row, {
    suspend_requested_by: null,
    suspend_requested_at: null,
    suspend_reason: null,
  });
  await tell(tx, clock, found, {
    by,
    verb: 'resumed',
    what: 'resume',
    title: 'is resumed',
    reason,
    severity: 'normal',
  });
}

function requireStatus(
  { id, status }: SubscriptionRow,
  wanted: SubscriptionRow['status'],
): void {
  if (status !== wanted) {
    throw conflict(
      `The subscription is ${status}; only what is ${wanted} can be suspended`,
      'not-active',
      { subscription: id, status },
    );
  }
}

async function change(
  tx: Knex.Transaction,
  clock: Clock,
  row: SubscriptionRow,
  values: Partial<SubscriptionRow>,
): Promise<void> {
  await tx('subscriptions')
    .where({ id: row.id })
    .update({
      ...values,
      revision: row.revision + 1,
      updated_at: toIso(clock.now()),
    });
  const takesAway = values.suspend_requested_at !== null;
  await reconcileKeysOf(tx, clock, { subscription: row.id }, { takesAway });
}

async function tell(
  tx: Knex.Transaction,
  clock: Clock,
  { row, products }: Suspendable,
  said: {
    by: EntityRef;
    verb: 'suspended' | 'resumed';
    what: string;
    title: string;
    reason: string | undefined;
    severity: 'high' | 'normal';
  },
): Promise<void> {
  const { by, verb, reason, severity } = said;
  const titles = products.map(({ title }) => title).join(', ');
  const subject = `subscription:${row.id}`;
  await recordHistory(tx, clock, {
    subject,
    event: `subscription.${said.what}-requested`,
    actor: by,
    message: `Asked to ${said.what} ${titles} of “${row.application_name}”`,
    reason,
    product: products[0]?.id,
    application: row.application_id,
  });
  await enqueueNotice(tx, clock, {
    recipients: [row.requester_ref, row.application_owner],
    exclude: by,
    title: `Access of “${row.application_name}” to ${titles} ${
      said.title
    } by ${nameOf(by)}`,
    description: reason,
    link: `/api-products/my-access?subscription=${row.id}`,
    severity,
    topic: `api-products.subscription.${verb}`,
    scope: subject,
    payload: { status: row.status },
  });
}
