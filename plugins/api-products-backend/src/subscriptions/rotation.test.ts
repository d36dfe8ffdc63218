import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { DefaultCredentials } from './DefaultCredentials';

jest.setTimeout(120_000);

const DAY_MS = 24 * 60 * 60_000;
const FORGOTTEN_MS = 11_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('rotation on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;
  let credentials: DefaultCredentials;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
    const { deps, worker } = bench;
    credentials = DefaultCredentials.create({ knex, deps, worker });
  });
  afterEach(() => bench.worker.stop());

  const dana = as('dana');
  const subscribe = async (plan = 'free') => {
    const asked = await bench.access.accessRequests.create(
      dana,
      askFor({ plan }),
    );
    const made =
      asked.subscription === undefined
        ? await bench.access.accessRequests.approve(as('omar'), asked.id, {})
        : asked;
    await bench.work();
    const id = made.subscription ?? '';
    const [old] = (await credentials.list(dana, id)).items;
    return { id, old };
  };
  /** The gateway answers nothing until then. */
  const hold = () => {
    let go = () => {};
    const gate = new Promise<void>(resolve => {
      go = resolve;
    });
    bench.provider.fault = () => gate;
    return () => {
      bench.provider.fault = undefined;
      go();
    };
  };
  /** Two keys of one moment would be in no order. */
  const rotate = (id: string, wanted: { overlap?: string; name?: string }) => {
    bench.clock.advance(1000);
    return credentials.rotate(dana, id, wanted);
  };
  const issue = (id: string, wanted: { name: string }) => {
    bench.clock.advance(1000);
    return credentials.issue(dana, id, wanted);
  };
  const keys = async (id: string) => (await credentials.list(dana, id)).items;
  const statuses = async (id: string) =>
    (await keys(id)).map(({ name, status }) => `${name} ${status}`);
  const atGateway = () =>
    [...bench.provider.keys.values()].map(key => key.credentialId);
  const inDays = (days: number) =>
    new Date(bench.clock.now() + days * DAY_MS).toISOString();
  const historyOf = (id: string): Promise<string[]> =>
    knex('history')
      .where({ subject: `credential:${id}` })
      .orderBy('sequence')
      .pluck('message');
  const limitTo = (max: number) =>
    knex('plans').update({
      spec: knex.raw(`replace(spec, '"max":2', '"max":${max}')`),
    });

  it('lets both work for as long as was asked for, and then only the new one', async () => {
    await limitTo(1);
    const { id, old } = await subscribe();
    expect(old.actions).toContain('rotate');
    const goOn = hold();
    const made = await rotate(old.id, { overlap: 'P2D' });
    expect(made).toMatchObject({
      name: 'key-2',
      status: 'provisioning',
      replaces: old.id,
    });
    expect((await keys(id))[0]).toMatchObject({
      status: 'active',
      replacedBy: made.id,
    });
    goOn();
    await bench.work();
    const cutOffAt = inDays(2);
    expect(await keys(id)).toMatchObject([
      {
        status: 'superseded',
        replacedBy: made.id,
        cutOffAt,
        actions: ['reveal', 'revoke', 'cut-off', 'extend', 'cancel-rotation'],
      },
      { status: 'active', actions: ['reveal', 'revoke'] },
    ]);
    expect(atGateway()).toEqual([old.id, made.id]);

    await bench.pass(2 * DAY_MS - 1);
    expect(atGateway()).toHaveLength(2);
    await bench.pass(1);
    expect(atGateway()).toEqual([made.id]);
    expect(await statuses(id)).toEqual(['main revoking', 'key-2 active']);
    await bench.pass(FORGOTTEN_MS);
    expect(await statuses(id)).toEqual(['main revoked', 'key-2 active']);
    expect(await historyOf(old.id)).toEqual([
      'Asked for key “main” on Free',
      'The gateway accepts key “main”',
      'Asked for key “key-2” in the place of key “main”',
      `Key “key-2” has taken the place of key “main”, which works until ${cutOffAt
        .slice(0, 16)
        .replace('T', ' ')} UTC`,
      'Asked to revoke key “main”',
      'The gateway refuses key “main”',
    ]);
    expect(
      await knex('history').whereNotNull('reason').pluck('reason'),
    ).toEqual([
      'key “key-2” has taken its place, and the time that both worked is over',
    ]);
    expect((await keys(id))[0].revocation).toMatchObject({
      requestedBy: 'user:default/dana',
    });
    expect((await keys(id))[1].actions).toContain('rotate');
    expect(await knex('jobs').where({ kind: 'watch-credential' })).toEqual([]);
  });

  it('takes the overlap of the plan where none is given, and ends at once with PT0S', async () => {
    const { id, old } = await subscribe();
    const made = await rotate(old.id, { name: 'second' });
    await bench.work();
    expect((await keys(id))[0].cutOffAt).toBe(inDays(1));
    await bench.pass(DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    await rotate(made.id, { overlap: 'PT0S' });
    await bench.work();
    expect(await statuses(id)).toEqual([
      'main revoked',
      'second revoking',
      'key-3 active',
    ]);
  });

  it('is never longer than the old key lives, nor than 90 days', async () => {
    const { id, old } = await subscribe('gold');
    await expect(rotate(old.id, { overlap: 'P91D' })).rejects.toMatchObject({
      name: 'InputError',
      fields: { field: 'overlap' },
    });
    await bench.pass(85 * DAY_MS);
    await rotate(old.id, { overlap: 'P30D' });
    await bench.work();
    const [key] = await keys(id);
    expect(key.cutOffAt).toBe(key.expiresAt);
    await bench.pass(5 * DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    expect(await statuses(id)).toEqual(['main expired', 'key-2 active']);
  });

  it('leaves the old one as it is when the new one cannot be made, and tries the same again', async () => {
    const { id, old } = await subscribe();
    bench.provider.fault = ({ method }) => {
      if (method === 'putCredential') {
        throw new ProviderRejectedError('not today');
      }
    };
    const made = await rotate(old.id, {});
    await bench.work();
    expect(await statuses(id)).toEqual(['main active', 'key-2 failed']);
    expect((await keys(id))[0].actions).toContain('rotate');
    bench.provider.fault = undefined;
    const again = await rotate(old.id, {
      name: 'better',
      overlap: 'P3D',
    });
    expect(again).toMatchObject({ id: made.id, name: 'better' });
    await bench.work();
    expect(await statuses(id)).toEqual(['main superseded', 'better active']);
    expect((await keys(id))[0].cutOffAt).toBe(inDays(3));
    expect(bench.provider.keys.size).toBe(2);
  });

  it('is refused for a third key of one rotation, saying what to do', async () => {
    const { id, old } = await subscribe();
    const goOn = hold();
    const made = await rotate(old.id, {});
    await expect(rotate(old.id, {})).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'being-rotated',
      message: expect.stringContaining('is being made; wait for it'),
      fields: { subscription: id, credential: made.id, status: 'provisioning' },
    });
    goOn();
    await bench.work();
    for (const key of [old.id, made.id]) {
      await expect(rotate(key, {})).rejects.toMatchObject({
        code: 'being-rotated',
      });
    }
    await credentials.cutOff(dana, old.id);
    await bench.work();
    await expect(rotate(made.id, {})).rejects.toMatchObject({
      code: 'being-rotated',
      message: expect.stringContaining('is being revoked; wait'),
    });
    await bench.pass(FORGOTTEN_MS);
    await expect(rotate(made.id, {})).resolves.toBeDefined();
    await expect(rotate(old.id, {})).rejects.toMatchObject({
      code: 'over',
    });
  });

  it('is for the consumer’s side, while keys are issued', async () => {
    const { id, old } = await subscribe();
    await expect(
      credentials.rotate(as('omar'), old.id, {}),
    ).rejects.toMatchObject({ code: 'not-owner' });
    await expect(
      credentials.rotate(as('liam'), old.id, {}),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    const { subscriptions } = bench.access;
    await subscriptions.suspend(as('omar'), id, { reason: 'load' });
    await expect(rotate(old.id, {})).rejects.toMatchObject({
      code: 'not-active',
    });
  });

  it('gives the old one more time, once', async () => {
    const { id, old } = await subscribe();
    await expect(
      credentials.extend(dana, old.id, { overlap: 'P1D' }),
    ).rejects.toMatchObject({ code: 'not-rotated' });
    await rotate(old.id, {});
    await bench.work();
    for (const wanted of [
      {},
      { overlap: 'P1D', until: inDays(3) },
      { until: inDays(1) },
      { until: inDays(91) },
      { overlap: 'PT0S' },
    ]) {
      await expect(
        credentials.extend(dana, old.id, wanted),
      ).rejects.toMatchObject({ name: 'InputError' });
    }
    expect(
      await credentials.extend(dana, old.id, { overlap: 'P2D' }),
    ).toMatchObject({
      cutOffAt: inDays(3),
      extended: true,
      actions: ['reveal', 'revoke', 'cut-off', 'cancel-rotation'],
    });
    await expect(
      credentials.extend(dana, old.id, { overlap: 'P2D' }),
    ).rejects.toMatchObject({ code: 'over' });
    await bench.pass(2 * DAY_MS);
    expect(await statuses(id)).toEqual(['main superseded', 'key-2 active']);
    await bench.pass(DAY_MS);
    await bench.pass(FORGOTTEN_MS);
    expect(await statuses(id)).toEqual(['main revoked', 'key-2 active']);
  });

  it('can be taken back while the old one works', async () => {
    const { id, old } = await subscribe();
    const made = await rotate(old.id, {});
    await bench.work();
    const kept = await credentials.cancelRotation(dana, old.id);
    expect(kept).toMatchObject({
      status: 'active',
      actions: expect.not.arrayContaining(['rotate']),
    });
    expect(kept.cutOffAt).toBeUndefined();
    await bench.work();
    await bench.pass(FORGOTTEN_MS);
    expect(await statuses(id)).toEqual(['main active', 'key-2 revoked']);
    await bench.pass(2 * DAY_MS);
    expect(atGateway()).toEqual([old.id]);
    expect((await keys(id))[0].replacedBy).toBeUndefined();

    await rotate(old.id, {});
    await bench.work();
    await bench.worker.stop();
    bench.clock.advance(DAY_MS);
    await expect(
      credentials.cancelRotation(dana, old.id),
    ).rejects.toMatchObject({ code: 'over' });
    expect(made.id).not.toBe(old.id);
  });

  it('keeps the old one also when the new one was revoked by itself, if there is a place', async () => {
    await limitTo(1);
    const { id, old } = await subscribe();
    const made = await rotate(old.id, {});
    await bench.work();
    await credentials.revoke(dana, made.id, {});
    await issue(id, { name: 'other' });
    await bench.work();
    await expect(
      credentials.cancelRotation(dana, old.id),
    ).rejects.toMatchObject({ code: 'keys-used-up' });
    const [, , other] = await keys(id);
    await credentials.revoke(dana, other.id, {});
    await credentials.cancelRotation(dana, old.id);
    await bench.work();
    await bench.pass(FORGOTTEN_MS);
    await bench.pass(2 * DAY_MS);
    expect(await statuses(id)).toEqual([
      'main active',
      'key-2 revoked',
      'other revoked',
    ]);
  });

  it('waits for a gateway that is away, with the old one as it is', async () => {
    const { id, old } = await subscribe();
    bench.provider.fault = () => {
      throw new ProviderUnavailableError('gone');
    };
    await rotate(old.id, { overlap: 'PT1H' });
    await bench.work();
    await bench.pass(60 * 60_000);
    expect(await statuses(id)).toEqual(['main active', 'key-2 provisioning']);
    bench.provider.fault = undefined;
    await bench.pass(60 * 60_000);
    expect(await statuses(id)).toEqual(['main superseded', 'key-2 active']);
    bench.provider.fault = () => {
      throw new ProviderUnavailableError('gone');
    };
    await bench.pass(60 * 60_000);
    expect(await statuses(id)).toEqual(['main revoking', 'key-2 active']);
    expect(bench.provider.keys.size).toBe(2);
    bench.provider.fault = undefined;
    await bench.pass(60 * 60_000);
    await bench.pass(FORGOTTEN_MS);
    expect(await statuses(id)).toEqual(['main revoked', 'key-2 active']);
    expect(bench.provider.keys.size).toBe(1);
  });

  it('does not lose a suspension that was asked for around the change of places', async () => {
    const { id, old } = await subscribe();
    const { subscriptions } = bench.access;
    await rotate(old.id, {});
    await subscriptions.suspend(as('omar'), id, { reason: 'load' });
    await bench.work();
    await bench.pass(FORGOTTEN_MS);
    await bench.pass(FORGOTTEN_MS);
    expect(await subscriptions.get(dana, id)).toMatchObject({
      status: 'suspended',
    });
    expect(
      [...bench.provider.keys.values()].map(({ suspended }) => suspended),
    ).toEqual([true, true]);
    await credentials.cancelRotation(dana, old.id);
    await bench.work();
    await bench.pass(FORGOTTEN_MS);
    await bench.pass(2 * DAY_MS);
    expect(
      [...bench.provider.keys.values()].map(key => [
        key.credentialId,
        key.suspended,
      ]),
    ).toEqual([[old.id, true]]);
  });
});
