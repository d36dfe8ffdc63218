/**
 * From a request that is given at once to a key that the gateway accepts, and from approvals to live keys: through a
 * whole backend, over HTTP, against what cannot be avoided, measured in turn at the same backend, database and Tyk.
 */
import { BenchBackend } from './BenchBackend';
import { onEachDatabase, type BackendDatabase } from './databases';
import { median, ms, ofRounds, report, say, timed, times } from './figures';
import { Portal } from './Portal';
import { SandboxProcess } from './SandboxProcess';
import { atOnce, unavoidable, type Unavoidable } from './unavoidable';

const ROUNDS = 5;
const WARMING_UP = 20;
const REQUESTS = 20;
const APPROVALS = 100;
const CONCURRENCIES = [1, 16];
const BULK = 1_000;
const BULK_ROUNDS = 3;
/** The most that one call takes. */
const OF_ONE_CALL = 100;
/** What the lane of a provider takes, unless the configuration says otherwise. */
const KEYS_AT_ONCE = 8;
/** Of which design and issue speak. */
const TRANSACTIONS = { ofRequest: 3, ofApproval: 2 };

async function timesOf(
  count: number,
  once: () => Promise<number>,
): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) {
    all.push(await once());
  }
  return all;
}

let applications = 0;
const application = () => `application ${applications++}`;

/** From asking to knowing that the gateway has the key. */
async function requestOnce(
  portal: Portal,
  sandbox: SandboxProcess,
): Promise<number> {
  let subscription = '';
  const time = await timed(async () => {
    subscription = await portal.subscribe({ application: application() });
    await portal.untilActive([subscription]);
  });
  const status = await portal.callWith(subscription, sandbox);
  if (status !== 200) {
    throw new Error(`The gateway answers a key that is there with ${status}`);
  }
  return time;
}

async function measureRequests(
  { name }: BackendDatabase,
  backend: BenchBackend,
  portal: Portal,
  sandbox: SandboxProcess,
  parts: Unavoidable,
): Promise<void> {
  const ratios: number[] = [];
  const all: Record<string, number[]> = {};
  const keep = (what: string, measured: number[]): number => {
    (all[what] ??= []).push(...measured);
    return median(measured);
  };
  for (let round = -1; round < ROUNDS; round++) {
    const count = round < 0 ? WARMING_UP : REQUESTS;
    const requests = await timesOf(count, () => requestOnce(portal, sandbox));
    await portal.untilIdle();
    const measured = {
      route: await timesOf(count, parts.emptyRoute),
      transaction: await timesOf(count, parts.transaction),
      creation: await timesOf(count, parts.createKey),
      reading: await timesOf(count, parts.readKey),
    };
    if (round >= 0) {
      const request = keep('request', requests);
      ratios.push(
        request /
          (keep('route', measured.route) +
            TRANSACTIONS.ofRequest * keep('transaction', measured.transaction) +
            keep('creation', measured.creation) +
            keep('reading', measured.reading)),
      );
    }
  }
  const p50 = (what: string) => ms(median(all[what]));
  report({
    name: 'auto-approved request → key accepted, p50',
    database: name,
    goal: { atMost: 1.5 },
    ...ofRounds(ratios),
    parts: `${p50('request')} ÷ (route ${p50('route')} + ${
      TRANSACTIONS.ofRequest
    } transactions of ${p50('transaction')} + key creation ${p50(
      'creation',
    )} + key read ${p50('reading')})`,
  });
  say(await countsOfRequest(backend, portal, sandbox));
}

/** What one request costs until all is quiet again. */
async function countsOfRequest(
  backend: BenchBackend,
  portal: Portal,
  sandbox: SandboxProcess,
): Promise<string> {
  await portal.untilIdle();
  const [before, jobs, calls] = await Promise.all([
    backend.usage(),
    portal.jobsEver(),
    sandbox.calls(),
  ]);
  for (let i = 0; i < REQUESTS; i++) {
    await portal.untilActive([
      await portal.subscribe({ application: application() }),
    ]);
  }
  await portal.untilIdle();
  const after = await backend.usage();
  const each = (count: number) => (count / REQUESTS).toFixed(1);
  return `    one such request: ${each(
    after.statements - before.statements,
  )} SQL statements, ${each((await portal.jobsEver()) - jobs)} jobs, ${each(
    (await sandbox.calls()).length - calls.length,
  )} calls to the gateway, ${each(
    after.told.length - before.told.length,
  )} notifications`;
}

/** How requests are approved, and below the line, how many are made at once. */
interface Approving {
  name: string;
  /** In each round. */
  requests: number;
  rounds: number;
  concurrency: number;
  approve(portal: Portal, requests: readonly string[]): Promise<void>;
}

const singly = (concurrency: number): Approving => ({
  name: `${ROUNDS * APPROVALS} approvals → live keys, ${concurrency} at once`,
  requests: APPROVALS,
  rounds: ROUNDS,
  concurrency,
  approve: (portal, requests) =>
    atOnce(concurrency, requests, async request => {
      if (!(await portal.approve(request))) {
        throw new Error('An approval was refused');
      }
    }),
});

/** One page of approvals after the other; the keys are made as many at once as the lane of a provider takes. */
const inBulk: Approving = {
  name: `bulk approval of ${BULK} requests → live keys`,
  requests: BULK,
  rounds: BULK_ROUNDS,
  concurrency: KEYS_AT_ONCE,
  approve: async (portal, requests) => {
    for (let i = 0; i < requests.length; i += OF_ONE_CALL) {
      await portal.approveAll(requests.slice(i, i + OF_ONE_CALL));
    }
  },
};

async function measureApprovals(
  { name: database }: BackendDatabase,
  backend: BenchBackend,
  portal: Portal,
  parts: Unavoidable,
  approving: Approving,
): Promise<void> {
  const { name, rounds, concurrency } = approving;
  const ratios: number[] = [];
  const all = { answers: 0, approvals: 0, keys: 0, transactions: 0 };
  const used = { statements: 0, processorMs: 0 };
  for (let round = 0; round < rounds; round++) {
    const requests: string[] = [];
    await atOnce(4, times(approving.requests), async () => {
      const { id } = await portal.request({
        application: application(),
        plan: 'gold',
      });
      requests.push(id);
    });
    await portal.untilIdle();
    const before = await backend.usage();
    const approvals = await timed(async () => {
      all.answers += await timed(() => approving.approve(portal, requests));
      await portal.untilCredentials(
        query =>
          query.whereIn(
            'subscription_id',
            portal
              .knex('subscriptions')
              .whereIn('access_request_id', requests)
              .select('id'),
          ),
        requests.length,
      );
    });
    await portal.untilIdle();
    const after = await backend.usage();
    used.statements += after.statements - before.statements;
    used.processorMs += after.processorMs - before.processorMs;
    const keys = await timed(() =>
      atOnce(concurrency, requests, async () => {
        await parts.createKey();
        await parts.readKey();
      }),
    );
    const transactions = await timed(() =>
      atOnce(
        concurrency,
        times(TRANSACTIONS.ofApproval * requests.length),
        () => parts.transaction(),
      ),
    );
    ratios.push(approvals / (keys + transactions));
    all.approvals += approvals;
    all.keys += keys;
    all.transactions += transactions;
  }
  const count = rounds * approving.requests;
  report({
    name,
    database,
    goal: { atMost: 2 },
    ...ofRounds(ratios),
    parts: `${ms(all.approvals)}, of which ${ms(
      all.answers,
    )} until all are answered ÷ (${count} key creations and reads ${ms(
      all.keys,
    )} + ${TRANSACTIONS.ofApproval * count} transactions ${ms(
      all.transactions,
    )})`,
  });
  say(
    `    one such approval: ${(used.statements / count).toFixed(
      1,
    )} SQL statements, ${ms(used.processorMs / count)} of the processor`,
  );
}

async function measure(database: BackendDatabase): Promise<void> {
  const sandbox = await SandboxProcess.start();
  const backend = await BenchBackend.start({
    database: database.config,
    providers: { quick: sandbox },
  });
  const portal = Portal.create(backend, database);
  try {
    await portal.untilReady('quick');
    const parts = await unavoidable(backend, portal.knex, sandbox);
    await measureRequests(database, backend, portal, sandbox, parts);
    for (const approving of [...CONCURRENCIES.map(singly), inBulk]) {
      await measureApprovals(database, backend, portal, parts, approving);
    }
  } finally {
    await portal.close();
    await backend.stop();
    sandbox.stop();
  }
}

async function main() {
  say('\nRequests and approvals');
  await onEachDatabase(measure);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
