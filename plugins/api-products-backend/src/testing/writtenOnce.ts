/**
 * To write records as ingestion does takes some hundred statements, and most tests of a file begin with the same ones: from
 * the second time on their rows are inserted as they were.
 */
import type { Knex } from 'knex';
import { isSqlite, type Queryable } from '../lib/Database';
import { isTrue, type SqlBoolean } from '../lib/rows';
import { tablesOf } from './databases';

type Rows = { table: string; rows: Record<string, unknown>[] }[];

const kept = new Map<string, Rows>();

/** Without the order in which the database has numbered them. */
async function rowsOf(tx: Queryable, table: string): Promise<Rows[number]> {
  const all: Record<string, unknown>[] = await tx(table);
  const ordered = all.some(row => 'sequence' in row)
    ? await tx(table).orderBy('sequence')
    : all;
  return {
    table,
    rows: ordered.map(({ sequence, ...row }: Record<string, unknown>) => row),
  };
}

async function isEmpty(tx: Queryable, tables: string[]): Promise<boolean> {
  const found: { has_rows: SqlBoolean } = await tx
    .select({
      has_rows: tx.raw(
        tables.map(() => 'exists (select 1 from ??)').join(' or '),
        tables,
      ),
    })
    .first();
  return !isTrue(found.has_rows);
}

/** @param what - that is written; something else if it is another text */
export async function writtenOnce(
  tx: Knex.Transaction,
  what: string,
  write: () => Promise<void>,
): Promise<void> {
  const tables = (await tablesOf(tx)).reverse();
  if (!(await isEmpty(tx, tables))) {
    await write();
    return;
  }
  const key = `${isSqlite(tx)} ${what}`;
  const before = kept.get(key);
  if (before) {
    for (const { table, rows } of before) {
      await tx(table).insert(rows);
    }
    return;
  }
  await write();
  const written: Rows = [];
  for (const table of tables) {
    written.push(await rowsOf(tx, table));
  }
  kept.set(
    key,
    written.filter(({ rows }) => rows.length > 0),
  );
}
