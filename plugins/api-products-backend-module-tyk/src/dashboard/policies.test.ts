/**
 * Products and plans as policies of a Dashboard: which id is the reference, names that are unique, and what of a policy
 * has to survive.
 */
import { isJsonObject } from '../http/answer';
import { startDashboardBench as startBench } from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';
import { PLAN, PRODUCT, rejection } from '../__testUtils__/bench';

let bench: DashboardBench;

afterEach(() => bench.stop());

const documentOf = (name: string) => {
  const found = bench.documents().find(document => document.name === name);
  if (!found) throw new Error(`no policy ${name}`);
  return found;
};

const metadataOf = (name: string) => {
  const data = documentOf(name).meta_data;
  return isJsonObject(data) ? data : {};
};

/** Status of a call with a key for product and plan. */
const statusOfNewKey = async () => {
  const { secret } = await bench.provider.putCredential(await bench.offer());
  return (await bench.call(secret)).status;
};

describe('case 9 and 10: what is created', () => {
  it('is known by the id that the Dashboard chose', async () => {
    bench = await startBench();
    const { policyId } = await bench.provider.putProduct(PRODUCT);
    const product = documentOf(PRODUCT.title);
    expect(policyId).toBe(product._id);
    expect(product).toMatchObject({
      state: 'active',
      active: true,
      is_inactive: false,
      tags: ['portal'],
      partitions: { acl: true, quota: false, rate_limit: false },
      access_rights: { echo: { api_id: 'echo', versions: ['Default'] } },
    });
    await bench.provider.putPlan(PLAN);
    expect(documentOf(PLAN.title)).toMatchObject({
      partitions: { acl: false, quota: true, rate_limit: true },
      rate: 100,
      per: 60,
      quota_max: 10,
      quota_renewal_rate: 86_400,
    });
  });

  it('is not written again where nothing differs', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    const before = bench.requests().length;
    await bench.provider.putProduct({ ...PRODUCT, reference });
    expect(
      bench
        .requests()
        .slice(before)
        .filter(line => !line.startsWith('GET ')),
    ).toEqual([]);
  });

  it('is not made twice where its reference was lost', async () => {
    bench = await startBench();
    const first = await bench.provider.putProduct(PRODUCT);
    expect(await bench.provider.putProduct(PRODUCT)).toEqual(first);
    expect(bench.documents()).toHaveLength(1);
  });

  it('is at the gateway when the put returns', async () => {
    bench = await startBench({ sandbox: { reloadDelayMs: 150 } });
    const { policyId } = await bench.provider.putProduct(PRODUCT);
    const plan = await bench.provider.putPlan(PLAN);
    const loaded = bench.sandbox.inspect.policies().map(({ id }) => id);
    expect(loaded).toEqual(expect.arrayContaining([policyId, plan.policyId]));
  });
});

describe('case 11: a plan without APIs', () => {
  it('is accepted', async () => {
    bench = await startBench();
    await bench.provider.putPlan({ ...PLAN, apiIds: [] });
    expect(documentOf(PLAN.title).access_rights).toEqual({});
  });

  it('is given one where the Dashboard wants one, and stays as it is then', async () => {
    bench = await startBench({
      sandbox: { settings: { requirePolicyApis: true } },
    });
    const plan = { ...PLAN, apiIds: [] };
    const reference = await bench.provider.putPlan(plan);
    expect(Object.keys(documentOf(PLAN.title).access_rights ?? {})).toEqual([
      'echo',
    ]);
    const before = bench.requests().length;
    await bench.provider.putPlan({ ...plan, reference });
    expect(bench.requests().slice(before).join('\n')).not.toContain('PUT');
    await bench.provider.putPlan({ ...plan, title: 'Golden', reference });
    expect(documentOf('Golden')._id).toBe(reference.policyId);
    const probe = await bench.provider.probe();
    expect(probe.findings).toContainEqual(
      expect.objectContaining({ name: 'policies-writable', status: 'ok' }),
    );
  });
});

describe('case 11: a marker without APIs', () => {
  it('is never given one: unsupported where the Dashboard wants one', async () => {
    bench = await startBench({
      sandbox: { settings: { requirePolicyApis: true } },
      config: { revocation: 'marker' },
    });
    const error = await rejection(
      bench.provider.putCredential(await bench.offer()),
    );
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('set revocation of the provider to verify');
    expect(bench.keys()).toEqual([]);
  });
});

describe('case 12: id and _id', () => {
  it.each(['v5.14.0', 'v5.11.0', 'v5.8.1'])(
    'at %s the reference is what keys carry',
    async dashboardVersion => {
      bench = await startBench({ sandbox: { settings: { dashboardVersion } } });
      expect(await statusOfNewKey()).toBe(200);
    },
  );

  it('in 48 hexadecimal digits is brought back to 24', async () => {
    bench = await startBench({
      sandbox: { settings: { policyIdForm: 'hex' } },
    });
    const { policyId } = await bench.provider.putProduct(PRODUCT);
    expect(policyId).toMatch(/^[0-9a-f]{24}$/);
    expect(await statusOfNewKey()).toBe(200);
    await bench.provider.putProduct({
      ...PRODUCT,
      title: 'Renamed',
      reference: { policyId },
    });
    expect(documentOf('Renamed')).toBeDefined();
    await bench.provider.removeProduct({ policyId });
    expect(bench.documents().map(({ name }) => name)).toEqual([PLAN.title]);
  });

  it.each(['v5.14.0', 'v5.11.0'])(
    'an explicit id is the reference, also where %s finds policies by _id only',
    async dashboardVersion => {
      bench = await startBench({ sandbox: { settings: { dashboardVersion } } });
      await bench.foreignPolicy({
        id: 'by-hand',
        name: 'By hand',
        state: 'active',
        partitions: { acl: true },
        access_rights: { echo: { api_id: 'echo', versions: ['Default'] } },
      });
      const [found] = await bench.provider.listOfferings();
      expect(found).toMatchObject({ policyId: 'by-hand', kind: 'product' });
      const reference = { policyId: 'by-hand' };
      await bench.provider.putProduct({ ...PRODUCT, reference });
      expect(documentOf(PRODUCT.title).id).toBe('by-hand');
      // Without what was remembered.
      await bench.another({}).removeProduct(reference);
      expect(bench.documents()).toEqual([]);
    },
  );

  it('a policy that has gone gets the id back that keys carry', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { secret } = await bench.provider.putCredential(credential);
    const [{ reference }] = credential.products;
    bench.sandbox.edit.removePolicy(reference.policyId);
    expect((await bench.call(secret)).status).toBe(403);
    expect(await bench.provider.putProduct({ ...PRODUCT, reference })).toEqual(
      reference,
    );
    expect((await bench.call(secret)).status).toBe(200);
  });
});

describe('case 13: a name that is taken', () => {
  it('is a conflict, at creation and at renaming', async () => {
    bench = await startBench();
    await bench.foreignPolicy({ name: PRODUCT.title, access_rights: {} });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toContain('another policy has this name');
    const reference = await bench.provider.putPlan(PLAN);
    const renaming = await rejection(
      bench.provider.putPlan({ ...PLAN, title: PRODUCT.title, reference }),
    );
    expect(renaming.name).toBe('ProviderConflictError');
  });

  it('is not taken over when the first try failed before it acted', async () => {
    bench = await startBench();
    await bench.foreignPolicy({ name: PRODUCT.title, access_rights: {} });
    bench.sandbox.faults.add({
      kind: 'reset',
      match: { method: 'POST', path: '^/api/portal/policies$' },
      times: 1,
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderConflictError');
  });
});

describe('case 14: what nobody here knows', () => {
  it('survives an update, and the mirror of the access rights follows', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    const urls = [{ url: '/open/.*', methods: ['GET'] }];
    bench.sandbox.edit.changePolicy(reference.policyId, {
      access_rights: {
        echo: { api_id: 'echo', versions: ['Default'], allowed_urls: urls },
      },
      smoothing: {
        enabled: true,
        threshold: 5,
        trigger: 0.8,
        step: 1,
        delay: 3,
      },
      meta_data: { ...metadataOf(PRODUCT.title), team: 'red' },
      graphql_enabled: true,
    });
    await bench.provider.putProduct({
      ...PRODUCT,
      apis: [...PRODUCT.apis, { id: 'second', name: 'Second' }],
      reference,
    });
    const policy = documentOf(PRODUCT.title);
    expect(policy).toMatchObject({
      access_rights: {
        echo: { allowed_urls: urls },
        second: { api_id: 'second' },
      },
      smoothing: { enabled: true, threshold: 5 },
      meta_data: { team: 'red' },
      graphql_enabled: true,
    });
    const mirror = policy.access_rights_array;
    expect(
      Array.isArray(mirror)
        ? mirror.map(item => isJsonObject(item) && item.api_id)
        : mirror,
    ).toEqual(['echo', 'second']);
  });
});

describe('case 15 and 16: the state', () => {
  it('is draft without APIs and active with them', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    await bench.provider.putProduct({ ...PRODUCT, apis: [], reference });
    expect(documentOf(PRODUCT.title)).toMatchObject({
      state: 'draft',
      active: true,
      is_inactive: true,
    });
    await bench.provider.putProduct({ ...PRODUCT, reference });
    expect(documentOf(PRODUCT.title)).toMatchObject({
      state: 'active',
      active: true,
      is_inactive: false,
    });
  });

  it('is told as it is', async () => {
    bench = await startBench();
    for (const state of ['active', 'draft', 'deny']) {
      await bench.foreignPolicy({
        name: state,
        state,
        partitions: { acl: true },
        access_rights: { echo: { api_id: 'echo', versions: ['Default'] } },
      });
    }
    const found = await bench.provider.listOfferings();
    expect(
      Object.fromEntries(found.map(({ name, state }) => [name, state])),
    ).toEqual({ active: 'active', draft: 'draft', deny: 'unpublished' });
  });
});

describe('case 17: what is not there', () => {
  it('is removed as well', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    await bench.provider.removeProduct(reference);
    await bench.provider.removeProduct(reference);
    await bench.provider.removePlan({ policyId: 'never-was' });
    expect(bench.documents()).toEqual([]);
  });
});

describe('case 18: a policy that does not arrive', () => {
  it('is said so in time', async () => {
    bench = await startBench({
      sandbox: { reloadDelayMs: 3_600_000 },
      timing: { visibleWithinMs: 60 },
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('has not reached the gateway within 60 ms');
    expect(error.message).toContain('policies.policy_source: service');
  });

  it('is not waited for where the Dashboard previews no keys', async () => {
    bench = await startBench({ sandbox: { reloadDelayMs: 3_600_000 } });
    bench.sandbox.faults.add({
      kind: 'status',
      status: 404,
      json: { Status: 'Error', Message: 'Not found' },
      match: { path: '^/api/keys/preview' },
    });
    expect(await bench.provider.putProduct(PRODUCT)).toEqual({
      policyId: documentOf(PRODUCT.title)._id,
    });
  });
});
