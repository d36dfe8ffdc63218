/**
 * Keyset paging for every list: a cursor carries the sort values of the row it stands beside, never an offset, so a
 * page is as cheap at the end of a list as at its beginning and does not shift when rows come and go.
 */
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { z } from 'zod';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** A value that can stand in a cursor. */
type SortValue = string | number | boolean;

/** One column of an order. The last column of an order must be unique. */
export interface SortColumn {
  /** As written in SQL, `table.column`; the row carries it under the part after the dot. */
  column: string;
  direction: 'asc' | 'desc';
  /** `number` is a whole number of four bytes, `bigint` one of eight. */
  type: 'string' | 'number' | 'bigint' | 'boolean';
}

/** An order of a list. */
export interface Sort {
  /** Stands in the cursor, so that a cursor of another order is refused. */
  name: string;
  columns: readonly SortColumn[];
}

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

const cursorSchema = z.strictObject({
  o: z.string(),
  d: z.enum(['next', 'prev']),
  v: z.array(z.union([z.string(), z.number(), z.boolean()])),
});

type Cursor = z.infer<typeof cursorSchema>;

const encode = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A database would fail at a value that cannot stand in the column. */
function fits(type: SortColumn['type'], value: SortValue): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && !value.includes('\0');
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return (
        Number.isSafeInteger(value) &&
        (type === 'bigint' || Math.abs(Number(value)) < 2 ** 31)
      );
  }
}

function decode(text: string, sort: Sort): Cursor {
  const parsed = cursorSchema.safeParse(parse(text));
  const cursor = parsed.success ? parsed.data : undefined;
  if (
    !cursor ||
    cursor.o !== sort.name ||
    cursor.v.length !== sort.columns.length ||
    !sort.columns.every(({ type }, i) => fits(type, cursor.v[i]))
  ) {
    throw new InputError(
      'cursor is not one that this list has given out in this order; start again without it',
    );
  }
  return cursor;
}

const reversed = (direction: 'asc' | 'desc') =>
  direction === 'asc' ? 'desc' : 'asc';

/** The rows after the given values: `a > ? or (a = ? and b > ?) or …`, each column in its own direction. */
function whereAfter(
  query: Knex.QueryBuilder,
  columns: readonly SortColumn[],
  values: readonly SortValue[],
): void {
  query.where(any => {
    columns.forEach(({ column, direction }, last) => {
      any.orWhere(all => {
        for (let i = 0; i < last; i++) {
          all.where(columns[i].column, values[i]);
        }
        all.where(column, direction === 'asc' ? '>' : '<', values[last]);
      });
    });
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

/**
 * Runs the query (without order and limit) for one page.
 *
 * @throws InputError naming `limit` or `cursor`
 */
export async function fetchPage<Row extends object>(
  query: Knex.QueryBuilder,
  sort: Sort,
  request: PageRequest,
): Promise<{ rows: Row[]; pageInfo: PageInfo }> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
  }
  const cursor =
    request.cursor === undefined ? undefined : decode(request.cursor, sort);
  const backwards = cursor?.d === 'prev';
  const columns = backwards
    ? sort.columns.map(
        c => ({ ...c, direction: reversed(c.direction) } as const),
      )
    : sort.columns;
  if (cursor) {
    whereAfter(query, columns, cursor.v);
  }
  for (const { column, direction } of columns) {
    query.orderBy(column, direction);
  }
  // One row more than asked for tells whether there is another page.
  const found: Row[] = await query.limit(limit + 1);
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (backwards) {
    rows.reverse();
  }
  const at = (d: 'next' | 'prev', row: Row) =>
    encode({ o: sort.name, d, v: sort.columns.map(c => valueOf(row, c)) });
  const pageInfo: PageInfo = {};
  if (rows.length > 0) {
    if (backwards || more) {
      pageInfo.nextCursor = at('next', rows[rows.length - 1]);
    }
    if (backwards ? more : cursor) {
      pageInfo.prevCursor = at('prev', rows[0]);
    }
  }
  return { rows, pageInfo };
}

/** How many rows the query (without order, limit and selected columns) finds. */
export async function countOf(query: Knex.QueryBuilder): Promise<number> {
  const found: { count: number | string } | undefined = await query
    .clone()
    .count({ count: '*' })
    .first();
  return Number(found?.count ?? 0);
}
