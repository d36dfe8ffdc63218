/** What every change of a credential brings with it: compare-and-set, history, its subscription, and telling people. */
import type { Knex } from 'knex';
import {
  canBecome,
  credentialLifecycle,
} from 'backstage-plugin-api-products-common';
import { settleLocked } from './subscriptionState';
import { recordHistory } from '../history/history';
import { toIso } from '../lib/clock';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow, SubscriptionRow } from '../lib/rows';
import { enqueueNotice, type Notice } from '../notices/notify';
import { contextOf, historyScope, type CredentialContext } from './context';
import { credentialSubject, type CredentialDeps } from './deps';

/** Applies the change if the credential still has the status. @returns its subscription, locked, if it had */
export async function change(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  from: CredentialRow['status'],
  values: Partial<CredentialRow>,
): Promise<SubscriptionRow | undefined> {
  if (values.status && !canBecome(credentialLifecycle, from, values.status)) {
    throw new Error(`A credential that is ${from} never is ${values.status}`);
  }
  const subscription = await lockSubscription(tx, credential.subscription_id);
  const changed = await tx('credentials')
    .where({ id: credential.id, status: from })
    .update({
      ...values,
      revision: tx.raw('revision + 1'),
      updated_at: toIso(deps.clock.now()),
    });
  return changed === 1 ? subscription : undefined;
}

/** History, subscription, events and signals that every change brings with it. */
export async function followUp(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  subscription: SubscriptionRow,
  told: {
    event: string;
    message: string;
    /** Where it is at hand. */
    context?: CredentialContext;
  },
): Promise<CredentialContext | undefined> {
  const context = told.context ?? (await contextOf(tx, subscription.id));
  const subject = credentialSubject(credential.id);
  await recordHistory(tx, deps.clock, {
    subject,
    event: told.event,
    message: told.message,
    ...historyScope(context),
  });
  await settleLocked(tx, deps.clock, subscription, context?.products[0]?.id);
  return context;
}

export async function tell(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  notice: {
    verb: string;
    title: string;
    description: string;
    recipients: (string | null)[];
    severity?: Notice['severity'];
    /** Whose notice this one takes the place of; by default an earlier one about the same key. */
    scope?: string;
  },
): Promise<void> {
  await enqueueNotice(tx, deps.clock, {
    recipients: notice.recipients.filter(ref => ref !== null),
    title: notice.title,
    description: notice.description,
    link: `/api-products/my-access?subscription=${credential.subscription_id}`,
    topic: `api-products.credential.${notice.verb}`,
    severity: notice.severity,
    scope: notice.scope ?? credentialSubject(credential.id),
  });
}

/** The first key is the outcome of the request: being told twice of one thing is once too often. */
export const scopeOfFirstKey = (
  context: CredentialContext | undefined,
): string | undefined =>
  context?.subscription.status === 'provisioning'
    ? `access-request:${context.subscription.access_request_id}`
    : undefined;

export const productsOf = (context: CredentialContext | undefined): string =>
  context?.products.map(({ title }) => title).join(', ') ?? '';
