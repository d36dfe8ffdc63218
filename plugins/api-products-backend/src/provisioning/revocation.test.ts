import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { settleSubscription } from '../subscriptions/subscriptionState';
import { requestRevocation } from '../subscriptions/revoke';
import { credentialsOf } from '../subscriptions/views';
import { demo } from '../testing/demo';
import { migratedDatabase, testDatabases } from '../testing/databases';
import {
  provisioningBench,
  type ProvisioningBench,
} from '../testing/provisioning';
import { writeRecords } from '../testing/records';
import { subscribe, type TestSubscription } from '../testing/subscriptions';

jest.setTimeout(60_000);

const BY = 'user:default/dana';
const databases = testDatabases();

describe.each(databases.eachSupportedId())('revocation, %p', databaseId => {
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

  it('calls a key revoked only when it is still gone after the gateway has forgotten it', async () => {
    const made = await active();
    const { id } = made.credential;
    await revoke(made);
    expect(await sealedPurposes(id)).toEqual([]);
    await bench.work();
    expect(bench.provider.keys.size).toBe(0);
    expect((await bench.credential(id)).status).toBe('revoking');
    expect((await bench.subscription(made.id)).status).toBe('revoking');
    await bench.pass(10_999);
    expect((await bench.credential(id)).status).toBe('revoking');
    await bench.pass(1);
    expect((await bench.credential(id)).status).toBe('revoked');
    expect(await bench.subscription(made.id)).toMatchObject({
      status: 'revoked',
      open: databaseId === 'SQLITE_3' ? 0 : false,
    });
    expect(await knex('jobs').where({ kind: 'forget-secret' })).toEqual([]);
  });

  it('reports a key that comes back, and removes it until it stays away', async () => {
    bench.provider.revives = true;
    bench.provider.warning = 'set hash_key_function to murmur64';
    const made = await active();
    const { id } = made.credential;
    await revoke(made);
    for (const revivals of [1, 2]) {
      await bench.work();
      bench.provider.use();
      await bench.pass(11_000);
      expect(await bench.credential(id)).toMatchObject({
        status: 'revoking',
        revivals,
        last_error: expect.stringContaining('set hash_key_function'),
      });
      bench.clock.advance(5_000);
    }
    expect(await knex('drift_items')).toMatchObject([
      {
        kind: 'revived',
        status: 'open',
        seen: 2,
        subject: `credential:${id}`,
        message: expect.stringContaining('set hash_key_function to murmur64'),
      },
    ]);
    await bench.work();
    await bench.pass(11_000);
    expect((await bench.credential(id)).status).toBe('revoked');
    expect(await knex('drift_items').first()).toMatchObject({
      status: 'repaired',
      resolution: 'push-ours',
      title: expect.stringContaining('main'),
    });
    expect(bench.provider.keys.size).toBe(0);
  });

  it('keeps the warning beside the key, and takes away what was left to make the removal hold', async () => {
    bench.provider.marks = true;
    bench.provider.warning = 'set hash_key_function to murmur64';
    const made = await active();
    const { id } = made.credential;
    const shown = async () =>
      (
        await credentialsOf(knex, bench.clock, [made.id], () => ({
          use: true,
          revoke: true,
          takesKeys: false,
        }))
      ).get(made.id)?.[0];
    expect(await shown()).toMatchObject({
      kind: 'token',
      revocationWarning: 'set hash_key_function to murmur64',
    });
    await revoke(made);
    await bench.work();
    expect(await shown()).toMatchObject({
      revocation: { message: 'set hash_key_function to murmur64' },
    });
    expect((await shown())?.revocationWarning).toBeUndefined();
    expect(bench.provider.cleanedUp).toEqual([]);
    bench.provider.fault = ({ method }) => {
      if (method === 'cleanUpCredential') {
        throw new ProviderRejectedError('not today');
      }
    };
    await bench.pass(11_000);
    expect((await bench.credential(id)).status).toBe('revoked');
    expect(bench.provider.cleanedUp).toEqual([]);
    bench.provider.fault = undefined;
    await bench.pass(60 * 60_000);
    expect(bench.provider.cleanedUp).toEqual([id]);
    expect(await knex('jobs')).toEqual([]);
  });

  it('warns of every live key at a provider that is known to be unsafe', async () => {
    await knex('providers').insert({
      id: 'sandbox',
      revocation: 'unsafe',
      findings: JSON.stringify([
        { name: 'revocation', status: 'warning', message: 'switch it off' },
      ]),
    });
    const made = await active();
    const rights = () => ({ use: true, revoke: true, takesKeys: false });
    const views = await credentialsOf(knex, bench.clock, [made.id], rights);
    expect(views.get(made.id)).toMatchObject([
      { revocationWarning: 'switch it off' },
    ]);
  });

  it('never gives a revocation up, whatever the provider says', async () => {
    const made = await active();
    bench.provider.fault = ({ method }) => {
      if (method === 'removeCredential') {
        throw new ProviderRejectedError('not today');
      }
    };
    await revoke(made);
    await bench.work();
    await bench.pass(48 * 60 * 60_000);
    expect(await bench.credential(made.credential.id)).toMatchObject({
      status: 'revoking',
      last_error: 'not today',
    });
    bench.provider.fault = undefined;
    await bench.pass(10 * 60_000);
    await bench.pass(11_000);
    expect((await bench.credential(made.credential.id)).status).toBe('revoked');
  });

  it('removes the key of a credential that was revoked while it was being made', async () => {
    const made = await subscribe(knex, bench.deps);
    bench.provider.fault = async ({ method, when }) => {
      if (method === 'putCredential' && when === 'after') {
        await revoke(made);
      }
    };
    const { id } = made.credential;
    await bench.work();
    await bench.pass(11_000);
    expect((await bench.credential(id)).status).toBe('revoked');
    expect(bench.provider.keys.size).toBe(0);
    expect(await sealedPurposes(id)).toEqual([]);
    expect(await events(id)).not.toContain('credential.active');
    expect(await knex('jobs')).toEqual([]);
  });

  it('removes what a provider has made although its answer never came', async () => {
    bench.provider.fault = ({ method, when }) => {
      if (method === 'putCredential' && when === 'after') {
        throw new ProviderUnavailableError('no answer');
      }
    };
    const made = await subscribe(knex, bench.deps);
    await bench.work();
    expect(bench.provider.keys.size).toBe(1);
    await revoke(made);
    await bench.work();
    expect(bench.provider.keys.size).toBe(0);
    await bench.pass(11_000);
    expect((await bench.credential(made.credential.id)).status).toBe('revoked');
    expect(await knex('jobs')).toEqual([]);
  });

  it('also cleans up after a key that was never confirmed, no sooner than it is known to be gone', async () => {
    bench.provider.marks = true;
    bench.provider.fault = ({ method, when }) => {
      if (method === 'putCredential' && when === 'after') {
        throw new ProviderUnavailableError('no answer');
      }
    };
    const made = await subscribe(knex, bench.deps);
    await bench.work();
    await revoke(made);
    await bench.work();
    await bench.pass(11_000);
    expect((await bench.credential(made.credential.id)).status).toBe('revoked');
    expect(bench.provider.cleanedUp).toEqual([]);
    await bench.pass(11_000);
    expect(bench.provider.cleanedUp).toEqual([made.credential.id]);
    expect(await knex('jobs')).toEqual([]);
  });
});
