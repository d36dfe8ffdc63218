/**
 * What the driver makes of a gateway that fails, over real connections. The times of the real thing are shortened by
 * the driver's own options.
 */
import {
  CHOSEN_KEY,
  PRODUCT,
  rejection,
  startBench,
} from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

const match = { method: 'POST', path: '^/tyk/keys/' };
const POSTS = /^POST \/tyk\/keys/;
const posts = () => bench.requests().filter(line => POSTS.test(line)).length;

describe('case 4: a passing fault is got over by trying again', () => {
  it.each([
    ['the connection is cut before the gateway acts', { kind: 'reset' }],
    [
      'the connection is cut after the gateway acted',
      { kind: 'reset', when: 'after' },
    ],
    ['a 502 with HTML', { kind: 'status', status: 502, html: '<h1>Bad</h1>' }],
    ['a 503', { kind: 'status', status: 503, html: '' }],
    ['a 500 with HTML', { kind: 'status', status: 500, html: '<p>oops</p>' }],
    [
      'a 504 after the gateway acted',
      { kind: 'status', status: 504, html: '', when: 'after' },
    ],
    ['half-written JSON', { kind: 'half-json' }],
    ['JSON cut off', { kind: 'status', status: 200, html: '{"key": "eyJ' }],
    ['an empty body', { kind: 'status', status: 200, html: '' }],
  ] as const)('%s', async (_, fault) => {
    bench = await startBench();
    const credential = await bench.offer();
    bench.sandbox.faults.add({ ...fault, match, times: 1 });
    const { reference, secret } = await bench.provider.putCredential(
      credential,
    );
    expect(posts()).toBe(2);
    expect(bench.keys().map(({ hash }) => hash)).toEqual([reference]);
    expect((await bench.call(secret)).status).toBe(200);
  });

  it.each(['before', 'after'] as const)(
    'case 57: a time-out %s the gateway acted',
    async when => {
      bench = await startBench({ config: { requestTimeoutMs: 250 } });
      const credential = await bench.offer();
      bench.sandbox.faults.add({ kind: 'hang', match, when, times: 1 });
      const { reference } = await bench.provider.putCredential(credential);
      expect(bench.keys().map(({ hash }) => hash)).toEqual([reference]);
    },
  );

  it('asked to wait by a 429, waits at least that long', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 429,
      html: '',
      retryAfterSeconds: 1,
      times: 1,
      match: { path: '^/tyk/apis' },
    });
    await bench.provider.listApis();
    const [first, second] = bench.sandbox.inspect.calls();
    expect(second.at - first.at).toBeGreaterThanOrEqual(990);
  });

  it('repeats the put after a failure at any of its calls: one key, and no other than asked for', async () => {
    bench = await startBench({ config: { retries: 0 } });
    const credential = {
      ...(await bench.offer({ plan: { keyLifetimeSeconds: 1_000 } })),
      expiresAt: Math.floor(Date.now() / 1000) + 500,
    };
    const before = bench.requests().length;
    await bench.provider.putCredential(credential);
    const calls = bench.requests().length - before;
    expect(calls).toBeGreaterThan(5);

    for (const when of ['before', 'after'] as const) {
      for (let skip = 0; skip < calls; skip++) {
        await bench.provider.removeCredential({
          chosenKey: CHOSEN_KEY,
          credentialId: 'c-1',
        });
        bench.sandbox.faults.add({ kind: 'reset', when, skip, times: 1 });
        const error = await rejection(bench.provider.putCredential(credential));
        expect(error.name).toBe('ProviderUnavailableError');
        bench.sandbox.faults.clear();
        const made = await bench.provider.putCredential(credential);
        expect(made.expiresAt).toBe(credential.expiresAt);
        expect(bench.keys().map(({ hash }) => hash)).toEqual([made.reference]);
      }
    }
  });
});

describe('case 4: a lasting fault ends in an error of the right kind', () => {
  it.each([
    ['502 with HTML', { kind: 'status', status: 502, html: '<h1>Bad</h1>' }],
    [
      '500 with words that are not a refusal',
      { kind: 'status', status: 500, json: { message: 'Something broke' } },
    ],
    ['the connection is cut', { kind: 'reset' }],
    ['JSON of another kind', { kind: 'wrong-json', body: { hello: 'you' } }],
    ['a text where an object should be', { kind: 'wrong-json', body: 'yes' }],
    ['half-written JSON', { kind: 'half-json' }],
  ] as const)('%s: unavailable', async (_, fault) => {
    bench = await startBench();
    const credential = await bench.offer();
    bench.sandbox.faults.add({ ...fault, match });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toMatch(/^tyk-eu: create key failed: /);
    expect(error.message).not.toContain('<');
    expect(posts()).toBeLessThanOrEqual(3);
  });

  it('the time is bounded', async () => {
    bench = await startBench({ config: { requestTimeoutMs: 500, retries: 1 } });
    bench.sandbox.faults.add({ kind: 'hang' });
    const error = await rejection(bench.provider.listApis());
    expect(error.message).toBe(
      'tyk-eu: list APIs failed: no answer within 500 ms',
    );
    expect(bench.requests()).toHaveLength(2);
  });

  it('a long Retry-After is passed on instead of waited for', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 429,
      html: '',
      retryAfterSeconds: 120,
    });
    const error = await rejection(bench.provider.listApis());
    expect(error).toMatchObject({
      name: 'ProviderUnavailableError',
      retryAfterMs: 120_000,
    });
    expect(bench.requests()).toHaveLength(1);
  });

  it('case 3: a wrong secret: unauthorised, and not tried again', async () => {
    bench = await startBench({ config: { token: 'wrong' } });
    for (const call of [
      () => bench.provider.listApis(),
      () => bench.provider.putProduct(PRODUCT),
      () => bench.provider.readCredential('00000000deadbeef'),
      () =>
        bench.provider.removeCredential({
          chosenKey: CHOSEN_KEY,
          credentialId: 'c-1',
        }),
    ]) {
      const error = await rejection(call());
      expect(error.name).toBe('ProviderUnauthorisedError');
      expect(error.message).toContain('check the token of the provider');
    }
    expect(
      bench.requests().filter(line => line.includes('/apis')),
    ).toHaveLength(1);
  });

  it('a refusal in Tyk’s words: rejected, and nothing left', async () => {
    bench = await startBench();
    const credential = await bench.offer();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 400,
      json: {
        status: 'error',
        message:
          'custom key ID length 64 is less than min_token_length (100); …',
      },
      match,
    });
    const error = await rejection(bench.provider.putCredential(credential));
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toContain('min_token_length (100)');
    expect(bench.keys()).toEqual([]);
  });

  it('another server at the url: unsupported, naming control_api_port', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 404,
      html: '404 page not found\n',
    });
    const error = await rejection(bench.provider.listApis());
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('control_api_port');
  });

  it('a redirect: unsupported, not followed', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({ kind: 'status', status: 302, html: '' });
    const error = await rejection(bench.provider.listApis());
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('check the url');
  });
});

describe('a caller that gives up', () => {
  it('is let go at once, whatever is under way', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({ kind: 'hang' });
    const controller = new AbortController();
    const calls = [
      bench.provider.listApis({ signal: controller.signal }),
      bench.provider.probe({ signal: controller.signal }),
      bench.provider.putProduct(PRODUCT, { signal: controller.signal }),
    ].map(rejection);
    controller.abort();
    for (const error of await Promise.all(calls)) {
      expect(error.name).toBe('ProviderUnavailableError');
      expect(error.message).toContain('was abandoned');
    }
  });

  it('is not made to wait for a pause between tries', async () => {
    bench = await startBench();
    const controller = new AbortController();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 429,
      html: '',
      retryAfterSeconds: 9,
    });
    bench.sandbox.faults.add({
      when: 'after',
      run: () => controller.abort(),
    });
    const started = Date.now();
    const call = rejection(
      bench.provider.listApis({ signal: controller.signal }),
    );
    setTimeout(() => controller.abort(), 50);
    expect((await call).name).toBe('ProviderUnavailableError');
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});

describe('case 58: calls at the same time', () => {
  it('are no more than configured', async () => {
    bench = await startBench({ config: { concurrency: 2 } });
    let now = 0;
    let most = 0;
    bench.sandbox.faults.add({
      run: () => {
        now += 1;
        most = Math.max(most, now);
      },
    });
    bench.sandbox.faults.add({ kind: 'latency', milliseconds: 5 });
    bench.sandbox.faults.add({
      run: () => {
        now -= 1;
      },
    });
    await Promise.all(
      Array.from({ length: 12 }, () => bench.provider.listApis()),
    );
    expect(most).toBe(2);
  });
});

describe('case 59: two providers at one gateway', () => {
  it('do not mix their organisations', async () => {
    bench = await startBench();
    const other = bench.another({ id: 'tyk-us', organisation: 'other' });
    const { reference } = await bench.provider.putCredential(
      await bench.offer(),
    );
    await other.removeCredential({
      chosenKey: CHOSEN_KEY,
      credentialId: 'c-1',
    });
    expect(await bench.provider.readCredential(reference)).toBeDefined();
    expect(await other.listApis()).toEqual([]);
  });
});
