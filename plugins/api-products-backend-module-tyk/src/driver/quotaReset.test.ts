import { rejection, startBench } from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';
import { anotherProduct, keyInUse } from '../__testUtils__/keyInUse';

let bench: Bench;

afterEach(() => bench.stop());

async function start(options?: BenchOptions) {
  const key = await keyInUse(options);
  bench = key.bench;
  return key;
}

const DAY = 86_400;

const remaining = async (reference: string) =>
  (await bench.provider.readCredential(reference))?.quotaRemaining;

describe('resetQuota', () => {
  it('starts the quota and its window anew, and nothing else', async () => {
    const { reference, secret } = await start();
    const before = await bench.provider.readCredential(reference);
    bench.advance(3_600_000);
    await bench.call(secret);
    const state = await bench.provider.resetQuota(reference);
    const { quotaRemaining, quotaRenewsAt, ...rest } = state;
    expect(quotaRemaining).toBe(10);
    expect(before).toMatchObject(rest);
    expect((await bench.call(secret)).status).toBe(200);
    const after = await bench.provider.readCredential(reference);
    expect(after?.quotaRemaining).toBe(9);
    const later = (after?.quotaRenewsAt ?? 0) - (before?.quotaRenewsAt ?? 0);
    // The clock of the test goes on besides.
    expect(later).toBeGreaterThanOrEqual(3_600);
    expect(later).toBeLessThan(3_660);
  });

  it('opens a key that has used up everything', async () => {
    const { reference, secret } = await start();
    for (let call = 0; call < 7; call++) await bench.call(secret);
    expect((await bench.call(secret)).status).toBe(403);
    await bench.provider.resetQuota(reference);
    expect((await bench.call(secret)).status).toBe(200);
  });

  it('keeps the expiry and the secret', async () => {
    bench = await startBench();
    const expiresAt = Math.floor(Date.now() / 1000) + DAY;
    const made = await bench.provider.putCredential({
      ...(await bench.offer({ plan: { keyLifetimeSeconds: 90 * DAY } })),
      expiresAt,
    });
    expect(await bench.provider.resetQuota(made.reference)).toMatchObject({
      expiresAt,
    });
    expect((await bench.call(made.secret)).status).toBe(200);
  });

  it('starts all counters anew where a key has several products', async () => {
    const { credential, reference, secret, change } = await start();
    await change({
      products: [...credential.products, await anotherProduct(bench)],
    });
    await bench.call(secret);
    await bench.call(secret, '/second/a');
    expect(await remaining(reference)).toBe(9);
    await bench.provider.resetQuota(reference);
    expect(await remaining(reference)).toBe(10);
  });

  it.each(['5.8.1', '5.14.0'])(
    'leaves a suspended key suspended, and one whose plan is a draft for now refused no longer than that, on %s',
    async version => {
      const { reference, secret, change } = await start({
        sandbox: { settings: { version } },
      });
      await change({ suspended: true });
      expect(await bench.provider.resetQuota(reference)).toMatchObject({
        suspended: true,
        quotaRemaining: 10,
      });
      await change({});
      const plan = bench.sandbox.inspect
        .policies()
        .find(({ id }) => id === 'bs-plan-default.gold');
      const edit = (inactive: boolean) =>
        bench.sandbox.edit.putPolicy({
          ...plan,
          id: 'bs-plan-default.gold',
          is_inactive: inactive,
        });
      edit(true);
      await bench.provider.resetQuota(reference);
      expect((await bench.call(secret)).status).toBe(403);
      edit(false);
      // Older gateways store what the policy said, whatever is sent.
      if (version === '5.8.1') await change({});
      expect((await bench.call(secret)).status).toBe(200);
    },
  );

  it('conflicts where there is no such key', async () => {
    bench = await startBench();
    const error = await rejection(
      bench.provider.resetQuota('00000000deadbeef'),
    );
    expect(error.name).toBe('ProviderConflictError');
  });
});
