import { startBench } from '../testing';
import type { Bench } from '../testing';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.sandbox.stop());

const NEW_KEY = { org_id: 'default', apply_policies: ['product', 'plan'] };

describe('a fault', () => {
  it('answers with a status and JSON, and the gateway has not acted', async () => {
    const { admin, sandbox } = bench;
    sandbox.faults.add({ kind: 'status', status: 503, json: { oh: 'no' } });
    const answer = await admin('POST', '/tyk/keys/create', NEW_KEY);
    expect(answer.status).toBe(503);
    expect(answer.body).toEqual({ oh: 'no' });
    expect(sandbox.inspect.keys()).toEqual([]);
  });

  it('answers with HTML, as a proxy in front would', async () => {
    const html = '<h1>Bad gateway</h1>';
    bench.sandbox.faults.add({ kind: 'status', status: 502, html });
    const answer = await bench.admin('GET', '/tyk/keys');
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.text).toBe(html);
  });

  it('answers 429 with Retry-After', async () => {
    bench.sandbox.faults.add({
      kind: 'status',
      status: 429,
      retryAfterSeconds: 7,
    });
    const answer = await bench.admin('GET', '/tyk/keys');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it('cuts the connection before the gateway has acted', async () => {
    bench.sandbox.faults.add({ kind: 'reset' });
    await expect(
      bench.admin('POST', '/tyk/keys/create', NEW_KEY),
    ).rejects.toThrow('fetch failed');
    expect(bench.sandbox.inspect.keys()).toEqual([]);
  });

  it('cuts the connection after the gateway has acted', async () => {
    bench.sandbox.faults.add({ kind: 'reset', when: 'after' });
    await expect(
      bench.admin('POST', '/tyk/keys/create', NEW_KEY),
    ).rejects.toThrow('fetch failed');
    expect(bench.sandbox.inspect.keys()).toHaveLength(1);
  });

  it('sends half of the answer', async () => {
    bench.sandbox.faults.add({ kind: 'half-json' });
    await expect(
      bench.admin('POST', '/tyk/keys/create', NEW_KEY),
    ).rejects.toThrow('terminated');
    expect(bench.sandbox.inspect.keys()).toHaveLength(1);
  });

  it('sends other JSON than asked for', async () => {
    bench.sandbox.faults.add({ kind: 'wrong-json', body: [1] });
    const answer = await bench.admin('GET', '/tyk/keys');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([1]);
  });

  it('hangs until the client gives up', async () => {
    bench.sandbox.faults.add({ kind: 'hang' });
    const url = `${bench.sandbox.gatewayUrl}/hello`;
    await expect(
      fetch(url, { signal: AbortSignal.timeout(50) }),
    ).rejects.toThrow('timeout');
    expect(bench.sandbox.inspect.calls()).toEqual([
      expect.objectContaining({ path: '/hello', status: undefined }),
    ]);
  });

  it('waits before answering', async () => {
    bench.sandbox.faults.add({ kind: 'latency', milliseconds: 40 });
    const before = performance.now();
    await bench.admin('GET', '/tyk/keys');
    expect(performance.now() - before).toBeGreaterThan(35);
  });

  it('puts off a reload, even one that was waited for', async () => {
    const { admin, sandbox } = bench;
    sandbox.faults.add({ kind: 'late-reload', milliseconds: 5000, times: 1 });
    await admin('POST', '/tyk/policies', { id: 'new', org_id: 'default' });
    await admin('GET', '/tyk/reload?block=true');
    expect((await admin('GET', '/tyk/policies/new')).status).toBe(404);
    sandbox.advance(5000);
    expect((await admin('GET', '/tyk/policies/new')).status).toBe(200);
  });

  it('runs a hook between two steps', async () => {
    const { admin, createKey, call, sandbox } = bench;
    const seen: (number | undefined)[] = [];
    sandbox.faults.add({
      match: { path: '^/tyk/keys/create' },
      when: 'after',
      run: async ({ status }) => {
        seen.push(status);
        sandbox.edit.removePolicy('product');
      },
    });
    const { key } = await createKey();
    expect(seen).toEqual([200]);
    expect((await call(key)).status).toBe(403);
    expect((await admin('GET', '/tyk/policies/product')).status).toBe(404);
  });
});

describe('a hook that throws', () => {
  it('is answered with what it threw', async () => {
    bench.sandbox.faults.add({
      run: () => {
        throw new Error('wrong hook');
      },
    });
    const answer = await bench.admin('GET', '/tyk/keys');
    expect(answer.status).toBe(500);
    expect(answer.text).toContain('wrong hook');
  });
});

describe('when and how often', () => {
  const status = async (path: string, method = 'GET') =>
    (await bench.admin(method, path)).status;

  it('matches by plane, method and path with query', async () => {
    bench.sandbox.faults.add({
      kind: 'status',
      status: 500,
      match: { plane: 'admin', method: 'get', path: /^\/tyk\/keys\?x=/ },
    });
    expect(await status('/tyk/keys')).toBe(200);
    expect(await status('/tyk/keys?x=1', 'DELETE')).toBe(404);
    expect(await status('/tyk/keys?x=1')).toBe(500);
    bench.sandbox.faults.add({
      kind: 'status',
      status: 504,
      match: { plane: 'data' },
    });
    expect(await status('/tyk/keys')).toBe(200);
    expect((await bench.call('any')).status).toBe(504);
  });

  it('lets some pass first, then strikes a number of times', async () => {
    const { faults } = bench.sandbox;
    faults.add({ kind: 'status', status: 500, skip: 1, times: 2 });
    const found = [];
    for (let i = 0; i < 5; i += 1) found.push(await status('/tyk/keys'));
    expect(found).toEqual([200, 500, 500, 200, 200]);
    expect(faults.list()).toEqual([]);
  });

  it('lists, removes and clears', async () => {
    const { faults } = bench.sandbox;
    const id = faults.add({ kind: 'reset', match: { path: 'x' }, skip: 3 });
    faults.add({ run: () => {} });
    expect(faults.list()).toEqual([
      {
        id,
        kind: 'reset',
        when: 'before',
        match: { path: 'x' },
        skip: 3,
        times: undefined,
        struck: 0,
      },
      expect.objectContaining({ kind: 'hook', match: { path: undefined } }),
    ]);
    expect(faults.remove(id)).toBe(true);
    expect(faults.remove(id)).toBe(false);
    faults.clear();
    expect(faults.list()).toEqual([]);
  });
});
