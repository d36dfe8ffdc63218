/**
 * Entities that the catalog has and of which its plugin reads no record any more. Those whose records were deleted or
 * hidden here may go at once, however many they are. Of the others nothing is known here, as after a database was put
 * back to an earlier day: they stay until a platform owner confirms that they are to go.
 */
import type {
  EntityRef,
  HeldBackEntity,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Identified, Person } from '../identity/Caller';
import { toIso, type Clock } from '../lib/clock';
import { TABLES } from '../lib/rows';
import { inTransaction } from '../lib/transactions';

const REFS_AT_ONCE = 200;

interface Removal {
  ref: EntityRef;
  held_back_at: string;
  confirmed_at: string | null;
}

/** The records' refs among the given ones, without those from Git, which the catalog has from elsewhere. */
async function refsOf(
  tx: Knex.Transaction,
  refs: EntityRef[],
  narrow: (query: Knex.QueryBuilder) => void,
): Promise<Set<EntityRef>> {
  const found = new Set<EntityRef>();
  for (let i = 0; i < refs.length; i += REFS_AT_ONCE) {
    for (const table of Object.values(TABLES)) {
      const some: EntityRef[] = await tx(table)
        .whereIn('ref', refs.slice(i, i + REFS_AT_ONCE))
        .whereNot('origin', 'catalog')
        .modify(narrow)
        .pluck('ref');
      some.forEach(ref => found.add(ref));
    }
  }
  return found;
}

export class CatalogRemovals {
  readonly #db: Knex;
  readonly #clock: Clock;

  static create(options: { db: Knex; clock: Clock }): CatalogRemovals {
    return new CatalogRemovals(options);
  }

  private constructor({ db, clock }: { db: Knex; clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * What the catalog lacks a record of, as its plugin sees it now; it replaces what was reported before.
   *
   * @returns those that are to go; the others are shown to platform owners
   */
  async report(
    _catalog: Identified,
    reported: EntityRef[],
  ): Promise<EntityRef[]> {
    return inTransaction(this.#db, async tx => {
      const refs = [...new Set(reported)].sort();
      const shown = await refsOf(tx, refs, rows => {
        rows.whereNull('hidden_at').whereNull('deleted_at');
      });
      const gone = await refsOf(tx, refs, rows => {
        rows.whereNotNull('hidden_at');
      });
      const unknown = new Set(
        refs.filter(ref => !gone.has(ref) && !shown.has(ref)),
      );
      const before: Removal[] = await tx('catalog_removals').select();
      const kept = before.filter(({ ref }) => unknown.has(ref));
      const over = before.filter(({ ref }) => !unknown.has(ref));
      for (const { ref } of over) {
        await tx('catalog_removals').where({ ref }).delete();
      }
      const known = new Set(kept.map(({ ref }) => ref));
      const at = toIso(this.#clock.now());
      for (const ref of unknown) {
        if (!known.has(ref)) {
          await tx('catalog_removals')
            .insert({ ref, held_back_at: at })
            .onConflict('ref')
            .ignore();
        }
      }
      const confirmed = kept.filter(({ confirmed_at: when }) => when !== null);
      return [
        ...refs.filter(ref => gone.has(ref) && !shown.has(ref)),
        ...confirmed.map(({ ref }) => ref),
      ].sort();
    });
  }

  /** What waits for a platform owner. */
  async list(_person: Person): Promise<HeldBackEntity[]> {
    const rows: Removal[] = await this.#db('catalog_removals')
      .whereNull('confirmed_at')
      .orderBy('ref');
    return rows.map(({ ref, held_back_at: heldBackAt }) => ({
      ref,
      heldBackAt,
    }));
  }

  /**
   * They go at the catalog's next look, but for what has a record again by then.
   *
   * @returns those that waited for it
   */
  async confirm({ caller }: Person, refs: EntityRef[]): Promise<EntityRef[]> {
    return inTransaction(this.#db, async tx => {
      const confirmed: EntityRef[] = [];
      for (const ref of [...new Set(refs)].sort()) {
        const changed: number = await tx('catalog_removals')
          .where({ ref })
          .whereNull('confirmed_at')
          .update({
            confirmed_at: toIso(this.#clock.now()),
            confirmed_by: caller.ref,
          });
        if (changed === 1) {
          confirmed.push(ref);
        }
      }
      return confirmed;
    });
  }
}
