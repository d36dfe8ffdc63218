/** Two people, or a person and the clock, want something else of one key at the same moment: twenty times each. */
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  outcomes,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { DefaultCredentials } from './DefaultCredentials';

jest.setTimeout(240_000);

const TIMES = 20;
const HOUR_MS = 60 * 60_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('at once on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;
  let credentials: DefaultCredentials;
  /** The most keys of one subscription that the gateway had at any moment. */
  let most: number;

  const watch = () => {
    const counts = new Map<unknown, number>();
    for (const { metadata } of bench.provider.keys.values()) {
      const id = metadata.subscription_id;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    most = Math.max(most, ...counts.values());
  };

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
    const { deps, worker } = bench;
    credentials = DefaultCredentials.create({ knex, deps, worker });
    most = 0;
    bench.provider.fault = () => watch();
  });
  afterEach(() => bench.worker.stop());

  const dana = as('dana');
  let names = 0;
  const active = async () => {
    names += 1;
    const { subscription = '' } = await bench.access.accessRequests.create(
      dana,
      askFor({
        plan: 'free',
        application: { name: `app ${names}`, owner: 'shop-team' },
      }),
    );
    await bench.work();
    const [key] = (await credentials.list(dana, subscription)).items;
    return { subscription, key: key.id };
  };
  const all = async () => {
    const made = [];
    for (let i = 0; i < TIMES; i++) {
      made.push(await active());
    }
    return made;
  };
  const rotate = (id: string) =>
    credentials.rotate(dana, id, { overlap: 'PT1H' });
  const revoke = (id: string) => credentials.revoke(dana, id, {});
  const suspend = (id: string) =>
    bench.access.subscriptions.suspend(as('omar'), id, { reason: 'load' });
  const cutOff = (id: string) => credentials.cutOff(dana, id);
  const keep = (id: string) => credentials.cancelRotation(dana, id);
  const extend = (id: string) =>
    credentials.extend(dana, id, { overlap: 'PT1H' });
  /** How many of those asked for were done. */
  const race = async (
    ...calls: (() => Promise<unknown>)[]
  ): Promise<{ done: number; codes: unknown[] }> => {
    const { values, errors } = await outcomes(calls.map(call => call()));
    return {
      done: values.length,
      codes: errors.map(error => Reflect.get(error, 'code') ?? error),
    };
  };
  /** Until everything that was asked for is known to be so. */
  const settle = async () => {
    for (let i = 0; i < 8; i++) {
      await bench.pass(HOUR_MS / 4);
    }
    await bench.pass(60_000);
  };
  const expectTheSameThere = async () => {
    const live: string[] = await knex('credentials')
      .whereIn('status', ['active', 'superseded'])
      .pluck('id');
    const there = [...bench.provider.keys.values()].map(
      ({ credentialId }) => credentialId,
    );
    expect(there.sort()).toEqual(live.sort());
    expect(most).toBeLessThanOrEqual(2);
  };
  const count = async (): Promise<Record<string, number>> => {
    const rows: { status: string }[] = await knex('credentials').select(
      'status',
    );
    const counts: Record<string, number> = {};
    for (const { status } of rows) {
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };

  it('two rotations are one', async () => {
    for (const { key } of await all()) {
      expect(
        await race(
          () => rotate(key),
          () => rotate(key),
        ),
      ).toEqual({
        done: 1,
        codes: ['being-rotated'],
      });
    }
    await settle();
    expect(await count()).toEqual({ active: TIMES, revoked: TIMES });
    await expectTheSameThere();
  });

  it.each(['rotation first', 'revocation first'])(
    'a rotation and a revocation of the old key leave the new one, or none: %s',
    async order => {
      let rotated = 0;
      for (const { key } of await all()) {
        const calls = [() => rotate(key), () => revoke(key)];
        const { codes } = await race(
          ...(order === 'rotation first' ? calls : calls.reverse()),
        );
        rotated += codes.length === 0 ? 1 : 0;
        codes.forEach(code => expect(['over', 'not-active']).toContain(code));
      }
      await settle();
      expect((await count()).active ?? 0).toBe(rotated);
      await expectTheSameThere();
    },
  );

  it.each(['rotation first', 'suspension first'])(
    'a rotation and a suspension leave keys that are refused: %s',
    async order => {
      for (const { key, subscription } of await all()) {
        const calls = [() => rotate(key), () => suspend(subscription)];
        const { codes } = await race(
          ...(order === 'rotation first' ? calls : calls.reverse()),
        );
        codes.forEach(code => expect(code).toBe('not-active'));
      }
      await settle();
      await expectTheSameThere();
      expect(
        [...bench.provider.keys.values()].filter(key => !key.suspended),
      ).toEqual([]);
      expect(await knex('subscriptions').distinct('status')).toEqual([
        { status: 'suspended' },
      ]);
    },
  );

  it('cutting off and keeping the old key leave one of the two', async () => {
    const keys = await all();
    for (const { key } of keys) {
      await rotate(key);
    }
    await bench.work();
    for (const { key } of keys) {
      const { done, codes } = await race(
        () => cutOff(key),
        () => keep(key),
        () => extend(key),
      );
      expect([1, 2]).toContain(done);
      codes.forEach(code => expect(code).toBe('not-rotated'));
    }
    await settle();
    expect(await count()).toEqual({ active: TIMES, revoked: TIMES });
    await expectTheSameThere();
  });

  it('goes on where it was when a gateway that was away is back', async () => {
    const keys = await all();
    bench.provider.fault = () => {
      throw new ProviderUnavailableError('gone');
    };
    for (const { key } of keys) {
      expect(
        await race(
          () => rotate(key),
          () => rotate(key),
        ),
      ).toMatchObject({
        done: 1,
      });
    }
    await bench.pass(HOUR_MS);
    expect(await count()).toEqual({ active: TIMES, provisioning: TIMES });
    bench.provider.fault = () => watch();
    await bench.pass(HOUR_MS);
    expect(await count()).toEqual({ active: TIMES, superseded: TIMES });
    await settle();
    expect(await count()).toEqual({ active: TIMES, revoked: TIMES });
    await expectTheSameThere();
  });
});
