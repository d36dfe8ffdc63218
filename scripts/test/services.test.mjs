import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startService } from '../lib/services.mjs';

const folder = mkdtempSync(join(tmpdir(), 'services-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function start(code, onLine) {
  return startService({
    name: 'example',
    args: ['-e', code],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'logs', 'example.log'),
    onLine,
  });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a service', () => {
  it('says how it ended and what it said last', async () => {
    const service = start(
      'console.log("one"); console.error("no port"); process.exit(3)',
    );

    assert.equal(await service.ended, 'ended with code 3');
    assert.deepEqual(service.lastLines().sort(), ['no port', 'one']);
    assert.equal(service.running(), false);
  });

  it('keeps all its output in a file', async () => {
    const service = start(
      'for (let i = 0; i < 200; i++) console.log("line " + i)',
    );
    await service.ended;

    assert.equal(service.lastLines().length, 40);
    assert.match(readFileSync(service.logFile, 'utf8'), /^line 0\n/);
  });

  it('ends together with what it has started', async () => {
    let tellPid;
    const saidPid = new Promise(resolve => {
      tellPid = resolve;
    });
    const service = start(
      `const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log('pid ' + child.pid); setInterval(() => {}, 1000)`,
      line => tellPid(Number(line.replace('pid ', ''))),
    );
    const pid = await saidPid;
    assert.equal(isAlive(pid), true);

    await service.stop();

    assert.equal(service.running(), false);
    while (isAlive(pid)) await new Promise(setImmediate);
  });
});

/** Each of them keeps a connection to the test while it lives: the system closes it however the process ends. */
describe('when a parent is killed', () => {
  /** @type {Map<string, number>} */
  const alive = new Map();
  const changes = new EventEmitter();
  const server = createServer(socket => {
    let name;
    socket.setEncoding('utf8').on('data', text => {
      const [said, pid] = text.split(' ');
      name = said;
      alive.set(name, Number(pid));
      changes.emit('change');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      alive.delete(name);
      changes.emit('change');
    });
  });
  const untilAlive = async count => {
    while (alive.size !== count) await once(changes, 'change');
  };

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address();
    const lives = name =>
      `require('net').connect(${port}, '127.0.0.1').resume().write('${name} ' + process.pid);`;
    const grandchild = `process.on('SIGTERM', () => {}); ${lives(
      'grandchild',
    )}`;
    const child = `${lives('child')}
      require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
        grandchild,
      )}])`;
    const lib = new URL('../lib/', import.meta.url);
    writeFileSync(
      join(folder, 'parent.mjs'),
      `import { connect } from 'node:net';
       import { interruption } from '${new URL('interruption.mjs', lib)}';
       import { startService } from '${new URL('services.mjs', lib)}';
       const service = startService({
         name: 'child',
         args: ['-e', ${JSON.stringify(child)}],
         cwd: ${JSON.stringify(folder)},
         env: process.env,
         logFile: ${JSON.stringify(join(folder, 'logs', 'child.log'))},
       });
       if (process.argv[2] === 'heeds') {
         interruption().addEventListener('abort', () => service.stop());
       }
       connect(${port}, '127.0.0.1').unref().write('parent ' + process.pid);`,
    );
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ scripts: { start: 'node parent.mjs heeds' } }),
    );
  });
  after(() => {
    alive.forEach(pid => process.kill(pid, 'SIGKILL'));
    server.close();
  });

  const node = [process.execPath, 'parent.mjs'];
  for (const [what, [command, ...args]] of [
    ['that heeds signals', [...node, 'heeds']],
    ['that heeds none', node],
    ['that is npm', ['npm', 'start']],
  ]) {
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      it(
        `by ${signal}, ${what}, nothing is left of it`,
        { timeout: 120_000 },
        async () => {
          const killed = spawn(command, args, { cwd: folder, stdio: 'ignore' });
          await untilAlive(3);
          killed.kill(signal);
          await untilAlive(0);
        },
      );
    }
  }
});
