import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

const LOOK_EVERY_MS = 500;

/**
 * @returns {AbortSignal} aborted when this process is asked to end. Where npm started it, that npm has ended means the
 *   same: npm passes a signal on to its shell only, which ends without a word to us.
 */
export function interruption() {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => interrupted.abort());
  }
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    const npm = shellsParent(parent);
    const look = setInterval(() => {
      if (process.ppid === parent && (!npm || isAlive(npm))) return;
      clearInterval(look);
      interrupted.abort();
    }, LOOK_EVERY_MS).unref();
  }
  return interrupted.signal;
}

/**
 * @param {number} pid
 * @returns {number | undefined} who started it, where it is a shell; some shells make room for their only command
 */
function shellsParent(pid) {
  try {
    const said = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    const [parent, ...name] = said.trim().split(/\s+/);
    return /^-?\w*sh$/.test(basename(name.join(' ')))
      ? Number(parent)
      : undefined;
  } catch {
    // No such command here, as on Windows: the end of the shell is noticed, that of npm alone is not.
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
