import {
  PLAN,
  PRODUCT,
  rejection,
  startBench,
  tokenApi,
} from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

const policy = (id: string) =>
  bench.sandbox.inspect.policies().find(item => item.id === id);
const writes = () =>
  bench.requests().filter(line => /^(POST|PUT|DELETE) /.test(line));

describe('putProduct', () => {
  it('case 9: makes a policy with only the acl partition, all APIs and the provider’s tags', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    expect(reference).toEqual({ policyId: 'bs-product-default.payments' });
    expect(policy(reference.policyId)).toMatchObject({
      name: 'Payments API',
      org_id: 'default',
      active: true,
      is_inactive: false,
      tags: ['portal'],
      key_expires_in: 0,
      rate: -1,
      quota_max: -1,
      partitions: {
        acl: true,
        quota: false,
        rate_limit: false,
        complexity: false,
        per_api: false,
      },
      access_rights: {
        echo: { api_id: 'echo', api_name: 'Echo', versions: ['Default'] },
      },
    });
  });

  it('writes nothing where nothing differs', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    const before = writes();
    expect(await bench.provider.putProduct({ ...PRODUCT, reference })).toEqual(
      reference,
    );
    expect(writes()).toEqual(before);
    expect(bench.requests().slice(-1)).toEqual([
      'GET /tyk/policies/bs-product-default.payments',
    ]);
  });

  it('case 14: changes what the portal knows and keeps the rest', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    const made = policy(reference.policyId);
    const byHand = [{ url: '/orders/.*', methods: ['GET'] }];
    bench.sandbox.edit.putPolicy({
      ...made,
      id: reference.policyId,
      smoothing: { enabled: true, threshold: 5 },
      meta_data: { theirs: 'kept' },
      throttle_interval: 7,
      access_rights: {
        echo: {
          ...made?.access_rights?.echo,
          allowed_urls: byHand,
          restricted_types: [{ name: 'Query' }],
        },
      },
    });
    await bench.provider.putProduct({
      ...PRODUCT,
      title: 'Payments',
      apis: [...PRODUCT.apis, { id: 'second', name: 'Second' }],
      reference,
    });
    expect(policy(reference.policyId)).toMatchObject({
      name: 'Payments',
      smoothing: { enabled: true, threshold: 5 },
      meta_data: { theirs: 'kept' },
      throttle_interval: 7,
      access_rights: {
        echo: { allowed_urls: byHand, restricted_types: [{ name: 'Query' }] },
        second: { api_id: 'second' },
      },
    });
  });

  it('sets the paths that the portal manages, and takes away an API that left the product', async () => {
    bench = await startBench();
    const allowedUrls = [{ url: '/refunds/.*', methods: ['GET', 'POST'] }];
    const apis = [
      { id: 'echo', name: 'Echo', allowedUrls },
      { id: 'second', name: 'Second' },
    ];
    const reference = await bench.provider.putProduct({ ...PRODUCT, apis });
    expect(policy(reference.policyId)?.access_rights?.echo).toMatchObject({
      allowed_urls: allowedUrls,
    });
    await bench.provider.putProduct({ ...PRODUCT, apis: [apis[0]], reference });
    expect(
      Object.keys(policy(reference.policyId)?.access_rights ?? {}),
    ).toEqual(['echo']);
  });

  it('uses the policy that it is given', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          apis: [tokenApi('echo')],
          policies: [
            { id: 'imported', partitions: { acl: true }, tags: ['theirs'] },
          ],
        },
      },
    });
    const reference = { policyId: 'imported' };
    expect(await bench.provider.putProduct({ ...PRODUCT, reference })).toEqual(
      reference,
    );
    expect(policy('imported')).toMatchObject({
      tags: ['theirs', 'portal'],
      access_rights: { echo: { api_id: 'echo' } },
    });
  });

  it('does not take a policy from another organisation', async () => {
    bench = await startBench();
    await bench.provider.putProduct(PRODUCT);
    const other = bench.another({ organisation: 'other' });
    const error = await rejection(other.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toContain('belongs to organisation default');
  });
});

describe('putPlan', () => {
  it('case 10: makes a policy with only quota and rate_limit', async () => {
    bench = await startBench();
    const { policyId } = await bench.provider.putPlan({
      ...PLAN,
      keyLifetimeSeconds: 7_776_000,
      credentialMetadata: { plan_tier: 'gold' },
    });
    expect(policyId).toBe('bs-plan-default.gold');
    expect(policy(policyId)).toMatchObject({
      name: 'Gold',
      rate: 100,
      per: 60,
      quota_max: 10,
      quota_renewal_rate: 86_400,
      key_expires_in: 7_776_000,
      meta_data: { plan_tier: 'gold' },
      tags: ['portal'],
      partitions: { acl: false, quota: true, rate_limit: true, per_api: false },
      access_rights: { echo: { api_id: 'echo' } },
    });
  });

  it('case 10: writes −1 for everything that is unlimited', async () => {
    bench = await startBench();
    const { policyId } = await bench.provider.putPlan({
      ...PLAN,
      rateLimit: 'unlimited',
      quota: 'unlimited',
    });
    expect(policy(policyId)).toMatchObject({
      rate: -1,
      per: -1,
      quota_max: -1,
      quota_renewal_rate: -1,
      key_expires_in: 0,
    });
  });

  it('case 46: refuses limits of 0, which Tyk takes for unlimited', async () => {
    bench = await startBench();
    for (const change of [
      { quota: { requests: 0, per: 'P1D' } },
      { rateLimit: { requests: 0, per: 60 } },
    ]) {
      const error = await rejection(
        bench.provider.putPlan({ ...PLAN, ...change }),
      );
      expect(error.name).toBe('ProviderRejectedError');
    }
    expect(writes()).toEqual([]);
  });

  it('case 39: a changed limit reaches keys that exist, without touching them', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { reference } = await bench.provider.putCredential(credential);
    await bench.provider.putPlan({
      ...credential.plan,
      quota: { requests: 20, per: 'PT1H' },
    });
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      quota: { requests: 20, perSeconds: 3_600 },
    });
  });

  it('keeps metadata that somebody else put there', async () => {
    bench = await startBench();
    const reference = await bench.provider.putPlan(PLAN);
    const made = policy(reference.policyId);
    bench.sandbox.edit.putPolicy({
      ...made,
      id: reference.policyId,
      meta_data: { theirs: 'kept' },
    });
    await bench.provider.putPlan({
      ...PLAN,
      credentialMetadata: { ours: 'new' },
      reference,
    });
    expect(policy(reference.policyId)?.meta_data).toEqual({
      theirs: 'kept',
      ours: 'new',
    });
  });
});

describe('a policy counts only when the gateway has loaded it', () => {
  it('case 18: waits for a late reload', async () => {
    bench = await startBench({ sandbox: { reloadDelayMs: 150 } });
    const { policyId } = await bench.provider.putProduct(PRODUCT);
    expect(policy(policyId)?.name).toBe('Payments API');
    await bench.provider.putProduct({ ...PRODUCT, title: 'Renamed' });
    expect(policy(policyId)?.name).toBe('Renamed');
  });

  it('case 18: gives up after a while, naming the policy and the setting', async () => {
    bench = await startBench({ timing: { visibleWithinMs: 60 } });
    bench.sandbox.faults.add({
      kind: 'late-reload',
      milliseconds: 3_600_000,
      match: { path: '^/tyk/reload' },
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('bs-product-default.payments');
    expect(error.message).toContain('policies.policy_path');
  });

  it('case 19: says that policies come from a Dashboard', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 500,
      json: {
        status: 'error',
        message:
          'Due to enabled service policy source, please use the Dashboard API',
      },
      match: { method: 'POST', path: '^/tyk/policies' },
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('policies.policy_source is service');
  });

  it('names policy_path where the gateway cannot write the file', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 500,
      json: { status: 'error', message: 'Failed to create file!' },
      match: { method: 'POST', path: '^/tyk/policies' },
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('policies.policy_path');
  });
});
