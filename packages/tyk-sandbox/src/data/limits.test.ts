import { planPolicy, startBench } from '../testing';
import type { Bench } from '../testing';
import type { PolicyInput } from '../model/policy';
import type { SandboxSettings } from '../types';

let bench: Bench;

async function keyOn(
  limits: Partial<PolicyInput>,
  settings?: Partial<SandboxSettings>,
) {
  bench = await startBench({ settings });
  bench.sandbox.edit.putPolicy(planPolicy(limits));
  return (await bench.createKey()).key;
}

async function statuses(key: string, count: number) {
  const found: number[] = [];
  for (let i = 0; i < count; i += 1) {
    found.push((await bench.call(key)).status);
  }
  return found;
}

afterEach(() => bench.sandbox.stop());

describe('the rate', () => {
  it('refuses with 429 what is too much within the period', async () => {
    const key = await keyOn({ rate: 2, per: 10 });
    expect(await statuses(key, 3)).toEqual([200, 200, 429]);
    const refused = await bench.call(key);
    expect(refused.body).toEqual({ error: 'Rate Limit Exceeded' });
    expect(refused.headers.get('x-ratelimit-limit')).toBeNull();
  });

  it('counts refused calls in a rolling window as well', async () => {
    const key = await keyOn({ rate: 1, per: 10 });
    expect(await statuses(key, 2)).toEqual([200, 429]);
    bench.sandbox.advance(9_000);
    expect(await statuses(key, 1)).toEqual([429]);
    bench.sandbox.advance(9_000);
    expect(await statuses(key, 1)).toEqual([429]);
    bench.sandbox.advance(10_000);
    expect(await statuses(key, 1)).toEqual([200]);
  });

  it('starts anew with each fixed window, where that is set', async () => {
    const key = await keyOn({ rate: 2, per: 10 }, { rateLimiter: 'fixed' });
    expect(await statuses(key, 3)).toEqual([200, 200, 429]);
    bench.sandbox.advance(10_000);
    expect(await statuses(key, 3)).toEqual([200, 200, 429]);
  });

  it('is not there at 0 and −1', async () => {
    const key = await keyOn({ rate: -1, per: -1 });
    expect(await statuses(key, 5)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('the quota', () => {
  it('counts down in the headers of accepted calls and then refuses with 403', async () => {
    const key = await keyOn({ quota_max: 2, quota_renewal_rate: 60 });
    const first = await bench.call(key);
    expect(first.headers.get('x-ratelimit-limit')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect(first.headers.get('x-ratelimit-reset')).toBe(
      String(Date.parse('2026-01-01T00:01:00Z') / 1000),
    );
    const last = await bench.call(key);
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await bench.call(key);
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ error: 'Quota exceeded' });
    expect(refused.headers.get('x-ratelimit-remaining')).toBeNull();
  });

  it('is there again when its window is over', async () => {
    const key = await keyOn({ quota_max: 1, quota_renewal_rate: 60 });
    expect(await statuses(key, 2)).toEqual([200, 403]);
    bench.sandbox.advance(60_000);
    expect(await statuses(key, 2)).toEqual([200, 403]);
  });

  it('never comes back without a renewal rate', async () => {
    const key = await keyOn({ quota_max: 1, quota_renewal_rate: -1 });
    expect(await statuses(key, 2)).toEqual([200, 403]);
    bench.sandbox.advance(1e12);
    expect(await statuses(key, 1)).toEqual([403]);
  });

  it('is not counted by calls over the rate', async () => {
    const key = await keyOn({ rate: 1, per: 10, quota_max: 2 });
    expect(await statuses(key, 3)).toEqual([200, 429, 429]);
    bench.sandbox.advance(60_000);
    expect(await statuses(key, 1)).toEqual([200]);
  });
});
