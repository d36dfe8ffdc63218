/**
 * Entities that were renamed in Git: one is gone and another is there, and they are the same. The record goes on under
 * the new name at once where the entity says what it was called and is its owner's, and else when a platform owner has
 * said so; two records that only look alike stay two.
 *
 * Nobody takes another's record over: its entity must be gone, and the new one must be its owner's or, by the catalog, a
 * member of that. The new one must also be new: nobody may have asked for it yet.
 */
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Memberships } from '../../identity/Memberships';
import type { Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import { lockCatalogue, lockRecordRow } from '../../lib/locks';
import { TABLES } from '../../lib/rows';
import type { Draft } from '../write/drafts';
import {
  displaceRecord,
  inUse,
  renameRecord,
  type NamedRow,
} from '../write/renameRecord';
import type { KnownRecord } from '../write/writeDraft';

/** A record that is to go on as what a draft says. */
interface Renaming {
  former: NamedRow;
  /** What is there under the new name already. */
  successor?: NamedRow;
  /** The platform owner who has said so, where the entity does not. */
  confirmedBy?: EntityRef;
}

interface Confirmation {
  former_id: Id;
  successor_id: Id;
  confirmed_by: EntityRef;
}

interface Options {
  db: Knex;
  clock: Clock;
  memberships: Memberships;
}

type Known = Record<Draft['noun'], Map<EntityRef, KnownRecord>>;

const rowOf = (
  db: Queryable,
  noun: Draft['noun'],
  id: Id,
): Promise<NamedRow | undefined> =>
  db(TABLES[noun]).where({ id }).whereNull('deleted_at').first();

/** It went on under this name before; its annotation may say so for ever. */
const isRenamed = (row: NamedRow): boolean =>
  'provider_key' in row && row.provider_key !== null;

/** As the catalog and the tables are in one run. */
export class Renames {
  readonly #options: Options;
  readonly #known: Known;
  readonly #present: ReadonlySet<EntityRef>;
  readonly #warnings: Set<string>;
  readonly #confirmations: ReadonlyMap<Id, Confirmation>;

  /**
   * @param present - refs of all entities that the catalog has
   * @param warnings - takes what keeps a record from being taken over
   */
  static async create(
    options: Options,
    known: Known,
    present: ReadonlySet<EntityRef>,
    warnings: Set<string>,
  ): Promise<Renames> {
    const rows: Confirmation[] = await options.db('record_renames').select();
    if (rows.length === 0) {
      return new Renames(options, known, present, warnings, []);
    }
    const records = Object.values(known).flatMap(some => [...some.values()]);
    const isThere = new Map(
      records.map(({ id, ref }) => [id, present.has(ref)] as const),
    );
    const isOver = (row: Confirmation) =>
      isThere.get(row.former_id) !== false ||
      isThere.get(row.successor_id) !== true;
    // An entity that is back, or gone as well, is not what was agreed to.
    await options
      .db('record_renames')
      .whereIn(
        'former_id',
        rows.filter(isOver).map(row => row.former_id),
      )
      .delete();
    return new Renames(
      options,
      known,
      present,
      warnings,
      rows.filter(row => !isOver(row)),
    );
  }

  private constructor(
    options: Options,
    known: Known,
    present: ReadonlySet<EntityRef>,
    warnings: Set<string>,
    confirmations: Confirmation[],
  ) {
    this.#options = options;
    this.#known = known;
    this.#present = present;
    this.#warnings = warnings;
    this.#confirmations = new Map(
      confirmations.map(row => [row.successor_id, row] as const),
    );
  }

  /** @throws whatever asking the catalog who is a member of what throws */
  async find(
    draft: Draft,
    record: KnownRecord | undefined,
  ): Promise<Renaming | undefined> {
    const { noun, spec } = draft;
    if (draft.noun === 'plan' && draft.columns.held_back !== null) {
      // Its owner may not make plans, and so not go on as one.
      return undefined;
    }
    const confirmation = record && this.#confirmations.get(record.id);
    const known = confirmation
      ? this.#byId(noun, confirmation.former_id)
      : spec.renamedFrom && this.#known[noun].get(spec.renamedFrom);
    if (
      !known ||
      known.origin !== 'catalog' ||
      (record && record.origin !== 'catalog') ||
      this.#present.has(known.ref) ||
      (known.provider_id ?? null) !== (draft.provider?.id ?? null)
    ) {
      return undefined;
    }
    const { db } = this.#options;
    const former = await rowOf(db, noun, known.id);
    const successor = record && (await rowOf(db, noun, record.id));
    if (!former || (successor && isRenamed(successor))) {
      return undefined;
    }
    if (
      !confirmation &&
      !(await this.#isOwners(former.owner_ref, spec.owner))
    ) {
      this.#warnings.add(
        `${spec.ref} does not go on as ${former.ref} by itself: that is ${former.owner_ref}'s, and this is ${spec.owner}'s. A platform owner can say so under Admin → Clean-up`,
      );
      return undefined;
    }
    return { former, successor, confirmedBy: confirmation?.confirmed_by };
  }

  /**
   * Gives the record the new name; what it is now, its draft is to say in the same transaction.
   *
   * @returns undefined where it is not done
   */
  async carryOut(
    tx: Knex.Transaction,
    { noun, spec }: Draft,
    { former, successor, confirmedBy }: Renaming,
  ): Promise<KnownRecord | undefined> {
    const { clock } = this.#options;
    await lockCatalogue(tx);
    await lockRecordRow(tx, TABLES[noun], former.id);
    if (successor) {
      await lockRecordRow(tx, TABLES[noun], successor.id);
      const row = await rowOf(tx, noun, successor.id);
      if (row?.revision !== successor.revision) {
        return undefined;
      }
      const use = await inUse(tx, noun, successor.id);
      if (use !== undefined) {
        this.#warnings.add(
          `${spec.ref} does not go on as ${former.ref}: ${use}`,
        );
        return undefined;
      }
      await displaceRecord(tx, clock, noun, row, former);
    }
    const revision = await renameRecord(
      tx,
      clock,
      noun,
      former,
      spec,
      confirmedBy,
    );
    if (revision === undefined) {
      throw new Error(`${former.ref} was changed meanwhile`);
    }
    await tx('record_renames').where({ former_id: former.id }).delete();
    return { ...former, ref: spec.ref, revision };
  }

  #byId(noun: Draft['noun'], id: Id): KnownRecord | undefined {
    return [...this.#known[noun].values()].find(record => record.id === id);
  }

  /** A record stays with its owner, or comes to somebody who is a member of that. */
  async #isOwners(before: EntityRef, now: EntityRef): Promise<boolean> {
    if (before === now) {
      return true;
    }
    return (await this.#options.memberships.ownershipOf(now)).includes(before);
  }
}
