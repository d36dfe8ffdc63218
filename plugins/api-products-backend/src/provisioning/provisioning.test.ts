import {
  ProviderRejectedError,
  ProviderUnauthorisedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { settleSubscription } from '../subscriptions/subscriptionState';
import { openSecret } from '../subscriptions/seal/sealedSecrets';
import { requestRevocation } from '../subscriptions/revoke';
import { retryCredential } from '../subscriptions/retry';
import { demo } from '../testing/demo';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { FakeProvider } from '../testing/FakeProvider';
import {
  provisioningBench,
  type ProvisioningBench,
} from '../testing/provisioning';
import { idOf, writeRecords } from '../testing/records';
import { subscribe, type TestSubscription } from '../testing/subscriptions';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const PAYMENTS = 'apiproduct:default/payments';
const BY = 'user:default/dana';
const databases = testDatabases();

describe.each(databases.eachSupportedId())('provisioning, %p', databaseId => {
  let knex: Knex;
  let bench: ProvisioningBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await provisioningBench(knex);
    await writeRecords(knex, demo);
  });
  afterEach(() => bench.worker.stop());

  const sealedPurposes = async (id: string) => {
    const rows: { purpose: string }[] = await knex('sealed_secrets')
      .where({ credential_id: id })
      .select('purpose');
    return rows.map(({ purpose }) => purpose);
  };
  const chosenKeyOf = (id: string) =>
    openSecret(knex, bench.deps.sealer, {
      credentialId: id,
      purpose: 'chosen',
    });
  const events = async (id: string): Promise<string[]> => {
    const rows: { event: string }[] = await knex('history')
      .where({ subject: `credential:${id}` })
      .orderBy('sequence');
    return rows.map(({ event }) => event);
  };
  const revoke = (made: TestSubscription) =>
    knex.transaction(async tx => {
      await requestRevocation(tx, bench.deps, made.credential, BY);
      await settleSubscription(tx, bench.clock, made.id);
    });
  const active = async () => {
    const made = await subscribe(knex, bench.deps);
    await bench.work();
    expect((await bench.credential(made.credential.id)).status).toBe('active');
    return made;
  };

  it('makes the key with product and plan, seals its token and destroys what was chosen', async () => {
    const made = await subscribe(knex, bench.deps, {
      plan: 'apiplan:default/gold',
      application: 'Shop backend',
    });
    const { id } = made.credential;
    const chosenKey = await chosenKeyOf(id);
    expect(chosenKey).toMatch(/^[0-9a-f]{64}$/);
    await bench.work();

    const [key] = [...bench.provider.keys.values()];
    expect(key).toMatchObject({
      credentialId: id,
      chosenKey,
      alias: 'Shop backend (group:default/shop-team)',
      expiresAt: Date.parse('2027-02-19T12:00:00Z') / 1000,
      plan: { reference: { policyId: 'plan-default-gold' } },
      products: [{ reference: { policyId: 'product-default-payments' } }],
    });
    expect(await bench.credential(id)).toMatchObject({
      status: 'active',
      header_name: 'X-Api-Key',
      provider_reference: FakeProvider.referenceOf(chosenKey ?? ''),
      // Tokens of this provider do not end as keys do.
      last_four: null,
      expires_at: '2027-02-19T12:00:00.000Z',
      reveal_until: '2026-11-28T12:00:00.000Z',
      last_error: null,
    });
    expect((await bench.subscription(made.id)).status).toBe('active');
    expect(await sealedPurposes(id)).toEqual(['token']);
    expect(await events(id)).toEqual([
      'credential.requested',
      'credential.active',
    ]);
  });

  it('makes one key although the answer to the first call was lost', async () => {
    let lost = 0;
    bench.provider.fault = ({ method, when }) => {
      if (method === 'putCredential' && when === 'after' && lost < 1) {
        lost += 1;
        throw new ProviderUnavailableError('no answer within 10000 ms');
      }
    };
    const made = await subscribe(knex, bench.deps);
    await bench.work();
    const { id } = made.credential;
    expect(await bench.credential(id)).toMatchObject({
      status: 'provisioning',
      last_error: 'no answer within 10000 ms',
    });
    expect((await bench.subscription(made.id)).last_error).toBe(
      'no answer within 10000 ms',
    );
    await bench.pass(2_000);
    expect((await bench.credential(id)).status).toBe('active');
    expect(bench.provider.keys.size).toBe(1);
  });

  it('brings product and plan to the provider first', async () => {
    const ids = {
      product: await idOf(knex, 'product', PAYMENTS),
      plan: await idOf(knex, 'plan', 'apiplan:default/free'),
    };
    await knex('products')
      .where({ id: ids.product })
      .update({ provider_status: 'pending', policy_id: null });
    await knex('plans').where({ id: ids.plan }).increment('revision');
    bench.provider.fault = ({ method }) => {
      if (method === 'putProduct') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    const { credential } = await subscribe(knex, bench.deps);
    await bench.work();
    expect(await bench.credential(credential.id)).toMatchObject({
      status: 'provisioning',
      last_error: expect.stringContaining(
        '“Payments API” is being brought to the provider',
      ),
    });
    expect(bench.provider.calls).not.toContain('putCredential');

    bench.provider.fault = undefined;
    await bench.pass(2_000);
    await bench.pass(2_000);
    expect((await bench.credential(credential.id)).status).toBe('active');
    expect(
      await knex('products').where({ id: ids.product }).first(),
    ).toMatchObject({
      provider_status: 'ready',
      policy_id: 'fake-product-default/payments',
    });
    expect(await knex('plans').where({ id: ids.plan }).first()).toMatchObject({
      provider_status: 'ready',
      provider_revision: 2,
    });
  });

  it('puts a product again that was changed while the provider was being told', async () => {
    const id = await idOf(knex, 'product', PAYMENTS);
    let changed = false;
    bench.provider.fault = async ({ method }) => {
      if (method === 'putProduct' && !changed) {
        changed = true;
        await knex('products')
          .where({ id })
          .update({ revision: 2, provider_status: 'pending' });
      }
    };
    await knex('products').where({ id }).update({ provider_status: 'pending' });
    await subscribe(knex, bench.deps);
    await bench.work();
    expect(await knex('products').where({ id }).first()).toMatchObject({
      provider_status: 'ready',
      revision: 2,
      provider_revision: 2,
    });
    expect(bench.provider.products).toHaveLength(2);
  });

  it('fails at once what the provider refuses, with its reason, and can be tried again with the same key', async () => {
    bench.provider.fault = ({ method, when }) => {
      if (method === 'putCredential' && when === 'before') {
        throw new ProviderRejectedError('API payments does not exist');
      }
    };
    const made = await subscribe(knex, bench.deps);
    const { id } = made.credential;
    const chosen = await chosenKeyOf(id);
    await bench.work();
    expect(await bench.credential(id)).toMatchObject({
      status: 'failed',
      last_error: 'API payments does not exist',
    });
    expect(await bench.subscription(made.id)).toMatchObject({
      status: 'failed',
      last_error: 'API payments does not exist',
    });

    bench.provider.fault = undefined;
    const credential = await bench.credential(id);
    await knex.transaction(tx =>
      retryCredential(tx, bench.deps, credential, BY),
    );
    await bench.work();
    await bench.pass(2_000);
    expect((await bench.credential(id)).status).toBe('active');
    expect([...bench.provider.keys.values()][0].chosenKey).toBe(chosen);
    expect(bench.provider.calls).toContain('putProduct');
  });

  it('keeps waiting while the provider refuses the portal itself, until the time to give up', async () => {
    bench.provider.fault = ({ method }) => {
      if (method === 'putCredential') {
        throw new ProviderUnauthorisedError('wrong secret');
      }
    };
    const { credential } = await subscribe(knex, bench.deps);
    await bench.work();
    expect(await bench.credential(credential.id)).toMatchObject({
      status: 'provisioning',
      last_error: expect.stringContaining('wrong secret; a platform owner'),
    });
    await bench.pass(25 * 60 * 60_000);
    expect((await bench.credential(credential.id)).status).toBe('failed');
  });

  it('says which key of the ring is missing, and goes on when it is back', async () => {
    bench.provider.fault = ({ method }) => {
      if (method === 'putCredential') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    const [making, revoking] = [
      await subscribe(knex, bench.deps),
      await subscribe(knex, bench.deps),
    ];
    await bench.work();
    await revoke(revoking);
    await knex('sealed_secrets').update({ key_id: 'old' });
    await bench.pass(2_000);
    const missing = {
      last_error: expect.stringContaining('sealed with key old'),
    };
    expect(await bench.credential(making.credential.id)).toMatchObject({
      status: 'failed',
      ...missing,
    });
    expect(await bench.credential(revoking.credential.id)).toMatchObject({
      status: 'revoking',
      ...missing,
    });
    await knex('sealed_secrets').update({ key_id: 'test' });
    await bench.pass(10_000);
    await bench.pass(11_000);
    expect((await bench.credential(revoking.credential.id)).status).toBe(
      'revoked',
    );
  });

  it('destroys a secret that nobody has revealed in time', async () => {
    const made = await active();
    const { id } = made.credential;
    await bench.pass(7 * 24 * 60 * 60_000 - 1);
    expect(await sealedPurposes(id)).toEqual(['token']);
    await bench.pass(1);
    expect(await sealedPurposes(id)).toEqual([]);
    expect(await events(id)).toContain('credential.secret-forgotten');
    expect((await bench.credential(id)).status).toBe('active');
  });

  it('makes each key once although two workers look for jobs', async () => {
    const other = bench.anotherWorker();
    const made = await Promise.all(
      Array.from({ length: 20 }, () => subscribe(knex, bench.deps)),
    );
    await other.start();
    await bench.work();
    await waitFor(
      async () =>
        (await knex('credentials').where({ status: 'active' })).length ===
        made.length,
      'all are active',
    );
    await other.stop();
    expect(bench.provider.keys.size).toBe(made.length);
    expect(
      bench.provider.calls.filter(method => method === 'putCredential'),
    ).toHaveLength(made.length);
  });
});
