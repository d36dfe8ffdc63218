/**
 * Deleting a record. It stays in its table for what was asked for in its name, and is seen by nobody any more; its name
 * is free again. Who waited for it is told, and its policy is taken away by a job. That records of Git name it stays, as
 * Git says it: it holds again for what comes under the name.
 */
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import type { CatalogueRow, PlanRow, ProductRow, TABLES } from '../../lib/rows';
import type { UserCaller } from '../../identity/Caller';
import { enqueueRemoval } from '../../jobs/removals';
import { offeredApis, putPlansOf } from '../write/planApis';
import { refuseWhileSubscribed } from '../write/impact';
import { markRecordDeleted } from '../write/markRecordDeleted';
import { withdrawRequests } from '../withdrawRequests';
import { lockRecord } from './write';

interface Deletion {
  tx: Knex.Transaction;
  clock: Clock;
  caller: UserCaller;
}

const markDeleted = (
  { tx, clock, caller }: Deletion,
  noun: keyof typeof TABLES,
  row: ProductRow | PlanRow | CatalogueRow,
): Promise<void> =>
  markRecordDeleted(tx, clock, noun, row, {
    actor: caller.ref,
    message: `${row.title} was deleted`,
  });

/** @throws ConflictError as long as anybody is subscribed. */
export async function removeProduct(
  deletion: Deletion,
  known: ProductRow,
): Promise<void> {
  const { tx, clock } = deletion;
  const row = await lockRecord(tx, 'products', known);
  await refuseWhileSubscribed(
    tx,
    deletion.caller,
    'product',
    row,
    'It cannot be deleted',
  );
  const offered = await offeredApis(tx, row.id);
  await withdrawRequests(
    deletion,
    requests => requests.where('r.product_id', row.id),
    `The product ${row.title} was deleted`,
  );
  await tx('product_plans').where({ product_id: row.id }).delete();
  await tx('product_apis').where({ product_id: row.id }).delete();
  await tx('catalogue_items').where({ item_ref: row.ref }).delete();
  await markDeleted(deletion, 'product', row);
  await putPlansOf(tx, clock, [offered]);
  await enqueueRemoval(tx, clock, 'product', {
    record: row.id,
    provider: row.provider_id,
    policy: row.policy_id,
  });
}

/** @throws ConflictError as long as anybody is subscribed on it. */
export async function removePlan(
  deletion: Deletion,
  known: PlanRow,
): Promise<void> {
  const { tx, clock } = deletion;
  const row = await lockRecord(tx, 'plans', known);
  await refuseWhileSubscribed(
    tx,
    deletion.caller,
    'plan',
    row,
    'It cannot be deleted',
  );
  await withdrawRequests(
    deletion,
    requests => requests.where('r.plan_id', row.id),
    `The plan ${row.title} was deleted`,
  );
  await tx('product_plans')
    .where({ plan_ref: row.ref })
    .whereNotIn('product_id', fromGit =>
      fromGit.select('id').from('products').where('origin', 'catalog'),
    )
    .delete();
  await tx('catalogue_items').where({ item_ref: row.ref }).delete();
  await markDeleted(deletion, 'plan', row);
  await enqueueRemoval(tx, clock, 'plan', {
    record: row.id,
    provider: row.provider_id,
    policy: row.policy_id,
  });
}

/** What stood in it is seen elsewhere, or by those who decide about it; keys go on working. */
export async function removeCatalogue(
  deletion: Deletion,
  known: CatalogueRow,
): Promise<void> {
  const { tx } = deletion;
  const row = await lockRecord(tx, 'catalogues', known);
  await tx('catalogue_items')
    .where({ catalogue_ref: row.ref })
    .modify(items => {
      for (const table of ['products', 'plans']) {
        items.whereNotIn('item_ref', fromGit =>
          fromGit.select('ref').from(table).where('origin', 'catalog'),
        );
      }
    })
    .delete();
  await tx('catalogue_audience').where({ catalogue_id: row.id }).delete();
  await tx('catalogue_publishers').where({ catalogue_id: row.id }).delete();
  await markDeleted(deletion, 'catalogue', row);
}
