/** Writing one record that a person has sent: in one transaction, of which the one that comes second is told. */
import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { conflict } from '../../lib/errors';
import { lockCatalogue, lockRecordRow } from '../../lib/locks';
import type { UserCaller } from '../../identity/Caller';
import { clashOf, problemOf, type Claims } from '../write/claims';
import type { Draft } from '../write/drafts';
import { writeDraft, type Authorship } from '../write/writeDraft';
import { PLAN, PRODUCT, type RecordRow } from './kinds';
import { editedSince } from './rights';

/** The portal, in the name of a person. */
const portalOf = ({ ref }: UserCaller): Authorship => ({
  origin: 'portal',
  actor: ref,
  sentences: {
    created: 'was made in the portal',
    updated: 'was changed in the portal',
    restored: 'is back',
  },
});

/**
 * Makes everybody wait who writes records, and those who would let somebody subscribe to this one.
 *
 * @returns the record as it is now: what its provider knows of it changes without a new revision
 * @throws ConflictError if it is not what it was when the caller looked at it
 */
export async function lockRecord<Row extends RecordRow>(
  tx: Knex.Transaction,
  table: 'products' | 'plans' | 'catalogues',
  known: Row,
): Promise<Row> {
  await lockCatalogue(tx);
  await lockRecordRow(tx, table, known.id);
  const query: Knex.QueryBuilder = tx(table)
    .where({ id: known.id })
    .select(`${table}.*`);
  const [row]: Row[] = await query;
  if (!row || row.deleted_at !== null) {
    throw new NotFoundError(`${known.title} has just been deleted`);
  }
  if (row.revision !== known.revision) {
    throw editedSince(row);
  }
  return row;
}

const CLAIMING = { product: PRODUCT, plan: PLAN };

async function isSeen(
  tx: Knex.Transaction,
  caller: UserCaller,
  { noun, ref }: Pick<Claims, 'noun' | 'ref'>,
): Promise<boolean> {
  const { table, whereVisible } = CLAIMING[noun];
  const found: unknown = await tx(table)
    .where(`${table}.ref`, ref)
    .modify(query => whereVisible(query, caller))
    .first(`${table}.id`);
  return found !== undefined;
}

/**
 * @throws ConflictError naming the field that takes what another record has, and the record where the caller sees it
 */
export async function refuseTaken(
  tx: Knex.Transaction,
  caller: UserCaller,
  claims: Claims | undefined,
): Promise<void> {
  const clash = claims && (await clashOf(tx, claims));
  if (clash) {
    const { field, message } = problemOf(
      clash,
      await isSeen(tx, caller, clash.other),
    );
    throw conflict(message, 'taken', { field });
  }
}

/** @throws ConflictError naming the name, and not whose it is: that may be hidden. */
export async function insertRecord(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  draft: Draft,
): Promise<void> {
  const outcome = await writeDraft(
    tx,
    clock,
    draft,
    undefined,
    portalOf(caller),
  );
  if (outcome === 'lost') {
    const { name, namespace } = draft.spec;
    throw conflict(
      `name: “${name}” cannot be used for a ${draft.noun} in namespace ${namespace}; choose another`,
      'taken',
      { field: 'name' },
    );
  }
}

export async function updateRecord(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  draft: Draft,
  known: RecordRow,
): Promise<void> {
  const outcome = await writeDraft(tx, clock, draft, known, portalOf(caller));
  if (outcome === 'lost') {
    throw editedSince({ ...known, revision: known.revision + 1 });
  }
}
