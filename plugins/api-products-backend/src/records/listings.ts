/**
 * Who may list a product or a plan in a catalogue: platform owners, the catalogue's owner, whom it names as publishers,
 * and everybody where it is public and names none. Of a catalogue that somebody does not see, it is not said that it is
 * there.
 */
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../identity/Caller';
import type { Queryable } from '../lib/Database';
import type { CatalogueRow } from '../lib/rows';
import { catalogueSpecOf } from './specs';

type Listable = Pick<CatalogueRow, 'owner_ref' | 'visibility' | 'spec'>;

const isAmong = (caller: UserCaller, refs: readonly EntityRef[] = []) =>
  refs.some(ref => caller.ownership.includes(ref));

export function mayListIn(caller: UserCaller, catalogue: Listable): boolean {
  const { publishers } = catalogueSpecOf(catalogue);
  return (
    caller.platformOwner ||
    isAmong(caller, [catalogue.owner_ref]) ||
    isAmong(caller, publishers) ||
    (catalogue.visibility === 'public' && publishers === undefined)
  );
}

/** As `whereCatalogueVisible` has it. */
const sees = (caller: UserCaller, catalogue: Listable): boolean =>
  catalogue.visibility === 'public' ||
  mayListIn(caller, catalogue) ||
  isAmong(caller, catalogueSpecOf(catalogue).audience);

/** Catalogues by their refs; one that has just lost its entity is still one. */
export type Catalogues = ReadonlyMap<EntityRef, Listable>;

/** All of them, or those of some refs. */
export async function readCatalogues(
  db: Queryable,
  refs?: readonly EntityRef[],
): Promise<Catalogues> {
  const rows: (Listable & { ref: EntityRef })[] = await db('catalogues')
    .whereNull('deleted_at')
    .modify(query => {
      if (refs) query.whereIn('ref', refs);
    })
    .select('ref', 'owner_ref', 'visibility', 'spec');
  return new Map(rows.map(row => [row.ref, row]));
}

/** What somebody may do with a catalogue of this name. */
export function standingIn(
  caller: UserCaller,
  catalogue: Listable | undefined,
): 'publisher' | 'reader' | 'stranger' {
  if (!catalogue || !sees(caller, catalogue)) {
    return 'stranger';
  }
  return mayListIn(caller, catalogue) ? 'publisher' : 'reader';
}
