import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { settleSubscription } from '../../../subscriptions/subscriptionState';
import { DefaultCredentials } from '../../../subscriptions/DefaultCredentials';
import { requestRevocation } from '../../../subscriptions/revoke';
import { retryCredential } from '../../../subscriptions/retry';
import { as } from '../../../testing/access';
import { migratedDatabase, testDatabases } from '../../../testing/databases';
import { driftBench, type DriftBench } from '../../../testing/drift';

jest.setTimeout(120_000);

const databases = testDatabases();
const CONFIRM = 11_000;

describe.each(databases.eachSupportedId())('repair of keys, %p', databaseId => {
  let knex: Knex;
  let bench: DriftBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await driftBench(knex);
  });
  afterEach(() => bench.worker.stop());

  const found = async () => {
    bench.provider.calls.length = 0;
    await bench.look();
    const [item, ...others] = await bench.items();
    expect(others).toEqual([]);
    return item;
  };
  const calls = (method: string) =>
    bench.provider.calls.filter(call => call === method).length;

  it('updates the key, never puts it again, and believes it after the gateway has forgotten its cache', async () => {
    const { reference, credential } = await bench.active('gold');
    bench.provider.edits.set(reference, { quota: 'unlimited' });
    const item = await found();
    await bench.decide(item, 'push-ours');
    expect((await bench.item(item.id)).status).toBe('repairing');
    await bench.pass(CONFIRM - 1);
    expect((await bench.item(item.id)).status).toBe('repairing');
    await bench.pass(1);
    expect((await bench.item(item.id)).status).toBe('repaired');
    expect(calls('updateCredential')).toBe(1);
    expect(calls('putCredential')).toBe(0);
    expect(bench.provider.keys.get(reference)).toMatchObject({
      credentialId: credential.id,
      plan: { reference: { policyId: 'plan-default-gold' } },
    });
    await bench.look();
    expect(await bench.items()).toEqual([]);
  });

  it('tries three times against a gateway that writes the old key back, then says so', async () => {
    const { reference, credential } = await bench.active('gold');
    await knex('credentials')
      .where({ id: credential.id })
      .update({ revocation_warning: 'set hash_key_function to murmur64' });
    const cached = { quota: 'unlimited' } as const;
    bench.provider.edits.set(reference, cached);
    const item = await found();
    bench.provider.fault = ({ method, when }) => {
      if (method === 'updateCredential' && when === 'after') {
        bench.provider.edits.set(reference, cached);
      }
    };
    await bench.decide(item, 'push-ours');
    for (let tries = 0; tries < 8; tries++) {
      await bench.pass(CONFIRM);
    }
    expect(calls('updateCredential')).toBe(3);
    expect(await bench.item(item.id)).toMatchObject({
      status: 'open',
      lastError: expect.stringMatching(
        /told 3 times.*set hash_key_function to murmur64/,
      ),
    });
  });

  it('does it once more when the answer was lost, or the worker died before it could write that down', async () => {
    const { reference } = await bench.active('gold');
    bench.provider.edits.set(reference, { quota: 'unlimited' });
    const item = await found();
    let lost = 0;
    bench.provider.fault = ({ method, when }) => {
      if (method === 'updateCredential' && when === 'after' && lost < 2) {
        lost += 1;
        throw new ProviderUnavailableError('no answer');
      }
    };
    await bench.decide(item, 'push-ours');
    expect(await bench.item(item.id)).toMatchObject({
      status: 'repairing',
      lastError: 'no answer',
    });
    for (let tries = 0; tries < 3; tries++) {
      await bench.pass(CONFIRM);
    }
    expect(calls('updateCredential')).toBe(3);
    expect((await bench.item(item.id)).status).toBe('repaired');
  });

  it('says why it waits where the plan of the key cannot be brought to the provider', async () => {
    const { reference } = await bench.active('gold');
    bench.provider.edits.set(reference, { quota: 'unlimited' });
    const item = await found();
    await knex('plans')
      .where({ policy_id: 'plan-default-gold' })
      .update({ provider_status: 'pending' });
    bench.provider.fault = ({ method }) => {
      if (method === 'putPlan') throw new ProviderUnavailableError('away');
    };
    await bench.decide(item, 'push-ours');
    expect(await bench.item(item.id)).toMatchObject({
      status: 'repairing',
      lastError: expect.stringContaining('Gold'),
    });
  });

  it('brings the plan of an orphaned key first, then the key', async () => {
    const { credential } = await bench.active('metered');
    bench.provider.offerings = bench.provider.offerings.filter(
      ({ policyId }) => policyId !== 'plan-default-metered',
    );
    await bench.look();
    const items = await bench.items();
    expect(items.map(({ kind }) => kind).sort()).toEqual([
      'missing',
      'orphaned',
    ]);
    const orphaned = items.find(({ kind }) => kind === 'orphaned');
    if (!orphaned) throw new Error('none');
    bench.provider.calls.length = 0;
    await bench.decide(orphaned, 'push-ours');
    await bench.pass(1_000);
    await bench.pass(CONFIRM);
    expect((await bench.item(orphaned.id)).status).toBe('repaired');
    expect(calls('putCredential')).toBe(0);
    const order = bench.provider.calls.filter(
      call => call === 'putPlan' || call === 'updateCredential',
    );
    expect(order[0]).toBe('putPlan');
    expect(order.indexOf('updateCredential')).toBe(order.length - 1);
    await bench.look();
    expect(await bench.items()).toEqual([]);
    expect((await bench.credential(credential.id)).status).toBe('active');
  });

  it('makes a credential whose key is lost fail, and a new key of it that can be shown again', async () => {
    const made = await bench.active();
    const { id } = made.credential;
    const credentials = DefaultCredentials.create({
      knex,
      deps: bench.deps,
      worker: bench.worker,
    });
    const before = await credentials.reveal(as('dana'), id);
    bench.provider.keys.delete(made.reference);
    const item = await found();
    expect(item.actions).toEqual(['push-ours', 'take-theirs', 'ignore']);
    await bench.decide(item, 'push-ours');
    expect((await bench.item(item.id)).status).toBe('repaired');
    expect(await bench.credential(id)).toMatchObject({
      status: 'failed',
      provider_reference: null,
      last_error: expect.stringContaining('Try again to have a new one made'),
    });
    expect((await bench.subscription(made.id)).status).toBe('failed');
    expect(await knex('sealed_secrets')).toEqual([]);

    const lost = await bench.credential(id);
    await knex.transaction(async tx => {
      await retryCredential(tx, bench.deps, lost, 'user:default/dana');
      await settleSubscription(tx, bench.clock, made.id);
    });
    await bench.work();
    await bench.pass(2_000);
    expect((await bench.credential(id)).status).toBe('active');
    const after = await credentials.reveal(as('dana'), id);
    expect(after.secret).not.toBe(before.secret);
    expect(bench.provider.keys.size).toBe(1);
  });

  it('revokes here what is gone there, if that is taken over', async () => {
    const made = await bench.active();
    bench.provider.keys.delete(made.reference);
    const item = await found();
    await bench.decide(item, 'take-theirs');
    await bench.pass(CONFIRM);
    expect((await bench.item(item.id)).status).toBe('repaired');
    expect((await bench.credential(made.credential.id)).status).toBe('revoked');
    expect((await bench.subscription(made.id)).status).toBe('revoked');
  });

  it('takes another end over, and revokes a key that has ended there', async () => {
    const made = await bench.active('gold');
    const { id } = made.credential;
    const later = Math.floor(bench.clock.now() / 1000) + 86_400;
    bench.provider.edits.set(made.reference, { expiresAt: later });
    const item = await found();
    expect(item.kind).toBe('expiry');
    await bench.decide(item, 'take-theirs');
    expect(await bench.credential(id)).toMatchObject({
      status: 'active',
      expires_at: new Date(later * 1000).toISOString(),
    });
    await bench.look();
    expect(await bench.items()).toEqual([]);

    bench.provider.edits.set(made.reference, { expiresAt: 1 });
    await bench.decide(await found(), 'take-theirs');
    await bench.pass(CONFIRM);
    expect((await bench.credential(id)).status).toBe('revoked');
  });

  it('takes an unknown key away, and touches no marker of a key that lives', async () => {
    const made = await bench.active();
    const key = bench.provider.keys.get(made.reference);
    if (!key) throw new Error('no key');
    bench.provider.keys.set('copy', key);
    const item = await found();
    await bench.decide(item, 'push-ours');
    expect(bench.provider.keys.has('copy')).toBe(false);
    expect((await bench.item(item.id)).status).toBe('repairing');
    await bench.pass(CONFIRM);
    expect((await bench.item(item.id)).status).toBe('repaired');
    expect(bench.provider.keys.has(made.reference)).toBe(true);
    expect(bench.provider.cleanedUp).not.toContain(made.credential.id);
  });

  it('reports a revoked key that is back later, and takes it away again', async () => {
    const made = await bench.active();
    const { id } = made.credential;
    bench.provider.revives = true;
    await knex.transaction(async tx => {
      await requestRevocation(
        tx,
        bench.deps,
        made.credential,
        'user:default/dana',
      );
      await settleSubscription(tx, bench.clock, made.id);
    });
    await bench.work();
    await bench.pass(CONFIRM);
    expect((await bench.credential(id)).status).toBe('revoked');
    bench.provider.use();
    const item = await found();
    expect(item).toMatchObject({
      kind: 'revived',
      subject: { id },
      actions: ['push-ours', 'ignore'],
    });
    bench.provider.revives = false;
    await bench.decide(item, 'push-ours');
    await bench.pass(CONFIRM);
    expect((await bench.item(item.id)).status).toBe('repaired');
    expect(bench.provider.keys.size).toBe(0);
    expect((await bench.credential(id)).status).toBe('revoked');
  });

  it('stands in no one’s way who revokes the key meanwhile', async () => {
    const made = await bench.active('gold');
    bench.provider.edits.set(made.reference, { quota: 'unlimited' });
    const item = await found();
    await bench.decide(item, 'push-ours');
    await knex.transaction(async tx => {
      await requestRevocation(
        tx,
        bench.deps,
        made.credential,
        'user:default/dana',
      );
      await settleSubscription(tx, bench.clock, made.id);
    });
    await bench.work();
    expect(bench.provider.keys.size).toBe(0);
    expect((await bench.item(item.id)).status).toBe('gone');
    await bench.pass(CONFIRM);
    expect((await bench.credential(made.credential.id)).status).toBe('revoked');
    expect(await knex('jobs')).toEqual([]);
  });
});
