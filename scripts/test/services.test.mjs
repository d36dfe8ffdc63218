import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
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
