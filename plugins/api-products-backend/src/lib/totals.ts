/** How many rows a list has: nobody is told more than that it is many, so nothing is counted for longer than that. */
import type { Knex } from 'knex';

/** What is counted. */
export interface CountedSet {
  /** Without order, limit and selected columns. */
  query: Knex.QueryBuilder;
  /** What tells the rows of the list apart. */
  key: string;
}

/** No list counts further than this. */
export const MOST_COUNTED = 1_000;

/** The total of a list. */
export interface Total {
  totalItems: number;
  /** There are more than that. */
  totalIsAtLeast?: true;
}

export const totalOf = (count: number): Total =>
  count > MOST_COUNTED
    ? { totalItems: MOST_COUNTED, totalIsAtLeast: true }
    : { totalItems: count };

/** As one number, from which {@link totalOf} makes it again. */
export const countIn = ({ totalItems, totalIsAtLeast }: Total): number =>
  totalIsAtLeast ? MOST_COUNTED + 1 : totalItems;

/**
 * Counts what several queries (without order, limit and selected columns) find together, as far as anybody wants to know.
 * What one of them, or two, finds twice is counted once.
 */
export async function countUpTo(db: Knex, sets: CountedSet[]): Promise<Total> {
  const parts: Knex.QueryBuilder[] = sets.map(({ query, key }, part) =>
    db
      .from(
        query
          .clone()
          .select({ key })
          .limit(MOST_COUNTED + 1)
          .as(`part_${part}`),
      )
      .select('key', db.raw('? as part', [part])),
  );
  const counts: Record<string, number | string> = await db
    .from(db.unionAll(parts).as('parts'))
    .countDistinct({ found: 'key' })
    .count(
      Object.fromEntries(
        parts.map((_, part) => [
          `part_${part}`,
          db.raw('case when part = ? then 1 end', [part]),
        ]),
      ),
    )
    .first();
  const found = Math.min(Number(counts.found), MOST_COUNTED);
  return parts.some((_, part) => Number(counts[`part_${part}`]) > MOST_COUNTED)
    ? { totalItems: found, totalIsAtLeast: true }
    : totalOf(Number(counts.found));
}

/** How many rows the query (without order, limit and selected columns) finds. */
export async function countOf(query: Knex.QueryBuilder): Promise<number> {
  const found: { count: number | string } | undefined = await query
    .clone()
    .count({ count: '*' })
    .first();
  return Number(found?.count ?? 0);
}
