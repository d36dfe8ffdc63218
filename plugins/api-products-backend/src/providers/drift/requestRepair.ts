/**
 * Asks for a repair. Of several who ask at the same time one wins; the others are told who. What is ignored needs no
 * job; everything else is done by `repair-drift`, and the difference is `repairing` until that has seen it gone.
 */
import { ConflictError } from '@backstage/errors';
import type {
  DriftAction,
  EntityRef,
  Id,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../../lib/clock';
import { TABLES } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { announce } from '../../notices/notify';
import { enqueue } from '../../jobs/JobQueue';
import { laneOf } from '../../jobs/lanes';
import { subjectId } from '../../jobs/JobHandler';
import { actionsOf, obstacleTo, repairsItself } from './actions';
import { findingFingerprint } from './findings';
import { changeItem, differencesOf, recordOfItem } from './items';
import { actionFactsOf, itemRows, type ItemRow } from './itemViews';
import { type Noun } from './ourOfferings';

/** After this a repair that does not succeed is given up, and the difference open again. */
const GIVE_UP_AFTER_MS = 60 * 60_000;
const PAGE = 100;

const ACTION_LABELS: Record<DriftAction, string> = {
  'push-ours': 'what the portal has is brought to the provider',
  'take-theirs': 'what the provider has is taken over',
  ignore: 'left as it is',
};

const fingerprintOf = (row: ItemRow): string =>
  findingFingerprint({ ...row, differences: differencesOf(row) });

function refusal(row: ItemRow, obstacle: string): ConflictError {
  const by = row.resolved_by ? ` by ${row.resolved_by}` : '';
  const at = row.resolved_at ? ` since ${row.resolved_at}` : '';
  return new ConflictError(
    row.status === 'open' || row.status === 'ignored'
      ? obstacle
      : `${obstacle}${by}${at}; only open differences can be repaired`,
  );
}

/**
 * @param by - absent where the portal repairs by itself
 * @throws ConflictError if it is no longer open, or cannot be repaired like this
 */
export async function requestRepair(
  tx: Knex.Transaction,
  clock: Clock,
  row: ItemRow,
  action: DriftAction,
  by: EntityRef | undefined,
): Promise<void> {
  const obstacle = obstacleTo(action, actionFactsOf(row));
  if (obstacle !== undefined) {
    throw refusal(row, obstacle);
  }
  const ignored = action === 'ignore';
  const fingerprint = fingerprintOf(row);
  const won = await changeItem(tx, clock, row, {
    status: ignored ? 'ignored' : 'repairing',
    resolution: action,
    resolved_by: by ?? null,
    resolved_at: toIso(clock.now()),
    ignored_fingerprint: ignored ? fingerprint : null,
    last_error: null,
  });
  if (!won) {
    const now: ItemRow | undefined = await itemRows(tx)
      .where('drift_items.id', row.id)
      .first();
    // A look has only seen it again.
    if (now?.status === row.status && fingerprintOf(now) === fingerprint) {
      await requestRepair(tx, clock, now, action, by);
      return;
    }
    throw refusal(now ?? row, `The difference is ${now?.status ?? 'gone'}`);
  }
  await recordOfItem(tx, clock, row, {
    event: ignored ? 'drift.ignored' : 'drift.repair-requested',
    actor: by,
    message: `${ACTION_LABELS[action]}: ${row.message}`,
  });
  if (ignored) {
    await announce(tx, clock, {
      topic: 'api-products.drift.ignored',
      subject: `provider:${row.provider_id}`,
      payload: { provider: row.provider_id, item: row.id },
    });
    return;
  }
  if (action === 'push-ours') {
    await prepare(tx, clock, row);
  }
  await enqueue(tx, clock, {
    kind: 'repair-drift',
    subject: `drift:${row.id}`,
    lane: laneOf(row.provider_id),
    orderKey: row.subject.startsWith('credential:') ? row.subject : undefined,
    giveUpAt: clock.now() + GIVE_UP_AFTER_MS,
  });
}

/** Brings a product or plan to the provider once more, although it is known to have it as it is. */
async function putOffering(
  tx: Knex.Transaction,
  clock: Clock,
  providerId: Id,
  noun: Noun,
  id: Id,
): Promise<void> {
  const changed = await tx(TABLES[noun])
    .where({ id })
    .whereNotNull('provider_id')
    .whereNull('deleted_at')
    .update({ provider_status: 'pending', provider_message: null });
  if (changed === 0) {
    return;
  }
  await enqueue(tx, clock, {
    kind: noun === 'product' ? 'put-product' : 'put-plan',
    subject: `${noun}:${id}`,
    lane: laneOf(providerId),
  });
}

async function putOfferingsOfKey(
  tx: Knex.Transaction,
  clock: Clock,
  providerId: Id,
  credentialId: Id,
): Promise<void> {
  const rows: { plan_id: Id; product_id: Id }[] = await tx('credentials')
    .join('subscriptions', 'subscriptions.id', 'credentials.subscription_id')
    .join(
      'subscription_products',
      'subscription_products.subscription_id',
      'subscriptions.id',
    )
    .where('credentials.id', credentialId)
    .orderBy('subscription_products.product_id')
    .select('subscriptions.plan_id', 'subscription_products.product_id');
  for (const { product_id: id } of rows) {
    await putOffering(tx, clock, providerId, 'product', id);
  }
  for (const id of new Set(rows.map(row => row.plan_id))) {
    await putOffering(tx, clock, providerId, 'plan', id);
  }
}

/** Policies before keys: what has to be at the provider first is on its way when the repair begins. */
async function prepare(
  tx: Knex.Transaction,
  clock: Clock,
  row: ItemRow,
): Promise<void> {
  const { noun } = actionFactsOf(row);
  if (noun !== 'credential') {
    await putOffering(tx, clock, row.provider_id, noun, subjectId(row));
  } else if (row.kind === 'orphaned') {
    await putOfferingsOfKey(tx, clock, row.provider_id, subjectId(row));
  }
}

/** Repairs what differs without asking, for providers that are configured so. */
export async function repairAutomatically(
  { knex, clock }: { knex: Knex; clock: Clock },
  providerId: Id,
): Promise<void> {
  let after = '';
  for (;;) {
    const rows: ItemRow[] = await itemRows(knex)
      .where({
        'drift_items.provider_id': providerId,
        'drift_items.status': 'open',
      })
      .where('drift_items.id', '>', after)
      .orderBy('drift_items.id')
      .limit(PAGE);
    if (rows.length === 0) {
      return;
    }
    after = rows[rows.length - 1].id;
    for (const row of rows) {
      const facts = actionFactsOf(row);
      if (repairsItself(facts) && actionsOf(facts).includes('push-ours')) {
        try {
          await inTransaction(knex, tx =>
            requestRepair(tx, clock, row, 'push-ours', undefined),
          );
        } catch (error) {
          // Somebody was quicker.
          if (!(error instanceof ConflictError)) throw error;
        }
      }
    }
  }
}
