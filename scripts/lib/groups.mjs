/** Processes that end together with all their own children, and with us. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KEEPER = fileURLToPath(new URL('keeper.mjs', import.meta.url));

/** For what is asked to end, before it is made to. */
export const PATIENCE_MS = 8_000;

/**
 * Starts a command below a keeper, which leads a process group of its own: see there.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {'pipe' | number} options.output  what it prints: to us, or to an open file
 * @param {{ uid: number, gid: number }} [options.user]  who to run as
 */
export function spawnKept(command, args, { cwd, env, output, user }) {
  const child = spawn(
    process.execPath,
    [KEEPER, JSON.stringify({ command, args, user })],
    {
      cwd,
      env,
      detached: process.platform !== 'win32',
      // Nothing is written to its input; that it closes tells the keeper that we are gone.
      stdio: ['pipe', output, output],
    },
  );
  child.once('exit', () => {
    // What it left behind, if anything.
    if (child.pid) signalGroup(child.pid, 'SIGKILL');
  });
  return child;
}

/**
 * Asks everybody below the keeper to end. The keeper tells them, and one that has not yet begun ends itself.
 *
 * @param {ReturnType<typeof spawnKept>} keeper
 * @param {NodeJS.Signals} signal
 */
export function askToEnd(keeper, signal) {
  if (process.platform !== 'win32') keeper.kill(signal);
  else if (keeper.pid) signalGroup(keeper.pid, signal);
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(leader, signal) {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(leader), '/T', '/F']);
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
