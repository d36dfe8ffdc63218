/** What an installation that is already used keeps when it is updated, and that a step back can be taken. */
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  'backstage-plugin-api-products-backend',
  'migrations',
);
const at = '2026-11-21T12:00:00.000Z';

const databases = testDatabases();

/** The schema in which a name is there once, deleted or not. */
const FIRST = '20261121120000';

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(id);
  });

  it('keeps the APIs of products, and takes a product with an API that has no entity', async () => {
    await knex.migrate.up({ directory });
    await knex('products').insert({
      id: 'p1',
      ref: 'apiproduct:default/payments',
      namespace: 'default',
      name: 'payments',
      title: 'Payments',
      owner_ref: 'group:default/payments-team',
      origin: 'catalog',
      spec: '{}',
      lifecycle: 'active',
      search_text: '',
      tags: '',
      created_at: at,
      updated_at: at,
    });
    const api = {
      product_id: 'p1',
      position: 0,
      api_ref: 'api:default/payments',
      title: 'Payments',
      provider_api_id: 'abc',
      versions: null,
      allowed_urls: null,
    };
    await knex('product_apis').insert(api);

    await knex.migrate.latest({ directory });
    expect(await knex('product_apis')).toEqual([api]);

    const imported = { ...api, position: 1, api_ref: null };
    await knex('product_apis').insert(imported);
    await knex('product_apis').insert({ ...imported, position: 2 });
    await expect(
      knex('product_apis').insert({ ...api, position: 3 }),
    ).rejects.toHaveProperty('message', expect.stringMatching(/unique/i));
    await knex('products').where({ id: 'p1' }).delete();
    expect(await knex('product_apis')).toEqual([]);
  });

  it('gives the name of what was deleted to another, and goes back all the same', async () => {
    const product = {
      ref: 'apiproduct:default/again',
      namespace: 'default',
      name: 'again',
      title: 'Again',
      owner_ref: 'group:default/payments-team',
      origin: 'portal',
      spec: '{}',
      lifecycle: 'active',
      created_at: at,
      updated_at: at,
    };
    await knex('products').insert({ ...product, id: 'p2', deleted_at: at });
    await knex('products').insert({ ...product, id: 'p3' });
    await expect(
      knex('products').insert({ ...product, id: 'p4' }),
    ).rejects.toHaveProperty('message', expect.stringMatching(/unique/i));
    while ((await knex.migrate.currentVersion({ directory })) !== FIRST) {
      await knex.migrate.down({ directory });
    }
    expect(await knex('products').orderBy('id').pluck('ref')).toEqual([
      `${product.ref}~p2`,
      product.ref,
    ]);
    await knex.migrate.latest({ directory });
  });

  it('makes one job of those that made and removed a key', async () => {
    await knex.migrate.down({ directory, name: '20261130170000_reconcile.js' });
    const jobs = [
      ['put-credential', 'credential:1', 1],
      ['remove-credential', 'credential:1', 0],
      ['confirm-removal', 'credential:2', 0],
      ['remove-credential', 'credential:2', 0],
      ['put-credential', 'credential:3', 1],
    ] as const;
    await knex('jobs').delete();
    await knex('jobs').insert(
      jobs.map(([kind, subject, priority], index) => ({
        id: `key${index}`,
        kind,
        subject,
        priority,
        lane: 'provider:tyk',
        status: 'queued',
        run_at: at,
        created_at: at,
        updated_at: at,
      })),
    );
    await knex.migrate.latest({ directory });
    const rows: { kind: string; subject: string; priority: number }[] =
      await knex('jobs')
        .orderBy('subject')
        .select('kind', 'subject', 'priority');
    expect(rows).toEqual([
      { kind: 'reconcile-credential', subject: 'credential:1', priority: 0 },
      { kind: 'reconcile-credential', subject: 'credential:2', priority: 0 },
      { kind: 'reconcile-credential', subject: 'credential:3', priority: 1 },
    ]);
    await knex('jobs').delete();
  });

  it('lets the jobs that wait go on in the lane of their provider', async () => {
    while ((await knex.migrate.currentVersion({ directory })) !== FIRST) {
      await knex.migrate.down({ directory });
    }
    await knex('plans').insert({
      id: 'plan1',
      ref: 'apiplan:default/free',
      namespace: 'default',
      name: 'free',
      title: 'Free',
      owner_ref: 'group:default/payments-team',
      origin: 'portal',
      spec: '{}',
      provider_id: 'tyk',
      billing_mode: 'free',
      created_at: at,
      updated_at: at,
    });
    const jobs = [
      ['put-plan', 'plan:plan1', {}],
      ['put-plan', 'plan:gone', {}],
      ['check-drift', 'provider:eu', {}],
      ['remove-plan', 'policy:abc', { provider: 'eu' }],
      ['clean-up-credential', 'credential:1', { provider: 'tyk' }],
      ['remove-credential', 'credential:2', {}],
      ['notify', 'announcement:1', {}],
    ] as const;
    await knex('jobs').insert(
      jobs.map(([kind, subject, payload], index) => ({
        id: `job${index}`,
        kind,
        subject,
        payload: JSON.stringify(payload),
        status: 'queued',
        run_at: at,
        created_at: at,
        updated_at: at,
      })),
    );
    await knex.migrate.latest({ directory });
    const rows: { lane: string; priority: number }[] = await knex('jobs')
      .orderBy('id')
      .select('lane', 'priority');
    expect(rows.map(({ lane, priority }) => [lane, priority])).toEqual([
      ['provider:tyk', 1],
      ['portal', 1],
      ['provider:eu', 2],
      ['provider:eu', 2],
      ['provider:tyk', 2],
      ['portal', 0],
      ['portal', 1],
    ]);
    await knex('jobs').delete();
    await knex('plans').delete();
  });

  it('goes back and forth', async () => {
    await knex.migrate.rollback({ directory }, true);
    await knex.migrate.latest({ directory });
    expect(await knex('sync_runs')).toEqual([]);
  });
});
