/**
 * Four backends on one PostgreSQL, the clock of one of them an hour off: requests and decisions at once, each decision
 * asked for by two people at two backends. Nothing may be lost and nothing done twice, or this fails; the throughput is
 * measured beside that of one backend.
 */
import { BenchBackend } from './BenchBackend';
import {
  hasSharedDatabase,
  sayWhatIsMissing,
  sharedDatabase,
  type BackendDatabase,
} from './databases';
import { report, say, timed, times } from './figures';
import { Portal } from './Portal';
import { SandboxProcess } from './SandboxProcess';
import { atOnce } from './unavoidable';

const REQUESTS = 250;
const DECISIONS = 250;
const AT_ONCE = 16;
const HOUR = 60 * 60_000;

function mustBe(what: string, is: unknown, wanted: unknown): void {
  const [a, b] = [is, wanted].map(value => JSON.stringify(value));
  if (a !== b) {
    throw new Error(`${what}: ${a} and not ${b}`);
  }
}

/** How often each of them is there more than once. */
const doubled = (all: readonly string[]): string[] =>
  all.filter((one, i) => all.indexOf(one) !== i);

/** How often the gateway was told to make a key. */
async function made(sandbox: SandboxProcess): Promise<number> {
  const calls = await sandbox.calls();
  return calls.filter(
    ({ method, path }) => method === 'POST' && path.startsWith('/tyk/keys/'),
  ).length;
}

async function expectAllOnce(
  portal: Portal,
  backends: readonly BenchBackend[],
  sandbox: SandboxProcess,
  before: { keys: number; made: number },
): Promise<void> {
  const { knex } = portal;
  const wanted = REQUESTS + DECISIONS;
  const lines: { subject: string; event: string }[] = await knex('history')
    .where('subject', 'like', 'access-request:%')
    .select('subject', 'event');
  mustBe(
    'lines of history that say one thing twice',
    doubled(lines.map(({ subject, event }) => `${subject} ${event}`)),
    [],
  );
  const applications: { application_id: string }[] = await knex(
    'subscriptions',
  ).select('application_id');
  mustBe('subscriptions', applications.length, wanted);
  mustBe(
    'applications that are subscribed twice',
    doubled(applications.map(({ application_id }) => application_id)),
    [],
  );
  const credentials: { status: string; provider_reference: string }[] =
    await knex('credentials').select('status', 'provider_reference');
  mustBe(
    'keys that are not live',
    credentials.filter(({ status }) => status !== 'active'),
    [],
  );
  const hashes = (await sandbox.keys()).map(({ hash }) => hash);
  mustBe('keys at the gateway', hashes.length - before.keys, wanted);
  mustBe(
    'keys that the gateway lacks',
    credentials.filter(
      ({ provider_reference }) => !hashes.includes(provider_reference),
    ),
    [],
  );
  mustBe('keys that were made', (await made(sandbox)) - before.made, wanted);
  mustBe(
    'jobs that were given up',
    await knex('jobs').where({ status: 'failed' }).select('kind', 'last_error'),
    [],
  );
  const told = (
    await Promise.all(
      backends.map(async backend => (await backend.usage()).told),
    )
  ).flat();
  mustBe('notifications that were sent twice', doubled(told), []);
}

/** @returns milliseconds until all keys are live */
async function run(
  database: BackendDatabase,
  clockOffsets: readonly number[],
): Promise<number> {
  const sandbox = await SandboxProcess.start();
  const backends: BenchBackend[] = [];
  const portals: Portal[] = [];
  try {
    for (const clockOffset of clockOffsets) {
      const backend = await BenchBackend.start(
        { database: database.config, providers: { quick: sandbox } },
        { clockOffset },
      );
      backends.push(backend);
      portals.push(Portal.create(backend, database));
    }
    const at = (i: number): Portal => portals[i % portals.length];
    await Promise.all(portals.map(portal => portal.untilReady('quick')));
    const requests = new Map<number, string>();
    await atOnce(AT_ONCE, times(DECISIONS), async i => {
      const { id } = await at(i).request({
        application: `decided ${i}`,
        plan: 'gold',
      });
      requests.set(i, id);
    });
    await at(0).untilIdle();
    const before = {
      keys: (await sandbox.keys()).length,
      made: await made(sandbox),
    };
    const taken = await timed(async () => {
      await Promise.all([
        atOnce(AT_ONCE, times(REQUESTS), i =>
          at(i).subscribe({ application: `given ${i}` }),
        ),
        atOnce(AT_ONCE, [...requests], async ([i, request]) => {
          const decided = await Promise.all([
            at(i).approve(request, 'omar'),
            at(i + 1).approve(request, 'paula'),
          ]);
          mustBe(
            'decisions about one request',
            decided.filter(Boolean).length,
            1,
          );
        }),
      ]);
      await at(0).untilCredentials(query => query, REQUESTS + DECISIONS);
    });
    await at(0).untilIdle();
    await expectAllOnce(at(0), backends, sandbox, before);
    return taken;
  } finally {
    await Promise.all(portals.map(portal => portal.close()));
    await Promise.all(backends.map(backend => backend.stop()));
    sandbox.stop();
  }
}

async function onItsOwn(clockOffsets: readonly number[]): Promise<number> {
  const database = await sharedDatabase();
  if (!database) {
    throw new Error('There is no PostgreSQL');
  }
  try {
    return await run(database, clockOffsets);
  } finally {
    await database.remove();
  }
}

async function main() {
  if (!hasSharedDatabase()) {
    sayWhatIsMissing();
    return;
  }
  say('\nFour backends on one database, one of them with a clock an hour off');
  const one = await onItsOwn([0]);
  const four = await onItsOwn([0, 0, 0, HOUR]);
  const each = (time: number) =>
    `${((1_000 * (REQUESTS + DECISIONS)) / time).toFixed(0)} keys/s`;
  say(
    `  none of ${REQUESTS} requests and ${DECISIONS} decisions was lost, none done twice`,
  );
  report({
    name: 'throughput of four backends ÷ of one',
    database: 'PostgreSQL',
    goal: { atLeast: 1 },
    value: one / four,
    parts: `${each(four)} ÷ ${each(one)}, all on one machine`,
  });
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
