/**
 * Keys at a Dashboard: by hash, as far as its settings allow, and only when the gateway knows their policies.
 */
import {
  CHOSEN_KEY,
  PLAN,
  PRODUCT,
  rejection,
  tokenApi,
} from '../__testUtils__/bench';
import { startDashboardBench as startBench } from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';

let bench: DashboardBench;

afterEach(() => bench.stop());

const statusOf = async (secret: string, path?: string) =>
  (await bench.call(secret, path)).status;

describe('cases 27 and 61: a key', () => {
  it('is made, read, updated, counted anew and removed', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { reference, secret } = await bench.provider.putCredential(
      credential,
    );
    expect(bench.keys().map(({ hash }) => hash)).toEqual([reference]);
    expect(await statusOf(secret)).toBe(200);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      apiIds: ['echo'],
      rateLimit: { requests: 100, per: 60 },
      quotaRemaining: 9,
      suspended: false,
      credentialId: 'c-1',
    });
    expect(await bench.provider.listCredentials()).toEqual([reference]);

    const { chosenKey: _, ...update } = credential;
    const plan = { ...PLAN, key: 'default/silver', title: 'Silver' };
    const silver = {
      ...plan,
      rateLimit: { requests: 1, per: 1 },
      reference: await bench.provider.putPlan({
        ...plan,
        rateLimit: { requests: 1, per: 1 },
      }),
    };
    expect(
      await bench.provider.updateCredential(reference, {
        ...update,
        plan: silver,
      }),
    ).toMatchObject({ rateLimit: { requests: 1, per: 1 }, quotaRemaining: 9 });
    expect(
      await bench.provider.updateCredential(reference, {
        ...update,
        suspended: true,
      }),
    ).toMatchObject({ suspended: true });
    bench.advance(11_000);
    expect(await statusOf(secret)).toBe(403);
    await bench.provider.updateCredential(reference, update);
    bench.advance(11_000);
    expect(await statusOf(secret)).toBe(200);
    expect(await bench.provider.resetQuota(reference)).toMatchObject({
      quotaRemaining: 10,
    });

    await bench.provider.removeCredential({ reference, credentialId: 'c-1' });
    await bench.provider.removeCredential({ reference, credentialId: 'c-1' });
    expect(bench.keys()).toEqual([]);
    expect(await bench.provider.readCredential(reference)).toBeUndefined();
  });

  it('put twice is one key, with what is left of its quota', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const first = await bench.provider.putCredential(credential);
    await bench.call(first.secret);
    expect(await bench.provider.putCredential(credential)).toEqual(first);
    expect(await bench.provider.readCredential(first.reference)).toMatchObject({
      quotaRemaining: 9,
    });
  });

  it('is changed at a Dashboard that answers so in fewer words', async () => {
    bench = await startBench({
      sandbox: { settings: { legacyKeyAnswers: true } },
    });
    const { chosenKey, ...update } = await bench.offer();
    const { reference } = await bench.provider.putCredential({
      ...update,
      chosenKey,
    });
    expect(
      await bench.provider.updateCredential(reference, {
        ...update,
        suspended: true,
      }),
    ).toMatchObject({ suspended: true });
  });

  it('case 44: of basic authentication is a user by name', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          apis: [
            tokenApi('echo', {
              use_standard_auth: false,
              use_basic_auth: true,
            }),
          ],
        },
      },
    });
    const credential = { ...(await bench.offer()), kind: 'basic' as const };
    const made = await bench.provider.putCredential(credential);
    expect(made.reference).toBe('basic:bsu_c-1');
    expect(await statusOf(`${made.headerPrefix}${made.secret}`)).toBe(200);
    expect(await bench.provider.readCredential(made.reference)).toMatchObject({
      apiIds: ['echo'],
    });
    await bench.provider.removeCredential({
      reference: made.reference,
      credentialId: 'c-1',
    });
    expect(bench.keys()).toEqual([]);
  });

  it('case 64: with a marker is refused at the next call, whatever is cached', async () => {
    bench = await startBench({
      sandbox: { settings: { hashKeyFunction: 'murmur128' } },
      config: { revocation: 'marker' },
    });
    const { reference, secret } = await bench.provider.putCredential(
      await bench.offer(),
    );
    expect(await statusOf(secret)).toBe(200);
    const name = { reference, credentialId: 'c-1' };
    expect(await bench.provider.removeCredential(name)).toMatchObject({
      cleanUp: true,
    });
    expect(await statusOf(secret)).toBe(403);
    bench.advance(11_000);
    expect(await statusOf(secret)).toBe(403);
    expect(bench.keys()).toEqual([]);
    await bench.provider.cleanUpCredential(name);
    expect(
      bench
        .documents()
        .map(({ name: title }) => title)
        .sort(),
    ).toEqual([PLAN.title, PRODUCT.title]);
  });
});

describe('case 30: a policy that has not arrived', () => {
  const credentialOn = async () => {
    const product = await bench.foreignPolicy({
      name: PRODUCT.title,
      state: 'active',
      partitions: { acl: true },
      access_rights: {
        echo: { api_id: 'echo', api_name: 'Echo', versions: ['Default'] },
      },
    });
    const plan = await bench.foreignPolicy({
      name: PLAN.title,
      state: 'active',
      partitions: { quota: true, rate_limit: true },
      access_rights: {},
      rate: 100,
      per: 60,
      quota_max: 10,
      quota_renewal_rate: 86_400,
    });
    return {
      credentialId: 'c-1',
      chosenKey: CHOSEN_KEY,
      products: [{ ...PRODUCT, reference: { policyId: product } }],
      plan: { ...PLAN, reference: { policyId: plan } },
      alias: '',
      tags: [],
      metadata: {},
    };
  };

  it('is waited for: no key without limits in between', async () => {
    bench = await startBench({ sandbox: { reloadDelayMs: 200 } });
    const credential = await credentialOn();
    const { reference, secret } = await bench.provider.putCredential(
      credential,
    );
    expect(await statusOf(secret)).toBe(200);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      rateLimit: { requests: 100, per: 60 },
    });
    expect(
      bench.requests().filter(line => line.startsWith('POST /api/keys/')),
    ).toContain('POST /api/keys/preview');
  });

  it('is waited for where the Dashboard previews no keys: the refusal is tried again', async () => {
    bench = await startBench({ sandbox: { reloadDelayMs: 200 } });
    bench.sandbox.faults.add({
      kind: 'status',
      status: 404,
      json: { Status: 'Error', Message: 'Not found' },
      match: { path: '^/api/keys/preview' },
    });
    const credential = await credentialOn();
    const { secret } = await bench.provider.putCredential(credential);
    expect(await statusOf(secret)).toBe(200);
  });

  it('is waited for where only the plan is late and nothing tells: the key is made again', async () => {
    bench = await startBench();
    const credential = await credentialOn();
    const wanted = credential.plan.reference.policyId;
    bench.sandbox.faults.add({
      kind: 'wrong-json',
      body: { Status: 'OK', Message: 'not what you asked for' },
      match: { path: '^/api/keys/preview' },
    });
    const limits = { quota_max: 10, rate: 100, per: 60 };
    bench.sandbox.edit.changePolicy(wanted, { quota_max: 0, rate: 0, per: 0 });
    bench.sandbox.faults.add({
      match: { method: 'POST', path: '^/api/keys/bsk_' },
      times: 1,
      when: 'after',
      run: () => {
        bench.sandbox.edit.changePolicy(wanted, limits);
      },
    });
    let tries = 0;
    bench.sandbox.faults.add({
      match: { method: 'POST', path: '^/api/keys/bsk_' },
      run: () => {
        tries += 1;
      },
    });
    bench.sandbox.faults.add({
      match: { method: 'GET', path: `^/api/portal/policies/${wanted}` },
      kind: 'wrong-json',
      times: 3,
      body: {
        _id: wanted,
        id: wanted,
        name: PLAN.title,
        org_id: 'default',
        partitions: { quota: true, rate_limit: true },
        quota_renewal_rate: 86_400,
        ...limits,
      },
    });
    const { reference } = await bench.provider.putCredential(credential);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      rateLimit: { requests: 100, per: 60 },
      quota: { requests: 10, perSeconds: 86_400 },
    });
    expect(tries).toBe(2);
  });

  it('is named when it never comes', async () => {
    bench = await startBench({
      sandbox: { reloadDelayMs: 3_600_000 },
      timing: { visibleWithinMs: 60 },
    });
    const credential = await credentialOn();
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain(credential.products[0].reference.policyId);
    expect(bench.keys()).toEqual([]);
  });

  it('case 62: is refused before the call where there is none', async () => {
    bench = await startBench();
    const credential = await credentialOn();
    bench.sandbox.edit.removePolicy(credential.plan.reference.policyId);
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.message).toContain(credential.plan.reference.policyId);
    expect(bench.keys()).toEqual([]);
  });
});

describe('case 32: what the settings of the Dashboard forbid', () => {
  const both =
    /enable_update_key_by_hash and enable_delete_key_by_hash to true in tyk_analytics\.conf/;

  it('removing by hash: unsupported, naming the settings, and the key is still there', async () => {
    bench = await startBench({
      sandbox: { settings: { enableDeleteKeyByHash: false } },
    });
    const { reference } = await bench.provider.putCredential(
      await bench.offer(),
    );
    const error = await rejection(
      bench.provider.removeCredential({ reference, credentialId: 'c-1' }),
    );
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toMatch(both);
    expect(bench.keys()).toHaveLength(1);
  });

  it.each([403, 404, 405])(
    'changing by hash, whatever the status is (%s): unsupported, naming the settings',
    async status => {
      bench = await startBench();
      const { chosenKey, ...update } = await bench.offer();
      const { reference } = await bench.provider.putCredential({
        ...update,
        chosenKey,
      });
      bench.sandbox.faults.add({
        kind: 'status',
        status,
        json: { Status: 'Error', Message: 'not possible', Meta: null },
        match: { method: 'PUT', path: '/keys/' },
      });
      const error = await rejection(
        bench.provider.updateCredential(reference, update),
      );
      expect(error.name).toBe('ProviderUnsupportedError');
      expect(error.message).toMatch(both);
    },
  );

  it('changing by hash of a key that has gone is no matter of settings', async () => {
    bench = await startBench({
      sandbox: { settings: { enableUpdateKeyByHash: false } },
    });
    const { chosenKey: _, ...update } = await bench.offer();
    const error = await rejection(
      bench.provider.updateCredential('00000000deadbeef', update),
    );
    expect(error.name).toBe('ProviderConflictError');
  });

  it.each([{ enableHashedKeysListing: false }, { hashedKeysListing: false }])(
    'listing with %j: unsupported, naming both files',
    async settings => {
      bench = await startBench({ sandbox: { settings } });
      const error = await rejection(bench.provider.listCredentials());
      expect(error.name).toBe('ProviderUnsupportedError');
      expect(error.message).toContain('enable_hashed_keys_listing');
      expect(error.message).toMatch(/tyk\.conf.*tyk_analytics\.conf/);
    },
  );

  it('case 31: keys that are not hashed: unsupported, naming hash_keys, and none is left', async () => {
    bench = await startBench({ sandbox: { settings: { hashKeys: false } } });
    const error = await rejection(
      bench.provider.putCredential(await bench.offer()),
    );
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('hash_keys');
    expect(bench.keys()).toEqual([]);
  });
});
