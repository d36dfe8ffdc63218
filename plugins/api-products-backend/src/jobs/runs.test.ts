import { mockServices } from '@backstage/backend-test-utils';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { waitFor } from '../testing/waitFor';
import type { JobHandler, JobRun, Outcome } from './JobHandler';
import { enqueue, type JobKind } from './JobQueue';
import { OWN_LANE } from './lanes';
import { Worker } from './Worker';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('runs of jobs, %p', databaseId => {
  const bench = async (kind: JobKind, run: JobHandler['run']) => {
    const knex = await migratedDatabase(databases, databaseId);
    const clock = testClock();
    const logger = mockServices.logger.mock();
    const onRun = jest.fn<void, [JobRun]>();
    const worker = Worker.create({
      knex,
      clock,
      logger,
      handlers: { notify: { run } },
      lanes: new Map([[OWN_LANE, 1]]),
      leaseMs: 30_000,
      pollMs: 60_000,
      onRun,
    });
    await knex.transaction(tx =>
      enqueue(tx, clock, { kind, subject: 'a:1', lane: OWN_LANE }),
    );
    await worker.start();
    await waitFor(
      () => onRun.mock.calls.length + logger.error.mock.calls.length > 0,
      'the run has ended',
    );
    await worker.stop();
    return onRun.mock.calls.map(([told]) => told);
  };
  const fails = (error: Error) => async (): Promise<Outcome> => {
    throw error;
  };

  it.each<[JobRun['outcome'], () => Promise<Outcome>]>([
    ['done', async () => ({ kind: 'done' })],
    ['wait', async () => ({ kind: 'wait', ms: 60_000, reason: 'not yet' })],
    ['retry', fails(new ProviderUnavailableError('away'))],
    ['failed', fails(new ProviderRejectedError('no'))],
    [
      'failed',
      async () => ({ kind: 'failed', error: new ProviderRejectedError('no') }),
    ],
  ])('are told of when they are %s', async (outcome, run) => {
    expect(await bench('notify', run)).toEqual([
      { kind: 'notify', outcome, seconds: expect.any(Number) },
    ]);
  });

  it('name no kind that this version does not know', async () => {
    const runs = await bench('put-plan', async () => ({ kind: 'done' }));
    expect(runs).toMatchObject([{ kind: 'unknown', outcome: 'wait' }]);
  });

  it('are not told of when their end was not written', async () => {
    const runs = await bench('notify', async () => ({
      kind: 'done',
      write: async () => {
        throw new Error('disk full');
      },
    }));
    expect(runs).toEqual([]);
  });
});
