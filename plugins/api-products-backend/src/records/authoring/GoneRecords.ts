/**
 * Records of Git whose entity is gone: hidden, with what still hangs on them, and what looks like the same record under
 * another name. For platform owners, who say that it is, or delete what is left.
 */
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  EntityRef,
  GoneRecord,
  GoneRecordSuccessor,
  Id,
  Page,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Person } from '../../identity/Caller';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import { conflict, refused } from '../../lib/errors';
import { lockCatalogue } from '../../lib/locks';
import type { Sort } from '../../lib/cursors';
import { fetchPage, type PageRequest } from '../../lib/paging';
import { countUpTo } from '../../lib/totals';
import { CATALOGUE_KIND, PLAN_KIND, PRODUCT_KIND } from '../../lib/refs';
import { TABLES } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { inUse } from '../write/renameRecord';

type Noun = keyof typeof TABLES;

const NOUNS = ['product', 'plan', 'catalogue'] as const satisfies Noun[];

const SORT: Sort = {
  name: 'gone-records',
  columns: [
    { column: 'gone.hidden_at', direction: 'desc', type: 'string' },
    { column: 'gone.id', direction: 'asc', type: 'string' },
  ],
};

interface GoneRow {
  noun: Noun;
  id: Id;
  ref: EntityRef;
  name: string;
  title: string;
  owner_ref: EntityRef;
  provider_id: Id | null;
  hidden_at: string;
}

interface SuccessorRow {
  former_id: Id;
  id: Id;
  ref: EntityRef;
  owner_ref: EntityRef;
  renamed_from: EntityRef | null;
  former_ref: EntityRef;
  confirmed_by: EntityRef | null;
}

const NOUN_OF: Record<string, Noun | undefined> = {
  [PRODUCT_KIND]: 'product',
  [PLAN_KIND]: 'plan',
  [CATALOGUE_KIND]: 'catalogue',
};

function nounOf(ref: EntityRef): Noun {
  const noun = NOUN_OF[ref.split(':')[0]];
  if (!noun) {
    throw refused(
      new InputError(
        'from must be a reference to a product, plan or catalogue',
      ),
      'invalid',
      { field: 'from' },
    );
  }
  return noun;
}

const goneOf = (db: Queryable, noun: Noun): Knex.QueryBuilder =>
  db(TABLES[noun])
    .where('origin', 'catalog')
    .whereNotNull('hidden_at')
    .whereNull('deleted_at')
    .modify(query => {
      if (noun !== 'catalogue') {
        query.whereRaw(`coalesce(hidden_by, 'source') <> 'provider'`);
      }
    });

const allGone = (db: Knex): Knex.QueryBuilder =>
  db.from(
    db
      .unionAll(
        NOUNS.map(noun =>
          goneOf(db, noun).select(
            db.raw('? as noun', [noun]),
            'id',
            'ref',
            'name',
            'title',
            'owner_ref',
            'hidden_at',
            noun === 'catalogue'
              ? db.raw('null as provider_id')
              : 'provider_id',
          ),
        ),
      )
      .as('gone'),
  );

/** What looks like the same record under another name: it says so, or came later with the same title and provider. */
function successorsOf(
  db: Queryable,
  noun: Noun,
  formers: readonly Id[],
): Promise<SuccessorRow[]> {
  const table = TABLES[noun];
  return db(`${table} as old`)
    .join(`${table} as new`, join =>
      join.on(any => {
        any.on('new.renamed_from', 'old.ref');
        any.orOn(same =>
          same
            .on('new.title', 'old.title')
            .andOn('new.created_at', '>', 'old.created_at'),
        );
      }),
    )
    .leftJoin('record_renames as r', join =>
      join.on('r.former_id', 'old.id').andOn('r.successor_id', 'new.id'),
    )
    .whereIn('old.id', formers)
    .whereRaw('new.id <> old.id')
    .where('new.origin', 'catalog')
    .whereNull('new.hidden_at')
    .whereNull('new.deleted_at')
    .modify(query => {
      if (noun !== 'catalogue') {
        query
          .whereNull('new.provider_key')
          .whereRaw(
            `coalesce(new.provider_id, '') = coalesce(old.provider_id, '')`,
          );
      }
    })
    .orderBy('new.ref')
    .select({
      former_id: 'old.id',
      former_ref: 'old.ref',
      id: 'new.id',
      ref: 'new.ref',
      owner_ref: 'new.owner_ref',
      renamed_from: 'new.renamed_from',
      confirmed_by: 'r.confirmed_by',
    });
}

/** How many of them there are for each record. */
async function countsOf(
  query: Knex.QueryBuilder,
  column: string,
  ids: readonly Id[],
): Promise<Map<Id, number>> {
  const rows: { id: Id; n: number | string }[] = await query
    .whereIn(column, ids)
    .groupBy(column)
    .select({ id: column })
    .count({ n: '*' });
  return new Map(rows.map(({ id, n }) => [id, Number(n)]));
}

interface Uses {
  liveSubscriptions: number;
  pendingRequests: number;
}

async function usesOf(
  db: Queryable,
  noun: Noun,
  ids: readonly Id[],
): Promise<(id: Id) => Uses> {
  if (noun === 'catalogue' || ids.length === 0) {
    return () => ({ liveSubscriptions: 0, pendingRequests: 0 });
  }
  const column = `${noun}_id`;
  const subscriptions = await (noun === 'product'
    ? countsOf(
        db('subscription_products').where('open', true),
        'product_id',
        ids,
      )
    : countsOf(db('subscriptions').where('open', true), 'plan_id', ids));
  const requests = await countsOf(
    db('access_requests').where('status', 'pending'),
    column,
    ids,
  );
  return id => ({
    liveSubscriptions: subscriptions.get(id) ?? 0,
    pendingRequests: requests.get(id) ?? 0,
  });
}

async function viewsOf(
  db: Queryable,
  noun: Noun,
  rows: GoneRow[],
): Promise<[Id, GoneRecord][]> {
  const formers = rows.map(({ id }) => id);
  const successors =
    formers.length > 0 ? await successorsOf(db, noun, formers) : [];
  const uses = await usesOf(db, noun, [
    ...formers,
    ...successors.map(({ id }) => id),
  ]);
  const successorOf = (row: SuccessorRow): GoneRecordSuccessor => ({
    ref: row.ref,
    owner: row.owner_ref,
    saysSo: row.renamed_from === row.former_ref,
    ...(row.confirmed_by === null ? {} : { confirmedBy: row.confirmed_by }),
    ...uses(row.id),
  });
  return rows.map(row => [
    row.id,
    {
      kind: noun,
      ref: row.ref,
      name: row.name,
      title: row.title,
      owner: row.owner_ref,
      ...(row.provider_id === null ? {} : { provider: row.provider_id }),
      goneSince: row.hidden_at,
      ...uses(row.id),
      successors: successors
        .filter(({ former_id: former }) => former === row.id)
        .map(successorOf),
    },
  ]);
}

export class GoneRecords {
  readonly #db: Knex;
  readonly #clock: Clock;
  readonly #onConfirmed: () => void;

  static create(options: {
    db: Knex;
    clock: Clock;
    /** Git is to be read: there is something to carry out. */
    onConfirmed: () => void;
  }): GoneRecords {
    return new GoneRecords(options);
  }

  private constructor(options: {
    db: Knex;
    clock: Clock;
    onConfirmed: () => void;
  }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#onConfirmed = options.onConfirmed;
  }

  /** The latest first. A page takes at most eleven statements, whatever is on it. */
  async list(_person: Person, request: PageRequest): Promise<Page<GoneRecord>> {
    const db = this.#db;
    const page = await fetchPage<GoneRow>(
      allGone(db).select('gone.*'),
      SORT,
      request,
      () => countUpTo(db, [{ query: allGone(db), key: 'gone.id' }]),
    );
    const views = new Map<Id, GoneRecord>();
    for (const noun of NOUNS) {
      const some = page.rows.filter(row => row.noun === noun);
      for (const [id, view] of await viewsOf(db, noun, some)) {
        views.set(id, view);
      }
    }
    return {
      items: page.rows.flatMap(({ id }) => views.get(id) ?? []),
      ...page.total,
      pageInfo: page.pageInfo,
    };
  }

  /**
   * Says that an entity that is there is what another one was. The record goes on under its name when Git is read next,
   * which is at once, unless the former entity is back by then.
   *
   * @throws NotFoundError where the one is not gone, or the other does not look like it
   * @throws ConflictError as long as somebody has, or waits for, what is there under the new name
   */
  async confirm(
    { caller }: Person,
    from: EntityRef,
    to: EntityRef,
  ): Promise<void> {
    const noun = nounOf(from);
    await inTransaction(this.#db, async tx => {
      await lockCatalogue(tx);
      const former: { id: Id } | undefined = await goneOf(tx, noun)
        .where({ ref: from })
        .first('id');
      if (!former) {
        throw new NotFoundError(
          `from: there is no ${noun} ${from} whose entity is gone`,
        );
      }
      const successor = (await successorsOf(tx, noun, [former.id])).find(
        ({ ref }) => ref === to,
      );
      if (!successor) {
        throw new NotFoundError(
          `to: there is no ${noun} ${to} that could be what ${from} was: it needs the same title and provider, or the annotation`,
        );
      }
      const use = await inUse(tx, noun, successor.id);
      if (use !== undefined) {
        throw conflict(`to: ${to} cannot give way: ${use}`, 'in-use', {
          field: 'to',
        });
      }
      await tx('record_renames')
        .insert({
          former_id: former.id,
          successor_id: successor.id,
          confirmed_by: caller.ref,
          confirmed_at: toIso(this.#clock.now()),
        })
        .onConflict('former_id')
        .merge();
    });
    this.#onConfirmed();
  }
}
