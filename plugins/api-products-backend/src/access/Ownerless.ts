/**
 * What belongs to a group or a person that the catalog does not have any more: nobody can change it, decide about it or
 * use it but platform owners, who see it here. Records whose own entity is gone are not among it: they are told of as
 * that.
 */
import type {
  EntityRef,
  Id,
  Origin,
  OwnerlessItem,
  Page,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Person } from '../identity/Caller';
import type { GoneOwners } from '../identity/goneOwners';
import { isSqlite } from '../lib/Database';
import type { Sort } from '../lib/cursors';
import { fetchPage, type PageRequest } from '../lib/paging';
import { countUpTo } from '../lib/totals';
import { TABLES } from '../lib/rows';

const SORT: Sort = {
  name: 'ownerless',
  columns: [
    { column: 'owned.owner_ref', direction: 'asc', type: 'string' },
    { column: 'owned.title', direction: 'asc', type: 'string' },
    { column: 'owned.id', direction: 'asc', type: 'string' },
  ],
};

interface OwnedRow {
  kind: OwnerlessItem['kind'];
  id: Id;
  revision: number;
  ref: EntityRef | null;
  name: string;
  title: string;
  owner_ref: EntityRef;
  origin: Origin | null;
  edit_url: string | null;
}

/** Everything that has an owner. */
const owned = (db: Knex): Knex.QueryBuilder =>
  db.from(
    db
      .unionAll([
        db('applications')
          .whereNull('deleted_at')
          .select(
            db.raw(`'application' as kind`),
            'id',
            'revision',
            db.raw('null as ref'),
            'name',
            db.raw('name as title'),
            'owner_ref',
            db.raw('null as origin'),
            db.raw('null as edit_url'),
          ),
        ...(['product', 'plan', 'catalogue'] as const).map(noun =>
          db(TABLES[noun])
            .whereNull('deleted_at')
            .where(there =>
              there.whereNull('hidden_at').orWhereNot('origin', 'catalog'),
            )
            .select(
              db.raw(`'${noun}' as kind`),
              'id',
              'revision',
              'ref',
              'name',
              'title',
              'owner_ref',
              'origin',
              'edit_url',
            ),
        ),
      ])
      .as('owned'),
  );

/** One binding, however many they are. */
function whereOwnerAmong(
  query: Knex.QueryBuilder,
  db: Knex,
  owners: EntityRef[],
): Knex.QueryBuilder {
  return isSqlite(db)
    ? query.whereRaw('owned.owner_ref in (select value from json_each(?))', [
        JSON.stringify(owners),
      ])
    : query.whereRaw('owned.owner_ref = any(?)', [owners]);
}

const viewOf = (row: OwnedRow): OwnerlessItem => ({
  kind: row.kind,
  id: row.id,
  revision: row.revision,
  ...(row.ref === null ? {} : { ref: row.ref }),
  name: row.name,
  title: row.title,
  owner: row.owner_ref,
  ...(row.origin === null ? {} : { origin: row.origin }),
  ...(row.edit_url === null ? {} : { editUrl: row.edit_url }),
});

export class Ownerless {
  readonly #db: Knex;
  readonly #goneOwners: GoneOwners;

  static create(options: { db: Knex; goneOwners: GoneOwners }): Ownerless {
    return new Ownerless(options);
  }

  private constructor(options: { db: Knex; goneOwners: GoneOwners }) {
    this.#db = options.db;
    this.#goneOwners = options.goneOwners;
  }

  /**
   * By owner. The catalog is asked about all owners in batches, the database three times.
   *
   * @throws ServiceUnavailableError while the catalog does not answer
   */
  async list(
    _person: Person,
    request: PageRequest,
  ): Promise<Page<OwnerlessItem>> {
    const db = this.#db;
    const owners: EntityRef[] = await owned(db)
      .distinct('owner_ref')
      .orderBy('owner_ref')
      .pluck('owner_ref');
    const gone = [...(await this.#goneOwners(owners))];
    const page = await fetchPage<OwnedRow>(
      whereOwnerAmong(owned(db), db, gone).select('owned.*'),
      SORT,
      request,
      () =>
        countUpTo(db, [
          { query: whereOwnerAmong(owned(db), db, gone), key: 'owned.id' },
        ]),
    );
    return {
      items: page.rows.map(viewOf),
      ...page.total,
      pageInfo: page.pageInfo,
    };
  }
}
