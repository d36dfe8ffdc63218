/**
 * What a key and its revocation take while others are busy: a flood of notices, and another provider that answers after
 * half a minute. And what keys cost that wait for their product.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { BenchBackend } from './BenchBackend';
import { onEachDatabase, type BackendDatabase } from './databases';
import { median, ms, ofRounds, report, say, timed, times } from './figures';
import { API_ID } from './portalEntities';
import { Portal } from './Portal';
import { SandboxProcess } from './SandboxProcess';
import { atOnce } from './unavoidable';

const NOTICES = 2_000;
/** What a notifications backend takes for each. */
const NOTICE_MS = 100;
const LATE_MS = 30_000;
const KEYS_THERE = 20;
const ROUNDS = 3;
const SAMPLES = 5;
const WATCHED_MS = 15_000;
/** Until keys have found that they wait, which the first failures of their product remind them of. */
const SETTLING_MS = 10_000;

let applications = 0;
const application = () => `application ${applications++}`;

interface Times {
  key: number;
  revocation: number;
}

/** A key, and what it takes until the gateway refuses it again. */
async function keyAndRevocation(
  portal: Portal,
  sandbox: SandboxProcess,
): Promise<Times> {
  let subscription = '';
  const key = await timed(async () => {
    subscription = await portal.subscribe({ application: application() });
    await portal.untilActive([subscription]);
  });
  const hash = await portal.hashOf(subscription);
  const headers = await portal.reveal(subscription);
  const revocation = await timed(async () => {
    await portal.revoke(subscription);
    // Not by calling with it: a key in use can be kept alive by the gateway.
    while (await sandbox.readKey(hash)) {
      await pause(3);
    }
  });
  if ((await sandbox.call(headers, API_ID)) < 400) {
    throw new Error('The gateway accepts a key that is gone');
  }
  return { key, revocation };
}

/** Medians of each round. */
async function rounds(
  portal: Portal,
  sandbox: SandboxProcess,
): Promise<Times[]> {
  const all: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const measured: Times[] = [];
    for (let i = 0; i < SAMPLES; i++) {
      measured.push(await keyAndRevocation(portal, sandbox));
    }
    all.push({
      key: median(measured.map(({ key }) => key)),
      revocation: median(measured.map(({ revocation }) => revocation)),
    });
  }
  return all;
}

/** The same, while notices wait. */
async function amongNotices(
  portal: Portal,
  sandbox: SandboxProcess,
): Promise<Times[]> {
  await portal.putNotices(NOTICES);
  const all = await rounds(portal, sandbox);
  if ((await portal.forgetNotices()) === 0) {
    throw new Error('All notices were sent before the keys were measured');
  }
  return all;
}

/** Asks for keys there, whatever becomes of them. */
const keysAtSlow = (portal: Portal): Promise<void> =>
  atOnce(KEYS_THERE, times(KEYS_THERE), async () => {
    await portal.request({ application: application(), provider: 'slow' });
  });

const statementsIn = async (
  backend: BenchBackend,
  milliseconds: number,
): Promise<number> => {
  const before = await backend.usage();
  await pause(milliseconds);
  const after = await backend.usage();
  return ((after.statements - before.statements) * 1_000) / milliseconds;
};

async function measureWaiting(
  { name }: BackendDatabase,
  backend: BenchBackend,
  portal: Portal,
): Promise<void> {
  await pause(SETTLING_MS);
  const without = await statementsIn(backend, WATCHED_MS);
  await keysAtSlow(portal);
  await pause(SETTLING_MS);
  const waiting = await statementsIn(backend, WATCHED_MS);
  report({
    name: `${KEYS_THERE} keys that wait for a product, statements a second`,
    database: name,
    goal: { atMost: 1 },
    value: waiting - without,
    parts: `${waiting.toFixed(2)} − ${without.toFixed(2)} without them`,
  });
}

async function measure(database: BackendDatabase): Promise<void> {
  const quick = await SandboxProcess.start();
  const slow = await SandboxProcess.start();
  await slow.refusePolicies();
  const backend = await BenchBackend.start(
    { database: database.config, providers: { quick, slow } },
    { noticeMs: NOTICE_MS },
  );
  const portal = Portal.create(backend, database);
  const against = (
    what: string,
    alone: Times[],
    busy: Times[],
    which: keyof Times,
  ) => {
    const middle = median(alone.map(one => one[which]));
    const measured = busy.map(one => one[which]);
    report({
      name: `${which} ${what}`,
      database: database.name,
      goal: { atMost: 2 },
      ...ofRounds(measured.map(time => time / middle)),
      parts: `${ms(median(measured))} ÷ ${ms(middle)} without`,
    });
  };
  try {
    await portal.untilPoliciesAreAt('quick');
    await measureWaiting(database, backend, portal);
    await slow.recover();
    await portal.bringForward('slow');
    await portal.untilReady('slow');
    await rounds(portal, quick);
    const alone = await rounds(portal, quick);
    const amongThem = await amongNotices(portal, quick);
    await portal.untilIdle();
    alone.push(...(await rounds(portal, quick)));
    await slow.slowDown(LATE_MS);
    const keys = keysAtSlow(portal);
    const besideSlow = await rounds(portal, quick);
    const withBoth = await amongNotices(portal, quick);
    await keys;
    for (const which of ['key', 'revocation'] as const) {
      against(`while ${NOTICES} notices wait`, alone, amongThem, which);
      against('beside a provider that takes 30 s', alone, besideSlow, which);
      against('with both', alone, withBoth, which);
    }
  } finally {
    await portal.close();
    await backend.stop();
    quick.stop();
    slow.stop();
  }
}

async function main() {
  say('\nKeys and revocations beside what is slow or much');
  await onEachDatabase(measure);
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
