import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  count,
  outcomes,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';

jest.setTimeout(120_000);

const databases = testDatabases();
const HOUR = 3_600_000;

describe.each(databases.eachSupportedId())('the allowance on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const ask = (name: Parameters<typeof as>[0], application: string) =>
    bench.access.accessRequests.create(
      as(name),
      askFor({ plan: 'rationed', application: { name: application } }),
    );

  const setPlan = async (name: string, fields: object) => {
    const row: { spec: string } | undefined = await knex('plans')
      .where({ name })
      .first('spec');
    const spec = { ...JSON.parse(row?.spec ?? '{}'), ...fields };
    await knex('plans')
      .where({ name })
      .update({ spec: JSON.stringify(spec) });
  };

  it('counts over all applications and says when it renews', async () => {
    await ask('dana', 'one');
    bench.clock.advance(HOUR);
    await ask('dana', 'two');
    bench.clock.advance(HOUR);
    await expect(ask('dana', 'three')).rejects.toMatchObject({
      statusCode: 429,
      retryAfterSeconds: (22 * HOUR) / 1000,
      message:
        'Plan access quota exceeded: 2 requests for Rationed per P1D; it renews at 2026-11-22T12:00:00.000Z',
    });
    expect(await count(knex, 'applications')).toBe(2);
  });

  it('counts withdrawn requests as well, and each person alone', async () => {
    const { id: first } = await ask('dana', 'one');
    await bench.access.accessRequests.cancel(as('dana'), first, {});
    await ask('dana', 'two');
    await expect(ask('dana', 'three')).rejects.toThrow(/quota exceeded/);
    await expect(ask('devin', 'three')).resolves.toBeDefined();
  });

  it('renews when the oldest request leaves the window', async () => {
    await ask('dana', 'one');
    bench.clock.advance(HOUR);
    await ask('dana', 'two');
    bench.clock.advance(23 * HOUR - 1);
    await expect(ask('dana', 'three')).rejects.toThrow(/quota exceeded/);
    bench.clock.advance(1);
    await expect(ask('dana', 'three')).resolves.toBeDefined();
    await expect(ask('dana', 'four')).rejects.toThrow(/quota exceeded/);
  });

  it('holds when many requests arrive at once', async () => {
    const { values, errors } = await outcomes(
      Array.from({ length: 30 }, (_, i) => ask('dana', `app ${i}`)),
    );
    expect(values).toHaveLength(2);
    expect(errors.map(({ name }) => name)).toEqual(
      Array(28).fill('QuotaExceededError'),
    );
    expect(await count(knex, 'access_requests')).toBe(2);
  });

  it('holds when a request is moved to the plan', async () => {
    await ask('dana', 'one');
    await ask('dana', 'two');
    const gold = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ application: { name: 'three' } }),
    );
    await expect(
      bench.access.accessRequests.update(as('dana'), gold.id, {
        revision: 1,
        plan: 'rationed',
      }),
    ).rejects.toThrow(/quota exceeded/);
  });

  const move = (request: string, plan: string, revision = 1) =>
    bench.access.accessRequests.update(as('dana'), request, { revision, plan });
  const onGold = (application: string) =>
    bench.access.accessRequests.create(
      as('dana'),
      askFor({ application: { name: application } }),
    );

  it('counts a request from when it came to the plan, not from when it was made', async () => {
    const old = [
      await onGold('one'),
      await onGold('two'),
      await onGold('three'),
    ];
    bench.clock.advance(25 * HOUR);
    const { values, errors } = await outcomes(
      old.map(({ id: request }) => move(request, 'rationed')),
    );
    expect(values).toHaveLength(2);
    expect(errors).toMatchObject([
      {
        code: 'allowance-used',
        fields: {
          limit: 2,
          per: 'P1D',
          renewsAt: '2026-11-23T13:00:00.000Z',
        },
      },
    ]);
    await expect(ask('dana', 'four')).rejects.toThrow(/quota exceeded/);
  });

  it('gives one key of five requests that are moved at once to a plan with one that approves by itself', async () => {
    await setPlan('rationed', {
      approval: { mode: 'auto' },
      accessRequests: { allowance: 1, per: 'P1D' },
    });
    const made = [];
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      made.push(await onGold(name));
    }
    bench.clock.advance(25 * HOUR);
    const { values, errors } = await outcomes(
      made.map(({ id: request }) => move(request, 'rationed')),
    );
    expect(values).toHaveLength(1);
    expect(errors.map(({ name }) => name)).toEqual(
      Array(4).fill('QuotaExceededError'),
    );
    expect(await count(knex, 'subscriptions')).toBe(1);
  });

  it('is not given back by moving a request away, nor taken twice by moving it back', async () => {
    const { id: request } = await ask('dana', 'one');
    await ask('dana', 'two');
    await move(request, 'gold');
    await expect(ask('dana', 'three')).rejects.toThrow(/quota exceeded/);
    await expect(move(request, 'rationed', 2)).resolves.toMatchObject({
      plan: { ref: 'apiplan:default/rationed' },
    });
  });
});
