/**
 * A record of Git goes on under the name that its entity has now. The row stays, and with it its policy, its
 * subscriptions, its keys and its history; only what refers to it by name follows. What was written under the new name
 * before it was known whose it is goes: nobody has made anything of it.
 */
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../../history/history';
import { enqueueRemoval } from '../../jobs/removals';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import {
  TABLES,
  type CatalogueRow,
  type PlanRow,
  type ProductRow,
} from '../../lib/rows';
import { providerKeyOf } from '../offering';
import { planSpecOf, productSpecOf } from '../specs';
import type { Draft } from './drafts';
import { impactOf } from './impact';
import { markRecordDeleted } from './markRecordDeleted';

type Noun = Draft['noun'];

export type NamedRow = ProductRow | PlanRow | CatalogueRow;

/** Which tables name records of a kind: the column, and what is unique with it. */
const NAMED_IN: Record<Noun, [table: string, named: string, by: string][]> = {
  product: [['catalogue_items', 'item_ref', 'catalogue_ref']],
  plan: [
    ['catalogue_items', 'item_ref', 'catalogue_ref'],
    ['product_plans', 'plan_ref', 'product_id'],
  ],
  catalogue: [['catalogue_items', 'catalogue_ref', 'item_ref']],
};

async function moveRows(
  tx: Knex.Transaction,
  noun: Noun,
  from: EntityRef,
  to: EntityRef,
): Promise<void> {
  for (const [table, named, by] of NAMED_IN[noun]) {
    await tx(table)
      .where(named, from)
      .whereIn(by, already => already.select(by).from(table).where(named, to))
      .delete();
    await tx(table)
      .where(named, from)
      .update({ [named]: to });
  }
}

/** What people have written here says the new name as well; what Git says stays Git's. */
async function moveWords(
  tx: Knex.Transaction,
  noun: Noun,
  from: EntityRef,
  to: EntityRef,
): Promise<void> {
  if (noun === 'product') {
    return;
  }
  const field = noun === 'plan' ? 'plans' : 'catalogues';
  const renamed = (refs: EntityRef[]) => [
    ...new Set(refs.map(ref => (ref === from ? to : ref))),
  ];
  const naming = (table: string): Promise<{ id: string; spec: string }[]> =>
    tx(table)
      .whereNot('origin', 'catalog')
      .whereNull('deleted_at')
      .whereRaw('spec like ?', [`%${JSON.stringify(from)}%`])
      .select('id', 'spec');
  for (const row of await naming('products')) {
    const spec = productSpecOf(row);
    await tx('products')
      .where({ id: row.id })
      .update({
        spec: JSON.stringify({ ...spec, [field]: renamed(spec[field]) }),
      });
  }
  for (const row of noun === 'catalogue' ? await naming('plans') : []) {
    const spec = planSpecOf(row);
    await tx('plans')
      .where({ id: row.id })
      .update({
        spec: JSON.stringify({ ...spec, catalogues: renamed(spec.catalogues) }),
      });
  }
}

/** What somebody has made of a record already, so that it cannot give way; undefined where it is nothing. */
export async function inUse(
  db: Queryable,
  noun: Noun,
  id: string,
): Promise<string | undefined> {
  if (noun === 'catalogue') {
    return undefined;
  }
  const { totalSubscriptions, pendingRequests } = await impactOf(db, noun, id);
  return totalSubscriptions + pendingRequests === 0
    ? undefined
    : `it has ${totalSubscriptions} live subscriptions and ${pendingRequests} pending requests of its own`;
}

/** Takes away what stands under the new name. */
export async function displaceRecord(
  tx: Knex.Transaction,
  clock: Clock,
  noun: Noun,
  row: NamedRow,
  former: Pick<NamedRow, 'id' | 'title' | 'ref'>,
): Promise<void> {
  if (noun === 'product') {
    for (const table of [
      'product_plans',
      'product_apis',
      'product_approvers',
    ]) {
      await tx(table).where({ product_id: row.id }).delete();
    }
    // What a platform owner has agreed to under the new name holds.
    await tx('api_agreements')
      .where({ product_id: row.id })
      .update({ product_id: former.id });
  }
  if (noun === 'catalogue') {
    await tx('catalogue_audience').where({ catalogue_id: row.id }).delete();
  }
  await markRecordDeleted(tx, clock, noun, row, {
    message: `${row.title} went: ${former.title}, which was ${former.ref}, goes on as ${row.ref}`,
  });
  if (noun !== 'catalogue' && 'policy_id' in row) {
    await enqueueRemoval(tx, clock, noun, {
      record: row.id,
      provider: row.provider_id,
      policy: row.policy_id,
    });
  }
}

/**
 * Compare-and-set. What the record says itself is left as it was: its draft is to be written in the same transaction.
 *
 * @param by - the platform owner who has said so, where the entity does not
 * @returns the revision that it has now, or undefined where somebody else has changed it
 */
export async function renameRecord(
  tx: Knex.Transaction,
  clock: Clock,
  noun: Noun,
  row: NamedRow,
  to: { ref: EntityRef; namespace: string; name: string },
  by?: EntityRef,
): Promise<number | undefined> {
  const revision = row.revision + 1;
  const key =
    noun !== 'catalogue' && 'provider_key' in row
      ? {
          provider_key: (
            await providerKeyOf(tx, noun, row.id)
          ).toLocaleLowerCase('en-US'),
        }
      : {};
  const { ref, namespace, name } = to;
  const changed: number = await tx(TABLES[noun])
    .where({ id: row.id, revision: row.revision })
    .whereNull('deleted_at')
    .update({
      ref,
      namespace,
      name,
      revision,
      updated_at: toIso(clock.now()),
      ...key,
    });
  if (changed !== 1) {
    return undefined;
  }
  await moveRows(tx, noun, row.ref, ref);
  await moveWords(tx, noun, row.ref, ref);
  await recordHistory(tx, clock, {
    subject: `${noun}:${row.id}`,
    event: `${noun}.renamed`,
    actor: by,
    message: `${row.title} was renamed in Git: what was ${row.ref} goes on as ${ref}`,
    product: noun === 'product' ? row.id : undefined,
  });
  return revision;
}
