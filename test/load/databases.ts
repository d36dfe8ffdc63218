/** Real databases to measure on: a SQLite file, and PostgreSQL where the environment names a server. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex, { type Knex } from 'knex';

export const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

export interface BenchDatabase {
  name: string;
  knex: Knex;
  remove(): Promise<void>;
}

async function sqlite(): Promise<BenchDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'api-products-bench-'));
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(directory, 'api-products.sqlite') },
    useNullAsDefault: true,
  });
  return {
    name: 'SQLite file',
    knex,
    async remove() {
      await knex.destroy();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function postgres(url: string): Promise<BenchDatabase> {
  const database = `bench_${randomBytes(6).toString('hex')}`;
  const server = createKnex({ client: 'pg', connection: url });
  await server.raw('create database ??', [database]);
  const own = new URL(url);
  own.pathname = `/${database}`;
  const knex = createKnex({ client: 'pg', connection: own.href });
  return {
    name: 'PostgreSQL',
    knex,
    async remove() {
      await knex.destroy();
      await server.raw('drop database ??', [database]);
      await server.destroy();
    },
  };
}

export async function benchDatabases(): Promise<BenchDatabase[]> {
  const url = process.env[POSTGRES];
  return [await sqlite(), ...(url ? [await postgres(url)] : [])];
}
