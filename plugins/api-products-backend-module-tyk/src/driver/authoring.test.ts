/**
 * What becomes of a product or a plan at a gateway over time: edited by others, emptied, removed, removed by others.
 */
import { PLAN, PRODUCT, rejection, startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

const policy = (id: string) =>
  bench.sandbox.inspect.policies().find(item => item.id === id);

describe('a product without APIs', () => {
  it('case 15: becomes a draft when its last API is removed, and active again with the next', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { secret } = await bench.provider.putCredential(credential);
    const [{ reference }] = credential.products;

    expect(
      await bench.provider.putProduct({ ...PRODUCT, apis: [], reference }),
    ).toEqual(reference);
    expect(policy(reference.policyId)).toMatchObject({ is_inactive: true });
    expect(policy(reference.policyId)?.access_rights ?? {}).toEqual({});
    expect(await bench.provider.listOfferings()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'product', state: 'draft', apis: [] }),
      ]),
    );
    expect((await bench.call(secret)).status).toBe(403);

    await bench.provider.putProduct({ ...PRODUCT, reference });
    expect(policy(reference.policyId)).toMatchObject({ is_inactive: false });
    expect((await bench.call(secret)).status).toBe(200);
  });

  it('case 15: can be made', async () => {
    bench = await startBench();
    await bench.provider.putProduct({ ...PRODUCT, apis: [] });
    expect(await bench.provider.listOfferings()).toMatchObject([
      { kind: 'product', state: 'draft', name: 'Payments API' },
    ]);
  });

  it('gives nobody a key', async () => {
    bench = await startBench();
    const credential = await bench.offer({ product: { apis: [] } });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderRejectedError');
    expect(bench.keys()).toEqual([]);
  });
});

describe('a policy that others have edited', () => {
  it('case 14: keeps all that the portal does not know through ten edits of the portal', async () => {
    bench = await startBench();
    const reference = await bench.provider.putPlan(PLAN);
    const theirs = {
      smoothing: {
        enabled: true,
        threshold: 5,
        trigger: 0.8,
        step: 10,
        delay: 30,
      },
      throttle_interval: 7,
      throttle_retry_limit: 3,
      max_query_depth: 4,
      hmac_enabled: true,
      post_expiry_action: 'retain',
      post_expiry_grace_period: 60,
      meta_data: { theirs: 'kept' },
    };
    const endpoints = [
      { path: '/a', methods: [{ name: 'GET', limit: { rate: 1, per: 2 } }] },
    ];
    const made = policy(reference.policyId);
    bench.sandbox.edit.putPolicy({
      ...made,
      ...theirs,
      id: reference.policyId,
      partitions: { quota: true, rate_limit: true, complexity: true },
      access_rights: {
        echo: { ...made?.access_rights?.echo, endpoints },
      },
    });
    const before = policy(reference.policyId);
    for (let requests = 11; requests <= 20; requests++) {
      await bench.provider.putPlan({
        ...PLAN,
        quota: { requests, per: 'P1D' },
        reference,
      });
    }
    const after = policy(reference.policyId);
    expect(after).toMatchObject({ ...theirs, quota_max: 20 });
    expect({ ...after, quota_max: 0 }).toEqual({ ...before, quota_max: 0 });
  });

  it('keeps the APIs that somebody named in a plan for which the portal names none', async () => {
    bench = await startBench();
    const plan = { ...PLAN, apiIds: [] };
    const reference = await bench.provider.putPlan(plan);
    bench.sandbox.edit.putPolicy({
      ...policy(reference.policyId),
      id: reference.policyId,
      access_rights: { second: { versions: ['Default'] } },
    });
    await bench.provider.putPlan({ ...plan, title: 'Renamed', reference });
    expect(policy(reference.policyId)).toMatchObject({
      name: 'Renamed',
      access_rights: { second: { versions: ['Default'] } },
    });
  });

  it('case 16: is active again after the portal has put it', async () => {
    bench = await startBench();
    const reference = await bench.provider.putPlan(PLAN);
    bench.sandbox.edit.putPolicy({
      ...policy(reference.policyId),
      id: reference.policyId,
      is_inactive: true,
    });
    await bench.provider.putPlan({ ...PLAN, reference });
    expect(policy(reference.policyId)).toMatchObject({ is_inactive: false });
  });
});

describe('removing', () => {
  it('case 17: takes product and plan away, and returns when the gateway has forgotten them', async () => {
    bench = await startBench({ sandbox: { reloadDelayMs: 100 } });
    const product = await bench.provider.putProduct(PRODUCT);
    const plan = await bench.provider.putPlan(PLAN);
    await bench.provider.removeProduct(product);
    await bench.provider.removePlan(plan);
    expect(bench.sandbox.inspect.policies()).toEqual([]);
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it('case 17: of what is not there, or only loaded still, succeeds', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    await bench.provider.removeProduct(reference);
    await bench.provider.removeProduct(reference);
    await bench.provider.removePlan({ policyId: 'never-was' });
    expect(bench.sandbox.inspect.policies()).toEqual([]);
  });

  it('does not touch a policy of another organisation', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    const error = await rejection(
      bench.another({ organisation: 'other' }).removeProduct(reference),
    );
    expect(error.name).toBe('ProviderConflictError');
    expect(policy(reference.policyId)).toBeDefined();
  });

  it('case 4: is got through although the answer is lost', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    bench.sandbox.faults.add({
      kind: 'reset',
      when: 'after',
      times: 1,
      match: { method: 'DELETE' },
    });
    await bench.provider.removeProduct(reference);
    expect(bench.sandbox.inspect.policies()).toEqual([]);
  });
});

describe('a policy that others have removed', () => {
  it('is made anew under its id, so that keys that carry it work again', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const { secret } = await bench.provider.putCredential(credential);
    const [product] = credential.products;
    bench.sandbox.edit.removePolicy(product.reference.policyId);
    expect((await bench.call(secret)).status).toBe(403);
    expect(await bench.provider.putProduct(product)).toEqual(product.reference);
    expect((await bench.call(secret)).status).toBe(200);
  });
});

describe('listCredentials', () => {
  it('lists all keys, also those of others', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    const ours = await bench.provider.putCredential(credential);
    const url = `${bench.sandbox.gatewayUrl}/tyk/keys/somebody-elses`;
    await fetch(url, {
      method: 'POST',
      headers: { 'x-tyk-authorization': bench.sandbox.secret },
      body: JSON.stringify({
        org_id: 'default',
        apply_policies: [credential.products[0].reference.policyId],
      }),
    });
    const listed = await bench.provider.listCredentials();
    expect(listed).toHaveLength(2);
    expect(listed).toContain(ours.reference);
    const foreign = listed.find(item => item !== ours.reference) ?? '';
    const state = await bench.provider.readCredential(foreign);
    expect(state).toMatchObject({ apiIds: ['echo'] });
    expect(state).not.toHaveProperty('credentialId');
  });

  it('is empty where there are none', async () => {
    bench = await startBench();
    expect(await bench.provider.listCredentials()).toEqual([]);
  });

  it('case 32: names the setting where keys are not listed', async () => {
    bench = await startBench({
      sandbox: { settings: { hashedKeysListing: false } },
    });
    const error = await rejection(bench.provider.listCredentials());
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('enable_hashed_keys_listing to true');
  });

  it('case 31: lists no secrets where keys are not hashed', async () => {
    bench = await startBench();
    await bench.provider.putCredential(await bench.offer());
    bench.sandbox.setSettings({ hashKeys: false });
    const url = `${bench.sandbox.gatewayUrl}/tyk/keys/in-the-clear-0123456789`;
    await fetch(url, {
      method: 'POST',
      headers: { 'x-tyk-authorization': bench.sandbox.secret },
      body: JSON.stringify({
        org_id: 'default',
        apply_policies: ['bs-product-default.payments'],
      }),
    });
    bench.sandbox.edit.removeKey(bench.keys()[0].hash);
    const error = await rejection(bench.provider.listCredentials());
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('hash_keys to true');
  });
});

describe('exportDefinition', () => {
  it('case 26: has nothing of Tyk’s own, and is undefined for a classic API and for none', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          oas: [
            {
              openapi: '3.0.3',
              info: { title: 'Orders', version: '1.0.0' },
              paths: { '/orders': { get: { responses: {} } } },
              'x-tyk-api-gateway': {
                info: {
                  id: 'orders',
                  name: 'Orders',
                  orgId: 'default',
                  state: { active: true },
                },
                upstream: { url: 'http://127.0.0.1:1' },
                server: { listenPath: { value: '/orders/' } },
              },
            },
          ],
        },
      },
    });
    const document = await bench.provider.exportDefinition('orders');
    expect(document).toMatchObject({
      info: { title: 'Orders' },
      paths: { '/orders': {} },
    });
    expect(document).not.toHaveProperty('x-tyk-api-gateway');
    expect(await bench.provider.exportDefinition('echo')).toBeUndefined();
    expect(await bench.provider.exportDefinition('none')).toBeUndefined();
  });

  it('has no brokers of streams, which Tyk leaves in what it exports', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          oas: [
            {
              openapi: '3.0.3',
              info: { title: 'Prices', version: '1.0.0' },
              paths: {},
              'x-owner': 'prices-team',
              'x-tyk-streaming': {
                streams: {
                  prices: {
                    input: { kafka: { sasl: { password: 'hidden' } } },
                  },
                },
              },
              'x-tyk-api-gateway': {
                info: {
                  id: 'prices',
                  name: 'Prices',
                  orgId: 'default',
                  state: { active: true },
                },
                upstream: { url: '' },
                server: { listenPath: { value: '/prices/' } },
              },
            },
          ],
        },
      },
    });
    const document = await bench.provider.exportDefinition('prices');
    expect(document).toMatchObject({
      info: { title: 'Prices' },
      'x-owner': 'prices-team',
    });
    expect(JSON.stringify(document)).not.toMatch(/hidden|x-tyk/);
  });
});

describe('usage', () => {
  it('case 52: says where there is some, since a gateway alone keeps none', async () => {
    bench = await startBench();
    const error = await rejection(
      bench.provider.usage({
        references: [],
        from: '2026-01-01',
        to: '2026-01-02',
      }),
    );
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('tyk-dashboard');
  });
});
