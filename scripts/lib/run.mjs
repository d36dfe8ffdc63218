import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { askToEnd, spawnKept } from './groups.mjs';
import { ROOT } from './paths.mjs';

/** Long enough for everything on two slow cores; a runner that hangs must not hang the machine. */
const TIMEOUT_MS = 45 * 60_000;

/**
 * Runs one command with Node; all it prints goes to a file.
 *
 * @param {string[]} args
 * @param {{ logFile: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 * @returns {Promise<number>} its exit code; 1 where it was ended from outside
 */
export function run(args, { logFile, env, signal }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  return new Promise((resolve, reject) => {
    const child = spawnKept(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      output: log,
    });
    const end = () => askToEnd(child, 'SIGTERM');
    const timer = setTimeout(end, TIMEOUT_MS);
    signal?.addEventListener('abort', end);
    child.once('error', reject);
    child.once('exit', code => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      closeSync(log);
      resolve(code ?? 1);
    });
  });
}
