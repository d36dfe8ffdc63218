/** The record that a person names: as they see it, and where they may change it. */
import { NotFoundError } from '@backstage/errors';
import type {
  EntityRef,
  RecordSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import type { Queryable } from '../../lib/Database';
import { isGone } from '../write/writeDraft';
import type { Kind, RecordRow } from './kinds';
import { requireEditable, requireOwner, requirePlanAuthor } from './rights';

/**
 * The record as the caller sees it.
 *
 * @throws NotFoundError where they see none
 */
export async function findVisible<S extends RecordSpec, Row extends RecordRow>(
  db: Queryable,
  kind: Kind<S, Row>,
  caller: UserCaller,
  ref: EntityRef,
): Promise<Row> {
  const query: Knex.QueryBuilder = db(kind.table)
    .where(`${kind.table}.ref`, ref)
    .modify(q => kind.whereVisible(q, caller))
    .select(`${kind.table}.*`);
  const [row]: Row[] = await query;
  if (!row) {
    throw new NotFoundError(`There is no ${kind.noun} ${ref}`);
  }
  return row;
}

/** What is left of an entity of Git that is gone. */
export async function findGone<S extends RecordSpec, Row extends RecordRow>(
  db: Queryable,
  kind: Kind<S, Row>,
  ref: EntityRef,
): Promise<Row | undefined> {
  const rows: Row[] = await db(kind.table)
    .where({ ref })
    .whereNull('deleted_at');
  return rows.find(isGone);
}

/** The record, which the caller may change here. */
export async function findEditable<S extends RecordSpec, Row extends RecordRow>(
  db: Queryable,
  kind: Kind<S, Row>,
  caller: UserCaller,
  ref: EntityRef,
): Promise<Row> {
  const row = await findVisible(db, kind, caller, ref);
  requireOwner(caller, row);
  if (kind.noun === 'plan') {
    requirePlanAuthor(caller);
  }
  requireEditable(row);
  return row;
}
