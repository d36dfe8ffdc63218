/**
 * Long-running child processes: their output goes to a file each, their last lines are kept for the day
 * they die, and they end with all their own children, also where this process is killed.
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PATIENCE_MS, askToEnd, signalGroup, spawnKept } from './groups.mjs';

const LAST_LINES = 40;

/**
 * @typedef {object} Service
 * @property {string} name
 * @property {number | undefined} pid
 * @property {string} logFile
 * @property {() => boolean} running
 * @property {() => string[]} lastLines
 * @property {Promise<string>} ended  resolves with how it ended, when it did
 * @property {(signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {string} options.name
 * @param {string} [options.command]  Node, unless something else is named
 * @param {string[]} options.args
 * @param {{ uid: number, gid: number }} [options.user]  who to run as
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.logFile
 * @param {(line: string) => void} [options.onLine]
 * @returns {Service}
 */
export function startService(options) {
  const { name, args, cwd, env, logFile, onLine, user } = options;
  const { command = process.execPath } = options;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  /** @type {string[]} */
  const last = [];
  let running = true;

  const child = spawnKept(command, args, { cwd, env, output: 'pipe', user });

  const keep = lineReader(line => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
    onLine?.(line);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      log.write(chunk);
      keep(chunk.toString());
    });
  }

  /** @type {Promise<string>} */
  const ended = new Promise(resolve => {
    child.once('error', error => {
      running = false;
      last.push(error.message);
      resolve('could not be started');
    });
    child.once('close', (code, signal) => {
      running = false;
      log.end();
      resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`);
    });
  });

  return {
    name,
    pid: child.pid,
    logFile,
    running: () => running,
    lastLines: () => [...last],
    ended,
    async stop(signal = 'SIGTERM') {
      if (!running) return;
      askToEnd(child, signal);
      const timer = setTimeout(
        () => child.pid && signalGroup(child.pid, 'SIGKILL'),
        PATIENCE_MS,
      );
      await ended;
      clearTimeout(timer);
    },
  };
}

/** @param {(line: string) => void} onLine */
function lineReader(onLine) {
  let rest = '';
  return (/** @type {string} */ text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.filter(line => line.trim()).forEach(onLine);
  };
}
