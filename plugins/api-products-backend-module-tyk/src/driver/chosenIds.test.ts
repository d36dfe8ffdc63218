/**
 * The rules over an installation that chooses the ids of policies, keeps their names unique and has states for them: a
 * Dashboard. Nothing that was made may be made twice, and nothing of ours is to be recognised by an id.
 */
import type { CredentialUpdate } from 'backstage-plugin-api-products-node';
import { PLAN, PRODUCT, rejection } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';
import type {
  DashboardBench,
  DashboardBenchOptions,
} from '../__testUtils__/dashboardBench';
import { wantedOf } from '../__testUtils__/keyInUse';

let bench: DashboardBench;

afterEach(() => bench.stop());

const document = ({ policyId }: { policyId: string }) =>
  bench.documents().find(({ id, _id }) => [id, _id].includes(policyId));
const creations = () =>
  bench.requests().filter(line => line === 'POST /api/portal/policies');

/** A key in use on a gateway where deleting it alone would not stop it. */
async function inUse(options: DashboardBenchOptions = {}) {
  bench = await startDashboardBench(options);
  const credential = await bench.offer({
    plan: { rateLimit: 'unlimited', quota: { requests: 1e6, per: 'P30D' } },
  });
  const { reference, secret } = await bench.provider.putCredential(credential);
  expect((await bench.call(secret)).status).toBe(200);
  const wanted = wantedOf(credential);
  const policyIds = [
    wanted.products[0].reference.policyId,
    wanted.plan.reference.policyId,
  ];
  return {
    reference,
    secret,
    policyIds,
    change: (update: Partial<CredentialUpdate>) =>
      bench.provider.updateCredential(reference, { ...wanted, ...update }),
  };
}

describe('creating a product where ids are chosen by the Dashboard', () => {
  it('case 9: makes it once, with all three fields of its state', async () => {
    bench = await startDashboardBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    expect(document(reference)).toMatchObject({
      name: 'Payments API',
      state: 'active',
      active: true,
      is_inactive: false,
    });
    expect(await bench.provider.putProduct({ ...PRODUCT, reference })).toEqual(
      reference,
    );
    expect(creations()).toHaveLength(1);
  });

  it('case 57: finds what it has made when nobody wrote down the answer', async () => {
    bench = await startDashboardBench();
    const first = await bench.provider.putProduct(PRODUCT);
    expect(await bench.provider.putProduct(PRODUCT)).toEqual(first);
    const renamed = { ...PRODUCT, title: 'Payments 2' };
    expect(await bench.provider.putProduct(renamed)).toEqual(first);
    expect(document(first)).toMatchObject({ name: 'Payments 2' });
    expect(creations()).toHaveLength(1);
  });

  it.each([
    ['cut off', { kind: 'reset' }],
    ['lost behind a proxy', { kind: 'status', status: 504, html: '' }],
  ] as const)('case 57: makes one when the answer is %s', async (_, fault) => {
    bench = await startDashboardBench({ config: { retries: 0 } });
    bench.sandbox.faults.add({
      ...fault,
      when: 'after',
      times: 1,
      match: { method: 'POST', path: '^/api/portal/policies' },
    });
    const error = await rejection(bench.provider.putPlan(PLAN));
    expect(error.name).toBe('ProviderUnavailableError');
    const reference = await bench.provider.putPlan(PLAN);
    expect(bench.documents()).toHaveLength(1);
    expect(document(reference)).toMatchObject({ name: 'Gold' });
  });

  it('case 13: conflicts with a policy of somebody else that has the name, and leaves that alone', async () => {
    bench = await startDashboardBench();
    await bench.foreignPolicy({
      name: 'Gold',
      access_rights: {},
      partitions: { acl: true },
    });
    const before = bench.documents();
    const error = await rejection(bench.provider.putPlan(PLAN));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toContain('name');
    expect(bench.documents()).toEqual(before);
  });

  it('case 13: conflicts where a product is renamed to a name that is taken', async () => {
    bench = await startDashboardBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    await bench.provider.putPlan(PLAN);
    const error = await rejection(
      bench.provider.putProduct({ ...PRODUCT, title: PLAN.title, reference }),
    );
    expect(error.name).toBe('ProviderConflictError');
    expect(document(reference)).toMatchObject({ name: 'Payments API' });
  });

  it('leaves no mark at a policy that somebody else made', async () => {
    bench = await startDashboardBench();
    const policyId = await bench.foreignPolicy({
      name: 'Imported',
      access_rights: {},
      partitions: { acl: true },
      meta_data: { theirs: 'kept' },
    });
    const reference = { policyId };
    expect(await bench.provider.putProduct({ ...PRODUCT, reference })).toEqual(
      reference,
    );
    expect(document(reference)).toMatchObject({
      name: 'Payments API',
      meta_data: { theirs: 'kept' },
    });
    expect(document(reference)?.meta_data).toEqual({ theirs: 'kept' });
  });

  it('case 15: is a draft without APIs, and active with the next', async () => {
    bench = await startDashboardBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    await bench.provider.putProduct({ ...PRODUCT, apis: [], reference });
    expect(document(reference)).toMatchObject({
      state: 'draft',
      active: true,
      is_inactive: true,
    });
    await bench.provider.putProduct({ ...PRODUCT, reference });
    expect(document(reference)).toMatchObject({
      state: 'active',
      active: true,
      is_inactive: false,
    });
  });

  it('gives a policy that somebody removed its id back, so that keys that carry it work again', async () => {
    bench = await startDashboardBench();
    const credential = await bench.offer();
    const { secret } = await bench.provider.putCredential(credential);
    const [product] = credential.products;
    await bench.provider.removeProduct(product.reference);
    expect((await bench.call(secret)).status).toBe(403);
    expect(await bench.provider.putProduct(product)).toEqual(product.reference);
    expect((await bench.call(secret)).status).toBe(200);
  });
});

it('case 12: makes a policy that is gone anew under another id where gateways do not go by given ids', async () => {
  bench = await startDashboardBench({
    sandbox: { settings: { dashboardVersion: 'v5.8.5', version: '5.8.5' } },
  });
  const old = await bench.provider.putProduct(PRODUCT);
  await bench.provider.removeProduct(old);
  const again = { ...PRODUCT, reference: old };
  const reference = await bench.provider.putProduct(again);
  expect(reference).not.toEqual(old);
  expect(await bench.provider.putProduct(again)).toEqual(reference);
  expect(bench.documents()).toHaveLength(1);
});

describe('keys where ids tell nothing', () => {
  it('case 35: are suspended and resumed, and do not show the policy that does it', async () => {
    const { reference, secret, policyIds, change } = await inUse();
    expect(await change({ suspended: true })).toMatchObject({
      suspended: true,
      policyIds,
    });
    expect((await bench.call(secret)).status).toBe(403);
    expect(bench.keys()[0].session.apply_policies).toHaveLength(3);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      suspended: true,
      policyIds,
      credentialId: 'c-1',
    });
    expect(await change({})).toMatchObject({ suspended: false, policyIds });
    expect((await bench.call(secret)).status).toBe(200);
    expect(await bench.provider.listOfferings()).toHaveLength(2);
  });

  it('case 64: with markers are refused at once, and leave nothing behind', async () => {
    const { reference, secret, policyIds, change } = await inUse({
      config: { revocation: 'marker' },
      sandbox: { settings: { hashKeyFunction: 'murmur128' } },
    });
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      policyIds,
    });
    expect(await change({ suspended: true })).toMatchObject({ policyIds });
    expect((await bench.call(secret)).status).toBe(403);
    expect(
      await bench.provider.removeCredential({ reference, credentialId: 'c-1' }),
    ).toEqual({ confirmAfterMs: 11_000, cleanUp: true });
    for (let second = 0; second < 13; second++) {
      bench.advance(1_000);
      expect((await bench.call(secret)).status).toBe(403);
    }
    expect(await bench.provider.readCredential(reference)).toBeUndefined();
    await bench.provider.cleanUpCredential({ credentialId: 'c-1' });
    expect(bench.documents().map(({ name }) => name)).toEqual(
      expect.not.arrayContaining(['bs-off-c-1']),
    );
    expect(bench.keys()).toEqual([]);
  });

  it('start their quota anew, and nothing else', async () => {
    const { reference } = await inUse();
    const state = await bench.provider.resetQuota(reference);
    expect(state.quotaRemaining).toBe(1e6);
  });
});
