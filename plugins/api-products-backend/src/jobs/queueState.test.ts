import type { JobRow } from '../lib/rows';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { enqueue, type NewJob } from './JobQueue';
import { laneOf, OWN_LANE } from './lanes';
import { readQueueState } from './queueState';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'the state of the queue, %p',
  databaseId => {
    it('counts what is due, due later, running and failed, and how old what is due is', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const clock = testClock();
      const add = async (
        subject: string,
        job: Partial<NewJob>,
        status: JobRow['status'] = 'queued',
      ) => {
        await knex.transaction(tx =>
          enqueue(tx, clock, {
            kind: 'notify',
            subject,
            lane: OWN_LANE,
            ...job,
          }),
        );
        await knex('jobs').where({ subject }).update({ status });
      };
      const tyk = { lane: laneOf('tyk') };
      await add('a:1', {});
      clock.advance(60_000);
      await add('a:2', {});
      await add('a:3', { runAt: clock.now() + 3_600_000 });
      await add('a:4', {}, 'running');
      await add('b:1', { ...tyk, runAt: clock.now() + 1_000 });
      await add('b:2', tyk, 'failed');
      await add('c:1', { lane: laneOf('no-longer-configured') });
      await add('c:2', { lane: laneOf('nor-this-one') });
      clock.advance(500);

      const sent: string[] = [];
      const listen = ({ sql }: { sql: string }) => sent.push(sql);
      knex.on('query', listen);
      const state = await readQueueState(knex, clock, [
        OWN_LANE,
        laneOf('tyk'),
        laneOf('idle'),
      ]);
      knex.removeListener('query', listen);

      expect(sent).toHaveLength(1);
      expect(Object.fromEntries(state)).toEqual({
        portal: {
          jobs: { queued: 2, later: 1, running: 1, failed: 0 },
          oldestSeconds: 60.5,
        },
        'provider:tyk': {
          jobs: { queued: 0, later: 1, running: 0, failed: 1 },
          oldestSeconds: 0,
        },
        'provider:idle': {
          jobs: { queued: 0, later: 0, running: 0, failed: 0 },
          oldestSeconds: 0,
        },
        other: {
          jobs: { queued: 2, later: 0, running: 0, failed: 0 },
          oldestSeconds: 0.5,
        },
      });
    });
  },
);
