/**
 * Rows whose column is among what a subquery finds, in the two ways in which a database should look for them. Left to
 * choose, a planner hashes the whole subquery for a page that needs twenty rows of it, or asks for each row of a table
 * where the subquery finds three.
 */
import type { Knex } from 'knex';
import { isSqlite } from './Database';

/**
 * `together`: what the subquery finds leads to the rows; for counting, and where there are few. `one-by-one`: each row is
 * looked at as it comes in the order of the list; for reading a page where many rows fit.
 */
export type Form = 'together' | 'one-by-one';

/**
 * @param column - of the row
 * @param found - the subquery, without selected columns
 * @param key - its column
 */
export function whereAmong(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  column: string,
  found: Knex.QueryBuilder,
  key: string,
): Knex.QueryBuilder {
  if (form === 'together') {
    return query.whereIn(column, found.select(key));
  }
  const { sql, bindings } = found
    .select(db.raw('1'))
    .whereRaw('?? = ??', [key, column])
    .toSQL();
  // The offset keeps the planner of PostgreSQL from turning it into the other form.
  return query.whereRaw(`exists (${sql} limit 1 offset 0)`, [...bindings]);
}

/**
 * As `together`, for what leads to rows of a table that grows without end: the ids are found first, then the rows by an
 * index, and never by reading the table.
 */
export function whereIdAmong(
  db: Knex,
  query: Knex.QueryBuilder,
  column: string,
  ids: Knex.QueryBuilder,
): Knex.QueryBuilder {
  if (isSqlite(db)) {
    return query.whereIn(column, ids);
  }
  const { sql, bindings } = ids.toSQL();
  return query.whereRaw(`?? = any (array(${sql}))`, [column, ...bindings]);
}
