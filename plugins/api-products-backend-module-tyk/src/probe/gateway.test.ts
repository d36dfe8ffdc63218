import { rejection, startBench, tokenApi } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

const named = async (name: string) =>
  (await bench.provider.probe()).findings.find(item => item.name === name);

describe('probe of a gateway', () => {
  it('finds everything in order and leaves no trace', async () => {
    bench = await startBench();
    const result = await bench.provider.probe();
    expect(result).toMatchObject({ version: 'v5.14.0', revocation: 'safe' });
    expect(result.findings.map(({ name, status }) => [name, status])).toEqual([
      ['reach', 'ok'],
      ['version', 'ok'],
      ['organisation', 'ok'],
      ['policies-writable', 'ok'],
      ['keys-by-hash', 'ok'],
      ['keys-listing', 'ok'],
      ['hash-function', 'ok'],
      ['revocation', 'ok'],
      ['oas', 'ok'],
      ['analytics', 'ok'],
      ['identity-provider-registry', 'ok'],
    ]);
    expect(bench.keys()).toEqual([]);
    expect(bench.sandbox.inspect.policies()).toEqual([]);
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it('does not write again for a while where all was well', async () => {
    bench = await startBench();
    const first = await bench.provider.probe();
    const before = bench.requests().length;
    expect(await bench.provider.probe()).toEqual(first);
    expect(bench.requests().slice(before)).toEqual([
      'GET /hello',
      'GET /tyk/policies',
      'GET /tyk/apis',
      // Whether the portal's own key is still there.
      expect.stringMatching('^GET /tyk/keys/'),
    ]);
    bench.advance(10 * 60_000);
    const again = bench.requests().length;
    await bench.provider.probe();
    expect(bench.requests().slice(again)).toContain('POST /tyk/policies');
  });

  it.each([undefined, 'murmur32', 'murmur128', 'sha256'] as const)(
    'case 64: says that revocation is unsafe with hash function %s, and how to cure it',
    async hashKeyFunction => {
      bench = await startBench({ sandbox: { settings: { hashKeyFunction } } });
      const { revocation, findings } = await bench.provider.probe();
      expect(revocation).toBe('unsafe');
      const finding = findings.find(({ name }) => name === 'revocation');
      expect(finding?.status).toBe('warning');
      expect(finding?.message).toContain(hashKeyFunction ?? 'murmur32');
      expect(finding?.message).toContain('unless the session cache is off');
      expect(finding?.message).toContain('hash_key_function to murmur64');
      expect(finding?.message).toContain(
        'local_session_cache.disable_cached_session_state to true',
      );
      expect(bench.keys()).toEqual([]);
    },
  );

  it.each([undefined, 'sha256'] as const)(
    'case 64: is safe with markers whatever the hash function is, and says why: %s',
    async hashKeyFunction => {
      bench = await startBench({
        sandbox: { settings: { hashKeyFunction } },
        config: { revocation: 'marker' },
      });
      const { revocation, findings } = await bench.provider.probe();
      expect(revocation).toBe('safe');
      expect(findings).toContainEqual({
        name: 'revocation',
        status: 'ok',
        message: expect.stringContaining('a marker policy'),
      });
      expect(findings).toContainEqual({
        name: 'hash-function',
        status: 'ok',
        message: `Keys are hashed with ${hashKeyFunction ?? 'murmur32'}.`,
      });
      const before = bench.requests().length;
      await bench.provider.probe();
      expect(bench.requests().slice(before)).not.toContain(
        'POST /tyk/policies',
      );
    },
  );

  it('says that revoking users of basic authentication is not safe where an API takes them', async () => {
    const sandbox = {
      seed: {
        apis: [
          tokenApi('echo', { use_standard_auth: false, use_basic_auth: true }),
        ],
      },
    };
    bench = await startBench({ sandbox });
    expect(await named('revocation')).toMatchObject({
      status: 'warning',
      message: expect.stringMatching(
        /disable_cached_session_state to true.*revocation of the provider to marker/,
      ),
    });
    expect((await bench.provider.probe()).revocation).toBe('safe');
    await bench.stop();
    bench = await startBench({ sandbox, config: { revocation: 'marker' } });
    expect(await named('revocation')).toMatchObject({ status: 'ok' });
  });

  it('says that the keys of an API are forgotten after a while', async () => {
    bench = await startBench({
      sandbox: {
        seed: { apis: [tokenApi('echo', { session_lifetime: 3600 })] },
      },
    });
    expect(await named('session-lifetime')).toEqual({
      name: 'session-lifetime',
      status: 'warning',
      message: expect.stringContaining('(after 3600 s)'),
    });
  });

  it('notices that a gateway forgets keys, whatever their expiry', async () => {
    bench = await startBench({
      sandbox: { settings: { forcedSessionLifetime: 3600 } },
    });
    const probe = async () => named('keys-last');
    expect(await probe()).toBeUndefined();
    bench.advance(1800_000);
    expect(await probe()).toBeUndefined();
    bench.advance(3000_000);
    expect(await probe()).toMatchObject({
      status: 'warning',
      message: expect.stringMatching(
        /gone 30 to 80 minutes after it was made.*force_global_session_lifetime/,
      ),
    });
    // It is over when one that was made after the mending has lasted longer.
    bench.sandbox.setSettings({ forcedSessionLifetime: 0 });
    bench.advance(4900_000);
    expect(await probe()).toMatchObject({ status: 'warning' });
    bench.advance(4800_000);
    expect(await probe()).toMatchObject({ status: 'warning' });
    bench.advance(200_000);
    expect(await probe()).toBeUndefined();
  });

  it('says whether definitions can be offered', async () => {
    bench = await startBench();
    expect(await named('oas')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('No API here is a Tyk OAS API'),
    });
  });

  it('gets over what an earlier probe has left', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'reset',
      match: { method: 'DELETE', path: '^/tyk/policies' },
      times: 3,
    });
    expect((await rejection(bench.provider.probe())).name).toBe(
      'ProviderUnavailableError',
    );
    expect(bench.sandbox.inspect.policyFiles()).toHaveLength(1);
    expect(await named('policies-writable')).toMatchObject({ status: 'ok' });
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it('takes away what it made when it is abandoned', async () => {
    bench = await startBench();
    const abandoned = new AbortController();
    bench.sandbox.faults.add({
      match: { method: 'POST', path: '^/tyk/keys/' },
      when: 'after',
      run: () => abandoned.abort(),
    });
    const { signal } = abandoned;
    expect((await rejection(bench.provider.probe({ signal }))).message).toMatch(
      'abandoned',
    );
    expect(bench.keys()).toEqual([]);
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it('takes away the key that an earlier probe has left', async () => {
    bench = await startBench();
    // The portal dies: nothing more is heard of it.
    bench.sandbox.faults.add({
      kind: 'reset',
      match: { method: 'DELETE' },
    });
    await rejection(bench.provider.probe());
    expect(bench.keys()).toHaveLength(1);
    bench.sandbox.faults.clear();
    await bench.another({}).probe();
    expect(bench.keys()).toEqual([]);
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it.each(['^/hello', '^/tyk/policies$', '^/tyk/apis'])(
    'says soon that %s is not answered',
    async path => {
      bench = await startBench({ timing: { answerWithinMs: 40 } });
      bench.sandbox.faults.add({ kind: 'hang', match: { path } });
      const error = await rejection(bench.provider.probe());
      expect(error.name).toBe('ProviderUnavailableError');
      expect(error.message).toContain('no answer within 40 ms');
    },
  );

  it.each(['5.13.2', '5.15.0'])(
    'says of version %s that a revoked key is refused, and that a changed one in use is not',
    async version => {
      bench = await startBench({
        sandbox: { settings: { version, hashKeyFunction: 'sha256' } },
      });
      const { revocation, findings } = await bench.provider.probe();
      expect(revocation).toBe('safe');
      expect(findings).toContainEqual({
        name: 'revocation',
        status: 'warning',
        message: expect.stringMatching(
          /refused within ten seconds.*Changes of a key in use do not hold.*hash_key_function to murmur64/,
        ),
      });
      const { warning, reference } = await bench.provider.putCredential(
        await bench.offer(),
      );
      expect(warning).toBeUndefined();
      const removed = await bench.provider.removeCredential({
        reference,
        credentialId: 'c-1',
      });
      expect(removed.warning).toBeUndefined();
    },
  );

  it('shows a cure at the next probe', async () => {
    bench = await startBench({
      sandbox: { settings: { hashKeyFunction: 'sha256' } },
    });
    await bench.provider.probe();
    bench.sandbox.setSettings({ hashKeyFunction: 'murmur64' });
    expect((await bench.provider.probe()).revocation).toBe('safe');
  });

  it('tries everything out again once a key was hashed otherwise than before', async () => {
    bench = await startBench();
    expect((await bench.provider.probe()).revocation).toBe('safe');
    bench.sandbox.setSettings({ hashKeyFunction: 'sha256' });
    expect((await bench.provider.probe()).revocation).toBe('safe');
    await bench.provider.putCredential(await bench.offer());
    expect((await bench.provider.probe()).revocation).toBe('unsafe');
  });

  it('cases 31 and 32: names hash_keys where keys are not hashed', async () => {
    bench = await startBench({ sandbox: { settings: { hashKeys: false } } });
    expect(await named('keys-by-hash')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('hash_keys to true'),
    });
    expect(bench.keys()).toEqual([]);
  });

  it('case 32: names enable_hashed_keys_listing where keys cannot be listed', async () => {
    bench = await startBench({
      sandbox: { settings: { hashedKeysListing: false } },
    });
    expect(await named('keys-listing')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('enable_hashed_keys_listing'),
    });
  });

  it('does not know about revocation where there is no API', async () => {
    bench = await startBench({ sandbox: { seed: { apis: [] } } });
    const { revocation, findings } = await bench.provider.probe();
    expect(revocation).toBe('unknown');
    expect(findings).toContainEqual({
      name: 'revocation',
      status: 'warning',
      message: expect.stringContaining('there is no API to try a key with'),
    });
    expect(findings).toContainEqual(
      expect.objectContaining({ name: 'policies-writable', status: 'ok' }),
    );
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it('says that no API belongs to the organisation', async () => {
    bench = await startBench({ config: { organisation: 'acme' } });
    expect(await named('organisation')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('those here belong to default'),
    });
  });

  it('case 19: says that policies come from a Dashboard', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 500,
      json: {
        status: 'error',
        message:
          'Due to enabled service policy source, please use the Dashboard API',
      },
      match: { method: 'POST', path: '^/tyk/policies' },
    });
    expect(await named('policies-writable')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('policies.policy_source is service'),
    });
  });

  it('case 26 of the pitfalls: says that policies are written but not loaded', async () => {
    bench = await startBench({ timing: { visibleWithinMs: 60 } });
    bench.sandbox.faults.add({
      kind: 'late-reload',
      milliseconds: 3_600_000,
      match: { path: '^/tyk/reload' },
    });
    expect(await named('policies-writable')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('policies.policy_path'),
    });
    expect(bench.sandbox.inspect.policyFiles()).toEqual([]);
  });

  it('says that Redis is down', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 503,
      json: {
        status: 'fail',
        version: 'v5.14.0',
        details: { redis: { status: 'fail' } },
      },
      match: { path: '^/hello' },
    });
    const { findings, revocation } = await bench.provider.probe();
    expect(findings).toContainEqual(
      expect.objectContaining({ name: 'redis', status: 'error' }),
    );
    // Nothing is tried that could only be misread.
    expect(bench.requests()).not.toContain('POST /tyk/policies');
    expect(revocation).toBe('unknown');
    expect(JSON.stringify(findings)).not.toContain('policy_path');
  });

  it.each(['verify', 'marker'] as const)(
    'says that Redis went while it was tried, and not that policies.policy_path is wrong: %s',
    async revocation => {
      bench = await startBench({
        timing: { visibleWithinMs: 60 },
        config: { revocation },
      });
      const redisIsDown = {
        kind: 'status',
        status: 200,
        json: {
          status: 'fail',
          version: 'v5.14.0',
          details: { redis: { status: 'fail' } },
        },
        match: { path: '^/hello' },
        skip: 1,
      } as const;
      bench.sandbox.faults.add(redisIsDown);
      bench.sandbox.faults.add({
        kind: 'late-reload',
        milliseconds: 3_600_000,
        match: { path: '^/tyk/reload' },
      });
      const { findings } = await bench.provider.probe();
      expect(findings).toContainEqual(
        expect.objectContaining({ name: 'redis', status: 'error' }),
      );
      expect(JSON.stringify(findings)).not.toContain('policy_path');
    },
  );

  it('goes on where /hello has another name', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 404,
      html: '404 page not found',
      match: { path: '^/hello' },
    });
    const result = await bench.provider.probe();
    expect(result.version).toBeUndefined();
    expect(result.revocation).toBe('safe');
  });

  it.each([
    ['v4.0.3', 'error'],
    ['v5.0.0', 'warning'],
    ['v5.1.1', 'ok'],
    ['dev', 'warning'],
  ])('judges version %s: %s', async (reportedVersion, status) => {
    bench = await startBench({ sandbox: { settings: { reportedVersion } } });
    expect(await named('version')).toMatchObject({ status });
  });

  it('says that the certificate is not verified', async () => {
    bench = await startBench({
      config: { tls: { rejectUnauthorized: false } },
    });
    expect(await named('tls')).toMatchObject({ status: 'warning' });
  });

  it('case 3: throws where the token is wrong', async () => {
    bench = await startBench({ config: { token: 'wrong' } });
    const error = await rejection(bench.provider.probe());
    expect(error.name).toBe('ProviderUnauthorisedError');
  });

  it('throws where nobody answers', async () => {
    bench = await startBench();
    await bench.sandbox.stop();
    const error = await rejection(bench.provider.probe());
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('the connection was refused');
  });
});

describe('listApis', () => {
  it('lists the APIs of the organisation', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          apis: [
            {
              api_id: 'payments',
              name: 'Payments #money #eu',
              active: true,
              use_standard_auth: true,
              auth_configs: { authToken: { auth_header_name: 'X-Api-Key' } },
              proxy: { listen_path: '/payments/' },
            },
            { api_id: 'open', name: 'Open', use_keyless: true },
            { api_id: 'foreign', name: 'Foreign', org_id: 'other' },
          ],
        },
      },
    });
    const apis = await bench.provider.listApis();
    expect(apis.sort((a, b) => a.id.localeCompare(b.id))).toMatchObject([
      {
        id: 'open',
        name: 'Open',
        listenPath: '',
        active: false,
        authentication: 'keyless',
      },
      {
        id: 'payments',
        name: 'Payments',
        listenPath: '/payments/',
        active: true,
        authentication: 'auth-token',
        call: { keyPlaces: [{ in: 'header', name: 'X-Api-Key' }] },
      },
    ]);
  });

  it('answers an empty list where there is none', async () => {
    bench = await startBench({ sandbox: { seed: { apis: [] } } });
    expect(await bench.provider.listApis()).toEqual([]);
  });
});
