/**
 * Keyset paging for every list: a cursor carries the sort values of the row it stands beside, never an offset, so a
 * page is as cheap at the end of a list as at its beginning and does not shift when rows come and go.
 */
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  decodeCursor,
  encodeCursor,
  type Sort,
  type SortColumn,
  type SortValue,
} from './cursors';
import { isSqlite } from './Database';
import { whereIdAmong } from './semiJoins';
import {
  countIn,
  countUpTo,
  totalOf,
  type CountedSet,
  type Total,
} from './totals';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** What the caller asked for. */
export interface PageRequest {
  /** 1 to 100; 20 if absent. */
  limit?: number;
  cursor?: string;
}

/** The cursors of the envelope. */
interface PageInfo {
  nextCursor?: string;
  prevCursor?: string;
}

const reversed = (direction: 'asc' | 'desc') =>
  direction === 'asc' ? 'desc' : 'asc';

/** Columns next to each other that go in the same direction: a database walks an index over them from any row on. */
function runsOf(columns: readonly SortColumn[]): SortColumn[][] {
  const runs: SortColumn[][] = [];
  for (const column of columns) {
    const last = runs[runs.length - 1];
    if (last?.[0].direction === column.direction) {
      last.push(column);
    } else {
      runs.push([column]);
    }
  }
  return runs;
}

const rowOf = (mark: string, count: number) =>
  count === 1 ? mark : `(${Array(count).fill(mark).join(', ')})`;

/**
 * The rows after the given values. Where all columns go in one direction that is one range of an index; where they do
 * not, one for each run of columns: equal before the run and beyond in it. No row is in two of them.
 */
function rangesAfter(
  columns: readonly SortColumn[],
  values: readonly SortValue[],
): ((query: Knex.QueryBuilder) => void)[] {
  let begin = 0;
  return runsOf(columns).map(run => {
    const before = columns.slice(0, begin);
    const from = values.slice(begin, begin + run.length);
    const beyond = run[0].direction === 'asc' ? '>' : '<';
    begin += run.length;
    return query => {
      before.forEach(({ column }, i) => query.where(column, values[i]));
      query.whereRaw(
        `${rowOf('??', run.length)} ${beyond} ${rowOf('?', run.length)}`,
        [...run.map(({ column }) => column), ...from],
      );
    };
  });
}

const keyOf = (column: string): string =>
  column.slice(column.lastIndexOf('.') + 1);

function valueOf(row: object, { column, type }: SortColumn): SortValue {
  const value: unknown = Reflect.get(row, keyOf(column));
  if (type === 'boolean') {
    return Boolean(value);
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return type === 'string' ? value : Number(value);
  }
  throw new Error(`A page needs its sort column ${column} selected`);
}

/** What has to be read: the order, which may be the other way round, and where to go on. */
interface Wanted {
  columns: readonly SortColumn[];
  values?: readonly SortValue[];
  limit: number;
}

/** A page, and how many rows the whole list has. */
interface PageOf<Row> {
  rows: Row[];
  pageInfo: PageInfo;
  total: Total;
}

/** Counted once: the cursors of the first page carry it to the others. */
function keptTotal({ cursor }: PageRequest, sort: Sort): Total | undefined {
  const kept = cursor === undefined ? undefined : decodeCursor(cursor, sort).t;
  return kept === undefined ? undefined : totalOf(kept);
}

async function readPage<Row extends object>(
  sort: Sort,
  request: PageRequest,
  read: (wanted: Wanted) => Promise<Row[]>,
  count: () => Promise<Total>,
): Promise<PageOf<Row>> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
  }
  const cursor =
    request.cursor === undefined
      ? undefined
      : decodeCursor(request.cursor, sort);
  const backwards = cursor?.d === 'prev';
  const columns = backwards
    ? sort.columns.map(
        c => ({ ...c, direction: reversed(c.direction) } as const),
      )
    : sort.columns;
  // One row more than asked for tells whether there is another page.
  const found = await read({ columns, values: cursor?.v, limit: limit + 1 });
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (backwards) {
    rows.reverse();
  }
  const isAll = cursor === undefined && !more;
  const total =
    keptTotal(request, sort) ??
    (isAll ? { totalItems: rows.length } : await count());
  const at = (d: 'next' | 'prev', row: Row) =>
    encodeCursor({
      o: sort.name,
      d,
      v: sort.columns.map(c => valueOf(row, c)),
      t: countIn(total),
    });
  const pageInfo: PageInfo = {};
  if (rows.length > 0) {
    if (backwards || more) {
      pageInfo.nextCursor = at('next', rows[rows.length - 1]);
    }
    if (backwards ? more : cursor) {
      pageInfo.prevCursor = at('prev', rows[0]);
    }
  }
  return { rows, pageInfo, total };
}

function inOrder(
  query: Knex.QueryBuilder,
  columns: readonly SortColumn[],
): Knex.QueryBuilder {
  for (const { column, direction } of columns) {
    query.orderBy(column, direction);
  }
  return query;
}

/**
 * Runs the query (without order and limit) for one page.
 *
 * @param count - where neither the page nor its cursor says how many there are
 * @throws InputError naming `limit` or `cursor`
 */
export async function fetchPage<Row extends object>(
  query: Knex.QueryBuilder,
  sort: Sort,
  request: PageRequest,
  count: () => Promise<Total>,
): Promise<PageOf<Row>> {
  const read = ({ columns, values, limit }: Wanted) => {
    if (values) {
      query.where(any => {
        for (const narrow of rangesAfter(columns, values)) {
          any.orWhere(all => narrow(all));
        }
      });
    }
    return inOrder(query, columns).limit(limit);
  };
  return readPage<Row>(sort, request, read, count);
}

/** Rows of a list that one index has in its order, or nearly all rows in their order of which many fit. */
export interface Scan {
  /** Without order, limit and selected columns. */
  query: Knex.QueryBuilder;
  /** Where the columns of the order stand in another table. */
  columns?: Record<string, string>;
}

/** The rows of a list, as they are read and as they are counted. */
export interface Queries {
  /** Together they find the rows. */
  scans: Scan[];
  /** How many scans may find the same row; 1 if absent. */
  overlap?: number;
  /** Together they find the rows as well; a row can be in several. */
  sets: CountedSet[];
  /** Whether a scan may come by many rows that are not of the list. */
  passesOthers: boolean;
}

/** Joins and selects what is shown of the rows of a page. */
type Show = (query: Knex.QueryBuilder) => Knex.QueryBuilder;

/** The last column of an order is unique. */
const keyColumnOf = ({ columns }: Sort): string =>
  columns[columns.length - 1].column;

const tableOf = (column: string): string =>
  column.slice(0, column.lastIndexOf('.'));

const unitedIn = (
  db: Knex,
  sets: CountedSet[],
  unique: string,
): Knex.QueryBuilder =>
  sets.length === 1 && sets[0].key === unique
    ? sets[0].query
    : whereIdAmong(
        db,
        db(tableOf(unique)),
        unique,
        db.union(sets.map(({ query, key }) => query.clone().select(key))),
      );

/**
 * What the sets find, where that is few enough to be found by itself before anything else is done with it; else nothing.
 *
 * @param key - what tells the rows of the list apart
 */
export async function scanOfFew(
  db: Knex,
  { sets }: Pick<Queries, 'sets'>,
  key: string,
): Promise<Scan | undefined> {
  const { totalIsAtLeast } = await countUpTo(db, sets);
  return totalIsAtLeast ? undefined : { query: unitedIn(db, sets, key) };
}

/**
 * Reads one page of what several scans find: their keys are merged in the order of the list, which reads a page of them
 * and no more, and only then the rest of the rows is fetched. Where a scan may pass rows of others, the first page counts
 * before it reads: what is known to be a few is found by itself and sorted; of many, a page is soon found on the way.
 *
 * @throws InputError naming `limit` or `cursor`
 */
export async function fetchList<Row extends object>(
  db: Knex,
  queries: Queries,
  show: Show,
  sort: Sort,
  request: PageRequest,
): Promise<PageOf<Row>> {
  const { sets, passesOthers } = queries;
  const counted = passesOthers
    ? keptTotal(request, sort) ?? (await countUpTo(db, sets))
    : undefined;
  return fetchMerged<Row>(
    db,
    counted && !counted.totalIsAtLeast
      ? { scans: [{ query: unitedIn(db, sets, keyColumnOf(sort)) }] }
      : queries,
    show,
    sort,
    request,
    async () => counted ?? countUpTo(db, sets),
  );
}

async function fetchMerged<Row extends object>(
  db: Knex,
  { scans, overlap = 1 }: Pick<Queries, 'scans' | 'overlap'>,
  show: Show,
  sort: Sort,
  request: PageRequest,
  count: () => Promise<Total>,
): Promise<PageOf<Row>> {
  const names = sort.columns.map(({ column }) => keyOf(column));
  const unique = keyColumnOf(sort);
  const read = async ({ columns, values, limit }: Wanted) => {
    const ranges = scans.flatMap(({ query, columns: elsewhere = {} }) => {
      const there = columns.map(c => ({
        ...c,
        column: elsewhere[keyOf(c.column)] ?? c.column,
      }));
      const selected = Object.fromEntries(
        there.map(({ column }, i) => [names[i], column]),
      );
      return (values ? rangesAfter(there, values) : [() => {}]).map(narrow =>
        query.clone().modify(narrow).select(selected),
      );
    });
    if (ranges.length === 0) {
      return [];
    }
    const named = columns.map((c, i) => ({ ...c, column: names[i] }));
    const merged = mergedIn(db, ranges, named, limit * overlap);
    const keys =
      overlap === 1
        ? merged
        : inOrder(db.from(merged.as('merged')).distinct(names), named).limit(
            limit,
          );
    // By the columns of the page, or SQLite would walk the whole table in this order and look each row up in the page.
    return inOrder(
      show(
        db
          .from(keys.as('page'))
          .join(tableOf(unique), `page.${keyOf(unique)}`, unique),
      ),
      named.map(c => ({ ...c, column: `page.${c.column}` })),
    );
  };
  return readPage<Row>(sort, request, read, count);
}

/**
 * PostgreSQL reads each range in order only where it is told so, and asks each for no more than the merge needs; SQLite
 * merges ranges by itself and takes no order within them.
 */
function mergedIn(
  db: Knex,
  ranges: Knex.QueryBuilder[],
  columns: readonly SortColumn[],
  limit: number,
): Knex.QueryBuilder {
  const ordered = (query: Knex.QueryBuilder) =>
    inOrder(query, columns).limit(limit);
  if (ranges.length === 1) {
    return ordered(ranges[0]);
  }
  return ordered(
    isSqlite(db) ? db.unionAll(ranges) : db.unionAll(ranges.map(ordered), true),
  );
}
