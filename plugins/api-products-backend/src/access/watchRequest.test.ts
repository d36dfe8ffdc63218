import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';
import { REQUEST_DATES } from '../testing/provisioning';
import { dueStep, nextStepAt } from './requestDates';
import { createWatchRequestHandler } from './watchRequest';

jest.setTimeout(120_000);

const DAY_MS = 24 * 60 * 60_000;
const databases = testDatabases();

describe('the dates of a request', () => {
  const at = (days: number) =>
    Date.parse('2026-02-26T10:00:00.000Z') + days * DAY_MS;
  const request = (called: 'remind' | 'escalate' | null) => ({
    created_at: '2026-02-26T10:00:00.000Z',
    called_to_mind: called,
  });

  it.each([
    [null, 2.9, undefined],
    [null, 3, 'remind'],
    ['remind', 5, undefined],
    [null, 8, 'escalate'],
    ['remind', 8, 'escalate'],
    ['escalate', 29.9, undefined],
    ['escalate', 30, 'expire'],
    [null, 400, 'expire'],
  ] as const)('after %p, %p days: %p', (called, days, step) => {
    expect(dueStep(request(called), REQUEST_DATES, at(days))).toBe(step);
  });

  it('go on over the end of a month, and end', () => {
    expect(nextStepAt(request(null), REQUEST_DATES, at(0))).toBe(at(3));
    expect(nextStepAt(request(null), REQUEST_DATES, at(7))).toBe(at(30));
    expect(nextStepAt(request(null), REQUEST_DATES, at(30))).toBeUndefined();
  });

  it('leave out what comes no sooner than the end', () => {
    const short = { ...REQUEST_DATES, expireAfterMs: 5 * DAY_MS };
    expect(dueStep(request('remind'), short, at(8))).toBe('expire');
  });
});

describe.each(databases.eachSupportedId())('waiting requests on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });
  afterEach(() => bench.worker.stop());

  const requests = () => bench.access.accessRequests;
  const told = async (request: string) =>
    (
      await knex('history')
        .where({ subject: `access-request:${request}` })
        .orderBy('sequence')
        .pluck('event')
    ).filter((event: string) => event !== 'access-request.created');
  const step = async (request: string): Promise<string | null> =>
    (await knex('access_requests').where({ id: request }).first())
      .called_to_mind;

  const application = async (): Promise<string> =>
    (await knex('applications').first('id')).id;

  it('are called to mind, then to that of platform owners, and expire', async () => {
    const { id: request, expiresAt } = await requests().create(
      as('dana'),
      askFor(),
    );
    expect(expiresAt).toBe(
      new Date(bench.clock.now() + 30 * DAY_MS).toISOString(),
    );
    await bench.pass(3 * DAY_MS - 1);
    expect(await step(request)).toBeNull();
    await bench.pass(1);
    expect(await step(request)).toBe('remind');
    await bench.pass(4 * DAY_MS);
    expect(await step(request)).toBe('escalate');
    await bench.pass(23 * DAY_MS - 1);
    expect(await told(request)).toEqual([]);
    await bench.pass(1);
    expect(await told(request)).toEqual(['access-request.expired']);
    expect(await requests().get(as('dana'), request)).toMatchObject({
      status: 'expired',
      actions: [],
    });
    await expect(
      requests().approve(as('olga'), request, {}),
    ).rejects.toMatchObject({ code: 'over' });
    expect(await knex('jobs')).toEqual([]);
    await expect(
      requests().create(
        as('dana'),
        askFor({ application: await application() }),
      ),
    ).resolves.toMatchObject({ status: 'pending' });
  });

  it('tell who decides, platform owners, and who asked', async () => {
    const { id: request } = await requests().create(as('dana'), askFor());
    await bench.work();
    await bench.worker.stop();
    const handler = createWatchRequestHandler({
      knex,
      clock: bench.clock,
      dates: REQUEST_DATES,
      platformOwners: ['group:default/platform-owners'],
    });
    const call = {
      signal: new AbortController().signal,
      conceal: () => {},
      insist: () => {},
    };
    for (const days of [3, 4, 23]) {
      bench.clock.advance(days * DAY_MS);
      const job = await knex('jobs').where({ kind: 'watch-request' }).first();
      const outcome = await handler.run(job, call);
      await knex.transaction(async tx => outcome.write?.(tx));
    }
    const asked = 'Payments API on Gold for “Shop backend”';
    expect(await noticesOf(knex)).toMatchObject([
      {
        recipients: ['group:default/payments-team'],
        title: `dana has waited 3 days for ${asked}`,
        link: `/api-products/approvals?request=${request}`,
      },
      {
        recipients: ['group:default/platform-owners'],
        title: `dana has waited 7 days for ${asked}`,
        severity: 'high',
      },
      {
        recipients: ['user:default/dana'],
        title: `Nobody decided within 30 days about ${asked}`,
        link: `/api-products/my-access?request=${request}`,
      },
      { recipients: ['group:default/payments-team'], severity: 'low' },
    ]);
  });

  it('are left alone once they are decided', async () => {
    const { id: request } = await requests().create(as('dana'), askFor());
    await requests().reject(as('olga'), request, { comment: 'no' });
    await bench.pass(40 * DAY_MS);
    expect(await told(request)).toEqual(['access-request.rejected']);
    expect(await step(request)).toBeNull();
  });

  it('are decided or expire, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { id: request } = await requests().create(
        as('dana'),
        askFor({ application: { name: `App ${round}`, owner: 'shop-team' } }),
      );
      bench.clock.advance(30 * DAY_MS);
      bench.worker.kick();
      const decided = await requests()
        .approve(as('olga'), request, {})
        .then(
          () => 'approved',
          () => 'expired',
        );
      await bench.work();
      expect((await requests().get(as('dana'), request)).status).toBe(decided);
    }
  });
});
