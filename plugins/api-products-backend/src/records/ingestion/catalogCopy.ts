/**
 * What ingestion has read of the catalog: the etag of each entity, and of its content what counts here. It is a copy and
 * no truth of its own: it says what need not be asked for again, and which records have not been brought to it yet.
 */
import type {
  CatalogueSpec,
  EntityRef,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { chunksOf } from '../../lib/chunksOf';
import type { Queryable } from '../../lib/Database';
import type { SqlBoolean } from '../../lib/rows';
import type { ApiEntity } from '../apiEntities';
import { productClaims } from '../write/claims';

/** What an entity says, or why it cannot be read. */
export type Content =
  | { noun: 'product'; spec: ProductSpec }
  | { noun: 'plan'; spec: PlanSpec }
  | { noun: 'catalogue'; spec: CatalogueSpec }
  | { noun: 'api'; api: ApiEntity }
  | { noun: RecordNoun; broken: string };

export type RecordNoun = 'product' | 'plan' | 'catalogue';

export type CopyNoun = Content['noun'];

export interface CopyRow {
  ref: EntityRef;
  noun: CopyNoun;
  revision: number;
  etag: string | null;
  owner_ref: EntityRef | null;
  content: string;
  problem: string | null;
  is_pending: SqlBoolean;
}

const TABLE = 'catalog_copy';
/** There is one catalog. */
const STATE = 'catalog';
const ROWS_AT_ONCE = 100;
const REFS_AT_ONCE = 500;

export const contentOf = (row: Pick<CopyRow, 'content'>): Content =>
  JSON.parse(row.content);

const ownerOf = (content: Content): EntityRef | null =>
  'spec' in content && content.noun !== 'catalogue' ? content.spec.owner : null;

/** What a product takes for itself at its provider. */
const claimsText = (content: Content): string | undefined =>
  content.noun === 'product' && 'spec' in content
    ? JSON.stringify(productClaims(content.spec) ?? null)
    : undefined;

/** Whether other records may have to be derived anew: all but a product that takes the same for itself as before. */
function concernsOthers(before: Content | undefined, now: Content): boolean {
  const claims = claimsText(now);
  return !before || claims === undefined || claims !== claimsText(before);
}

/** An entity as it has just been read. */
export interface ReadEntity {
  ref: EntityRef;
  etag: string | null;
  content: Content;
}

/**
 * Writes what is different. A record whose content has changed waits from then on for being brought to it.
 *
 * @returns whether records may have to be derived anew that have not changed themselves
 */
export async function copyEntities(
  tx: Knex.Transaction,
  read: readonly ReadEntity[],
): Promise<boolean> {
  let forOthers = false;
  for (const some of chunksOf(read, ROWS_AT_ONCE)) {
    const rows: CopyRow[] = await tx(TABLE).whereIn(
      'ref',
      some.map(({ ref }) => ref),
    );
    const known = new Map(rows.map(row => [row.ref, row]));
    const changed: CopyRow[] = [];
    for (const { ref, etag, content } of some) {
      const row = known.get(ref);
      const text = JSON.stringify(content);
      const isSame = row?.content === text;
      if (isSame && row.etag === etag) {
        continue;
      }
      forOthers ||= !isSame && concernsOthers(row && contentOf(row), content);
      changed.push({
        ref,
        noun: content.noun,
        revision: (row?.revision ?? 0) + (isSame ? 0 : 1),
        etag,
        owner_ref: ownerOf(content),
        content: text,
        problem: row?.problem ?? null,
        is_pending: isSame ? row.is_pending : content.noun !== 'api',
      });
    }
    if (changed.length > 0) {
      await tx(TABLE)
        .insert(changed)
        .onConflict('ref')
        .merge([
          'noun',
          'revision',
          'etag',
          'owner_ref',
          'content',
          'is_pending',
        ]);
    }
  }
  if (forOthers) {
    await invalidate(tx);
  }
  return forOthers;
}

/** From now on, all records have to be derived anew. */
async function invalidate(tx: Knex.Transaction): Promise<void> {
  await tx('ingestion_state')
    .where({ id: STATE })
    .update({ basis: null, revision: tx.raw('revision + 1') });
}

/** API entities that are gone; others may stand for their APIs now. */
export async function forgetApis(
  tx: Knex.Transaction,
  refs: readonly EntityRef[],
): Promise<void> {
  await forget(tx, refs);
  await invalidate(tx);
}

/** The etags of some of them, one question for all. */
export async function knownEtags(
  db: Queryable,
  refs: readonly EntityRef[],
): Promise<Map<EntityRef, string | null>> {
  const rows: Pick<CopyRow, 'ref' | 'etag'>[] = await db(TABLE)
    .whereIn('ref', refs)
    .select('ref', 'etag');
  return new Map(rows.map(({ ref, etag }) => [ref, etag]));
}

export async function countCopied(db: Queryable): Promise<number> {
  const row: { n?: number | string } | undefined = await db(TABLE)
    .count({ n: '*' })
    .first();
  return Number(row?.n ?? 0);
}

export const copiedRefs = (db: Queryable): Promise<EntityRef[]> =>
  db(TABLE).orderBy('ref').pluck('ref');

/** Page by page in the order of their refs. */
export async function* copiedPages(
  db: Queryable,
  noun: CopyNoun,
  options: { pending?: boolean } = {},
): AsyncGenerator<CopyRow[]> {
  let after = '';
  for (;;) {
    const rows: CopyRow[] = await db(TABLE)
      .where({ noun })
      .where('ref', '>', after)
      .modify(query => {
        if (options.pending) query.where({ is_pending: true });
      })
      .orderBy('ref')
      .limit(REFS_AT_ONCE);
    if (rows.length === 0) {
      return;
    }
    yield rows;
    after = rows[rows.length - 1].ref;
  }
}

/** What of records waits for being brought to what the catalog says. */
export async function pendingNouns(db: Queryable): Promise<Set<CopyNoun>> {
  return new Set<CopyNoun>(
    await db(TABLE).where({ is_pending: true }).distinct('noun').pluck('noun'),
  );
}

/** Of those that are known. */
export async function copiedApis(
  db: Queryable,
  refs: readonly EntityRef[],
): Promise<Map<EntityRef, ApiEntity>> {
  const found = new Map<EntityRef, ApiEntity>();
  for (const some of chunksOf(refs, REFS_AT_ONCE)) {
    const rows: CopyRow[] = await db(TABLE)
      .where({ noun: 'api' })
      .whereIn('ref', some);
    for (const row of rows) {
      const content = contentOf(row);
      if (content.noun === 'api') {
        found.set(row.ref, content.api);
      }
    }
  }
  return found;
}

/** Says how far the rows' records are, unless the entity has changed meanwhile. */
export async function settle(
  db: Queryable,
  outcomes: readonly {
    row: CopyRow;
    problem: string | null;
    pending: boolean;
  }[],
): Promise<void> {
  const groups = new Map<string, typeof outcomes>();
  for (const outcome of outcomes) {
    const { row, problem, pending } = outcome;
    if (problem !== row.problem || pending !== Boolean(row.is_pending)) {
      const key = JSON.stringify([row.revision, problem, pending]);
      groups.set(key, [...(groups.get(key) ?? []), outcome]);
    }
  }
  for (const some of groups.values()) {
    const [{ row, problem, pending }] = some;
    await db(TABLE)
      .where({ revision: row.revision })
      .whereIn(
        'ref',
        some.map(one => one.row.ref),
      )
      .update({ problem, is_pending: pending });
  }
}

export async function forget(
  db: Queryable,
  refs: readonly EntityRef[],
): Promise<void> {
  for (const some of chunksOf(refs, REFS_AT_ONCE)) {
    await db(TABLE).whereIn('ref', some).delete();
  }
}

/** How far the last run came. */
export interface IngestionState {
  revision: number;
  basis: string | null;
  whole_at: string | null;
}

export async function readState(
  db: Queryable,
): Promise<IngestionState | undefined> {
  return db('ingestion_state')
    .where({ id: STATE })
    .first('revision', 'basis', 'whole_at');
}

/** Not where something has changed since it was read: then the next run derives everything once more. */
export async function writeState(
  db: Queryable,
  before: IngestionState | undefined,
  now: Pick<IngestionState, 'basis' | 'whole_at'>,
): Promise<void> {
  if (!before) {
    await db('ingestion_state')
      .insert({ id: STATE, revision: 1, ...now })
      .onConflict('id')
      .ignore();
  } else if (before.basis !== now.basis || before.whole_at !== now.whole_at) {
    await db('ingestion_state')
      .where({ id: STATE, revision: before.revision })
      .update(now);
  }
}
