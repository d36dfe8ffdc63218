/** Writes what is derived from the catalog, record by record, and hides what is gone from it. */
import { toError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { inTransaction } from '../../lib/transactions';
import type { Draft } from '../write/drafts';
import {
  hide,
  isGone,
  writeDraft,
  type KnownRecord,
} from '../write/writeDraft';
import { sayFindings } from './planHolds';
import { refusalOf } from './refusalOf';
import type { Renames } from './Renames';

/** What a run did. */
export interface IngestionResult {
  created: number;
  updated: number;
  restored: number;
  hidden: number;
  unchanged: number;
  /** Left alone because somebody else was quicker; the next run looks again. */
  lost: number;
  /** Broken, refused by the database, or in conflict with a record of another origin. */
  ignored: number;
  /** Gone, but too many at once to believe it. */
  heldBack: number;
}

export const NOUNS = ['catalogue', 'plan', 'product'] as const;

/** Records that are there, by ref. */
export type Known = Record<Draft['noun'], Map<EntityRef, KnownRecord>>;

interface WriteOptions {
  db: Knex;
  clock: Clock;
  maxDropPercent: number;
}

/** What is written against, and where is entered what became of it. */
interface Written {
  known: Known;
  renames: Renames;
  result: IngestionResult;
  warnings: Set<string>;
}

/** @returns refs of those that are not as they should be; the next run tries again */
export async function writeDrafts(
  { db, clock }: Pick<WriteOptions, 'db' | 'clock'>,
  drafts: Draft[],
  { known, renames, result, warnings }: Written,
): Promise<Set<EntityRef>> {
  const waiting = new Set<EntityRef>();
  for (const draft of drafts) {
    const { ref } = draft.spec;
    const record = known[draft.noun].get(ref);
    try {
      const renaming = await renames.find(draft, record);
      const isUnchanged =
        record?.origin === 'catalog' &&
        record.fingerprint === draft.fingerprint &&
        !isGone(record);
      if (isUnchanged && !renaming) {
        if (draft.noun !== 'catalogue') {
          await sayFindings(db, draft.noun, record, draft.columns.findings);
        }
        continue;
      }
      let renamed: KnownRecord | undefined;
      const outcome = await inTransaction(db, async tx => {
        renamed = renaming && (await renames.carryOut(tx, draft, renaming));
        if (renamed) {
          return writeDraft(tx, clock, draft, renamed);
        }
        if (isUnchanged) {
          return 'unchanged';
        }
        const refusal = record && (await refusalOf(tx, clock, draft, record));
        if (refusal !== undefined) {
          warnings.add(`${ref} is ignored: ${refusal}`);
          return 'ignored';
        }
        const own = record?.origin === 'catalog' ? record : undefined;
        return writeDraft(tx, clock, draft, own);
      });
      if (outcome !== 'unchanged') {
        result[outcome]++;
      }
      if (outcome === 'ignored' || outcome === 'lost') {
        waiting.add(ref);
      }
      if (renaming && renamed) {
        known[draft.noun].delete(renaming.former.ref);
      }
    } catch (error) {
      // One record that the database does not take must not keep the others waiting.
      result.ignored++;
      waiting.add(ref);
      warnings.add(`${ref} was not written: ${toError(error).message}`);
    }
  }
  return waiting;
}

/** Hides what the catalog has no more; nothing, where that is too much to be believed. */
export async function hideGone(
  { db, clock, maxDropPercent }: WriteOptions,
  present: ReadonlySet<EntityRef>,
  known: Known,
  result: IngestionResult,
  warnings: Set<string>,
): Promise<void> {
  const shown = NOUNS.flatMap(noun =>
    [...known[noun].values()]
      .filter(record => record.origin === 'catalog' && !isGone(record))
      .map(record => ({ noun, record })),
  );
  const gone = shown.filter(({ record }) => !present.has(record.ref));
  // A single record is how people remove things, however few there are.
  const tooMany =
    gone.length > 1 && gone.length * 100 > shown.length * maxDropPercent;
  if (gone.length > 0 && (present.size === 0 || tooMany)) {
    result.heldBack = gone.length;
    warnings.add(
      `${gone.length} of ${shown.length} records are gone from the catalog at once; none is hidden. If they really are gone, set apiProducts.ingestion.maxDropPercent to 100 for one run`,
    );
    return;
  }
  for (const { noun, record } of gone) {
    const outcome = await inTransaction(db, tx =>
      hide(tx, clock, noun, record),
    );
    result[outcome]++;
  }
}
