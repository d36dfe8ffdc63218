import { rejection, startBench } from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';
import {
  anotherPlan,
  anotherProduct,
  editKey,
  keyInUse,
  wantedOf,
} from '../__testUtils__/keyInUse';

let bench: Bench;

afterEach(() => bench.stop());

async function start(options?: BenchOptions) {
  const key = await keyInUse(options);
  bench = key.bench;
  return key;
}

const DAY = 86_400;

const stored = () => bench.keys()[0].session;

const remaining = async (reference: string) =>
  (await bench.provider.readCredential(reference))?.quotaRemaining;

describe('changing the plan of a key', () => {
  it('case 37: gives it the new limits, and keeps its secret, what was used, and the window', async () => {
    const { reference, secret, change } = await start();
    const before = await bench.provider.readCredential(reference);
    const plan = await anotherPlan(bench, {
      key: 'default/platinum',
      title: 'Platinum',
      rateLimit: { requests: 500, per: 60 },
      quota: { requests: 50, per: 'P1D' },
    });
    const state = await change({ plan });
    expect(state).toMatchObject({
      policyIds: ['bs-product-default.payments', 'bs-plan-default.platinum'],
      rateLimit: { requests: 500, per: 60 },
      quota: { requests: 50, perSeconds: DAY },
      quotaRemaining: 47,
      quotaRenewsAt: before?.quotaRenewsAt,
    });
    expect((await bench.call(secret)).status).toBe(200);
    expect(await remaining(reference)).toBe(46);
  });

  it.each<[string, string[]]>([
    ['lists the product’s API', ['echo']],
    ['lists no API', []],
    ['lists only another API', ['second']],
  ])(
    'case 37: makes the renewal as short as a plan that %s asks for',
    async (_, apiIds) => {
      bench = await startBench();
      const credential = await bench.offer({
        plan: { apiIds, quota: { requests: 10, per: 'P30D' } },
      });
      const { reference } = await bench.provider.putCredential(credential);
      const plan = await anotherPlan(bench, {
        key: 'default/hourly',
        title: 'Hourly',
        apiIds,
        quota: { requests: 20, per: 'PT1H' },
      });
      const wanted = wantedOf(credential);
      expect(
        await bench.provider.updateCredential(reference, { ...wanted, plan }),
      ).toMatchObject({ quota: { requests: 20, perSeconds: 3_600 } });
    },
  );

  it('takes away the metadata that the old plan gave, and keeps what others have put there', async () => {
    bench = await startBench();
    const credential = await bench.offer({
      plan: { credentialMetadata: { plan_tier: 'gold', support: 'phone' } },
    });
    const { reference } = await bench.provider.putCredential(credential);
    const wanted = wantedOf(credential);
    await editKey(bench, reference, { meta_data: { theirs: 'kept' } });
    const plan = await anotherPlan(bench, {
      key: 'default/silver',
      title: 'Silver',
      credentialMetadata: { plan_tier: 'silver' },
    });
    await bench.provider.updateCredential(reference, {
      ...wanted,
      plan,
      metadata: { ApplicationID: '43' },
    });
    expect(stored().meta_data).toEqual({
      theirs: 'kept',
      plan_tier: 'silver',
      ApplicationID: '43',
      credential_id: 'c-1',
    });
  });

  it('changes nothing where the new plan is missing', async () => {
    const { reference, change, credential } = await start();
    const error = await rejection(
      change({
        plan: { ...credential.plan, reference: { policyId: 'nowhere' } },
      }),
    );
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('nowhere');
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      quota: { requests: 10 },
      quotaRemaining: 7,
    });
  });

  it('puts the key back where the plan vanishes between check and call', async () => {
    const { reference, change } = await start();
    const plan = await anotherPlan(bench, {
      key: 'default/other',
      title: 'Other',
    });
    bench.sandbox.faults.add({
      match: { method: 'PUT', path: '^/tyk/keys/' },
      times: 1,
      run: () => {
        bench.sandbox.edit.removePolicy('bs-plan-default.other');
      },
    });
    const error = await rejection(
      change({ plan: { ...plan, quota: { requests: 99, per: 'P1D' } } }),
    );
    expect(error.name).toBe('ProviderUnavailableError');
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
      quota: { requests: 10 },
      quotaRemaining: 7,
      suspended: false,
    });
  });

  it('case 40: puts the key back where the plan was changed at Tyk, and says what differs', async () => {
    const { reference, change } = await start();
    const plan = await anotherPlan(bench, {
      key: 'default/other',
      title: 'Other',
    });
    const other = bench.sandbox.inspect
      .policies()
      .find(({ id }) => id === 'bs-plan-default.other');
    bench.sandbox.edit.putPolicy({
      ...other,
      id: 'bs-plan-default.other',
      quota_max: 7_000,
    });
    const error = await rejection(change({ plan }));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toContain('bs-plan-default.other (quota_max)');
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      policyIds: ['bs-product-default.payments', 'bs-plan-default.gold'],
    });
  });
});

describe('changing the products of a key', () => {
  it('case 38: opens a product that is added and closes one that is removed, with the same secret and plan', async () => {
    const { credential, reference, secret, change } = await start();
    const added = await anotherProduct(bench);
    const both = await change({ products: [...credential.products, added] });
    expect(both.apiIds).toEqual(['echo', 'second']);
    expect((await bench.call(secret)).status).toBe(200);
    expect((await bench.call(secret, '/second/a')).status).toBe(200);

    const one = await change({ products: [added] });
    expect(one).toMatchObject({
      apiIds: ['second'],
      quota: { requests: 10, perSeconds: DAY },
    });
    expect((await bench.call(secret)).status).toBe(403);
    expect((await bench.call(secret, '/second/a')).status).toBe(200);

    const back = await change({ products: credential.products });
    expect(back.apiIds).toEqual(['echo']);
    // What was used of the first product was never forgotten.
    expect(await remaining(reference)).toBeLessThanOrEqual(7);
  });

  it('refuses to leave a key without any API', async () => {
    const { change } = await start();
    const error = await rejection(change({ products: [] }));
    expect(error.name).toBe('ProviderRejectedError');
    expect(stored().apply_policies).toHaveLength(2);
  });
});

describe('updateCredential', () => {
  it('changes only what it names, and keeps whatever else is in the session', async () => {
    const { reference, change } = await start();
    await editKey(bench, reference, {
      session_lifetime: 1234,
      post_expiry_action: 'retain',
      enable_http_signature_validation: true,
    });
    await change({ alias: 'Renamed', tags: ['app-43'] });
    expect(stored()).toMatchObject({
      alias: 'Renamed [api-portal c-1]',
      session_lifetime: 1234,
      post_expiry_action: 'retain',
      enable_http_signature_validation: true,
    });
    expect(stored().tags).toEqual(expect.arrayContaining(['app-43', 'portal']));
    expect(stored().tags).not.toContain('app-42');
  });

  it('case 36: changes the expiry, in whole seconds, and takes it away', async () => {
    const { change } = await start();
    const expiresAt = Math.floor(Date.now() / 1000) + 30 * DAY;
    expect(await change({ expiresAt: expiresAt + 0.5 })).toMatchObject({
      expiresAt,
    });
    expect((await change({})).expiresAt).toBeUndefined();
  });

  it('case 36: never sends an expiry that is past', async () => {
    const { change } = await start();
    const error = await rejection(
      change({ expiresAt: Math.floor(Date.now() / 1000) - 1 }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(bench.requests().filter(line => line.startsWith('PUT'))).toEqual([]);
  });

  it('conflicts where there is no such key', async () => {
    const { credential } = await start();
    const wanted = wantedOf(credential);
    const error = await rejection(
      bench.provider.updateCredential('00000000deadbeef', wanted),
    );
    expect(error.name).toBe('ProviderConflictError');
  });

  it('writes nothing twice: the same again leaves the same', async () => {
    const { reference, change } = await start();
    const plan = await anotherPlan(bench, {
      key: 'default/other',
      title: 'Other',
    });
    await change({ plan });
    const once = await bench.provider.readCredential(reference);
    await change({ plan });
    expect(await bench.provider.readCredential(reference)).toEqual(once);
  });
});
