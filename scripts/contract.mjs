/**
 * `npm run test:contract`: the contract with Tyk, case by case, against a real installation that the environment names,
 * with the sandbox beside it for comparison. The table of results stands at the end, and in `.data/contract.md`.
 *
 *   npm run test:contract                     all cases
 *   npm run test:contract -- -t "live.* 5[78] "   only some; what follows `--` goes to Jest
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { adviceFor } from './lib/contract.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/paths.mjs';

const REPORT = inRoot('.data', 'contract.md');

function main() {
  requireSupportedNode();
  const advice = adviceFor(process.env);
  if (advice) {
    console.error(advice);
    return 2;
  }
  rmSync(REPORT, { force: true });
  const { status, signal } = spawnSync(
    process.execPath,
    [
      inRoot('node_modules', 'jest', 'bin', 'jest.js'),
      '--config=test/jest.config.js',
      '--runInBand',
      'contract/contract.test.ts',
      ...process.argv.slice(2),
    ],
    { cwd: inRoot(), stdio: 'inherit', env: { ...process.env, CI: 'true' } },
  );
  try {
    console.log(`\n${readFileSync(REPORT, 'utf8')}`);
  } catch {
    const why = signal ? `was ended by ${signal}` : `ended with ${status}`;
    console.error(`The suite ${why}, without a result.`);
    return 1;
  }
  return status ?? 1;
}

process.exitCode = main();
