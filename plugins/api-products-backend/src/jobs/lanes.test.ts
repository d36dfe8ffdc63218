/** What keeps nobody waiting: lanes, urgency within a lane, order of what is due, and looking for it. */
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { JobRow } from '../lib/rows';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { waitFor } from '../testing/waitFor';
import type { JobHandler, Outcome } from './JobHandler';
import { enqueue, enqueueMissing, type NewJob } from './JobQueue';
import { JobStore } from './JobStore';
import { laneOf, OWN_LANE } from './lanes';
import { Worker } from './Worker';

jest.setTimeout(60_000);

const SLOW = laneOf('slow');
const QUICK = laneOf('quick');
const databases = testDatabases();

describe.each(databases.eachSupportedId())('lanes, %p', databaseId => {
  let knex: Knex;
  const clock = testClock();
  const workers: Worker[] = [];

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map(worker => worker.stop()));
  });

  async function start(handler: JobHandler, pollMs = 60_000): Promise<Worker> {
    const worker = Worker.create({
      knex,
      clock,
      logger: mockServices.logger.mock(),
      handlers: {
        notify: handler,
        'reconcile-credential': handler,
        'repair-drift': handler,
        'check-drift': handler,
        'reset-quota': handler,
      },
      lanes: new Map([
        [OWN_LANE, 4],
        [SLOW, 4],
        [QUICK, 4],
      ]),
      leaseMs: 30_000,
      pollMs,
    });
    workers.push(worker);
    await worker.start();
    return worker;
  }
  const add = (...jobs: NewJob[]) =>
    knex.transaction(async tx => {
      for (const job of jobs) await enqueue(tx, clock, job);
    });
  const fill = (count: number, job: Omit<NewJob, 'subject' | 'ifNone'>) =>
    knex.transaction(async tx => {
      for (let from = 0; from < count; from += 500) {
        const length = Math.min(500, count - from);
        await enqueueMissing(
          tx,
          clock,
          Array.from({ length }, (_, i) => ({
            ...job,
            subject: `filler:${from + i}`,
          })),
        );
      }
    });
  const left = (lane: JobRow['lane']): Promise<JobRow[]> =>
    knex('jobs').where({ lane });

  /** Hangs in the slow lane until it is aborted; takes as long as a quick answer everywhere else. */
  const hanging: JobHandler = {
    run: ({ lane }, { signal }) =>
      new Promise<Outcome>((resolve, reject) => {
        if (lane !== SLOW) {
          setTimeout(() => resolve({ kind: 'done' }), 20);
          return;
        }
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  };

  /** How long they take where the machine does nothing else meanwhile. */
  async function quickest(worker: Worker): Promise<number> {
    const times: number[] = [];
    for (let i = 0; i < 5; i++) times.push(await keyAndRevocation(worker));
    return Math.min(...times);
  }

  /** How long a key and then its revocation take at the quick provider. */
  async function keyAndRevocation(worker: Worker): Promise<number> {
    const began = performance.now();
    for (const takesAway of [false, true, true]) {
      await add({
        kind: 'reconcile-credential',
        subject: 'credential:1',
        lane: QUICK,
        takesAway,
      });
      worker.kick();
      await waitFor(async () => (await left(QUICK)).length === 0, 'it is done');
    }
    return performance.now() - began;
  }

  it('a provider that does not answer and 2 000 notices keep a key and a revocation at another one no longer than twice their time', async () => {
    const worker = await start(hanging);
    const alone = await quickest(worker);
    await fill(2_000, { kind: 'notify', lane: OWN_LANE });
    await fill(50, { kind: 'reconcile-credential', lane: SLOW });
    worker.kick();
    await waitFor(
      async () =>
        (await left(SLOW)).filter(({ status }) => status === 'running')
          .length === 4,
      'the slow provider is asked',
    );
    const among = await quickest(worker);
    expect((await left(OWN_LANE)).length).toBeGreaterThan(1_000);
    expect(await left(SLOW)).toHaveLength(50);
    // A tenth of a second is what a busy machine may take for itself.
    expect(among).toBeLessThan(2 * alone + 100);
  });

  it('takes away before it gives, and does what nobody waits for last', async () => {
    const store = JobStore.create({ knex, clock, leaseMs: 30_000 });
    await add(
      { kind: 'check-drift', subject: 'provider:quick', lane: QUICK },
      { kind: 'reset-quota', subject: 'credential:1', lane: QUICK },
      { kind: 'reconcile-credential', subject: 'credential:2', lane: QUICK },
    );
    clock.advance(1_000);
    await add({
      kind: 'reconcile-credential',
      subject: 'credential:3',
      lane: QUICK,
      takesAway: true,
    });
    // Asked for once more, now that it is to be taken away.
    await add(
      { kind: 'reconcile-credential', subject: 'credential:4', lane: QUICK },
      {
        kind: 'reconcile-credential',
        subject: 'credential:4',
        lane: QUICK,
        takesAway: true,
      },
      { kind: 'reconcile-credential', subject: 'credential:4', lane: QUICK },
    );
    const order: string[] = [];
    for (let i = 0; i < 5; i++) {
      const [job] = await store.claim(new Map([[QUICK, 1]]));
      order.push(`${job.kind} ${job.subject}`);
    }
    expect(order).toEqual([
      'reconcile-credential credential:3',
      'reconcile-credential credential:4',
      'reconcile-credential credential:2',
      'check-drift provider:quick',
      'reset-quota credential:1',
    ]);
  });

  it('claims no more than there are places, whatever other lanes have', async () => {
    const store = JobStore.create({ knex, clock, leaseMs: 30_000 });
    await fill(20, { kind: 'notify', lane: OWN_LANE });
    await add({
      kind: 'reconcile-credential',
      subject: 'credential:1',
      lane: QUICK,
    });
    const claimed = await store.claim(
      new Map([
        [OWN_LANE, 3],
        [QUICK, 2],
        [SLOW, 0],
      ]),
    );
    expect(claimed.map(({ lane }) => lane).sort()).toEqual([
      OWN_LANE,
      OWN_LANE,
      OWN_LANE,
      QUICK,
    ]);
  });

  it('is not held up by a job of the same key that is due tomorrow, but by one that runs', async () => {
    const store = JobStore.create({ knex, clock, leaseMs: 30_000 });
    const five = new Map([[QUICK, 5]]);
    const orderKey = 'credential:1';
    await add(
      {
        kind: 'repair-drift',
        subject: 'drift:1',
        lane: QUICK,
        orderKey,
        runAt: clock.now() + 24 * 60 * 60_000,
      },
      {
        kind: 'reconcile-credential',
        subject: 'credential:1',
        lane: QUICK,
        orderKey,
      },
      {
        kind: 'reset-quota',
        subject: 'credential:1',
        lane: QUICK,
        orderKey,
      },
    );
    const [removal, ...none] = await store.claim(five);
    expect(removal.kind).toBe('reconcile-credential');
    expect(none).toEqual([]);
    clock.advance(25 * 60 * 60_000);
    expect(await store.claim(five)).toEqual([]);
    await knex.transaction(tx => store.complete(tx, removal));
    const [oldest, ...others] = await store.claim(five);
    expect(oldest.kind).toBe('repair-drift');
    expect(others).toEqual([]);
  });

  it('runs one of a key even where two backends begin at the same moment', async () => {
    const jobs = Array.from({ length: 30 }, (_, i) => ({
      kind: 'reconcile-credential' as const,
      subject: `credential:${i}`,
      lane: QUICK,
      orderKey: `key:${i % 3}`,
      // Half of them become due while the others are claimed.
      runAt: clock.now() + (i % 2),
    }));
    await add(...jobs);
    let most = 0;
    const running = new Map<string, number>();
    const handler: JobHandler = {
      async run({ subject }) {
        const key = `${Number(subject.split(':')[1]) % 3}`;
        const now = (running.get(key) ?? 0) + 1;
        running.set(key, now);
        most = Math.max(most, now);
        await new Promise(resolve => setTimeout(resolve, 2));
        running.set(key, now - 1);
        return { kind: 'done' };
      },
    };
    await Promise.all([start(handler), start(handler)]);
    clock.advance(1);
    for (const worker of workers) worker.kick();
    await waitFor(
      async () => (await left(QUICK)).length === 0,
      'all of them are done',
    );
    expect(most).toBe(1);
  });

  it('also does what waits for a provider that is not configured', async () => {
    await add({
      kind: 'reconcile-credential',
      subject: 'credential:1',
      lane: laneOf('gone'),
    });
    await start(hanging);
    await waitFor(
      async () => (await left(laneOf('gone'))).length === 0,
      'it is done',
    );
    expect(await knex('jobs')).toEqual([]);
  });

  it('asks the database one thing at each look as long as nothing is due, and nothing per job', async () => {
    await fill(200, {
      kind: 'reset-quota',
      lane: QUICK,
      runAt: clock.now() + 1e9,
    });
    await start(hanging, 50);
    await new Promise(resolve => setTimeout(resolve, 100));
    const asked: string[] = [];
    const listen = ({ sql }: { sql: string }) => asked.push(sql);
    knex.on('query', listen);
    await new Promise(resolve => setTimeout(resolve, 500));
    knex.removeListener('query', listen);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThanOrEqual(11);
    expect(new Set(asked).size).toBe(1);
  });

  it('finds what becomes due when it is due, however seldom it looks', async () => {
    await start(hanging);
    await add({
      kind: 'reconcile-credential',
      subject: 'credential:1',
      lane: QUICK,
      runAt: clock.now() + 300,
    });
    workers[0].kick();
    setTimeout(() => clock.advance(300), 300);
    await waitFor(
      async () => (await left(QUICK)).length === 0,
      'it is done',
      5_000,
    );
    expect(await knex('jobs')).toEqual([]);
  });
});
