/**
 * Lists of a Dashboard, which come in pages of ten unless asked otherwise.
 */
import type { JsonObject } from 'tyk-sandbox';
import { rejection } from '../__testUtils__/bench';
import { startDashboardBench as startBench } from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';

let bench: DashboardBench;

afterEach(() => bench.stop());

describe('case 7: lists', () => {
  const policy = (name: string) => ({
    name,
    partitions: { acl: true },
    access_rights: { echo: { api_id: 'echo', versions: ['Default'] } },
    state: 'active',
    tags: [],
  });

  it('are whole: 25 policies of 25', async () => {
    bench = await startBench();
    for (let n = 1; n <= 25; n++) await bench.foreignPolicy(policy(`p-${n}`));
    expect(await bench.provider.listOfferings()).toHaveLength(25);
  });

  it('are whole at a Dashboard that knows pages only', async () => {
    bench = await startBench();
    const page = (from: number, to: number) => ({
      Data: Array.from({ length: to - from }, (_, index) => ({
        // The last one is the portal's own, by which the list is seen to be whole.
        ...policy(from + index === 25 ? 'bs-witness' : `p-${from + index}`),
        _id: `${from + index}`.padStart(24, '0'),
      })),
      Pages: 3,
    });
    const pages: [string, JsonObject][] = [
      ['p=-2', page(0, 10)],
      ['p=1$', page(0, 10)],
      ['p=2$', page(10, 20)],
      ['p=3$', page(20, 26)],
    ];
    for (const [query, body] of pages) {
      bench.sandbox.faults.add({
        kind: 'wrong-json',
        body,
        match: { path: `^/api/portal/policies\\?${query}` },
      });
    }
    const names = (await bench.provider.listOfferings()).map(
      ({ name }) => name,
    );
    expect(new Set(names).size).toBe(25);
  });

  it('that are empty can be null', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'wrong-json',
      body: { apis: null, pages: 0 },
      match: { path: '^/api/apis' },
    });
    expect(await bench.provider.listApis()).toEqual([]);
  });

  it('are not empty where the policy of the portal is not among them', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'wrong-json',
      body: { Data: null, Pages: 0 },
      match: { method: 'GET', path: '^/api/portal/policies\\?' },
    });
    const error = await rejection(bench.provider.listOfferings());
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('is not believed');
  });

  it('case 8: are never taken for empty where they are missing', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'wrong-json',
      body: { Status: 'OK', Message: '' },
      match: { path: '^/api/' },
    });
    for (const call of [
      bench.provider.listOfferings(),
      bench.provider.listApis(),
      bench.provider.listCredentials(),
    ]) {
      expect((await rejection(call)).name).toBe('ProviderUnavailableError');
    }
  });
});
