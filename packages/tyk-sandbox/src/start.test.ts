import { start } from './start';
import { startBench, tokenApi } from './testing';
import type { Bench } from './testing';

let bench: Bench;

afterEach(() => bench?.sandbox.stop());

describe('a sandbox', () => {
  it('can be started again on the port it had, while a client still holds a connection', async () => {
    bench = await startBench();
    await bench.admin('GET', '/hello');
    bench.sandbox.faults.add({ kind: 'hang', match: { path: 'hang' } });
    const hanging = Promise.allSettled([bench.call('any', '/hang')]);
    const gatewayPort = Number(new URL(bench.sandbox.gatewayUrl).port);
    await bench.sandbox.stop();
    await bench.sandbox.stop();
    expect(await hanging).toMatchObject([{ status: 'rejected' }]);
    bench = await startBench({ gatewayPort });
    expect((await bench.admin('GET', '/hello')).status).toBe(200);
  });

  it('says so when a port is taken', async () => {
    bench = await startBench();
    const port = Number(new URL(bench.sandbox.gatewayUrl).port);
    await expect(start({ gatewayPort: port })).rejects.toThrow('EADDRINUSE');
    await expect(start({ controlPort: port })).rejects.toThrow('EADDRINUSE');
  });

  it('follows a reload of the group after a while', async () => {
    bench = await startBench({ reloadDelayMs: 500 });
    const { admin, sandbox } = bench;
    await admin('PUT', '/tyk/policies/late', { id: 'late' });
    await admin('GET', '/tyk/reload/group');
    expect((await admin('GET', '/tyk/policies/late')).status).toBe(404);
    sandbox.advance(500);
    expect((await admin('GET', '/tyk/policies/late')).status).toBe(200);
    expect(sandbox.inspect.policyFiles()).toEqual(sandbox.inspect.policies());
  });

  it('runs on the clock of the system where it is given none', async () => {
    const sandbox = await start();
    const before = Date.now();
    await fetch(`${sandbox.gatewayUrl}/hello`);
    const [call] = sandbox.inspect.calls();
    expect(call.at).toBeGreaterThanOrEqual(before);
    expect(sandbox.controlUrl).toBeUndefined();
    await sandbox.stop();
  });

  it('goes back to its seed', async () => {
    bench = await startBench({ settings: { hashKeys: false } });
    const { sandbox, createKey } = bench;
    await createKey();
    sandbox.edit.removePolicy('plan');
    sandbox.setSettings({ hashKeys: true });
    sandbox.reset();
    expect(sandbox.settings.hashKeys).toBe(false);
    expect(sandbox.inspect.keys()).toEqual([]);
    expect(sandbox.inspect.policies().map(policy => policy.id)).toEqual([
      'product',
      'plan',
    ]);
  });

  it('forgets a key behind the back of its user', async () => {
    bench = await startBench();
    const { hash } = await bench.createKey();
    expect(bench.sandbox.edit.removeKey(hash)).toBe(true);
    const answer = await bench.admin('GET', `/tyk/keys/${hash}?hashed=true`);
    expect(answer.status).toBe(404);
  });
});

describe('proxied APIs', () => {
  const TOKEN = {
    use_param: true,
    param_name: 'key',
    use_cookie: true,
    cookie_name: 'key',
    auth_header_name: 'X-Key',
  };

  it('take the token from where the definition says', async () => {
    bench = await startBench({
      seed: {
        apis: [tokenApi('echo', { auth_configs: { authToken: TOKEN } })],
      },
    });
    const { key } = await bench.createKey();
    const status = async (query: string, headers: Record<string, string>) => {
      const url = `${bench.sandbox.gatewayUrl}/echo/a${query}`;
      return (await fetch(url, { headers })).status;
    };
    expect(await status('', { 'x-key': key })).toBe(200);
    expect(await status('', { 'x-key': `Bearer ${key}` })).toBe(200);
    expect(await status('', { cookie: `a=b; key=${key}` })).toBe(200);
    expect(await status(`?key=${encodeURIComponent(key)}`, {})).toBe(200);
    expect(await status('', { authorization: key })).toBe(401);
  });

  it('are not there where they are inactive, internal or unknown', async () => {
    bench = await startBench({
      seed: {
        apis: [
          tokenApi('off', { active: false }),
          tokenApi('inner', { internal: true }),
        ],
      },
    });
    for (const path of ['/off/', '/inner/', '/none', '/']) {
      const answer = await bench.call('key', path);
      expect([answer.status, answer.text]).toEqual([404, 'Not Found']);
    }
  });

  it('let everybody in where they are keyless', async () => {
    bench = await startBench({
      seed: {
        apis: [
          tokenApi('open', { use_keyless: true, use_standard_auth: false }),
        ],
      },
    });
    const answer = await bench.call('', '/open');
    expect(answer.body).toEqual({ ok: true, method: 'GET', path: '/' });
  });

  it('say so where the sandbox does not know the way to sign in', async () => {
    const hmac = { enable_signature_checking: true, use_standard_auth: false };
    bench = await startBench({ seed: { apis: [tokenApi('hmac', hmac)] } });
    expect((await bench.call('key', '/hmac/')).status).toBe(501);
  });

  it('only open the versions of the key', async () => {
    const versioned = {
      definition: { location: 'header', key: 'x-version' },
      version_data: {
        not_versioned: false,
        default_version: 'Default',
        versions: {},
      },
    };
    bench = await startBench({
      seed: { apis: [tokenApi('echo', versioned)] },
    });
    const { key } = await bench.createKey();
    const url = `${bench.sandbox.gatewayUrl}/echo/`;
    const status = async (version: string) =>
      (
        await fetch(url, {
          headers: { authorization: key, 'x-version': version },
        })
      ).status;
    expect(await status('Default')).toBe(200);
    expect(await status('v2')).toBe(403);
    expect((await bench.call(key)).status).toBe(200);
  });
});
