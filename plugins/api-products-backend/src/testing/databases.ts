/**
 * Real databases for tests: SQLite always, PostgreSQL where a server is named in the environment.
 *
 * To make a database and its schema takes longer than most tests, so a database that a test has taken serves the next
 * test of its file, emptied. What is taken outside a test (in `beforeAll`) stays with who has taken it.
 */
import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { isSqlite, migrate, type Queryable } from '../lib/Database';

interface Taken {
  id: TestDatabaseId;
  knex: Knex;
  busy: boolean;
}

interface Shelf {
  testing: boolean;
  taken: Taken[];
}

const shelves = new WeakMap<TestDatabases, Shelf>();

/** Call it at the top of a test file; its `eachSupportedId()` goes into `describe.each`. */
export function testDatabases(): TestDatabases {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const shelf: Shelf = { testing: false, taken: [] };
  shelves.set(databases, shelf);
  beforeEach(() => {
    shelf.testing = true;
  });
  afterEach(() => {
    shelf.testing = false;
    shelf.taken.forEach(taken => {
      taken.busy = false;
    });
  });
  return databases;
}

/** An empty database with our schema, of the test that asks for it alone. */
export async function migratedDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const shelf = shelves.get(databases);
  const free = shelf?.taken.find(taken => taken.id === id && !taken.busy);
  if (shelf?.testing && free) {
    free.busy = true;
    await empty(free.knex);
    return free.knex;
  }
  const knex = await databases.init(id);
  await migrate(knex);
  if (shelf?.testing) shelf.taken.push({ id, knex, busy: true });
  return knex;
}

/** Our tables, the newest first: one refers to older ones. */
export async function tablesOf(knex: Queryable): Promise<string[]> {
  const names: string[] = isSqlite(knex)
    ? await knex('sqlite_master')
        .where({ type: 'table' })
        .orderBy('rowid', 'desc')
        .pluck('name')
    : await knex('pg_class')
        .where({
          relkind: 'r',
          relnamespace: knex.raw("'public'::regnamespace"),
        })
        .orderBy('oid', 'desc')
        .pluck('relname');
  return names.filter(name => !/^(knex_|sqlite_)/.test(name));
}

/** No migration writes rows, so what is left is what a new database has. */
async function empty(knex: Knex): Promise<void> {
  // All at once; and not `truncate`, which makes the files of every table anew.
  const deletions = (await tablesOf(knex)).map(name =>
    knex(name).delete().toQuery(),
  );
  if (!isSqlite(knex)) {
    await knex.raw(deletions.join(';'));
    return;
  }
  for (const deletion of deletions) await knex.raw(deletion);
}
