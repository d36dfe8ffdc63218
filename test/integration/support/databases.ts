/** A database for a backend process: what its `backend.database` says, and how the test looks into it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type TestDatabaseId,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import createKnex, { type Knex } from 'knex';
import { z } from 'zod';

export interface ProcessDatabase {
  config: JsonObject;
  /** A connection of its own, after the backend has made the schema. */
  connect(): Knex;
  remove(): Promise<void>;
}

const PLUGIN = 'api-products';
const pgConnection = z.object({
  host: z.string(),
  port: z.union([z.string(), z.number()]).optional(),
  user: z.string(),
  password: z.string(),
  database: z.string(),
});

export async function processDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<ProcessDatabase> {
  if (id === 'SQLITE_3') {
    const directory = await mkdtemp(join(tmpdir(), 'api-products-'));
    return {
      config: { client: 'better-sqlite3', connection: { directory } },
      connect: () =>
        createKnex({
          client: 'better-sqlite3',
          connection: { filename: join(directory, `${PLUGIN}.sqlite`) },
          useNullAsDefault: true,
        }),
      remove: () => rm(directory, { recursive: true, force: true }),
    };
  }
  const knex = await databases.init(id);
  const connection = pgConnection.parse(knex.client.config.connection);
  return {
    config: { client: 'pg', connection, pluginDivisionMode: 'schema' },
    connect: () =>
      createKnex({ client: 'pg', connection, searchPath: [PLUGIN] }),
    remove: async () => {},
  };
}

/** Lets everything in the queue be due so much sooner; SQLite's time is that of its backend. */
export async function bringForward(
  database: JsonObject,
  milliseconds: number,
): Promise<void> {
  if (database.client !== 'pg') {
    return;
  }
  const knex = createKnex({
    client: 'pg',
    connection: pgConnection.parse(database.connection),
    searchPath: [PLUGIN],
  });
  await knex('jobs')
    .where({ status: 'queued' })
    .update({
      run_at: knex.raw(
        `to_char(run_at::timestamp - ? * interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
        [milliseconds],
      ),
    });
  await knex.destroy();
}
