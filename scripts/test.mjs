/**
 * `npm test`: everything that needs no browser download, on whatever is installed here. What was skipped, and
 * why, stands above the last line, which reads `N passed, N failed` (`, N skipped`).
 *
 *   npm test                      all of it
 *   npm test -- unit e2e          only these parts (see PARTS)
 *   npm run test:long             all of it, with every case of which the others take a sample
 *   npm test -- --no-install ...  takes the dependencies as they are
 */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { isAbsolute, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { interruption } from './lib/interruption.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { BACKSTAGE_CLI, inRoot } from './lib/paths.mjs';
import {
  POSTGRES_VARIABLE,
  findPostgres,
  startPostgres,
} from './lib/postgres.mjs';
import {
  addUp,
  countCheck,
  countJest,
  countNodeTest,
  countPlaywright,
  lastLine,
  slowestFiles,
} from './lib/results.mjs';
import { run } from './lib/run.mjs';

/** Of a failed part, this much of the end of its output is shown; all of it is in its log. */
const SHOWN_LINES = 300;
/** So many of the slowest files are named. */
const SLOWEST = 10;
const MOST_WORKERS = 4;
/**
 * One more than two cores have: a third of the time tests wait, for gateways that are slow on purpose and for databases.
 * And with a single one, a pool of connections that a test backend leaves open would keep the run from ending.
 */
const LEAST_WORKERS = 3;

/** A worker keeps what it has loaded for the next test file, and begins anew when it has become so large. */
const WORKER_MEMORY = '2GB';

/** For tests that say nothing else: a busy machine is slow, and one that hangs is ended all the same. */
const TEST_TIMEOUT_MS = 60_000;

const LOGS = inRoot('.data', 'logs', 'test');
const bin = (...parts) => inRoot('node_modules', ...parts);
const report = name => `${LOGS}/${name}.json`;

/**
 * @typedef {object} Part
 * @property {string} what
 * @property {string[]} args  for Node
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(exitCode: number, name: string) => import('./lib/results.mjs').Counts} count
 * @property {() => string | undefined} [cannotRun]  why not, where it cannot
 * @property {boolean} [needsPostgres]
 * @property {boolean} [long]  only where everything is gone through
 * @property {boolean} [alone]  takes every core by itself; what does not runs beside the browser, which mostly waits
 */

/** @type {Record<string, Part>} */
const PARTS = {
  types: {
    what: 'type check',
    args: [
      bin('typescript', 'bin', 'tsc'),
      '--noEmit',
      '--incremental',
      '--tsBuildInfoFile',
      inRoot('.cache', 'test.tsbuildinfo'),
    ],
    count: countCheck,
  },
  lint: {
    what: 'lint',
    args: [BACKSTAGE_CLI, 'repo', 'lint', '--max-warnings', '0'],
    count: countCheck,
  },
  format: {
    what: 'formatting',
    args: [bin('prettier', 'bin-prettier.js'), '--check', '.'],
    count: countCheck,
  },
  reports: {
    what: 'reports of what the packages export',
    args: [inRoot('scripts', 'api-reports.mjs'), '--ci'],
    count: countCheck,
  },
  scripts: {
    what: 'tests of the scripts',
    args: [
      '--test',
      '--test-reporter=tap',
      // Node 20 takes a folder here and Node 22 a pattern; both take files.
      ...readdirSync(inRoot('scripts', 'test')).map(file =>
        inRoot('scripts', 'test', file),
      ),
    ],
    count: (exitCode, name) =>
      countNodeTest(readFileSync(logOf(name), 'utf8'), exitCode),
  },
  unit: {
    what: 'unit, integration and contract tests',
    args: [
      BACKSTAGE_CLI,
      'repo',
      'test',
      `--maxWorkers=${Math.min(
        MOST_WORKERS,
        Math.max(LEAST_WORKERS, cpus().length),
      )}`,
      `--testTimeout=${TEST_TIMEOUT_MS}`,
      `--workerIdleMemoryLimit=${WORKER_MEMORY}`,
      '--json',
      `--outputFile=${report('unit')}`,
    ],
    // Without CI, the command would watch. Docker is for those who ask for it.
    env: { CI: 'true', BACKSTAGE_TEST_DISABLE_DOCKER: '1' },
    count: (exitCode, name) => countJest(readReport(name), exitCode),
    needsPostgres: true,
    alone: true,
  },
  'four-backends': {
    what: 'four backends on one PostgreSQL, nothing lost and nothing twice',
    args: [inRoot('test', 'load', 'bench.mjs'), 'fourBackends'],
    count: countCheck,
    needsPostgres: true,
    long: true,
    alone: true,
  },
  e2e: {
    what: 'end to end in Chromium',
    args: [
      bin('@playwright', 'test', 'cli.js'),
      'test',
      '--config=test/e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e') },
    count: (exitCode, name) => countPlaywright(readReport(name), exitCode),
    cannotRun: () =>
      findChromium()
        ? undefined
        : 'no Chromium found (install chromium or google-chrome, or set CHROMIUM_PATH)',
  },
};

async function main() {
  requireSupportedNode();
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'no-install': { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
    },
  });
  const names =
    positionals.length > 0
      ? positionals
      : Object.keys(PARTS).filter(name => flags.long || !PARTS[name].long);
  const unknown = names.find(name => !(name in PARTS));
  if (unknown) {
    throw new Error(
      `There is no part '${unknown}'; parts are ${Object.keys(PARTS).join(
        ', ',
      )}`,
    );
  }
  if (!flags['no-install']) await ensureInstalled(line => console.log(line));
  rmSync(LOGS, { recursive: true, force: true });

  const interrupted = interruption();

  const database = await provideDatabase(names);
  const env = {
    ...database.env,
    ...(flags.long ? { API_PRODUCTS_LONG_TESTS: 'true' } : {}),
  };
  const results = [database.counts];
  const inTurn = async chosen => {
    for (const name of chosen) {
      if (interrupted.aborted) throw new Error('Interrupted');
      results.push(await runPart(name, env, interrupted));
    }
  };
  const alone = names.filter(name => PARTS[name].alone);
  const browser = names.filter(name => name === 'e2e');
  const beside = names.filter(name => ![...alone, ...browser].includes(name));
  try {
    await Promise.all([inTurn(browser), inTurn(beside)]);
    await inTurn(alone);
  } finally {
    await database.stop();
  }
  conclude(addUp(results));
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} extraEnv
 * @param {AbortSignal} signal
 */
async function runPart(name, extraEnv, signal) {
  const { what, args, env, count, cannotRun } = PARTS[name];
  const reason = cannotRun?.();
  if (reason) {
    console.log(`${what}: skipped, ${reason}`);
    return { passed: 0, failed: 0, skipped: [`${what}: ${reason}`] };
  }
  const startedAt = Date.now();
  const exitCode = await run(args, {
    logFile: logOf(name),
    env: { ...extraEnv, ...env },
    signal,
  });
  const counts = count(exitCode, name);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`${what}: ${lastLine(counts)} (${seconds} s)`);
  for (const slow of slowestFiles(readReport(name), SLOWEST)) {
    console.log(`  ${Math.round(slow.seconds)} s ${inShort(slow.file)}`);
  }
  if (counts.failed > 0) showLog(name);
  return counts;
}

/**
 * A PostgreSQL server for the tests that run on both databases: the one the environment names, or a
 * throw-away one.
 * @param {string[]} names
 */
async function provideDatabase(names) {
  const nothing = {
    counts: addUp([]),
    env: {},
    stop: async () => {},
  };
  const isNeeded = names.some(name => PARTS[name].needsPostgres);
  if (!isNeeded || process.env[POSTGRES_VARIABLE]) return nothing;
  const binaries = findPostgres();
  if (!binaries) {
    const reason = `no server found (install postgresql, or set ${POSTGRES_VARIABLE})`;
    console.log(`tests on PostgreSQL: skipped, ${reason}`);
    const skipped = [`tests on PostgreSQL: ${reason}`];
    return { ...nothing, counts: { ...nothing.counts, skipped } };
  }
  const server = await startPostgres(binaries, logOf('postgres'));
  console.log(`PostgreSQL from ${binaries}, only for this run`);
  return {
    ...nothing,
    env: { [POSTGRES_VARIABLE]: server.url },
    stop: server.stop,
  };
}

/** @param {import('./lib/results.mjs').Counts} counts */
function conclude(counts) {
  if (counts.skipped.length > 0) {
    console.log('\nSkipped:');
    counts.skipped.forEach(line => console.log(`  ${line}`));
  }
  const skippedInCi = Boolean(process.env.CI) && counts.skipped.length > 0;
  if (skippedInCi) {
    console.log('Nothing may be skipped where CI is set: this run has failed.');
  }
  console.log('');
  console.log(lastLine(counts));
  process.exitCode = counts.failed > 0 || skippedInCi ? 1 : 0;
}

function logOf(name) {
  return `${LOGS}/${name}.log`;
}

const inShort = file => (isAbsolute(file) ? relative(inRoot(), file) : file);

function readReport(name) {
  try {
    return JSON.parse(readFileSync(report(name), 'utf8'));
  } catch {
    return undefined;
  }
}

function showLog(name) {
  const lines = readFileSync(logOf(name), 'utf8').trimEnd().split('\n');
  const shown = lines.slice(-SHOWN_LINES);
  console.log(`  ── ${logOf(name)}, last ${shown.length} lines`);
  shown.forEach(line => console.log(`  │ ${line}`));
}

main().catch(error => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
