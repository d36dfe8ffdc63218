import type {
  CredentialUpdate,
  ProviderCredential,
  ProviderPlan,
} from 'backstage-plugin-api-products-node';
import {
  CHOSEN_KEY,
  PLAN,
  rejection,
  startBench,
} from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

const DAY = 86_400;

/** A credential at the gateway, three of its ten calls used. */
async function inUse(options: BenchOptions = {}) {
  bench = await startBench(options);
  const credential = await bench.offer();
  const { reference, secret } = await bench.provider.putCredential(credential);
  for (let call = 0; call < 3; call++) await bench.call(secret);
  const { chosenKey, kind, ...wanted } = credential;
  expect([chosenKey, kind]).toEqual([CHOSEN_KEY, undefined]);
  const change = (update: Partial<CredentialUpdate>) =>
    bench.provider.updateCredential(reference, { ...wanted, ...update });
  return { credential, reference, secret, change };
}

async function planned(
  change: Partial<ProviderPlan>,
): Promise<ProviderCredential['plan']> {
  const plan = { ...PLAN, ...change };
  return { ...plan, reference: await bench.provider.putPlan(plan) };
}

async function second() {
  const product = {
    key: 'default/second',
    title: 'Second',
    apis: [{ id: 'second', name: 'Second' }],
  };
  return { ...product, reference: await bench.provider.putProduct(product) };
}

const stored = () => bench.keys()[0].session;
const remaining = async (reference: string) =>
  (await bench.provider.readCredential(reference))?.quotaRemaining;

describe.each(['5.8.1', '5.14.0'])('suspending a key on %s', version => {
  const sandbox = { settings: { version } };

  it('case 35: refuses it, and lets it pass again when resumed, with its quota as it was', async () => {
    const { reference, secret, change } = await inUse({ sandbox });
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
    const { credential, change } = await inUse({ sandbox });
    const other = await bench.provider.putCredential({
      ...credential,
      credentialId: 'c-2',
      chosenKey: 'f'.repeat(64),
    });
    await change({ suspended: true });
    await change({ suspended: true });
    const { chosenKey, ...wanted } = credential;
    expect(chosenKey).toBe(CHOSEN_KEY);
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
    const { secret, change } = await inUse({ sandbox });
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');
    expect(await change({ suspended: true })).toMatchObject({
      suspended: true,
    });
    expect((await bench.call(secret)).status).toBe(403);
  });

  it('does not resume a key whose plan is missing, which would be one without limits', async () => {
    const { secret, change } = await inUse({ sandbox });
    await change({ suspended: true });
    bench.sandbox.edit.removePolicy('bs-plan-default.gold');
    const error = await rejection(change({ suspended: false }));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('bs-plan-default.gold');
    expect((await bench.call(secret)).status).toBe(403);
  });

  it('keeps a suspended key suspended while its plan changes', async () => {
    const { secret, change } = await inUse({ sandbox });
    const plan = await planned({ key: 'default/other', title: 'Other' });
    const state = await change({ suspended: true, plan });
    expect(state.policyIds).toContain('bs-plan-default.other');
    expect((await bench.call(secret)).status).toBe(403);
  });
});

describe('changing the plan of a key', () => {
  it('case 37: gives it the new limits, and keeps its secret, what was used, and the window', async () => {
    const { reference, secret, change } = await inUse();
    const before = await bench.provider.readCredential(reference);
    const plan = await planned({
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
      const plan = await planned({
        key: 'default/hourly',
        title: 'Hourly',
        apiIds,
        quota: { requests: 20, per: 'PT1H' },
      });
      const { chosenKey, ...wanted } = credential;
      expect(chosenKey).toBe(CHOSEN_KEY);
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
    const { chosenKey, ...wanted } = credential;
    expect(chosenKey).toBe(CHOSEN_KEY);
    await put(reference, { meta_data: { theirs: 'kept' } });
    const plan = await planned({
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
    const { reference, change, credential } = await inUse();
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
    const { reference, change } = await inUse();
    const plan = await planned({ key: 'default/other', title: 'Other' });
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
    const { reference, change } = await inUse();
    const plan = await planned({ key: 'default/other', title: 'Other' });
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
    const { credential, reference, secret, change } = await inUse();
    const added = await second();
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
    const { change } = await inUse();
    const error = await rejection(change({ products: [] }));
    expect(error.name).toBe('ProviderRejectedError');
    expect(stored().apply_policies).toHaveLength(2);
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
    const { secret, change } = await inUse({ sandbox });
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
    const { reference, secret, change } = await inUse({ sandbox });
    const plan = await planned({ key: 'default/other', title: 'Other' });
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

describe('updateCredential', () => {
  it('changes only what it names, and keeps whatever else is in the session', async () => {
    const { reference, change } = await inUse();
    await put(reference, {
      session_lifetime: 1234,
      post_expiry_action: 'retain',
      enable_http_signature_validation: true,
    });
    await change({ alias: 'Renamed', tags: ['app-43'] });
    expect(stored()).toMatchObject({
      alias: 'Renamed',
      session_lifetime: 1234,
      post_expiry_action: 'retain',
      enable_http_signature_validation: true,
    });
    expect(stored().tags).toEqual(expect.arrayContaining(['app-43', 'portal']));
    expect(stored().tags).not.toContain('app-42');
  });

  it('case 36: changes the expiry, in whole seconds, and takes it away', async () => {
    const { change } = await inUse();
    const expiresAt = Math.floor(Date.now() / 1000) + 30 * DAY;
    expect(await change({ expiresAt: expiresAt + 0.5 })).toMatchObject({
      expiresAt,
    });
    expect((await change({})).expiresAt).toBeUndefined();
  });

  it('case 36: never sends an expiry that is past', async () => {
    const { change } = await inUse();
    const error = await rejection(
      change({ expiresAt: Math.floor(Date.now() / 1000) - 1 }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(bench.requests().filter(line => line.startsWith('PUT'))).toEqual([]);
  });

  it('conflicts where there is no such key', async () => {
    const { credential } = await inUse();
    const { chosenKey, ...wanted } = credential;
    expect(chosenKey).toBe(CHOSEN_KEY);
    const error = await rejection(
      bench.provider.updateCredential('00000000deadbeef', wanted),
    );
    expect(error.name).toBe('ProviderConflictError');
  });

  it('writes nothing twice: the same again leaves the same', async () => {
    const { reference, change } = await inUse();
    const plan = await planned({ key: 'default/other', title: 'Other' });
    await change({ plan });
    const once = await bench.provider.readCredential(reference);
    await change({ plan });
    expect(await bench.provider.readCredential(reference)).toEqual(once);
  });
});

describe('resetQuota', () => {
  it('starts the quota and its window anew, and nothing else', async () => {
    const { reference, secret } = await inUse();
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
    expect((after?.quotaRenewsAt ?? 0) - (before?.quotaRenewsAt ?? 0)).toBe(
      3_600,
    );
  });

  it('opens a key that has used up everything', async () => {
    const { reference, secret } = await inUse();
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
    const { credential, reference, secret, change } = await inUse();
    await change({ products: [...credential.products, await second()] });
    await bench.call(secret);
    await bench.call(secret, '/second/a');
    expect(await remaining(reference)).toBe(9);
    await bench.provider.resetQuota(reference);
    expect(await remaining(reference)).toBe(10);
  });

  it.each(['5.8.1', '5.14.0'])(
    'leaves a suspended key suspended, and one whose plan is a draft for now refused no longer than that, on %s',
    async version => {
      const { reference, secret, change } = await inUse({
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

/** What somebody else does to a key, with Tyk's own API. */
async function put(reference: string, change: Record<string, unknown>) {
  const { sandbox } = bench;
  const url = `${sandbox.gatewayUrl}/tyk/keys/${reference}?hashed=true&suppress_reset=1`;
  const headers = { 'x-tyk-authorization': sandbox.secret };
  const session = await (await fetch(url, { headers })).json();
  const answer = await fetch(url, {
    method: 'PUT',
    headers,
    body: JSON.stringify({
      ...session,
      ...change,
      ...('meta_data' in change && {
        meta_data: { ...session.meta_data, ...Object(change.meta_data) },
      }),
    }),
  });
  expect(answer.status).toBe(200);
}
