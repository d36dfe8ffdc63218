/**
 * The rows of `drift_items`: one live row for each subject and kind. What was ignored stays ignored as long as it is
 * the same; what is under repair is left to its repair.
 */
import { randomUUID } from 'node:crypto';
import type {
  DriftDifference,
  DriftItem,
  EntityRef,
  Id,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../../history/history';
import { toIso, type Clock } from '../../lib/clock';
import type { DriftItemRow } from '../../lib/rows';
import { announce } from '../../notices/notify';
import { LIVE_ITEM } from '../../provisioning/revival';
import { findingFingerprint, type Finding, type Looked } from './findings';
import { shortened } from '../../lib/texts';

export const LIVE: DriftItem['status'][] = ['open', 'repairing', 'ignored'];

export const differencesOf = (
  row: Pick<DriftItemRow, 'differences'>,
): DriftDifference[] => JSON.parse(row.differences);

/** Changes the row if nobody else has since it was read. @returns whether it did */
export async function changeItem(
  tx: Knex.Transaction,
  clock: Clock,
  row: Pick<DriftItemRow, 'id' | 'revision'>,
  values: Partial<DriftItemRow>,
): Promise<boolean> {
  const changed = await tx('drift_items')
    .where({ id: row.id, revision: row.revision })
    .update({
      ...values,
      revision: row.revision + 1,
      updated_at: toIso(clock.now()),
    });
  return changed === 1;
}

export async function recordOfItem(
  tx: Knex.Transaction,
  clock: Clock,
  item: Pick<DriftItemRow, 'subject' | 'title' | 'provider_id'>,
  told: {
    event: string;
    message: string;
    actor?: EntityRef;
    scope?: Looked['scope'];
  },
): Promise<void> {
  await recordHistory(tx, clock, {
    subject: item.subject,
    event: told.event,
    actor: told.actor,
    message: `${item.title} at provider ${item.provider_id}: ${told.message}`,
    ...(told.scope ?? (await scopeOf(tx, item.subject))),
  });
}

/** Those the subject belongs to read its history as well. */
async function scopeOf(
  tx: Knex.Transaction,
  subject: string,
): Promise<Looked['scope']> {
  const [noun, id] = [
    subject.slice(0, subject.indexOf(':')),
    subject.slice(subject.indexOf(':') + 1),
  ];
  if (noun === 'product') {
    return { product: id };
  }
  if (noun !== 'credential') {
    return undefined;
  }
  const row: { application: Id; product: Id | null } | undefined = await tx(
    'credentials',
  )
    .join('subscriptions', 'subscriptions.id', 'credentials.subscription_id')
    .leftJoin(
      'subscription_products',
      'subscription_products.subscription_id',
      'subscriptions.id',
    )
    .where('credentials.id', id)
    .first({
      application: 'subscriptions.application_id',
      product: 'subscription_products.product_id',
    });
  return (
    row && { application: row.application, product: row.product ?? undefined }
  );
}

async function open(
  tx: Knex.Transaction,
  clock: Clock,
  providerId: Id,
  looked: Looked,
  found: Finding,
): Promise<boolean> {
  const now = toIso(clock.now());
  const id = randomUUID();
  const item = {
    id,
    provider_id: providerId,
    subject: looked.subject,
    kind: found.kind,
    title: shortened(looked.title),
    message: found.message,
    differences: JSON.stringify(found.differences),
    status: 'open',
    seen: 1,
    created_at: now,
    updated_at: now,
  };
  await tx('drift_items').insert(item).onConflict(tx.raw(LIVE_ITEM)).ignore();
  const inserted: unknown = await tx('drift_items').where({ id }).first('id');
  if (inserted === undefined) {
    return false;
  }
  await recordOfItem(tx, clock, item, {
    event: 'drift.found',
    message: found.message,
    scope: looked.scope,
  });
  return true;
}

/** @returns whether it is news */
async function seenAgain(
  tx: Knex.Transaction,
  clock: Clock,
  row: DriftItemRow,
  looked: Looked,
  found: Finding,
): Promise<boolean> {
  if (row.status === 'repairing') {
    return false;
  }
  const ignored = row.status === 'ignored';
  if (ignored && row.ignored_fingerprint === findingFingerprint(found)) {
    return false;
  }
  const changed = await changeItem(tx, clock, row, {
    seen: row.seen + 1,
    title: shortened(looked.title),
    message: found.message,
    differences: JSON.stringify(found.differences),
    ...(ignored
      ? {
          status: 'open',
          resolution: null,
          resolved_by: null,
          resolved_at: null,
          ignored_fingerprint: null,
        }
      : {}),
  });
  if (changed && ignored) {
    await recordOfItem(tx, clock, row, {
      event: 'drift.found',
      message: `it has changed since it was ignored. ${found.message}`,
      scope: looked.scope,
    });
  }
  return changed && ignored;
}

/** It was equal again when it was looked at. */
export async function markGone(
  tx: Knex.Transaction,
  clock: Clock,
  row: DriftItemRow,
): Promise<void> {
  const gone = await changeItem(tx, clock, row, {
    status: 'gone',
    last_error: null,
  });
  if (gone && row.status === 'open') {
    await recordOfItem(tx, clock, row, {
      event: 'drift.gone',
      message: `no longer so: ${row.message}`,
    });
  }
}

/**
 * Brings the items of what was looked at to what was found. Items of other subjects, and of kinds that this scan cannot
 * judge, stay as they are.
 *
 * @param judges - whether this scan would have found a difference of the kind
 * @returns how many are new, or different from what was ignored
 */
export async function writeFindings(
  tx: Knex.Transaction,
  clock: Clock,
  providerId: Id,
  looked: readonly Looked[],
  judges: (kind: Finding['kind']) => boolean = kind =>
    kind !== 'revived' && kind !== 'unknown',
): Promise<number> {
  const rows: DriftItemRow[] = await tx('drift_items')
    .where({ provider_id: providerId })
    .whereIn('status', LIVE)
    .whereIn(
      'subject',
      looked.map(({ subject }) => subject),
    );
  let news = 0;
  for (const one of looked) {
    const live = rows.filter(row => row.subject === one.subject);
    for (const found of one.findings) {
      const row = live.find(({ kind }) => kind === found.kind);
      const isNew = row
        ? await seenAgain(tx, clock, row, one, found)
        : await open(tx, clock, providerId, one, found);
      news += isNew ? 1 : 0;
    }
    for (const row of live) {
      const still = one.findings.some(({ kind }) => kind === row.kind);
      if (!still && row.status !== 'repairing' && judges(row.kind)) {
        await markGone(tx, clock, row);
      }
    }
  }
  if (news > 0) {
    await announce(tx, clock, {
      topic: 'api-products.drift.found',
      subject: `provider:${providerId}`,
      payload: { provider: providerId, found: news },
    });
  }
  return news;
}
