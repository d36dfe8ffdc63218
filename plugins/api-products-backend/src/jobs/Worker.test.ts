import { mockServices } from '@backstage/backend-test-utils';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import type { JobRow } from '../lib/rows';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { waitFor } from '../testing/waitFor';
import type { JobHandler } from './JobHandler';
import { enqueue, enqueueNew, type NewJob } from './JobQueue';
import { JobStore, LeaseLostError } from './JobStore';
import { OWN_LANE } from './lanes';
import { Worker } from './Worker';

jest.setTimeout(60_000);

const LEASE_MS = 30_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('the worker, %p', databaseId => {
  let knex: Knex;
  const clock = testClock();
  const workers: Worker[] = [];

  beforeAll(async () => {
    knex = await migratedDatabase(databases, databaseId);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map(worker => worker.stop()));
    await knex('jobs').delete();
  });

  async function start(handler: JobHandler): Promise<Worker> {
    const worker = Worker.create({
      knex,
      clock,
      logger: mockServices.logger.mock(),
      handlers: { notify: handler, 'put-plan': handler },
      lanes: new Map([[OWN_LANE, 4]]),
      leaseMs: LEASE_MS,
      pollMs: 60_000,
    });
    workers.push(worker);
    await worker.start();
    return worker;
  }
  const add = (...jobs: Partial<NewJob>[]) =>
    knex.transaction(async tx => {
      for (const job of jobs) {
        await enqueue(tx, clock, {
          kind: 'notify',
          subject: 'a:1',
          lane: OWN_LANE,
          ...job,
        });
      }
    });
  const jobs = (): Promise<JobRow[]> => knex('jobs').orderBy('sequence');
  const none = () =>
    waitFor(async () => (await jobs()).length === 0, 'no job is left');
  const one = async (): Promise<JobRow> => (await jobs())[0];
  /** Its first look has ended: as long as it looks, its places are taken. */
  async function startIdle(handler: JobHandler): Promise<Worker> {
    let looked = false;
    const listen = (_answer: unknown, { sql }: { sql: string }) => {
      looked ||= sql.startsWith('with');
    };
    knex.on('query-response', listen);
    const worker = await start(handler);
    await waitFor(() => looked, 'it has looked');
    knex.removeListener('query-response', listen);
    await jobs();
    return worker;
  }

  it('does each job once, with what two workers side by side can do', async () => {
    const done: string[] = [];
    const handler: JobHandler = {
      async run({ subject }) {
        done.push(subject);
        return { kind: 'done' };
      },
    };
    const subjects = Array.from({ length: 60 }, (_, i) => `a:${i}`);
    await add(...subjects.map(subject => ({ subject })));
    await Promise.all([start(handler), start(handler)]);
    await none();
    expect(done.sort()).toEqual(subjects.sort());
  });

  it('keeps the order of jobs with the same key, and does others meanwhile', async () => {
    const done: string[] = [];
    let release: () => void = () => {};
    const first = new Promise<void>(resolve => {
      release = resolve;
    });
    await add(
      { subject: 'a:1', orderKey: 'k' },
      { subject: 'a:2', orderKey: 'k' },
      { subject: 'b:1' },
    );
    await start({
      async run({ subject }) {
        if (subject === 'a:1') {
          await first;
        }
        done.push(subject);
        return { kind: 'done' };
      },
    });
    await waitFor(() => done.includes('b:1'), 'the other job is done');
    expect(done).toEqual(['b:1']);
    release();
    await none();
    expect(done).toEqual(['b:1', 'a:1', 'a:2']);
  });

  it('waits before another try, no sooner than the provider asked, and says why', async () => {
    let tries = 0;
    await add({});
    const worker = await start({
      async run() {
        tries += 1;
        if (tries === 1) {
          throw new ProviderUnavailableError('gateway is away', {
            retryAfterMs: 60_000,
          });
        }
        return { kind: 'done' };
      },
    });
    await waitFor(async () => (await one()).attempts === 1, 'it has failed');
    expect(await one()).toMatchObject({
      status: 'queued',
      last_error: 'gateway is away',
      lease_owner: null,
      run_at: new Date(clock.now() + 60_000).toISOString(),
    });
    clock.advance(60_000);
    worker.kick();
    await none();
    expect(tries).toBe(2);
  });

  it('gives up after the time that was set, and tells the handler', async () => {
    const onFailure = jest.fn(async () => {});
    await add({ giveUpAt: clock.now() + 1_000 });
    const worker = await start({
      async run() {
        throw new ProviderUnavailableError('gateway is away');
      },
      onFailure,
    });
    await waitFor(async () => (await one()).attempts === 1, 'it has failed');
    clock.advance(5_000);
    worker.kick();
    await waitFor(
      async () => (await one()).status === 'failed',
      'it is given up',
    );
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(onFailure).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ subject: 'a:1' }),
      { message: 'gateway is away' },
    );
  });

  it('runs once more what was asked for again while it ran, and only then', async () => {
    let runs = 0;
    await add({});
    await start({
      async run() {
        runs += 1;
        if (runs === 1) {
          await add({}, {});
        }
        return { kind: 'done' };
      },
    });
    await none();
    expect(runs).toBe(2);
  });

  it('brings a waiting job forward when it is asked for sooner', async () => {
    await add({ runAt: clock.now() + 60_000 }, { runAt: clock.now() + 1_000 });
    await add({ runAt: clock.now() + 5_000 }, { ifNone: true });
    expect(await jobs()).toHaveLength(1);
    expect(await one()).toMatchObject({
      run_at: new Date(clock.now() + 1_000).toISOString(),
      again: databaseId === 'SQLITE_3' ? 0 : false,
    });
  });

  it('takes over what a dead worker was doing when its lease is over, and the dead one can change nothing', async () => {
    const store = JobStore.create({ knex, clock, leaseMs: LEASE_MS });
    await add({});
    const five = new Map([[OWN_LANE, 5]]);
    const [first] = await store.claim(five);
    await store.takeOverAbandoned();
    expect(await store.claim(five)).toEqual([]);
    clock.advance(LEASE_MS);
    await store.takeOverAbandoned();
    const [second] = await store.claim(five);
    expect(second.id).toBe(first.id);

    for (const change of [
      (tx: Knex.Transaction) => store.complete(tx, first),
      (tx: Knex.Transaction) => store.fail(tx, first, 'late'),
      (tx: Knex.Transaction) =>
        store.reschedule(tx, first, {
          runAt: 0,
          attempts: 1,
          lastError: 'late',
        }),
    ]) {
      await expect(knex.transaction(change)).rejects.toThrow(LeaseLostError);
    }
    expect(await store.renew([first])).toEqual(new Set());
    expect(await store.renew([second])).toEqual(new Set([second.id]));
    await knex.transaction(tx => store.complete(tx, second));
    expect(await jobs()).toEqual([]);
  });

  describe('a job that waits for another', () => {
    const gate = () => {
      let open: () => void = () => {};
      const opened = new Promise<void>(resolve => {
        open = resolve;
      });
      return { open: () => open(), opened };
    };
    /** Holds `notify` between its look and its sleep, in which it asks for the plan once more, later. */
    async function heldBeforeSleep() {
      const looked = gate();
      const sleep = gate();
      let runs = 0;
      await add({});
      await start({
        async run({ kind }) {
          if (kind === 'put-plan') return { kind: 'done' };
          runs += 1;
          looked.open();
          await sleep.opened;
          return {
            kind: 'wait',
            ms: 60_000,
            reason: 'plan:1 is not there',
            until: 'plan:1',
            write: tx =>
              enqueue(tx, clock, {
                kind: 'put-plan',
                subject: 'plan:1',
                lane: OWN_LANE,
                runAt: clock.now() + 30_000,
                ifNone: true,
              }),
          };
        },
      });
      await looked.opened;
      return { sleep: sleep.open, runs: () => runs };
    }
    const asleep = () =>
      waitFor(async () => {
        const { status } = await knex('jobs').where({ kind: 'notify' }).first();
        return status === 'queued';
      }, 'it sleeps');
    const sleepsFor = async () => {
      const { run_at } = await knex('jobs').where({ kind: 'notify' }).first();
      return Date.parse(run_at) - clock.now();
    };

    it('does not go to sleep for what has ended since it looked', async () => {
      const { sleep } = await heldBeforeSleep();
      sleep();
      await asleep();
      expect(await sleepsFor()).toBeLessThan(1_000);
    });

    it('nor for what is just ending', async () => {
      const store = JobStore.create({ knex, clock, leaseMs: LEASE_MS });
      const { sleep } = await heldBeforeSleep();
      const later = clock.now() + LEASE_MS;
      await add({ kind: 'put-plan', subject: 'plan:1', runAt: later });
      const [plan] = await knex('jobs')
        .where({ kind: 'put-plan' })
        .update(
          {
            status: 'running',
            lease_owner: 'another backend',
            lease_until: new Date(later).toISOString(),
          },
          '*',
        );
      await knex.transaction(async tx => {
        await store.complete(tx, plan);
        sleep();
        await new Promise(resolve => setTimeout(resolve, 100));
      });
      await asleep();
      expect(await sleepsFor()).toBeLessThan(1_000);
    });

    it('nor for what has failed since', async () => {
      const { sleep } = await heldBeforeSleep();
      await add({
        kind: 'put-plan',
        subject: 'plan:1',
        runAt: clock.now() + 10_000,
      });
      await knex('jobs').where({ kind: 'put-plan' }).update({ attempts: 1 });
      sleep();
      await asleep();
      expect(await sleepsFor()).toBeLessThan(1_000);
    });

    it('sleeps for what is still under way', async () => {
      const { sleep } = await heldBeforeSleep();
      await add({
        kind: 'put-plan',
        subject: 'plan:1',
        runAt: clock.now() + 10_000,
      });
      sleep();
      await asleep();
      expect(await sleepsFor()).toBe(60_000);
    });

    it('looks again at once when it was asked for meanwhile', async () => {
      const { sleep, runs } = await heldBeforeSleep();
      await add({
        kind: 'put-plan',
        subject: 'plan:1',
        runAt: clock.now() + 10_000,
      });
      await add({});
      sleep();
      await waitFor(() => runs() === 2, 'it has looked again');
      expect(runs()).toBe(2);
    });
  });

  describe('what is done by whoever asks for it', () => {
    const hold = () => {
      let release: () => void = () => {};
      const released = new Promise<void>(resolve => {
        release = resolve;
      });
      return { release: () => release(), released };
    };
    const ask = (worker: Worker, subject: string) =>
      worker.inline(room =>
        knex.transaction(tx =>
          enqueueNew(
            tx,
            clock,
            [{ kind: 'notify', subject, lane: OWN_LANE }],
            room,
          ),
        ),
      );

    it('begins after the commit without looking for it, and can be waited for', async () => {
      const done: string[] = [];
      const worker = await startIdle({
        async run({ subject }) {
          done.push(subject);
          return { kind: 'done' };
        },
      });
      const claims: string[] = [];
      const listen = ({ sql }: { sql: string }) => {
        if (sql.startsWith('with')) claims.push(sql);
      };
      knex.on('query', listen);
      await ask(worker, 'a:1');
      const claimed = claims.length;
      await worker.settled('a:1', 20_000);
      knex.removeListener('query', listen);
      expect(done).toEqual(['a:1']);
      expect(claimed).toBe(0);
      await none();
    });

    it('does not begin if what asks for it is rolled back, and takes no place then', async () => {
      const done: string[] = [];
      const worker = await startIdle({
        async run({ subject }) {
          done.push(subject);
          return { kind: 'done' };
        },
      });
      const refused = () =>
        worker.inline(room =>
          knex.transaction(async tx => {
            await enqueueNew(
              tx,
              clock,
              [{ kind: 'notify', subject: 'a:1', lane: OWN_LANE }],
              room,
            );
            throw new Error('refused');
          }),
        );
      for (let i = 0; i < 5; i++) {
        await expect(refused()).rejects.toThrow('refused');
      }
      expect(await jobs()).toEqual([]);
      await ask(worker, 'a:2');
      await worker.settled('a:2', 20_000);
      expect(done).toEqual(['a:2']);
    });

    it('is taken over when it was committed and its backend does not know that', async () => {
      const done: string[] = [];
      const handler: JobHandler = {
        async run({ subject }) {
          done.push(subject);
          return { kind: 'done' };
        },
      };
      const worker = await startIdle(handler);
      const lost = worker.inline(async room => {
        await knex.transaction(tx =>
          enqueueNew(
            tx,
            clock,
            [{ kind: 'notify', subject: 'a:1', lane: OWN_LANE }],
            room,
          ),
        );
        throw new Error('the connection is lost');
      });
      await expect(lost).rejects.toThrow('the connection is lost');
      expect(await one()).toMatchObject({ status: 'running' });
      await worker.stop();
      clock.advance(LEASE_MS);
      const store = JobStore.create({ knex, clock, leaseMs: LEASE_MS });
      await store.takeOverAbandoned();
      await start(handler);
      await none();
      expect(done).toEqual(['a:1']);
    });

    it('waits in the queue where as many run as may', async () => {
      const { release, released } = hold();
      const running = new Set<string>();
      let most = 0;
      const worker = await startIdle({
        async run({ subject }) {
          running.add(subject);
          most = Math.max(most, running.size);
          await released;
          running.delete(subject);
          return { kind: 'done' };
        },
      });
      await Promise.all(
        Array.from({ length: 7 }, (_, i) => ask(worker, `a:${i}`)),
      );
      await waitFor(() => running.size === 4, 'the lane is full');
      const rows = await jobs();
      expect(rows.filter(({ status }) => status === 'queued')).toHaveLength(3);
      release();
      await none();
      expect(most).toBe(4);
    });

    it('waits in the queue for another worker where this one has stopped', async () => {
      const worker = await startIdle({ run: async () => ({ kind: 'done' }) });
      await worker.stop();
      await ask(worker, 'a:1');
      expect(await one()).toMatchObject({ status: 'queued' });
    });
  });

  it('undoes what a handler has written when the lease was lost meanwhile', async () => {
    await add({});
    await add({ subject: 'witness:1', runAt: clock.now() + 1e9 });
    let written = false;
    await start({
      async run(job) {
        await knex('jobs')
          .where({ id: job.id })
          .update({ lease_owner: 'somebody else' });
        return {
          kind: 'done',
          write: async tx => {
            await tx('jobs')
              .where({ subject: 'witness:1' })
              .update({ last_error: 'written' });
            written = true;
          },
        };
      },
    });
    await waitFor(() => written, 'the handler has written');
    await Promise.all(workers.splice(0).map(worker => worker.stop()));
    const [job, witness] = await jobs();
    expect(job.lease_owner).toBe('somebody else');
    expect(witness.last_error).toBeNull();
  });

  it('gives unfinished jobs back when it stops', async () => {
    await add({});
    let begun = false;
    const worker = await start({
      run: (_job, { signal }) =>
        new Promise((_resolve, reject) => {
          begun = true;
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    });
    await waitFor(() => begun, 'it has begun');
    await worker.stop();
    expect(await one()).toMatchObject({
      status: 'queued',
      attempts: 0,
      lease_owner: null,
    });
  });

  it('tells when a subject is settled: nothing running or due, whatever waits for its next try', async () => {
    let release: () => void = () => {};
    const done = new Promise<void>(resolve => {
      release = resolve;
    });
    await add({});
    const worker = await start({
      async run() {
        await done;
        return { kind: 'wait', ms: 60_000, reason: 'not yet' };
      },
    });
    await waitFor(
      async () => (await one()).status === 'running',
      'it has begun',
    );
    const settled = worker.settled('a:1', 20_000);
    await worker.settled('a:1', 20);
    expect((await one()).status).toBe('running');
    release();
    await settled;
    expect(await one()).toMatchObject({
      status: 'queued',
      attempts: 0,
      last_error: 'not yet',
    });
  });

  it('hides the secrets of a run in what is kept of its failure', async () => {
    await add({});
    await start({
      async run(_job, { conceal }) {
        conceal('s3cr3t');
        throw new ProviderUnavailableError('cannot make s3cr3t');
      },
    });
    await waitFor(async () => (await one()).attempts === 1, 'it has failed');
    expect((await one()).last_error).toBe('cannot make [redacted]');
  });
});

it('a worker on SQLite takes up at once what a killed process was doing', async () => {
  const knex = await migratedDatabase(databases, 'SQLITE_3');
  const clock = testClock();
  await knex.transaction(tx =>
    enqueue(tx, clock, { kind: 'notify', subject: 'a:1', lane: OWN_LANE }),
  );
  await JobStore.create({ knex, clock, leaseMs: LEASE_MS }).claim(
    new Map([[OWN_LANE, 1]]),
  );
  let runs = 0;
  const worker = Worker.create({
    knex,
    clock,
    logger: mockServices.logger.mock(),
    handlers: {
      notify: {
        async run() {
          runs += 1;
          return { kind: 'done' };
        },
      },
    },
    lanes: new Map([[OWN_LANE, 1]]),
    leaseMs: LEASE_MS,
    pollMs: 60_000,
  });
  await worker.start();
  await waitFor(() => runs === 1, 'it has run');
  await worker.stop();
  expect(await knex('jobs')).toEqual([]);
});
