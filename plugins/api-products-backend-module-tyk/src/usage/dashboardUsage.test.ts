import { rejection, startBench, tokenApi } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 0, 1);

let bench: DashboardBench;
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  bench = await startDashboardBench({
    sandbox: {
      clock: { now: () => MIDNIGHT },
      seed: {
        apis: [
          tokenApi('echo'),
          tokenApi('basic', { use_standard_auth: false, use_basic_auth: true }),
        ],
      },
    },
    timing: { now: () => MIDNIGHT + ahead },
  });
});
afterEach(() => bench.stop());

const advance = (milliseconds: number) => {
  ahead += milliseconds;
  bench.advance(milliseconds);
};
const month = (references: string[]) =>
  bench.provider.usage({ references, from: '2026-01-01', to: '2026-01-31' });
const analyticsCalls = () =>
  bench.requests().filter(request => /\/(activity|usage)\//.test(request));

async function twoKeys() {
  const wanted = await bench.offer({
    plan: { quota: { requests: 3, per: 'P30D' } },
  });
  const first = await bench.provider.putCredential(wanted);
  const second = await bench.provider.putCredential({
    ...wanted,
    credentialId: 'c-2',
    chosenKey: 'fedcba9876543210'.repeat(4),
  });
  return [first, second];
}

describe('case 52: usage of a Dashboard', () => {
  it('is told by day, served and refused, for each key', async () => {
    const [first, second] = await twoKeys();
    for (let call = 0; call < 4; call += 1) await bench.call(first.secret);
    advance(24 * HOUR);
    await bench.call(second.secret);
    const references = [first.reference, second.reference];
    expect(await month(references)).toEqual([
      {
        reference: first.reference,
        day: '2026-01-01',
        calls: 4,
        succeeded: 3,
        failed: 1,
      },
      {
        reference: second.reference,
        day: '2026-01-02',
        calls: 1,
        succeeded: 1,
        failed: 0,
      },
    ]);
    expect(analyticsCalls()).toEqual(
      references.map(() =>
        expect.stringMatching(
          /^GET \/api\/activity\/keys\/aggregate\/.*\/1\/1\/2026\/31\/1\/2026$/,
        ),
      ),
    );
    // The last day is part of the period, and no other.
    expect(
      await bench.provider.usage({
        references,
        from: '2026-01-02',
        to: '2026-01-02',
      }),
    ).toHaveLength(1);
  });

  it('comes page by page where not all is answered at once', async () => {
    const [first] = await twoKeys();
    for (let day = 0; day < 3; day += 1) {
      await bench.call(first.secret);
      advance(24 * HOUR);
    }
    bench.sandbox.setSettings({ dashboardPageSize: 1 });
    bench.sandbox.faults.add({
      match: { path: /aggregate/ },
      times: 1,
      kind: 'wrong-json',
      body: { data: [], pages: 3 },
    });
    expect(await month([first.reference])).toHaveLength(3);
  });

  it('is none where others have called', async () => {
    const [first, second] = await twoKeys();
    await bench.call(first.secret);
    expect(await month([second.reference])).toEqual([]);
    expect(analyticsCalls()).toContain(
      'GET /api/usage/apis/2/12/2025/31/1/2026',
    );
    expect(await month([])).toEqual([]);
  });

  it('is not known where nobody counts, which says what to set', async () => {
    const [first] = await twoKeys();
    await bench.call(first.secret);
    bench.sandbox.setSettings({ analytics: false });
    const error = await rejection(month([first.reference]));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toMatch(
      /no call of anybody was counted since 2025-12-02.*enable_analytics.*Tyk Pump.*enable_aggregate_lookups/,
    );
  });

  it('is not known where the Dashboard has no such call', async () => {
    const [first] = await twoKeys();
    bench.sandbox.faults.add({
      match: { path: /activity/ },
      kind: 'status',
      status: 404,
      html: '404 page not found',
    });
    const error = await rejection(month([first.reference]));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toMatch(/does not answer for it.*enable_analytics/);
  });

  it('needs a permission, which is named', async () => {
    const [first] = await twoKeys();
    bench.sandbox.setSettings({ dashboardPermissions: { analytics: 'deny' } });
    const error = await rejection(month([first.reference]));
    expect(error.name).toBe('ProviderUnauthorisedError');
    expect(error.message).toMatch(/Analytics \(read\)/);
  });

  it.each([
    ['2026-01-31', '2026-01-01'],
    ['2026-02-31', '2026-03-01'],
    ['yesterday', 'today'],
  ])('is not asked for from %s to %s', async (from, to) => {
    const error = await rejection(
      bench.provider.usage({ references: [], from, to }),
    );
    expect(error.name).toBe('ProviderRejectedError');
  });

  it('is told of users with passwords', async () => {
    const apis = [{ id: 'basic', name: 'Basic' }];
    const wanted = await bench.offer({
      product: { apis },
      plan: { apiIds: ['basic'] },
    });
    const made = await bench.provider.putCredential({
      ...wanted,
      kind: 'basic',
    });
    await bench.call(made.headerPrefix + made.secret, '/basic/a');
    expect(await month([made.reference])).toEqual([
      expect.objectContaining({ reference: made.reference, calls: 1 }),
    ]);
    await expect(month(['basic:bsu_nobody'])).resolves.toEqual([]);
  });
});

it('case 53: asked again, it brings the same again', async () => {
  const [first, second] = await twoKeys();
  await bench.call(first.secret);
  await bench.call(second.secret);
  const references = [first.reference, second.reference];
  const once = await month(references);
  expect(once.reduce((sum, { calls }) => sum + calls, 0)).toBe(2);
  expect(await month(references)).toEqual(once);
});

it('an open-source gateway says what it lacks', async () => {
  const gateway = await startBench();
  const error = await rejection(
    gateway.provider.usage({
      references: [],
      from: '2026-01-01',
      to: '2026-01-31',
    }),
  );
  expect(error.name).toBe('ProviderUnsupportedError');
  expect(error.message).toMatch(/keeps no usage by day/);
  await gateway.stop();
});
