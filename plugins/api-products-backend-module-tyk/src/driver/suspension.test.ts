import { rejection } from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';
import { anotherPlan, keyInUse, wantedOf } from '../__testUtils__/keyInUse';

let bench: Bench;

afterEach(() => bench.stop());

async function start(options?: BenchOptions) {
  const key = await keyInUse(options);
  bench = key.bench;
  return key;
}

const stored = () => bench.keys()[0].session;

const remaining = async (reference: string) =>
  (await bench.provider.readCredential(reference))?.quotaRemaining;

describe.each(['5.8.1', '5.14.0'])('suspending a key on %s', version => {
  const sandbox = { settings: { version } };

  it('case 35: refuses it, and lets it pass again when resumed, with its quota as it was', async () => {
    const { reference, secret, change } = await start({ sandbox });
    const suspended = await change({ suspended: true });
    expect(suspended).toMatchObject({
      suspended: true,
      quotaRemaining: 7,
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
    });
    expect((await bench.call(secret)).status).toBe(403);
    expect(stored().apply_policies).toContain('bs-suspended');

    const resumed = await change({ suspended: false });
    expect(resumed).toMatchObject({ suspended: false, quotaRemaining: 7 });
    expect((await bench.call(secret)).status).toBe(200);
    expect(await remaining(reference)).toBe(6);
    expect(stored()).toMatchObject({
      apply_policies: ['bs-product-default.payments', 'bs-plan-default.gold'],
    });
    expect(stored().meta_data).not.toHaveProperty('portal_policies');
  });

  it('case 35: can be done twice, and uses one policy for all keys', async () => {
    const { credential, change } = await start({ sandbox });
    const other = await bench.provider.putCredential({
      ...credential,
      credentialId: 'c-2',
      chosenKey: 'f'.repeat(64),
    });
    await change({ suspended: true });
    await change({ suspended: true });
    const wanted = wantedOf(credential);
    await bench.provider.updateCredential(other.reference, {
      ...wanted,
      credentialId: 'c-2',
      suspended: true,
    });
    expect((await bench.call(other.secret)).status).toBe(403);
    expect(
      bench.requests().filter(line => /^(POST|PUT) .tyk.policies/.test(line)),
    ).toHaveLength(3);
    expect(
      bench.sandbox.inspect.policies().find(({ id }) => id === 'bs-suspended'),
    ).toMatchObject({ is_inactive: true, partitions: { acl: true } });
  });

  it('does not wait for a policy that is missing', async () => {
    const { secret, change } = await start({ sandbox });
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');
    expect(await change({ suspended: true })).toMatchObject({
      suspended: true,
    });
    expect((await bench.call(secret)).status).toBe(403);
  });

  it('does not resume a key whose plan is missing, which would be one without limits', async () => {
    const { secret, change } = await start({ sandbox });
    await change({ suspended: true });
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');
    const error = await rejection(change({ suspended: false }));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('bs-plan-default.gold');
    expect((await bench.call(secret)).status).toBe(403);
  });

  it('keeps a suspended key suspended while its plan changes', async () => {
    const { secret, change } = await start({ sandbox });
    const plan = await anotherPlan(bench, {
      key: 'default/other',
      title: 'Other',
    });
    const state = await change({ suspended: true, plan });
    expect(state.policyIds).toContain('bs-plan-default.other');
    expect((await bench.call(secret)).status).toBe(403);
  });
});

describe('where cached sessions undo what is written', () => {
  const sandbox = { settings: { hashKeyFunction: 'murmur128' } } as const;

  /** A call of the consumer's arrives right after the change. */
  function callAfterChange(secret: string) {
    bench.sandbox.faults.add({
      match: { method: 'PUT', path: '^/tyk/keys/' },
      when: 'after',
      times: 1,
      run: async () => {
        await bench.call(secret);
      },
    });
  }

  it('case 64: says that a suspension did not hold, and which setting cures it', async () => {
    const { secret, change } = await start({ sandbox });
    callAfterChange(secret);
    const error = await rejection(change({ suspended: true }));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('it is not suspended');
    expect(error.message).toContain('hash_key_function to murmur64');
    // Left alone for a while, it holds.
    bench.advance(11_000);
    expect(await change({ suspended: true })).toMatchObject({
      suspended: true,
    });
    expect((await bench.call(secret)).status).toBe(403);
  });

  it('case 64: says that a new plan did not hold, and which setting cures it', async () => {
    const { reference, secret, change } = await start({ sandbox });
    const plan = await anotherPlan(bench, {
      key: 'default/other',
      title: 'Other',
    });
    callAfterChange(secret);
    const error = await rejection(change({ plan }));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('hash_key_function to murmur64');
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
    });
    bench.advance(11_000);
    expect(await change({ plan })).toMatchObject({
      policyIds: ['bs-product-default.payments', 'bs-plan-default.other'],
    });
  });
});
