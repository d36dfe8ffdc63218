/** Real databases for tests: SQLite always, PostgreSQL where a server is named in the environment. */
import {
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { migrate } from '../lib/Database';

/** Call it at the top of a test file; its `eachSupportedId()` goes into `describe.each`. @internal */
export const testDatabases = (): TestDatabases =>
  TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** A database of its own with our schema. @internal */
export async function migratedDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(id);
  await migrate(knex);
  return knex;
}
