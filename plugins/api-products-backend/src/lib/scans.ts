/** What a list is narrowed by, and the ranges of an index that find its rows in order. */
import type { Knex } from 'knex';

/** Merging more ranges than this costs a planner more than looking at rows that are not wanted. */
export const MOST_SCANS = 24;

/** A column that has one of some values. */
export interface Among {
  column: string;
  values: readonly string[];
}

export const whereAll = (
  query: Knex.QueryBuilder,
  conditions: readonly Among[],
): void => {
  for (const { column, values } of conditions) {
    if (values.length === 1) {
      query.where(column, values[0]);
    } else {
      query.whereIn(column, [...values]);
    }
  }
};

function combinations(columns: readonly Among[]): Among[][] {
  return columns.reduce<Among[][]>(
    (found, { column, values }) =>
      found.flatMap(before =>
        values.map(value => [...before, { column, values: [value] }]),
      ),
    [[]],
  );
}

/**
 * One query for each combination of values of the driving columns, which an index has before the columns of the order;
 * the other conditions are looked at row by row. What drives last is looked at, too, where there would be too many.
 */
export function rangesOf(
  query: () => Knex.QueryBuilder,
  conditions: readonly (Among | undefined)[],
  driving: readonly (Among | undefined)[],
): Knex.QueryBuilder[] {
  const drives = driving.filter(there => there !== undefined);
  while (
    drives.length > 1 &&
    drives.reduce((n, { values }) => n * values.length, 1) > MOST_SCANS
  ) {
    drives.pop();
  }
  const rest = conditions
    .filter(there => there !== undefined)
    .filter(there => !drives.includes(there));
  return combinations(drives).map(range => {
    const one = query();
    whereAll(one, range);
    whereAll(one, rest);
    return one;
  });
}

/** Absent or empty means everything. */
export const among = (
  column: string,
  values: readonly string[] | undefined,
): Among | undefined =>
  values && values.length > 0 ? { column, values } : undefined;

/**
 * Ids by the names of the queries that find them, in one statement, or none where nothing is asked.
 *
 * @param queries - select an `id` each
 */
export async function lookUp<Name extends string>(
  db: Knex,
  queries: Record<Name, Knex.QueryBuilder | undefined>,
): Promise<Partial<Record<Name, string[]>>> {
  const asked = (Object.keys(queries) as Name[]).flatMap(name => {
    const query: Knex.QueryBuilder | undefined = queries[name];
    return query ? [{ name, query }] : [];
  });
  if (asked.length === 0) {
    return {};
  }
  const parts: Knex.QueryBuilder[] = asked.map(({ name, query }) =>
    db
      .from(query.clone().as(`of_${name}`))
      .select(db.raw('? as name', [name]), 'id'),
  );
  const rows: { name: Name; id: string }[] = await db.unionAll(parts);
  const found: Partial<Record<Name, string[]>> = {};
  for (const { name } of asked) {
    found[name] = rows.filter(row => row.name === name).map(({ id }) => id);
  }
  return found;
}

/** As many ids as tell whether there are too many to read each by itself. */
export const firstOf = (ids: Knex.QueryBuilder): Knex.QueryBuilder =>
  ids.limit(MOST_SCANS + 1);

/** Undefined where there are too many. */
export const fewOf = (ids: string[] | undefined): string[] | undefined =>
  ids && ids.length <= MOST_SCANS ? ids : undefined;
