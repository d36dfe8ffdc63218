/** What people are told before a key ends by itself. */
import type { Knex } from 'knex';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { enqueueNotice } from '../notices/notify';
import { historyScope, type CredentialContext } from './context';
import { credentialSubject } from './deps';

const DAY_MS = 24 * 60 * 60_000;
/** From here on it is urgent. */
const LAST_DAY_MS = DAY_MS;

const inDays = (ms: number): string => {
  const days = Math.max(1, Math.ceil(ms / DAY_MS));
  return days === 1 ? 'within a day' : `in ${days} days`;
};

async function ownersOf(
  tx: Knex.Transaction,
  { products }: CredentialContext,
): Promise<EntityRef[]> {
  const rows: { owner_ref: EntityRef }[] = await tx('products')
    .whereIn(
      'id',
      products.map(({ id }) => id),
    )
    .select('owner_ref');
  return rows.map(row => row.owner_ref);
}

/** Tells the consumer's side and the owners of the products. */
export async function warnOfEnd(
  tx: Knex.Transaction,
  clock: Clock,
  key: CredentialRow,
  context: CredentialContext,
): Promise<void> {
  if (key.expires_at === null) {
    return;
  }
  const left = Date.parse(key.expires_at) - clock.now();
  const subject = credentialSubject(key.id);
  const titles = context.products.map(({ title }) => title).join(', ');
  const common = {
    title: `Key “${key.name}” of “${
      context.application.name
    }” for ${titles} expires ${inDays(left)}`,
    topic: 'api-products.credential.expiring',
    scope: subject,
    severity: left <= LAST_DAY_MS ? ('high' as const) : ('normal' as const),
  };
  await enqueueNotice(
    tx,
    clock,
    {
      ...common,
      recipients: [
        context.subscription.requester_ref,
        context.application.owner,
      ],
      description:
        'Rotate it before then: the new key works beside the old one, and no new approval is needed',
      link: `/api-products/my-access?subscription=${key.subscription_id}`,
    },
    {
      ...common,
      recipients: await ownersOf(tx, context),
      description: 'Its application has been told to rotate it',
      link: `/api-products/my-access?subscription=${key.subscription_id}`,
    },
  );
  await recordHistory(tx, clock, {
    subject,
    event: 'credential.expiring',
    message: `Told its people that key “${key.name}” expires ${inDays(left)}`,
    ...historyScope(context),
  });
}
