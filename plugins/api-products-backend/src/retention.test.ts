import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { deleteInBatches } from './lib/deleteInBatches';
import { toIso } from './lib/clock';
import { deleteWhatIsOver, readRetention } from './retention';
import { demo } from './testing/demo';
import { migratedDatabase, testDatabases } from './testing/databases';
import {
  provisioningBench,
  type ProvisioningBench,
} from './testing/provisioning';
import { writeRecords } from './testing/records';
import { subscribe } from './testing/subscriptions';

jest.setTimeout(60_000);

const DAY = 24 * 60 * 60_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('what is over, %p', databaseId => {
  let knex: Knex;
  let bench: ProvisioningBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await provisioningBench(knex);
    await bench.worker.stop();
  });

  const ago = (days: number) => toIso(bench.clock.now() - days * DAY);
  const clean = (data: object = {}) =>
    deleteWhatIsOver({
      db: knex,
      clock: bench.clock,
      logger: mockServices.logger.mock(),
      retention: readRetention(
        mockServices.rootConfig({ data: { apiProducts: { retention: data } } }),
      ),
    });
  const job = (id: string, status: string, updatedAt: string) =>
    knex('jobs').insert({
      id,
      kind: 'notify',
      subject: `notice:${id}`,
      status,
      run_at: updatedAt,
      created_at: updatedAt,
      updated_at: updatedAt,
    });
  const item = (id: string, status: string, updatedAt: string) =>
    knex('drift_items').insert({
      id,
      provider_id: 'sandbox',
      subject: `plan:${id}`,
      kind: 'missing',
      message: 'gone',
      status,
      created_at: updatedAt,
      updated_at: updatedAt,
    });
  const ids = (table: string): Promise<string[]> =>
    knex(table).orderBy('id').pluck('id');

  it('goes when it is old: jobs that were given up and differences that ended, nothing that lives', async () => {
    await job('old', 'failed', ago(31));
    await job('new', 'failed', ago(29));
    await job('waits', 'queued', ago(400));
    await item('repaired', 'repaired', ago(91));
    await item('gone', 'gone', ago(91));
    await item('recent', 'gone', ago(89));
    await item('open', 'open', ago(400));
    await item('ignored', 'ignored', ago(400));
    await item('repairing', 'repairing', ago(400));
    await clean();
    expect(await ids('jobs')).toEqual(['new', 'waits']);
    expect(await ids('drift_items')).toEqual([
      'ignored',
      'open',
      'recent',
      'repairing',
    ]);
    await clean({ failedJobs: 'P1D', driftItems: { days: 30 } });
    expect(await ids('jobs')).toEqual(['waits']);
    expect(await ids('drift_items')).toEqual(['ignored', 'open', 'repairing']);
  });

  it('never is the history, nor what says that the quota of this month has begun', async () => {
    await writeRecords(knex, demo);
    const { credential } = await subscribe(knex, bench.deps);
    for (const [month, days] of [
      ['2026-07', 120],
      ['2026-10', 50],
      ['2026-11', 20],
    ] as const) {
      await knex('quota_resets').insert({
        credential_id: credential.id,
        month,
        reset_at: ago(days),
      });
    }
    const before = await knex('history').count();
    const months = () => knex('quota_resets').orderBy('month').pluck('month');
    await clean();
    expect(await months()).toEqual(['2026-10', '2026-11']);
    await clean({ quotaResets: 'PT1H' });
    expect(await months()).toEqual(['2026-11']);
    bench.clock.advance(5_000 * DAY);
    await clean();
    expect(await knex('history').count()).toEqual(before);
  });

  it('is deleted a few at a time', async () => {
    for (let i = 0; i < 25; i++) await job(`job-${i}`, 'failed', ago(50));
    const statements: string[] = [];
    knex.on('query', ({ sql }) => statements.push(sql));
    expect(
      await deleteInBatches(
        knex,
        'jobs',
        ['sequence'],
        query => query.where({ status: 'failed' }),
        10,
      ),
    ).toBe(25);
    knex.removeAllListeners('query');
    expect(statements).toHaveLength(3);
  });
});

it('an age that cannot be read is refused with its key', () => {
  const read = (failedJobs: string) =>
    readRetention(
      mockServices.rootConfig({
        data: { apiProducts: { retention: { failedJobs } } },
      }),
    );
  expect(() => read('soon')).toThrow('apiProducts.retention.failedJobs');
  expect(() => read('PT1S')).toThrow('apiProducts.retention.failedJobs');
});
