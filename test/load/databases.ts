/** Real databases to measure on: a SQLite file, and PostgreSQL where the environment names a server. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import createKnex, { type Knex } from 'knex';
import { say } from './figures';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

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
    name: 'SQLite',
    knex,
    async remove() {
      await knex.destroy();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the server. */
async function postgresDatabase(url: string) {
  const database = `bench_${randomBytes(6).toString('hex')}`;
  const server = createKnex({ client: 'pg', connection: url });
  await server.raw('create database ??', [database]);
  const own = new URL(url);
  own.pathname = `/${database}`;
  return {
    url: own,
    async remove() {
      await server.raw('drop database ?? with (force)', [database]);
      await server.destroy();
    },
  };
}

async function postgres(url: string): Promise<BenchDatabase> {
  const { url: own, remove } = await postgresDatabase(url);
  const knex = createKnex({ client: 'pg', connection: own.href });
  return {
    name: 'PostgreSQL',
    knex,
    async remove() {
      await knex.destroy();
      await remove();
    },
  };
}

const serverUrl = (): string | undefined => process.env[POSTGRES];

/** Whether there is a server that several backends can share. */
export const hasSharedDatabase = (): boolean => serverUrl() !== undefined;

export async function benchDatabases(): Promise<BenchDatabase[]> {
  const url = serverUrl();
  return [await sqlite(), ...(url ? [await postgres(url)] : [])];
}

/** A database for whole backends. */
export interface BackendDatabase {
  name: string;
  /** Value of `backend.database`. */
  config: JsonObject;
  /** A connection of the benchmark's own to the tables of the plugin, when a backend has made them. */
  connect(): Knex;
  /** The same before there was a backend. */
  connectFirst(): Promise<Knex>;
  remove(): Promise<void>;
}

const PLUGIN = 'api-products';

async function sqliteForBackend(): Promise<BackendDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'api-products-bench-'));
  const connect = () =>
    createKnex({
      client: 'better-sqlite3',
      connection: { filename: join(directory, `${PLUGIN}.sqlite`) },
      useNullAsDefault: true,
    });
  return {
    name: 'SQLite',
    config: { client: 'better-sqlite3', connection: { directory } },
    connect,
    connectFirst: async () => connect(),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function postgresForBackend(url: string): Promise<BackendDatabase> {
  const { url: own, remove } = await postgresDatabase(url);
  const connection = {
    host: own.hostname,
    port: own.port,
    user: decodeURIComponent(own.username),
    password: decodeURIComponent(own.password),
    database: own.pathname.slice(1),
  };
  const connect = () =>
    createKnex({ client: 'pg', connection, searchPath: [PLUGIN] });
  return {
    name: 'PostgreSQL',
    config: { client: 'pg', connection, pluginDivisionMode: 'schema' },
    connect,
    async connectFirst() {
      const knex = connect();
      await knex.schema.createSchemaIfNotExists(PLUGIN);
      return knex;
    },
    remove,
  };
}

/** PostgreSQL where the environment names a server: the only one that several backends can share. */
export async function sharedDatabase(): Promise<BackendDatabase | undefined> {
  const url = serverUrl();
  return url === undefined ? undefined : postgresForBackend(url);
}

/** Measures on each database by itself, and takes it away. */
export async function onEachDatabase(
  measure: (database: BackendDatabase) => Promise<void>,
): Promise<void> {
  for (const make of [sharedDatabase, sqliteForBackend]) {
    const database = await make();
    try {
      if (database) {
        await measure(database);
      }
    } finally {
      await database?.remove();
    }
  }
  sayWhatIsMissing();
}

export function sayWhatIsMissing(): void {
  if (serverUrl() === undefined) {
    say(`  PostgreSQL was not measured: ${POSTGRES} is not set`);
  }
}
