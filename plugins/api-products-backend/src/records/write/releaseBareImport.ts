/**
 * A synchronisation may import a policy before it is known whose it is: Git or a job was on its way at the same time, or
 * the policy is left from an earlier life of the portal. Such a record has nothing in it but what its provider has, as
 * long as nobody has edited it or relies on it. So it goes where another record needs its name or its policy, and what
 * is still a stranger's at the provider is imported again under another name.
 */
import { TABLES, type PlanRow, type ProductRow } from '../../lib/rows';
import type { EntityRef, Origin } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../../history/history';
import { impactOf } from './impact';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import { lockRecordRow } from '../../lib/locks';

/** Whether nobody has made anything of it here. */
export const isBareImport = ({
  origin,
  revision,
  taken_revision,
}: {
  origin: Origin;
  revision: number;
  taken_revision?: number;
}): boolean => origin === 'provider' && taken_revision === revision;

type Row = Pick<
  ProductRow | PlanRow,
  'id' | 'ref' | 'origin' | 'revision' | 'taken_revision'
>;

/** Whether somebody here has put the plan on a product; a product from Git means Git's plan of that name. */
async function isOffered(db: Queryable, ref: EntityRef): Promise<boolean> {
  const offer: unknown = await db('product_plans')
    .join('products', 'products.id', 'product_plans.product_id')
    .where('product_plans.plan_ref', ref)
    .whereNull('products.deleted_at')
    .whereNot('products.origin', 'catalog')
    .first('products.id');
  return offer !== undefined;
}

/** Not where it was edited, is offered, or somebody has subscribed to it or waits for it. */
export async function canReleaseImport(
  db: Queryable,
  noun: 'product' | 'plan',
  row: Row,
): Promise<boolean> {
  if (
    !isBareImport(row) ||
    (noun === 'plan' && (await isOffered(db, row.ref)))
  ) {
    return false;
  }
  const { totalSubscriptions, pendingRequests } = await impactOf(
    db,
    noun,
    row.id,
  );
  return totalSubscriptions + pendingRequests === 0;
}

/**
 * @param why - what the history says, after the title
 * @returns whether it is gone: not where it cannot give way, or is not what it was
 */
export async function releaseBareImport(
  tx: Knex.Transaction,
  clock: Clock,
  noun: 'product' | 'plan',
  { id, revision }: Pick<Row, 'id' | 'revision'>,
  why: string,
): Promise<boolean> {
  await lockRecordRow(tx, TABLES[noun], id);
  const row: ProductRow | PlanRow | undefined = await tx(TABLES[noun])
    .where({ id, revision })
    .whereNull('deleted_at')
    .first();
  if (!row || !(await canReleaseImport(tx, noun, row))) {
    return false;
  }
  const now = toIso(clock.now());
  await tx(TABLES[noun])
    .where({ id, revision })
    .update({
      policy_id: null,
      provider_status: 'none',
      provider_revision: 0,
      deleted_at: now,
      hidden_at: row.hidden_at ?? now,
      revision: revision + 1,
      taken_revision: revision + 1,
      updated_at: now,
    });
  if (noun === 'product') {
    await tx('product_plans').where({ product_id: id }).delete();
    await tx('product_apis').where({ product_id: id }).delete();
  }
  await recordHistory(tx, clock, {
    subject: `${noun}:${id}`,
    event: `${noun}.deleted`,
    message: `${row.title} ${why}`,
    product: noun === 'product' ? id : undefined,
  });
  return true;
}
