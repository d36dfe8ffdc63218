/**
 * Revocation by marker, on gateways where deleting a key alone does not stop it.
 */
import type { CredentialUpdate } from 'backstage-plugin-api-products-node';
import { rejection, startBench } from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';
import { wantedOf } from '../__testUtils__/keyInUse';

let bench: Bench;

afterEach(() => bench.stop());

const UNSAFE = { settings: { hashKeyFunction: 'murmur128' } } as const;
const MARKER = 'bs-off-c-1';

/** A key in use: the gateway has its session in the cache. */
async function inUse(options: BenchOptions = {}) {
  bench = await startBench({
    sandbox: UNSAFE,
    ...options,
    config: { revocation: 'marker', ...options.config },
  });
  const credential = await bench.offer({
    plan: { rateLimit: 'unlimited', quota: { requests: 1e6, per: 'P30D' } },
  });
  const { reference, secret } = await bench.provider.putCredential(credential);
  expect((await bench.call(secret)).status).toBe(200);
  const wanted = wantedOf(credential);
  return {
    credential,
    reference,
    secret,
    change: (update: Partial<CredentialUpdate>) =>
      bench.provider.updateCredential(reference, { ...wanted, ...update }),
    remove: () =>
      bench.provider.removeCredential({ reference, credentialId: 'c-1' }),
  };
}

const marker = () =>
  bench.sandbox.inspect.policies().find(({ id }) => id === MARKER);

/** Statuses of a call a second, for longer than the cache lives. */
async function callOn(secret: string) {
  const statuses = new Set<number>();
  for (let second = 0; second < 13; second++) {
    bench.advance(1_000);
    statuses.add((await bench.call(secret)).status);
  }
  return [...statuses];
}

it('says that the store is down where a marker is not loaded for that reason', async () => {
  bench = await startBench({
    timing: { visibleWithinMs: 60 },
    config: { revocation: 'marker' },
  });
  const credential = await bench.offer();
  bench.sandbox.faults.add({
    kind: 'status',
    status: 200,
    json: { status: 'fail', details: { redis: { status: 'fail' } } },
    match: { path: '^/hello' },
  });
  bench.sandbox.faults.add({
    kind: 'late-reload',
    milliseconds: 3_600_000,
    match: { path: '^/tyk/reload' },
  });
  const error = await rejection(bench.provider.putCredential(credential));
  expect(error.name).toBe('ProviderUnavailableError');
  expect(error.message).toContain('redis is down');
  expect(error.message).not.toContain('policy_path');
});

describe('a key with a marker', () => {
  it('has it last, active and opening nothing, and does not show it', async () => {
    const { reference } = await inUse();
    expect(bench.keys()[0].session.apply_policies).toEqual([
      'bs-product-default.payments',
      'bs-plan-default.gold',
      MARKER,
    ]);
    expect(marker()).toMatchObject({
      is_inactive: false,
      partitions: { acl: true, quota: false, rate_limit: false },
    });
    expect(marker()?.access_rights ?? {}).toEqual({});
    const state = await bench.provider.readCredential(reference);
    expect(state).toMatchObject({
      credentialId: 'c-1',
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
    });
    expect(await bench.provider.listOfferings()).toHaveLength(2);
  });

  it('case 64: is refused at the next call after its removal, and never comes back', async () => {
    const { reference, secret, remove } = await inUse();
    expect(await remove()).toEqual({ confirmAfterMs: 11_000, cleanUp: true });
    expect((await bench.call(secret)).status).toBe(403);
    expect(await callOn(secret)).toEqual([403]);
    expect(await bench.provider.readCredential(reference)).toBeUndefined();
    expect(bench.keys()).toEqual([]);

    await bench.provider.cleanUpCredential({ credentialId: 'c-1' });
    expect(marker()).toBeUndefined();
    expect(await callOn(secret)).toEqual([403]);
    expect(bench.keys()).toEqual([]);
  });

  it('case 64: without one the same key lives on, which the answer says beforehand', async () => {
    const { secret, remove } = await inUse({
      config: { revocation: 'verify' },
    });
    const result = await remove();
    expect(result.cleanUp).toBeUndefined();
    expect(result.warning).toContain('murmur128');
    expect(await callOn(secret)).toEqual([200]);
    expect(bench.keys()).toHaveLength(1);
  });

  it('says when it is made that taking it away may not hold, unless it has a marker', async () => {
    const put = async (revocation: 'verify' | 'marker') => {
      bench = await startBench({ sandbox: UNSAFE, config: { revocation } });
      const made = await bench.provider.putCredential(await bench.offer());
      return made.warning;
    };
    expect(await put('marker')).toBeUndefined();
    await bench.stop();
    expect(await put('verify')).toContain('murmur128');
  });

  it('case 64: is suspended at the next call, and resumed', async () => {
    const { secret, change } = await inUse();
    expect(await change({ suspended: true })).toMatchObject({
      suspended: true,
    });
    expect((await bench.call(secret)).status).toBe(403);
    expect(await callOn(secret)).toEqual([403]);
    expect(await change({ suspended: false })).toMatchObject({
      suspended: false,
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
    });
    // As soon as the gateway has forgotten the session that was suspended, calls or no calls.
    expect((await callOn(secret)).pop()).toBe(200);
    expect(marker()).toMatchObject({ is_inactive: false });
  });

  it('can be removed while it is suspended, and twice', async () => {
    const { secret, change, remove } = await inUse();
    await change({ suspended: true });
    expect((await remove()).cleanUp).toBe(true);
    expect(await remove()).toEqual({ confirmAfterMs: 11_000, cleanUp: true });
    expect(await callOn(secret)).toEqual([403]);
    await bench.provider.cleanUpCredential({ credentialId: 'c-1' });
    await bench.provider.cleanUpCredential({ credentialId: 'c-1' });
    expect((await remove()).cleanUp).toBeUndefined();
  });

  it('keeps it through changes, also where new keys get none any more', async () => {
    const { reference, credential, remove } = await inUse();
    const wanted = wantedOf(credential);
    const verifying = bench.another({ revocation: 'verify' });
    await verifying.updateCredential(reference, { ...wanted, alias: 'New' });
    expect(bench.keys()[0].session.apply_policies).toContain(MARKER);
    expect((await remove()).cleanUp).toBe(true);
  });

  it('leaves nothing where the key could not be made', async () => {
    bench = await startBench({
      sandbox: UNSAFE,
      config: { revocation: 'marker' },
    });
    const credential = await bench.offer();
    bench.sandbox.edit.putPolicy({
      id: 'bs-plan-default.gold',
      org_id: 'default',
      partitions: { per_api: true },
      access_rights: { echo: { versions: ['Default'] } },
    });
    await rejection(bench.provider.putCredential(credential));
    expect(bench.keys()).toEqual([]);
    expect(marker()).toBeUndefined();
    expect(bench.sandbox.inspect.policyFiles().map(({ id }) => id)).toEqual([
      'bs-product-default.payments',
      'bs-plan-default.gold',
    ]);
  });

  it('case 61: is made once, however often it is put', async () => {
    const { credential, reference } = await inUse();
    const again = await bench.provider.putCredential(credential);
    expect(again.reference).toBe(reference);
    expect(
      bench.requests().filter(line => line === 'POST /tyk/policies'),
    ).toHaveLength(3);
  });

  it('goes with a key that nobody was shown', async () => {
    const { credential } = await inUse();
    expect(
      await bench.provider.removeCredential({
        chosenKey: credential.chosenKey,
        credentialId: 'c-1',
      }),
    ).toEqual({ confirmAfterMs: 0 });
    expect(bench.keys()).toEqual([]);
    expect(marker()).toBeUndefined();
  });
});

describe('a key from before markers', () => {
  async function withoutMarker() {
    const key = await inUse({ config: { revocation: 'verify' } });
    const marking = bench.another({ revocation: 'marker' });
    return { ...key, marking };
  }

  it('is removed as without, and the answer says so', async () => {
    const { reference, marking } = await withoutMarker();
    const result = await marking.removeCredential({
      reference,
      credentialId: 'c-1',
    });
    expect(result).toMatchObject({
      confirmAfterMs: 11_000,
      warning: expect.stringContaining('murmur128'),
    });
    expect(result.cleanUp).toBeUndefined();
    expect(bench.sandbox.inspect.policyFiles()).toHaveLength(2);
  });

  it('gets its marker with the next change', async () => {
    const { reference, credential, marking } = await withoutMarker();
    const wanted = wantedOf(credential);
    await marking.updateCredential(reference, wanted);
    expect(bench.keys()[0].session.apply_policies).toContain(MARKER);
  });
});
