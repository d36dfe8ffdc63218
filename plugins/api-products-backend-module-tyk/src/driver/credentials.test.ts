import { startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';
import { CHOSEN_KEY, rejection } from '../__testUtils__/bench';
import { decodeToken } from '../model/tokens';

let bench: Bench;

afterEach(() => bench.stop());

const DAY = 86_400;

describe('putCredential', () => {
  it('case 27: makes a key with the product’s APIs and the plan’s limits, marked with what it is for', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const made = await bench.provider.putCredential(credential);

    expect(made).toMatchObject({
      headerName: 'Authorization',
      headerPrefix: '',
      reference: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(made.expiresAt).toBeUndefined();
    const [{ hash, session }] = bench.keys();
    expect(hash).toBe(made.reference);
    expect(session).toMatchObject({
      alias: 'Shop backend (shop-team) [api-portal c-1]',
      apply_policies: ['bs-product-default.payments', 'bs-plan-default.gold'],
      meta_data: { credential_id: 'c-1', ApplicationID: '42' },
    });
    expect(session.tags).toEqual(expect.arrayContaining(['app-42', 'portal']));
    expect((await bench.call(made.secret)).status).toBe(200);
    expect((await bench.call(made.secret, '/second/a')).status).toBe(403);
    expect(await bench.provider.readCredential(made.reference)).toEqual({
      apiIds: ['echo'],
      rateLimit: { requests: 100, per: 60 },
      quota: { requests: 10, perSeconds: DAY },
      quotaRemaining: 9,
      quotaRenewsAt: expect.any(Number),
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
      suspended: false,
      credentialId: 'c-1',
      marks: expect.objectContaining({ alias: 'Shop backend (shop-team)' }),
    });
  });

  it('case 63: hands out the token form, not the bare key', async () => {
    bench = await startBench();
    const { secret } = await bench.provider.putCredential(await bench.offer());
    expect(secret).not.toBe(CHOSEN_KEY);
    expect(decodeToken(secret)).toMatchObject({
      organisation: 'default',
      id: expect.stringContaining(CHOSEN_KEY),
      hashFunction: 'murmur64',
    });
  });

  it('case 61: put twice makes one key with the same secret and leaves the quota alone', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const first = await bench.provider.putCredential(credential);
    await bench.call(first.secret);
    await bench.call(first.secret);
    const second = await bench.provider.putCredential(credential);

    expect(second).toEqual(first);
    expect(bench.keys()).toHaveLength(1);
    const state = await bench.provider.readCredential(first.reference);
    expect(state?.quotaRemaining).toBe(8);
  });

  it('cases 36 and 61: keeps the expiry that was drawn, not the one that the plan would give, however often it is put', async () => {
    bench = await startBench();
    const credential = await bench.offer({
      plan: { keyLifetimeSeconds: 90 * DAY },
    });
    const expiresAt = Math.floor(Date.now() / 1000) + 30 * DAY;
    for (let time = 0; time < 3; time++) {
      const made = await bench.provider.putCredential({
        ...credential,
        expiresAt: expiresAt + 0.25,
      });
      expect(made.expiresAt).toBe(expiresAt);
      bench.advance(1_000);
    }
    expect(bench.keys()).toHaveLength(1);
    expect(bench.keys()[0].session.expires).toBe(expiresAt);
  });

  it('never sends an expiry that is past', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const error = await rejection(
      bench.provider.putCredential({
        ...credential,
        expiresAt: Math.floor(Date.now() / 1000) - 1,
      }),
    );
    expect(error).toMatchObject({ name: 'ProviderRejectedError' });
    expect(bench.requests()).not.toContainEqual(
      expect.stringMatching(/^POST .tyk.keys/),
    );
  });

  it('makes an unlimited key where the plan is unlimited', async () => {
    bench = await startBench();
    const credential = await bench.offer({
      plan: { rateLimit: 'unlimited', quota: 'unlimited' },
    });
    const { reference } = await bench.provider.putCredential(credential);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      rateLimit: 'unlimited',
      quota: 'unlimited',
    });
  });

  it('case 28: opens the APIs of several products with one key', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const more = {
      key: 'default/a-second',
      title: 'Second',
      apis: [{ id: 'second', name: 'Second' }],
    };
    const reference = await bench.provider.putProduct(more);
    const made = await bench.provider.putCredential({
      ...credential,
      products: [...credential.products, { ...more, reference }],
    });
    expect((await bench.call(made.secret)).status).toBe(200);
    expect((await bench.call(made.secret, '/second/a')).status).toBe(200);
    expect(bench.keys()[0].session.apply_policies).toEqual([
      'bs-product-default.a-second',
      'bs-product-default.payments',
      'bs-plan-default.gold',
    ]);
    const state = await bench.provider.readCredential(made.reference);
    expect(state?.apiIds).toEqual(['echo', 'second']);
    expect(state?.quotaRemaining).toBe(9);
  });

  it('names the header of the product’s APIs', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          apis: [
            {
              api_id: 'echo',
              name: 'Echo',
              active: true,
              use_standard_auth: true,
              auth_configs: { authToken: { auth_header_name: 'X-Api-Key' } },
              version_data: { not_versioned: true },
              proxy: { listen_path: '/echo/', strip_listen_path: true },
            },
          ],
        },
      },
    });
    const made = await bench.provider.putCredential(await bench.offer());
    expect(made.headerName).toBe('X-Api-Key');
  });

  it('case 43: refuses a key that is too short, before the call', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const error = await rejection(
      bench.provider.putCredential({ ...credential, chosenKey: '' }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(bench.keys()).toEqual([]);
  });

  it('case 29: makes no key without a product', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const error = await rejection(
      bench.provider.putCredential({ ...credential, products: [] }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(bench.keys()).toEqual([]);
  });
});

describe('putCredential where a policy is not as it should be', () => {
  it('case 62: makes no key while the plan is missing, takes away one that is there, and makes it when the plan is back', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    await bench.provider.putCredential(credential);
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');

    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('policy bs-plan-default.gold');
    expect(bench.keys()).toEqual([]);

    await bench.provider.putPlan(credential.plan);
    const { reference } = await bench.provider.putCredential(credential);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      quota: { requests: 10 },
    });
  });

  it('case 62: does not even ask for a key without its plan, be it an unlimited one', async () => {
    bench = await startBench();
    const credential = await bench.offer({
      plan: { rateLimit: 'unlimited', quota: 'unlimited' },
    });
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(bench.requests().filter(line => /^POST .*keys/.test(line))).toEqual(
      [],
    );
  });

  it.each(['bs-plan-default.gold', 'bs-product-default.payments'])(
    'case 62: %s vanishing between check and call never leaves a key behind',
    async policyId => {
      bench = await startBench();
      const credential = await bench.offer();
      bench.sandbox.faults.add({
        match: { method: 'POST', path: '^/tyk/keys/' },
        times: 1,
        run: () => {
          bench.sandbox.edit.removePolicy(policyId);
        },
      });
      const error = await rejection(bench.provider.putCredential(credential));
      expect(error.name).toBe('ProviderUnavailableError');
      expect(error.message).toContain(policyId);
      expect(bench.keys()).toEqual([]);
    },
  );

  it('tries again later where the plan vanished and is back by the time one looks', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const [plan] = bench.sandbox.inspect
      .policies()
      .filter(({ id }) => id === 'bs-plan-default.gold');
    const match = { method: 'POST', path: '^/tyk/keys/' };
    bench.sandbox.faults.add({
      match,
      times: 1,
      run: () => {
        bench.sandbox.edit.removePolicy(plan.id);
      },
    });
    bench.sandbox.faults.add({
      match: { method: 'DELETE' },
      times: 1,
      run: () => bench.sandbox.edit.putPolicy(plan),
    });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(bench.keys()).toEqual([]);
  });

  it('case 40: refuses a key whose plan was changed at the gateway, and says what differs', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    bench.sandbox.edit.putPolicy({
      id: 'bs-plan-default.gold',
      org_id: 'default',
      partitions: { quota: true, rate_limit: true },
      rate: 100,
      per: 60,
      quota_max: 5_000,
      quota_renewal_rate: DAY,
    });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toContain(
      'its quota is 5000 per 86400 s instead of 10 per 86400 s',
    );
    expect(error.message).toContain('bs-plan-default.gold (quota_max)');
    expect(bench.keys()).toEqual([]);
  });

  it('case 42: says which policy belongs to another organisation', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    bench.sandbox.edit.putPolicy({
      id: 'bs-product-default.payments',
      org_id: 'other',
      partitions: { acl: true },
      access_rights: { echo: { versions: ['Default'] } },
    });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toContain('bs-product-default.payments (org_id');
    expect(bench.keys()).toEqual([]);
  });

  it('case 41: leaves nothing behind where a policy has limits per API', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    bench.sandbox.edit.putPolicy({
      id: 'bs-plan-default.gold',
      org_id: 'default',
      partitions: { per_api: true },
      access_rights: { echo: { versions: ['Default'] } },
    });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toContain('bs-plan-default.gold (partitions');
    expect(bench.keys()).toEqual([]);
  });

  it('refuses a key that would be inactive', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const [plan] = bench.sandbox.inspect
      .policies()
      .filter(({ id }) => id === 'bs-plan-default.gold');
    bench.sandbox.edit.putPolicy({ ...plan, is_inactive: true });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toContain('it is inactive');
    expect(bench.keys()).toEqual([]);
  });

  it('case 31: names hash_keys where keys are not hashed, and leaves none', async () => {
    bench = await startBench({ sandbox: { settings: { hashKeys: false } } });
    const credential = await bench.offer();
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('set hash_keys to true');
    expect(bench.keys()).toEqual([]);
  });
});
