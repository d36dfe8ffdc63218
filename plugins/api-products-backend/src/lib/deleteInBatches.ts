import type { Knex } from 'knex';

/** So that nobody waits long for what is locked meanwhile. */
const AT_ONCE = 500;

/**
 * Deletes many rows, some at a time. A row that stops to match meanwhile stays.
 *
 * @param key - columns of the primary key
 * @returns how many
 */
export async function deleteInBatches(
  db: Knex,
  table: string,
  key: string[],
  matches: (query: Knex.QueryBuilder) => void,
  atOnce: number = AT_ONCE,
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const batch = db(table).modify(matches).limit(atOnce).select(key);
    const count: number = await db(table)
      .whereIn(key, batch)
      .modify(matches)
      .delete();
    deleted += count;
    if (count < atOnce) {
      return deleted;
    }
  }
}
