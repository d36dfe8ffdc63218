/** Migrations over rows that are there. */
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { accessBench, as, askFor, count } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';

jest.setTimeout(120_000);

const directory = resolvePackagePath(
  'backstage-plugin-api-products-backend',
  'migrations',
);
/** The last one before jobs looked after dates. */
const BEFORE = '20261130152800';
const databases = testDatabases();

describe.each(databases.eachSupportedId())('an upgrade on %s', id => {
  it('looks after the dates of keys and requests that are there', async () => {
    const knex = await migratedDatabase(databases, id);
    const bench = await accessBench(knex);
    const { accessRequests } = bench.access;
    const made = await accessRequests.create(as('dana'), askFor());
    await accessRequests.approve(as('olga'), made.id, {});
    await bench.work();
    const application = { name: 'Another', owner: 'shop-team' };
    const waiting = await accessRequests.create(
      as('dana'),
      askFor({ application }),
    );
    await bench.worker.stop();
    const key = await knex('credentials').first();
    await knex('jobs').delete();
    const counted = async () =>
      Promise.all(
        ['sealed_secrets', 'subscription_products', 'product_apis'].map(table =>
          count(knex, table),
        ),
      );
    const there = await counted();
    while (
      (await knex.migrate.currentVersion({ directory })).slice(0, 14) > BEFORE
    ) {
      await knex.migrate.down({ directory });
    }
    await knex.migrate.latest({ directory });
    expect(there).not.toContain(0);
    expect(await counted()).toEqual(there);

    const jobs: { kind: string; subject: string }[] = await knex('jobs')
      .orderBy('kind')
      .select('kind', 'subject');
    expect(jobs).toEqual([
      { kind: 'watch-credential', subject: `credential:${key.id}` },
      { kind: 'watch-request', subject: `access-request:${waiting.id}` },
    ]);
    const worker = bench.anotherWorker();
    await worker.start();
    await bench.pass(90 * 24 * 60 * 60_000);
    await bench.pass(11_000);
    await worker.stop();
    expect((await bench.credential(key.id)).status).toBe('expired');
    expect(
      await knex('access_requests').where({ id: waiting.id }).pluck('status'),
    ).toEqual(['expired']);
  });
});
