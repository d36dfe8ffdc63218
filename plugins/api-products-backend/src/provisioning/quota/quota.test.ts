import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { driftBench, type DriftBench } from '../../testing/drift';
import { MonthPass } from './MonthPass';

jest.setTimeout(120_000);

const databases = testDatabases();
const SPREAD = 30_000;
const DAY = 86_400_000;

describe.each(databases.eachSupportedId())('months, %p', databaseId => {
  let knex: Knex;
  let bench: DriftBench;
  let pass: MonthPass;

  const another = () =>
    MonthPass.create({
      knex,
      clock: bench.clock,
      onJobs: () => bench.worker.kick(),
    });

  const begin = async (start: string) => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await driftBench(knex, { start });
    pass = another();
  };
  afterEach(() => bench.worker.stop());

  const moveTo = (iso: string) =>
    bench.clock.advance(Date.parse(iso) - bench.clock.now());
  const settle = async () => {
    await pass.run();
    await bench.pass(SPREAD);
  };
  const resets = () => bench.provider.resets;
  const rows = (): Promise<{ credential_id: string; month: string }[]> =>
    knex('quota_resets')
      .orderBy(['credential_id', 'month'])
      .select('credential_id', 'month');
  const told = async (): Promise<string[]> =>
    (
      await knex('history')
        .where({ event: 'credential.quota-reset' })
        .orderBy('sequence')
    ).map(({ message }) => message);

  it('begins every key on a plan with monthly quota anew, once, when the month begins', async () => {
    await begin('2026-11-10T12:00:00Z');
    const [one, two] = [await bench.active('gold'), await bench.active('gold')];
    await bench.active('free');
    moveTo('2026-11-30T23:59:59.999Z');
    await settle();
    // The spread took the clock over midnight; nothing was due before.
    expect(resets()).toEqual([]);
    await settle();
    expect([...resets()].sort()).toEqual([one.reference, two.reference].sort());
    for (let i = 0; i < 5; i++) {
      bench.clock.advance(DAY);
      await settle();
    }
    expect(resets()).toHaveLength(2);
    expect((await rows()).map(({ month }) => month)).toEqual([
      '2026-12',
      '2026-12',
    ]);
    expect(await told()).toEqual([
      'The quota of key “main” began anew for 2026-12',
      'The quota of key “main” began anew for 2026-12',
    ]);
    expect(await knex('jobs').where({ kind: 'reset-quota' })).toEqual([]);
  });

  it('leaves keys alone that were issued in the month', async () => {
    await begin('2026-12-01T00:00:00Z');
    await bench.active('gold');
    await settle();
    moveTo('2026-12-31T23:00:00Z');
    await settle();
    expect(resets()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it('does not begin a window anew that began in the month by itself', async () => {
    await begin('2026-11-30T23:59:00Z');
    const { reference } = await bench.active('gold');
    moveTo('2026-12-03T00:00:00Z');
    bench.provider.renewals.set(
      reference,
      Date.parse('2026-12-02T00:00:00Z') / 1000 + 31 * 86_400,
    );
    await settle();
    expect(resets()).toEqual([]);
    expect((await rows()).map(({ month }) => month)).toEqual(['2026-12']);
    expect(await told()).toEqual([
      'The quota of key “main” for 2026-12 had begun already',
    ]);
  });

  it('goes through leap days and short months', async () => {
    await begin('2028-01-31T12:00:00Z');
    await bench.active('gold');
    const days: string[] = [];
    for (const first of [
      '2028-02-01',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
      '2028-03-31',
      '2028-04-01',
    ]) {
      moveTo(`${first}T00:00:00Z`);
      const before = resets().length;
      // A pass remembers when it last looked; a restarted backend does not.
      pass = another();
      await settle();
      days.push(
        ...resets()
          .slice(before)
          .map(() => first),
      );
    }
    expect(days).toEqual(['2028-02-01', '2028-03-01', '2028-04-01']);
  });

  it('catches up when a provider was away over midnight, and does not when the month is over', async () => {
    await begin('2026-11-10T12:00:00Z');
    await bench.active('gold');
    moveTo('2026-12-01T00:00:00Z');
    bench.provider.fault = ({ method }) => {
      if (method === 'readCredential') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    await settle();
    bench.clock.advance(10 * 60_000);
    await settle();
    expect(resets()).toEqual([]);
    bench.provider.fault = undefined;
    await bench.pass(10 * 60_000);
    expect(resets()).toHaveLength(1);
    expect((await rows()).map(({ month }) => month)).toEqual(['2026-12']);

    bench.provider.fault = ({ method }) => {
      if (method === 'readCredential') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    moveTo('2027-01-01T00:00:00Z');
    await settle();
    moveTo('2027-02-01T00:10:00Z');
    bench.provider.fault = undefined;
    await settle();
    await settle();
    expect(resets()).toHaveLength(2);
    expect((await rows()).map(({ month }) => month)).toEqual([
      '2026-12',
      '2027-02',
    ]);
  });

  it('gives no month’s quota twice when a worker dies between the call and writing it down', async () => {
    await begin('2026-11-10T12:00:00Z');
    await bench.active('gold');
    moveTo('2026-12-01T00:00:00Z');
    let lost = 0;
    bench.provider.fault = ({ method, when }) => {
      if (method === 'resetQuota' && when === 'after' && lost < 1) {
        lost += 1;
        throw new ProviderUnavailableError('no answer');
      }
    };
    await settle();
    await bench.pass(10_000);
    expect(lost).toBe(1);
    expect(resets()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  it('does it once although two backends look and two workers work', async () => {
    await begin('2026-11-10T12:00:00Z');
    const keys = [];
    for (let i = 0; i < 8; i++) {
      keys.push((await bench.active('gold')).reference);
    }
    moveTo('2026-12-01T00:00:00Z');
    const other = bench.anotherWorker();
    await other.start();
    const [a, b] = [another(), another()];
    await Promise.all([a.run(), b.run(), pass.run()]);
    bench.clock.advance(SPREAD);
    other.kick();
    await bench.work();
    await other.stop();
    expect([...resets()].sort()).toEqual(keys.sort());
    expect(await rows()).toHaveLength(8);
  });

  it('leaves revoked keys alone, and those that the gateway has lost', async () => {
    await begin('2026-11-10T12:00:00Z');
    const [revoked, lost] = [
      await bench.active('gold'),
      await bench.active('gold'),
    ];
    await knex('credentials')
      .where({ id: revoked.credential.id })
      .update({ status: 'revoked' });
    bench.provider.keys.delete(lost.reference);
    moveTo('2026-12-01T00:00:00Z');
    await settle();
    expect(resets()).toEqual([]);
    expect(await rows()).toEqual([
      { credential_id: lost.credential.id, month: '2026-12' },
    ]);
  });
});
