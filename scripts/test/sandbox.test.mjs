import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { request, waitFor } from '../lib/http.mjs';
import { ROOT } from '../lib/paths.mjs';
import { DEMO_PORTS, portsFrom } from '../lib/ports.mjs';
import { SANDBOX_ARGS, SANDBOX_ENV } from '../lib/sandbox.mjs';
import { startService } from '../lib/services.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

describe('the sandbox of the demo portal', () => {
  const ports = {};
  let service;

  before(async () => {
    for (const face of ['GATEWAY', 'DASHBOARD', 'CONTROL']) {
      ports[`TYK_SANDBOX_${face}_PORT`] = await freePort();
    }
    const variables = Object.entries(ports).map(([name, port]) => [
      name,
      String(port),
    ]);
    service = startService({
      name: 'sandbox',
      args: SANDBOX_ARGS,
      cwd: ROOT,
      env: {
        ...process.env,
        ...SANDBOX_ENV,
        ...Object.fromEntries(variables),
        TYK_SANDBOX_DASHBOARD_KEY: 'key-of-this-test',
      },
      logFile: join(folder, 'sandbox.log'),
    });
    const ended = new AbortController();
    service.ended.then(how => ended.abort(new Error(`sandbox ${how}`)));
    await waitFor('the sandbox', () => ask('CONTROL', '/settings'), {
      timeoutMs: 60_000,
      signal: ended.signal,
    });
  });

  after(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (face, path, headers = {}) =>
    request(`http://127.0.0.1:${ports[`TYK_SANDBOX_${face}_PORT`]}${path}`, {
      headers,
    });

  it('answers as a gateway and as a Dashboard in front of it', async () => {
    const gateway = await (await ask('GATEWAY', '/hello')).json();
    assert.equal(gateway.status, 'pass');
    const dashboard = await (await ask('DASHBOARD', '/hello')).json();
    assert.equal(dashboard.status, 'ok');
  });

  it('shows the APIs of the examples to the user of the Dashboard', async () => {
    const headers = { authorization: 'key-of-this-test' };
    const answer = await ask('DASHBOARD', '/api/apis?p=-2', headers);
    const { apis } = await answer.json();
    const ids = apis.map(api => api.api_definition.api_id);
    assert.ok(ids.includes('payments'), ids.join(', '));
  });
});

describe('the ports of the demo portal', () => {
  it('are those of the documentation, and each can be set', () => {
    assert.equal(DEMO_PORTS.TYK_SANDBOX_DASHBOARD_PORT, 8182);
    const env = { TYK_SANDBOX_DASHBOARD_PORT: '9000' };
    const ports = portsFrom(DEMO_PORTS, env);
    assert.equal(ports.TYK_SANDBOX_DASHBOARD_PORT, 9000);
    assert.equal(ports.TYK_SANDBOX_GATEWAY_PORT, 8181);
    assert.throws(
      () => portsFrom(DEMO_PORTS, { TYK_SANDBOX_DASHBOARD_PORT: 'x' }),
      /TYK_SANDBOX_DASHBOARD_PORT is not a port: x/,
    );
  });
});
