/** A key that is back at the gateway after it was removed, or as it was after it was changed: reported and counted. */
import { randomUUID } from 'node:crypto';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { settleSubscription } from '../subscriptions/subscriptionState';
import { recordHistory } from '../history/history';
import { toIso, type Clock } from '../lib/clock';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow } from '../lib/rows';
import { announce } from '../notices/notify';
import { contextOf, historyScope, keyTitle } from '../subscriptions/context';
import { credentialSubject, type CredentialDeps } from '../subscriptions/deps';
import { shortened } from '../lib/texts';

/** There is one live item of drift for a subject and kind: what a second one conflicts with. */
export const LIVE_ITEM = `(provider_id, subject, kind) where status in ('open', 'repairing', 'ignored')`;

/** Where the provider takes removals for safe. */
const UNEXPLAINED =
  'somebody has brought it back there, or its consumer calls with another form of it than the one that was shown here';

/** What was found by who confirms a removal or a change; it is seen to without anybody asking for it. */
async function reportDifference(
  tx: Knex.Transaction,
  clock: Clock,
  found: {
    providerId: Id;
    subject: string;
    kind: 'revived' | 'state';
    title: string;
    message: string;
  },
): Promise<void> {
  const now = toIso(clock.now());
  const { providerId, subject, kind, message } = found;
  await tx('drift_items')
    .insert({
      id: randomUUID(),
      provider_id: providerId,
      subject,
      kind,
      title: shortened(found.title),
      message,
      differences: '[]',
      status: 'open',
      seen: 1,
      created_at: now,
      updated_at: now,
    })
    .onConflict(tx.raw(LIVE_ITEM))
    .merge({
      seen: tx.raw('drift_items.seen + 1'),
      revision: tx.raw('drift_items.revision + 1'),
      status: tx.raw(
        `case when drift_items.status = 'ignored' then 'ignored' else 'open' end`,
      ),
      last_error: tx.raw(
        `case when drift_items.status = 'repairing' then excluded.message else drift_items.last_error end`,
      ),
      message,
      updated_at: now,
    });
  await announce(tx, clock, {
    topic: 'api-products.drift.found',
    subject: `provider:${providerId}`,
    payload: { provider: providerId, found: 1 },
  });
}

/** Said of the key and its subscription, in the history the first time, and as a difference for platform owners. */
async function report(
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  found: { kind: 'revived' | 'state'; event: string; message: string },
): Promise<void> {
  await lockSubscription(tx, credential.subscription_id);
  const { id, status, provider_id: providerId } = credential;
  const { kind, event, message } = found;
  const changed = await tx('credentials')
    .where({ id, status })
    .update({
      revivals: tx.raw('revivals + 1'),
      revision: tx.raw('revision + 1'),
      last_error: message,
      updated_at: toIso(deps.clock.now()),
    });
  if (changed === 0) {
    return;
  }
  const context = await contextOf(tx, credential.subscription_id);
  const subject = credentialSubject(id);
  await reportDifference(tx, deps.clock, {
    providerId,
    subject,
    kind,
    title: keyTitle(credential, context),
    message,
  });
  if (credential.revivals === 0) {
    await recordHistory(tx, deps.clock, {
      subject,
      event,
      message,
      ...historyScope(context),
    });
  }
  await settleSubscription(tx, deps.clock, credential.subscription_id);
  await announce(tx, deps.clock, {
    topic: `api-products.${event}`,
    subject,
    payload: { provider: providerId },
  });
}

/**
 * The gateway went on with a key in use as it was before it was changed. It is told again, for as long as it takes; the
 * next look for differences ends what is reported here.
 *
 * @param warning - why, in the provider's words, naming the setting to change
 */
export const reportUndone = (
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  warning: string | undefined,
): Promise<void> =>
  report(tx, deps, credential, {
    kind: 'state',
    event: 'credential.change-undone',
    message: `The gateway went on with key “${
      credential.name
    }” as it was before it was changed: ${warning ?? UNEXPLAINED}`,
  });

/** @param warning - why, in the provider's words, naming the setting to change */
export const reportRevival = (
  tx: Knex.Transaction,
  deps: Pick<CredentialDeps, 'clock'>,
  credential: CredentialRow,
  warning: string | undefined,
): Promise<void> =>
  report(tx, deps, credential, {
    kind: 'revived',
    event: 'credential.revived',
    message: `The gateway still accepts key “${
      credential.name
    }” after it was removed: ${warning ?? UNEXPLAINED}`,
  });
