/**
 * What stands between us and a command that we start, so that it cannot outlive us: whatever ends us, SIGKILL too, closes
 * the pipe that is this process's input, and then it ends the command with all that the command has started.
 *
 *   node keeper.mjs '{ "command": "…", "args": [], "user": { "uid": 1, "gid": 1 } }'
 *
 * It leads a process group of its own; a signal that it gets is for everybody there. It ends as the command does.
 */
import { spawn } from 'node:child_process';
import { PATIENCE_MS, signalGroup } from './groups.mjs';

const { command, args, user } = JSON.parse(process.argv[2]);

const passedOn = new Set();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    // The group is sent it with us in it.
    if (passedOn.has(signal)) return;
    passedOn.add(signal);
    signalGroup(process.pid, signal);
  });
}

// No input: the Backstage command restarts the backend for each line it reads.
const child = spawn(command, args, {
  ...user,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const over = () => signalGroup(process.pid, 'SIGKILL');
let left = false;

child.once('error', error => {
  console.error(error.message);
  process.exit(127);
});
child.once('exit', (code, signal) => {
  if (left) over();
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});

const leave = () => {
  if (left) return;
  left = true;
  signalGroup(process.pid, 'SIGTERM');
  setTimeout(over, PATIENCE_MS);
};
process.stdin.on('end', leave).on('error', leave).resume();
