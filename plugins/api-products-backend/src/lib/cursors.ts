/** What a list is ordered by, and the cursor that says where in it a page begins. */
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** A value that can stand in a cursor. */
export type SortValue = string | number | boolean;

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

const cursorSchema = z.strictObject({
  o: z.string(),
  d: z.enum(['next', 'prev']),
  v: z.array(z.union([z.string(), z.number(), z.boolean()])),
  /** How many rows there were on the first page. */
  t: z.number().int().nonnegative().optional(),
});

type Cursor = z.infer<typeof cursorSchema>;

export const encodeCursor = (cursor: Cursor): string =>
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

export function decodeCursor(text: string, sort: Sort): Cursor {
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
