/** What nobody can do without: a route that does nothing, transactions, and keys at the gateway. */
import type { Knex } from 'knex';
import type { BenchBackend } from './BenchBackend';
import { timed, times } from './figures';
import type { SandboxProcess } from './SandboxProcess';

const TABLE = 'bench_rows';

export interface Unavoidable {
  emptyRoute(): Promise<number>;
  /** One row in a transaction of its own. */
  transaction(): Promise<number>;
  createKey(): Promise<number>;
  readKey(): Promise<number>;
}

export async function unavoidable(
  backend: BenchBackend,
  knex: Knex,
  sandbox: SandboxProcess,
): Promise<Unavoidable> {
  await knex.schema.createTable(TABLE, table => {
    table.increments('id');
    table.text('said').notNullable();
  });
  const policies = await sandbox.policiesOfPortal();
  let hash = (await sandbox.createKey(policies)).hash;
  return {
    emptyRoute: () => timed(() => backend.ask('dana', 'GET', '/bench/empty')),
    transaction: () =>
      timed(() =>
        knex.transaction(tx => tx(TABLE).insert({ said: 'x'.repeat(200) })),
      ),
    createKey: () =>
      timed(async () => {
        ({ hash } = await sandbox.createKey(policies));
      }),
    readKey: () => timed(() => sandbox.readKey(hash)),
  };
}

/** Does it for each of them, so many at once. */
export async function atOnce<T>(
  concurrency: number,
  items: readonly T[],
  action: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    times(concurrency).map(async () => {
      // All of them take from the same iterator.
      for (const item of waiting) {
        await action(item);
      }
    }),
  );
}
