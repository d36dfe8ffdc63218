import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-api-products-backend',
  'migrations',
);

/** Anything that statements can be run on: the pool, or a transaction. */
export type Queryable = Knex | Knex.Transaction;

/** Connects and brings the schema up to date, unless the adopter has switched migrations off. */
export async function connect(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}

export async function migrate(knex: Knex): Promise<void> {
  await knex.migrate.latest({ directory: migrationsDirectory });
}

export function isSqlite(knex: Queryable): boolean {
  return knex.client.config.client.includes('sqlite');
}
