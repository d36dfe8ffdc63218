import { startBench } from '../testing';
import type { Bench } from '../testing';
import type { SandboxSettings } from '../types';

const BARE = 'bsk_0123456789abcdef';

let bench: Bench;

async function open(settings: Partial<SandboxSettings>) {
  bench = await startBench({ settings });
  return bench;
}

afterEach(() => bench.sandbox.stop());

/** Calls for longer than the cache lives. @returns the last status */
async function callOn({ call, sandbox }: Bench, key: string) {
  let status = 0;
  for (let second = 0; second < 13; second += 1) {
    sandbox.advance(1000);
    ({ status } = await call(key));
  }
  return status;
}

// What was measured on real gateways with a key in constant use.
describe.each<[string, Partial<SandboxSettings>, boolean, boolean]>([
  ['hash_keys: false', { hashKeys: false }, true, false],
  ['no hash function', { hashKeyFunction: undefined }, false, false],
  ['murmur32', { hashKeyFunction: 'murmur32' }, false, false],
  ['murmur64', { hashKeyFunction: 'murmur64' }, true, false],
  ['murmur128', { hashKeyFunction: 'murmur128' }, false, false],
  ['sha256', { hashKeyFunction: 'sha256' }, false, false],
  [
    'murmur128 without the session cache',
    { hashKeyFunction: 'murmur128', disableCachedSessionState: true },
    true,
    true,
  ],
])('with %s a deleted key', (_name, settings, tokenDies, bareDies) => {
  it(`${
    tokenDies ? 'dies at once' : 'lives on'
  } when presented as a token`, async () => {
    const { call, admin, createKey } = await open(settings);
    const { key } = await createKey();
    await call(key);
    await admin('DELETE', `/tyk/keys/${encodeURIComponent(key)}`);
    expect((await call(key)).status).toBe(tokenDies ? 403 : 200);
    expect(await callOn(bench, key)).toBe(tokenDies ? 403 : 200);
  });

  it(`${
    bareDies ? 'dies at once' : 'lives on'
  } when presented bare`, async () => {
    const { call, admin, createKey } = await open(settings);
    await createKey(BARE);
    await call(BARE);
    await admin('DELETE', `/tyk/keys/${BARE}?org_id=default`);
    expect((await call(BARE)).status).toBe(bareDies ? 403 : 200);
    expect(await callOn(bench, BARE)).toBe(bareDies ? 403 : 200);
    expect(bench.sandbox.inspect.keys()).toHaveLength(bareDies ? 0 : 1);
  });
});

describe('a deleted key', () => {
  it('is refused once it was idle for more than 10 s, whatever the setting', async () => {
    const { call, admin, createKey, sandbox } = await open({
      hashKeyFunction: 'murmur128',
    });
    const { key, hash } = await createKey();
    await call(key);
    await admin('DELETE', `/tyk/keys/${hash}?hashed=true`);
    sandbox.advance(10_001);
    expect((await call(key)).status).toBe(403);
    expect(sandbox.inspect.keys()).toEqual([]);
  });

  it('is not written back by calls that count no quota, so it only lives as long as the cache', async () => {
    const { call, admin, createKey, sandbox } = await open({
      hashKeyFunction: 'murmur128',
    });
    sandbox.edit.putPolicy({
      id: 'plan',
      partitions: { quota: true, rate_limit: true },
      quota_max: -1,
    });
    const { key, hash } = await createKey();
    await call(key);
    await admin('DELETE', `/tyk/keys/${hash}?hashed=true`);
    expect((await call(key)).status).toBe(200);
    expect(sandbox.inspect.keys()).toEqual([]);
    expect(await callOn(bench, key)).toBe(403);
  });

  it.each([
    ['5.13.1', 200],
    ['5.13.2', 403],
    ['5.14.0', 200],
    ['5.15.0', 403],
    ['v5.15.0-alpha11', 403],
  ])(
    'in use is, in version %s, answered with %d once the cache is over',
    async (version, status) => {
      for (const hashKeyFunction of ['sha256', 'murmur64'] as const) {
        const { call, admin, createKey, sandbox } = await open({
          hashKeyFunction,
          version,
        });
        const { key, hash } = await createKey(BARE);
        // A whole token with murmur64 dies at once anywhere.
        const presented = hashKeyFunction === 'murmur64' ? BARE : key;
        await call(presented);
        await admin('DELETE', `/tyk/keys/${hash}?hashed=true`);
        expect((await call(presented)).status).toBe(200);
        expect(await callOn(bench, presented)).toBe(status);
        expect(sandbox.inspect.keys()).toHaveLength(status === 200 ? 1 : 0);
        await sandbox.stop();
      }
    },
  );

  it.each(['5.14.0', '5.15.0'])(
    'is what a changed one is not: in version %s a change of a key in use never holds',
    async version => {
      const { call, admin, createKey, sandbox } = await open({
        hashKeyFunction: 'sha256',
        version,
      });
      sandbox.edit.putPolicy({
        id: 'off',
        partitions: { acl: true },
        is_inactive: true,
      });
      const { key, hash } = await createKey();
      await call(key);
      await admin('POST', `/tyk/keys/policy/${hash}`, {
        apply_policies: ['product', 'plan', 'off'],
      });
      expect(await callOn(bench, key)).toBe(200);
    },
  );

  it('is refused at the next call when a marker policy on it turns inactive', async () => {
    const { call, admin, sandbox } = await open({ hashKeyFunction: 'sha256' });
    const created = await admin('POST', '/tyk/keys/create', {
      org_id: 'default',
      apply_policies: ['product', 'plan', 'marker'],
    });
    const { key, key_hash: hash } = Object(created.body);
    await call(key);
    sandbox.edit.putPolicy({
      id: 'marker',
      partitions: { acl: true },
      is_inactive: true,
    });
    expect((await call(key)).body).toEqual({
      error: 'Key is inactive, please renew',
    });
    await admin('DELETE', `/tyk/keys/${hash}?hashed=true`);
    await call(key);
    expect(sandbox.inspect.keys()).toEqual([]);
  });
});
