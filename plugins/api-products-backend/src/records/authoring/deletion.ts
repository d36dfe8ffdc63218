/** Who may delete a record, and who would lose what. */
import { InputError } from '@backstage/errors';
import type {
  DeletionImpact,
  EntityRef,
  RecordSpec,
} from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../../identity/Caller';
import type { Queryable } from '../../lib/Database';
import type { PlanRow, ProductRow } from '../../lib/rows';
import { breaksFor, impactOf } from '../write/impact';
import { isGone } from '../write/writeDraft';
import { findEditable, findGone, findVisible } from './find';
import { PLAN, PRODUCT, type Kind, type RecordRow } from './kinds';
import { requireOwner } from './rights';

/**
 * The record, which the caller may delete. Of what is managed in Git, a platform owner may delete what its entity has
 * left behind.
 *
 * @param confirm - its name, written once more
 */
export async function findDeletable<
  S extends RecordSpec,
  Row extends RecordRow,
>(
  db: Queryable,
  kind: Kind<S, Row>,
  caller: UserCaller,
  ref: EntityRef,
  confirm: string,
): Promise<Row> {
  const left = caller.platformOwner ? await findGone(db, kind, ref) : undefined;
  const row = left ?? (await findEditable(db, kind, caller, ref));
  if (confirm !== row.name) {
    throw new InputError(
      `confirm must be ${row.name}, the name of what is to be deleted`,
    );
  }
  return row;
}

async function deletionOf(
  db: Queryable,
  noun: 'product' | 'plan',
  caller: UserCaller,
  row: ProductRow | PlanRow,
): Promise<DeletionImpact> {
  requireOwner(caller, row);
  const impact = await impactOf(db, noun, row.id, caller);
  const breaks = breaksFor(impact);
  const obstacle =
    (row.origin === 'catalog' &&
      !(caller.platformOwner && isGone(row)) &&
      `${row.title} is managed in Git: take its entity away there`) ||
    (breaks && `${row.title} ${breaks}`);
  return obstacle ? { ...impact, obstacle } : impact;
}

export const productDeletion = async (
  db: Queryable,
  caller: UserCaller,
  ref: EntityRef,
): Promise<DeletionImpact> =>
  deletionOf(
    db,
    'product',
    caller,
    await findVisible(db, PRODUCT, caller, ref),
  );

export const planDeletion = async (
  db: Queryable,
  caller: UserCaller,
  ref: EntityRef,
): Promise<DeletionImpact> =>
  deletionOf(db, 'plan', caller, await findVisible(db, PLAN, caller, ref));
