import { CHOSEN_KEY, rejection, startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

/** Calls without a pause until told to stop, and says how the last one was answered. */
function constantTraffic(secret: string) {
  let running = true;
  let status = 0;
  const loop = async () => {
    while (running) {
      const response = await bench.call(secret);
      await response.text();
      status = response.status;
    }
  };
  const done = loop();
  return {
    last: () => status,
    stop: async () => {
      running = false;
      await done;
    },
  };
}

async function until(condition: () => boolean) {
  while (!condition()) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('removeCredential', () => {
  it('case 64: on murmur64 the key is refused at once under constant traffic, and stays gone', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { secret, reference } = await bench.provider.putCredential({
      ...credential,
      plan: await generous(),
    });
    const traffic = constantTraffic(secret);
    await until(() => traffic.last() === 200);

    const result = await bench.provider.removeCredential({
      reference,
      credentialId: 'c-1',
    });
    expect(result).toEqual({ confirmAfterMs: 11_000 });
    expect((await bench.call(secret)).status).toBe(403);
    await until(() => traffic.last() === 403);
    expect(await bench.provider.readCredential(reference)).toBeUndefined();
    bench.advance(result.confirmAfterMs);
    expect((await bench.call(secret)).status).toBe(403);
    expect(await bench.provider.readCredential(reference)).toBeUndefined();
    await traffic.stop();
    expect(bench.keys()).toEqual([]);
  });

  /** A plan that traffic does not use up; it has a quota, because the gateway writes sessions back as it counts. */
  async function generous() {
    const plan = {
      key: 'default/generous',
      title: 'Generous',
      rateLimit: 'unlimited' as const,
      quota: { requests: 10_000_000, per: 'P30D' },
      credentialMetadata: {},
      apiIds: ['echo'],
    };
    return { ...plan, reference: await bench.provider.putPlan(plan) };
  }

  it.each(['murmur32', 'murmur128', 'sha256'] as const)(
    'cases 64 and 65: on %s a key in use comes back, which the answer says beforehand with the settings to change',
    async hashKeyFunction => {
      bench = await startBench({ sandbox: { settings: { hashKeyFunction } } });
      const credential = await bench.offer();
      const { secret, reference } = await bench.provider.putCredential({
        ...credential,
        plan: await generous(),
      });
      expect((await bench.call(secret)).status).toBe(200);
      const { warning, confirmAfterMs } = await bench.provider.removeCredential(
        { reference, credentialId: 'c-1' },
      );
      expect(warning).toContain(hashKeyFunction);
      expect(warning).toContain('hash_key_function to murmur64');
      expect(warning).toContain(
        'local_session_cache.disable_cached_session_state to true',
      );
      expect((await bench.call(secret)).status).toBe(200);
      bench.advance(9_000);
      expect((await bench.call(secret)).status).toBe(200);
      bench.advance(confirmAfterMs - 9_000);
      expect(await bench.provider.readCredential(reference)).toBeDefined();

      bench.sandbox.setSettings({ disableCachedSessionState: true });
      await bench.provider.removeCredential({ reference, credentialId: 'c-1' });
      expect((await bench.call(secret)).status).toBe(403);
    },
  );

  it('case 34: twice succeeds', async () => {
    bench = await startBench();
    const { reference } = await bench.provider.putCredential(
      await bench.offer(),
    );
    await bench.provider.removeCredential({ reference, credentialId: 'c-1' });
    await bench.provider.removeCredential({ reference, credentialId: 'c-1' });
    await bench.provider.removeCredential({
      chosenKey: CHOSEN_KEY,
      credentialId: 'c-1',
    });
    expect(bench.keys()).toEqual([]);
  });

  it.each(['murmur32', 'murmur64', 'murmur128', 'sha256', undefined] as const)(
    'finds a key by what was chosen for it, with hash function %s',
    async hashKeyFunction => {
      bench = await startBench({ sandbox: { settings: { hashKeyFunction } } });
      await bench.provider.putCredential(await bench.offer());
      expect(bench.keys()).toHaveLength(1);
      const result = await bench.provider.removeCredential({
        chosenKey: CHOSEN_KEY,
        credentialId: 'c-1',
      });
      expect(result).toEqual({ confirmAfterMs: 0 });
      expect(bench.keys()).toEqual([]);
    },
  );

  it('finds it although the hash function was changed since', async () => {
    bench = await startBench({
      sandbox: { settings: { hashKeyFunction: 'murmur128' } },
    });
    await bench.provider.putCredential(await bench.offer());
    bench.sandbox.setSettings({ hashKeyFunction: 'murmur64' });
    await bench.provider.removeCredential({
      chosenKey: CHOSEN_KEY,
      credentialId: 'c-1',
    });
    expect(bench.keys()).toEqual([]);
  });

  it('succeeds where no key was ever made', async () => {
    bench = await startBench();
    expect(
      await bench.provider.removeCredential({
        chosenKey: CHOSEN_KEY,
        credentialId: 'c-1',
      }),
    ).toEqual({ confirmAfterMs: 0 });
    expect(
      await bench.provider.removeCredential({
        reference: '00000000deadbeef',
        credentialId: 'c-1',
      }),
    ).toEqual({ confirmAfterMs: 11_000 });
  });

  it('refuses what is no reference, without repeating it', async () => {
    bench = await startBench();
    for (const reference of ['../policies/x', 'eyJvcmciOiJkZWZhdWx0In0=', '']) {
      const error = await rejection(
        bench.provider.removeCredential({ reference, credentialId: 'c-1' }),
      );
      expect(error.name).toBe('ProviderRejectedError');
      expect(error.message).toBe(
        'tyk-eu: that is not a reference of this provider',
      );
    }
    expect(bench.requests()).toEqual([]);
  });
});

describe('readCredential', () => {
  it('answers undefined for a key that is not there', async () => {
    bench = await startBench();
    expect(
      await bench.provider.readCredential('00000000deadbeef'),
    ).toBeUndefined();
  });

  it('names hash_keys where hashing was switched off since', async () => {
    bench = await startBench();
    const { reference } = await bench.provider.putCredential(
      await bench.offer(),
    );
    bench.sandbox.setSettings({ hashKeys: false });
    const error = await rejection(bench.provider.readCredential(reference));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('hash_keys');
  });

  it('says that a key is suspended by its policy', async () => {
    bench = await startBench();
    const { reference } = await bench.provider.putCredential(
      await bench.offer(),
    );
    const [plan] = bench.sandbox.inspect
      .policies()
      .filter(({ id }) => id === 'bs-plan-default.gold');
    bench.sandbox.edit.putPolicy({ ...plan, is_inactive: true });
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      suspended: true,
    });
  });
});
