/**
 * Case 44: users with passwords. The password is the chosen key; the user is named after the credential.
 */
import { inspect } from 'node:util';
import type {
  CredentialUpdate,
  ProviderCredential,
} from 'backstage-plugin-api-products-node';
import {
  CHOSEN_KEY,
  rejection,
  startBench,
  tokenApi,
} from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';
import { wantedOf } from '../__testUtils__/keyInUse';

let bench: Bench;

afterEach(() => bench.stop());

const BASIC = { use_standard_auth: false, use_basic_auth: true };
const ENCODED = Buffer.from(`bsu_c-1:${CHOSEN_KEY}`).toString('base64');

async function start(options: BenchOptions = {}) {
  bench = await startBench({
    ...options,
    sandbox: {
      ...options.sandbox,
      seed: { apis: [tokenApi('echo', BASIC), tokenApi('second', BASIC)] },
    },
  });
  const credential: ProviderCredential = {
    ...(await bench.offer()),
    kind: 'basic',
  };
  const wanted = wantedOf(credential);
  return {
    credential,
    change: (update: Partial<CredentialUpdate>) =>
      bench.provider.updateCredential('basic:bsu_c-1', {
        ...wanted,
        ...update,
      }),
  };
}

const call = (path?: string) => bench.call(`Basic ${ENCODED}`, path);

describe('a basic-auth credential', () => {
  it('case 44: is made, called with user and password, read and removed by its name', async () => {
    const { credential } = await start();
    const made = await bench.provider.putCredential(credential);
    expect(made).toEqual({
      reference: 'basic:bsu_c-1',
      secret: ENCODED,
      headerName: 'Authorization',
      headerPrefix: 'Basic ',
      warning: expect.stringContaining('disable_cached_session_state'),
    });
    expect((await call()).status).toBe(200);
    expect((await call('/second/a')).status).toBe(403);
    expect(await bench.provider.readCredential(made.reference)).toMatchObject({
      apiIds: ['echo'],
      rateLimit: { requests: 100, per: 60 },
      quotaRemaining: 9,
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
      credentialId: 'c-1',
      suspended: false,
    });
    await bench.provider.removeCredential({
      reference: made.reference,
      credentialId: 'c-1',
    });
    expect(bench.keys()).toEqual([]);
    expect(await bench.provider.readCredential(made.reference)).toBeUndefined();
  });

  it('case 61: put twice makes one user with the same password and leaves the quota alone', async () => {
    const { credential } = await start();
    const first = await bench.provider.putCredential(credential);
    await call();
    await call();
    expect(await bench.provider.putCredential(credential)).toEqual(first);
    expect(bench.keys()).toHaveLength(1);
    expect((await call()).status).toBe(200);
    const state = await bench.provider.readCredential(first.reference);
    expect(state?.quotaRemaining).toBe(7);
  });

  it('case 36: keeps the expiry that was drawn', async () => {
    const { credential } = await start();
    const expiresAt = Math.floor(Date.now() / 1000) + 3_600;
    for (let time = 0; time < 2; time++) {
      const made = await bench.provider.putCredential({
        ...credential,
        expiresAt,
      });
      expect(made.expiresAt).toBe(expiresAt);
    }
  });

  it('case 44: keeps its password through suspension, resumption, changes and resets', async () => {
    const { credential, change } = await start();
    const { reference } = await bench.provider.putCredential(credential);
    await call();
    // Presented bare, so the cache has to forget it first.
    const settle = () => bench.advance(11_000);
    await change({ suspended: true });
    settle();
    expect((await call()).status).toBe(403);
    await change({ alias: 'Renamed' });
    settle();
    expect((await call()).status).toBe(200);
    const reset = await bench.provider.resetQuota(reference);
    expect(reset.quotaRemaining).toBe(10);
    settle();
    expect((await call()).status).toBe(200);
  });

  it('is listed by what it is stored under, and read by that as well', async () => {
    const { credential } = await start();
    await bench.provider.putCredential(credential);
    const [hash] = await bench.provider.listCredentials();
    expect(bench.keys()[0].hash).toBe(hash);
    expect(await bench.provider.readCredential(hash)).toMatchObject({
      credentialId: 'c-1',
    });
  });

  it('case 64: warns that revoking is not safe, whatever the hash function, and is with a marker', async () => {
    const { credential } = await start();
    const named = { reference: 'basic:bsu_c-1', credentialId: 'c-1' };
    await bench.provider.putCredential(credential);
    await call();
    const { warning } = await bench.provider.removeCredential(named);
    expect(warning).toContain(
      'local_session_cache.disable_cached_session_state to true',
    );
    expect(warning).toContain('revocation of the provider to marker');
    expect((await call()).status).toBe(200);

    // That call has put it back, so it is taken away again while nobody calls.
    bench.advance(11_000);
    await bench.provider.removeCredential(named);
    expect((await call()).status).toBe(401);
    const marking = bench.another({ revocation: 'marker' });
    await marking.putCredential(credential);
    expect((await call()).status).toBe(200);
    expect(await marking.removeCredential(named)).toEqual({
      confirmAfterMs: 11_000,
      cleanUp: true,
    });
    expect((await call()).status).toBe(403);
  });

  it('is removed by what was chosen for it, with any hash function', async () => {
    const { credential } = await start({
      sandbox: { settings: { hashKeyFunction: 'sha256' } },
    });
    await bench.provider.putCredential(credential);
    bench.sandbox.setSettings({ hashKeyFunction: 'murmur64' });
    const result = await bench.provider.removeCredential({
      chosenKey: CHOSEN_KEY,
      credentialId: 'c-1',
      kind: 'basic',
    });
    expect(result).toEqual({ confirmAfterMs: 0 });
    expect(bench.keys()).toEqual([]);
  });

  it('case 62: is not made while the plan is missing', async () => {
    const { credential } = await start();
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(bench.keys()).toEqual([]);
  });

  it('case 43: refuses a password that is too short, before the call', async () => {
    const { credential } = await start();
    const error = await rejection(
      bench.provider.putCredential({ ...credential, chosenKey: 'short' }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(bench.keys()).toEqual([]);
  });

  it('case 6: tells its password in nothing but the answer', async () => {
    const { credential } = await start();
    for (const status of [400, 403, 500, 502]) {
      bench.sandbox.faults.clear();
      bench.sandbox.faults.add({
        kind: 'status',
        status,
        json: {
          status: 'error',
          message: `Failed to create key ${CHOSEN_KEY} for ${ENCODED}`,
        },
        match: { method: 'POST', path: '^/tyk/keys' },
      });
      const error = await rejection(bench.provider.putCredential(credential));
      const told = inspect(error, { depth: 10, showHidden: true });
      expect(told + bench.logged()).not.toContain(CHOSEN_KEY);
    }
  });

  it('refuses a reference that is no user name, without repeating it', async () => {
    await start();
    for (const reference of ['basic:', 'basic:../x', 'basic:a:b', 'user:x']) {
      const error = await rejection(bench.provider.readCredential(reference));
      expect(error.message).toBe(
        'tyk-eu: that is not a reference of this provider',
      );
    }
  });
});
