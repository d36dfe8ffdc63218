/** What happens when several want the same at once, or somebody stops in the middle. */
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import type { SyncRun } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { ProductRow } from '../../lib/rows';
import { testClock } from '../../testing/clock';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { FakeProvider } from '../../testing/FakeProvider';
import { foundApi, foundOther, foundProduct } from '../../testing/offerings';
import { provisioningBench } from '../../testing/provisioning';
import { plan, product, writeRecords } from '../../testing/records';
import { subscribe } from '../../testing/subscriptions';
import {
  forgetRecords,
  synchronisationBench,
} from '../../testing/synchronisation';
import { waitFor } from '../../testing/waitFor';
import { STALE_AFTER_MS } from './SyncRuns';

jest.setTimeout(60_000);

/** Makes the database refuse products of this title until the returned function is called. */
async function refuse(knex: Knex, id: TestDatabaseId, title: string) {
  if (id === 'SQLITE_3') {
    await knex.raw(
      `create trigger refuse before insert on products when new.title = '${title}' begin select raise(abort, 'refused'); end`,
    );
    return () => knex.raw('drop trigger refuse');
  }
  await knex.raw(
    `create function refuse() returns trigger as $$ begin if new.title = '${title}' then raise exception 'refused'; end if; return new; end $$ language plpgsql`,
  );
  await knex.raw(
    'create trigger refuse before insert on products for each row execute function refuse()',
  );
  return () => knex.raw('drop function refuse cascade');
}

/** Something that happens once it is let. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

describe.each(testDatabases().eachSupportedId())('synchronising on %p', id => {
  const databases = testDatabases();
  let clock = testClock();
  let knex: Knex;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
  });

  beforeEach(async () => {
    clock = testClock();
    await forgetRecords(knex);
  });

  afterAll(() => knex.destroy());

  const runs = (): Promise<Pick<SyncRun, 'id' | 'status' | 'message'>[]> =>
    knex('sync_runs').orderBy('created_at').select('id', 'status', 'message');

  const some = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      foundProduct(`p${i}`, { name: `Product ${i % 3}` }),
    );

  /** When a synchronisation that begins now has read the records. */
  const recordsRead = () =>
    new Promise<void>(resolve => {
      const listen = (_: unknown, { sql }: { sql: string }) => {
        if (/fingerprint.* from .plans./.test(sql)) {
          knex.removeListener('query-response', listen);
          resolve();
        }
      };
      knex.on('query-response', listen);
    });

  it('is one run, however many backends want it', async () => {
    const provider = FakeProvider.create();
    provider.offerings = some(5);
    const held = gate();
    provider.fault = () => held.opened;
    const benches = [1, 2, 3, 4].map(() =>
      synchronisationBench(knex, clock, { provider }),
    );
    const asked = await Promise.all(
      benches.flatMap(({ synchronisation }) => [
        synchronisation.request('sandbox'),
        synchronisation.request('sandbox'),
      ]),
    );
    held.open();
    await Promise.all(
      benches.map(({ synchronisation }) => synchronisation.settled()),
    );
    expect(new Set(asked.map(run => run.id)).size).toBe(1);
    expect(await runs()).toMatchObject([{ status: 'succeeded' }]);
    expect(provider.calls.filter(call => call === 'listOfferings')).toEqual([
      'listOfferings',
    ]);
    expect(await knex('products')).toHaveLength(5);
  });

  it('fails a run whose backend is gone, and begins another', async () => {
    const provider = FakeProvider.create();
    provider.offerings = some(3);
    const held = gate();
    provider.fault = () => held.opened;
    const gone = synchronisationBench(knex, clock, { provider });
    await gone.synchronisation.request('sandbox');
    await waitFor(() => provider.calls.length > 0, 'it has begun');

    const next = synchronisationBench(knex, clock);
    next.provider.offerings = some(4);
    await next.synchronisation.recover();
    expect(await runs()).toMatchObject([{ status: 'running' }]);
    clock.advance(STALE_AFTER_MS + 1);
    await next.synchronisation.recover();
    await next.synchronisation.settled();
    const over = [
      {
        status: 'failed',
        message: 'The backend that ran it gave no sign of life any more',
      },
      { status: 'succeeded' },
    ];
    expect(await runs()).toMatchObject(over);
    expect(await knex('products')).toHaveLength(4);

    // It only was asleep: what it writes now does no harm.
    held.open();
    await gone.synchronisation.settled();
    expect(await runs()).toMatchObject(over);
    expect(await knex('products')).toHaveLength(4);
    expect(await knex('products').whereNotNull('hidden_at')).toEqual([]);
  });

  it('takes up a run that nobody has begun, and gives up that of a provider that is gone', async () => {
    const bench = synchronisationBench(knex, clock);
    bench.provider.offerings = some(1);
    const { synchronisation } = bench;
    await synchronisation.runs.begin({
      provider: 'sandbox',
      trigger: 'schedule',
    });
    await synchronisation.runs.begin({ provider: 'other', trigger: 'start' });
    clock.advance(STALE_AFTER_MS + 1);
    await synchronisation.recover();
    await synchronisation.settled();
    expect(
      await knex('sync_runs').orderBy('provider_id').pluck('status'),
    ).toEqual(['failed', 'succeeded']);
  });

  it('says that it was stopped in the middle, and the next one does the rest', async () => {
    const bench = synchronisationBench(knex, clock);
    bench.provider.offerings = some(60);
    let written = 0;
    const listen = ({ sql }: { sql: string }) => {
      if (/^insert into .products./.test(sql) && ++written === 30) {
        bench.synchronisation.stop();
      }
    };
    knex.on('query', listen);
    await bench.synchronisation.request('sandbox');
    await bench.synchronisation.settled();
    knex.removeListener('query', listen);
    expect(await runs()).toMatchObject([
      { status: 'failed', message: 'The backend was stopped while it ran' },
    ]);
    const done = await knex('products');
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(60);

    const next = synchronisationBench(knex, clock, {
      provider: bench.provider,
    });
    expect(await next.sync()).toMatchObject({
      status: 'succeeded',
      counts: { created: 60 - done.length, unchanged: done.length },
    });
  });

  it('does not let one record that cannot be written keep the others waiting', async () => {
    const accept = await refuse(knex, id, 'Bad');
    const bench = synchronisationBench(knex, clock);
    bench.provider.offerings = [
      foundProduct('p1', { name: 'Bad' }),
      foundProduct('p2', { name: 'Good' }),
    ];
    const run = await bench.sync();
    await accept();
    expect(run).toMatchObject({
      status: 'failed',
      message:
        '1 of 2 could not be written here; the log of the backend says why',
      counts: { created: 1, ignored: 1 },
    });
    expect(bench.logger.error).toHaveBeenCalledWith(
      '“Bad” (p1) of provider sandbox could not be written',
      expect.objectContaining({ message: expect.stringContaining('refused') }),
    );
  });

  describe('what is held back', () => {
    const dropped = async () => {
      const bench = synchronisationBench(knex, clock);
      bench.provider.offerings = some(4);
      await bench.sync();
      bench.provider.offerings = [foundOther('x')];
      return bench;
    };

    it('may be confirmed while the run is under way', async () => {
      const bench = await dropped();
      const held = gate();
      bench.provider.fault = () => held.opened;
      clock.advance(1000);
      const { synchronisation } = bench;
      const begun = await synchronisation.request('sandbox');
      const confirmed = await synchronisation.request('sandbox', {
        confirmDrop: true,
      });
      expect(confirmed.id).toBe(begun.id);
      held.open();
      await synchronisation.settled();
      expect(
        (await synchronisation.runs.list('sandbox', {})).items[0],
      ).toMatchObject({ status: 'succeeded', counts: { hidden: 4 } });
    });

    it('may be confirmed in the very moment in which the run ends', async () => {
      const bench = await dropped();
      const { runs: store } = bench.synchronisation;
      jest.spyOn(store, 'isDropConfirmed').mockImplementationOnce(async run => {
        await knex('sync_runs')
          .where({ id: run })
          .update({ drop_confirmed: true });
        return false;
      });
      expect(await bench.sync()).toMatchObject({
        status: 'succeeded',
        counts: { hidden: 4, 'held-back': 0 },
      });
    });
  });

  it('leaves alone what was edited while the list was made', async () => {
    const bench = synchronisationBench(knex, clock);
    bench.provider.offerings = [foundProduct('p1', { name: 'One' })];
    await bench.sync();
    bench.provider.offerings = [foundProduct('p1', { name: 'Two', apis: [] })];
    const read = recordsRead();
    bench.provider.fault = async ({ method, when }) => {
      if (method === 'listOfferings' && when === 'after') {
        await read;
        await knex('products').update({ revision: 2, title: 'Edited' });
      }
    };
    expect((await bench.sync()).counts).toMatchObject({
      renamed: 0,
      updated: 0,
      unchanged: 1,
    });
    expect(await knex('products').first()).toMatchObject({ title: 'Edited' });
  });

  /** As somebody does in the portal, and as the job that brings the name to the provider ends. */
  async function renameToTwo() {
    const { spec }: ProductRow = await knex('products').first();
    await knex('products').update({
      title: 'Two',
      spec: JSON.stringify({ ...JSON.parse(spec), title: 'Two' }),
      revision: 2,
      provider_revision: 2,
      provider_name: 'Two',
    });
  }

  it('does not mistake a list from before a renaming for a renaming at the provider', async () => {
    const bench = synchronisationBench(knex, clock);
    bench.provider.offerings = [foundProduct('p1', { name: 'One' })];
    await bench.sync();
    const read = recordsRead();
    bench.provider.fault = async ({ method, when }) => {
      if (method === 'listOfferings' && when === 'after') {
        await read;
        await renameToTwo();
      }
    };
    await bench.sync();
    bench.provider.fault = undefined;
    expect(await knex('products').first()).toMatchObject({ title: 'Two' });
    bench.provider.offerings = [foundProduct('p1', { name: 'Two' })];
    expect((await bench.sync()).counts).toMatchObject({ unchanged: 1 });
  });

  it('does not mistake a list that is older than the records for a renaming at the provider', async () => {
    const bench = synchronisationBench(knex, clock);
    bench.provider.offerings = [foundProduct('p1', { name: 'One' })];
    await bench.sync();
    await renameToTwo();
    bench.provider.fault = ({ method, when }) => {
      if (method === 'listOfferings' && when === 'after') {
        bench.provider.offerings = [foundProduct('p1', { name: 'Two' })];
      }
      return undefined;
    };
    expect((await bench.sync()).counts).toMatchObject({
      renamed: 0,
      unchanged: 1,
    });
    expect(await knex('products').first()).toMatchObject({ title: 'Two' });
  });

  describe('a policy that was imported before it was known whose it is', () => {
    const imported = async () => {
      const work = await provisioningBench(knex);
      const bench = synchronisationBench(knex, clock);
      bench.provider.apis = [foundApi('default-payments')];
      bench.provider.offerings = [
        foundProduct('fake-product-default/payments', { name: 'Old' }),
      ];
      await bench.sync();
      return { ...work, bench };
    };

    it('belongs to the record that puts it', async () => {
      const { work, worker, bench } = await imported();
      await writeRecords(
        knex,
        { products: [product('payments')] },
        { jobs: true },
      );
      await work();
      await worker.stop();
      expect(await knex('products').orderBy('origin')).toMatchObject([
        {
          origin: 'catalog',
          policy_id: 'fake-product-default/payments',
          provider_status: 'ready',
          provider_name: 'payments',
          hidden_at: null,
        },
        {
          origin: 'provider',
          policy_id: null,
          provider_status: 'none',
          deleted_at: expect.any(String),
        },
      ]);
      bench.provider.offerings = [
        foundProduct('fake-product-default/payments', { name: 'payments' }),
      ];
      expect((await bench.sync()).counts).toMatchObject({
        created: 0,
        unchanged: 1,
      });
    });

    it('stays where somebody has edited it', async () => {
      const { work, worker } = await imported();
      await knex('products').update({ revision: 2 });
      await writeRecords(
        knex,
        { products: [product('payments')] },
        { jobs: true },
      );
      await work();
      await worker.stop();
      expect(await knex('products').orderBy('origin')).toMatchObject([
        {
          origin: 'catalog',
          policy_id: null,
          provider_status: 'failed',
          provider_message:
            'Its policy fake-product-default/payments belongs to “Old” (apiproduct:default/old) already',
        },
        { origin: 'provider', hidden_at: null },
      ]);
    });

    it('stays where somebody waits for it', async () => {
      const { work, worker, deps } = await imported();
      await writeRecords(knex, { plans: [plan('free')] });
      await subscribe(knex, deps, { product: 'apiproduct:default/old' });
      await knex('subscription_products').delete();
      const change = (status: string) =>
        knex('access_requests').update({ status });
      await change('pending');
      await writeRecords(
        knex,
        { products: [product('payments')] },
        { jobs: true },
      );
      await work();
      const catalogs = () =>
        knex('products').where({ origin: 'catalog' }).first();
      expect(await catalogs()).toMatchObject({ provider_status: 'failed' });
      await change('denied');
      await knex('jobs').update({ status: 'queued' });
      await work();
      await worker.stop();
      expect(await catalogs()).toMatchObject({ provider_status: 'ready' });
    });
  });
});
