import { rejection, tokenApi } from '../__testUtils__/bench';
import {
  DASHBOARD_KEY,
  startDashboardBench as startBench,
} from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';

let bench: DashboardBench;

afterEach(() => bench.stop());

const named = async (name: string) =>
  (await bench.provider.probe()).findings.find(item => item.name === name);

const writes = (from: number) =>
  bench
    .requests()
    .slice(from)
    .filter(line => !line.startsWith('GET '));

/** One call, so that there is something counted. */
const callOnce = async () => {
  const { reference, secret } = await bench.provider.putCredential(
    await bench.offer(),
  );
  await bench.call(secret);
  return reference;
};

describe('probe of a Dashboard', () => {
  it('finds everything in order and leaves no trace', async () => {
    bench = await startBench();
    const reference = await callOnce();
    const before = bench.documents().length;
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
      ['permissions', 'ok'],
    ]);
    expect(bench.keys().map(({ hash }) => hash)).toEqual([reference]);
    expect(bench.documents()).toHaveLength(before);
    expect(bench.logged()).not.toContain('marker-dashboard-key');
  });

  it('does not write again for a while where all was well', async () => {
    bench = await startBench();
    const first = await bench.provider.probe();
    const before = bench.requests().length;
    expect(await bench.provider.probe()).toEqual(first);
    expect(writes(before)).toEqual([]);
    bench.advance(10 * 60_000);
    await bench.provider.probe();
    expect(writes(before)).toContain('POST /api/portal/policies');
  });

  it.each([
    ['changed', { enableUpdateKeyByHash: false }],
    ['removed', { enableDeleteKeyByHash: false }],
    [
      'changed, nor removed',
      { enableUpdateKeyByHash: false, enableDeleteKeyByHash: false },
    ],
  ])(
    'case 32: says before the first use that keys cannot be %s by hash',
    async (what, settings) => {
      bench = await startBench({ sandbox: { settings } });
      const finding = await named('keys-by-hash');
      expect(finding?.status).toBe('error');
      expect(finding?.message).toContain(
        `Keys cannot be ${what} by their hash`,
      );
      expect(finding?.message).toContain(
        'enable_update_key_by_hash and enable_delete_key_by_hash to true in tyk_analytics.conf',
      );
      expect(bench.keys()).toEqual([]);
      bench.sandbox.setSettings({
        enableUpdateKeyByHash: true,
        enableDeleteKeyByHash: true,
      });
      expect(await named('keys-by-hash')).toMatchObject({ status: 'ok' });
    },
  );

  it.each([{ enableHashedKeysListing: false }, { hashedKeysListing: false }])(
    'case 32: names both files where keys cannot be listed: %j',
    async settings => {
      bench = await startBench({ sandbox: { settings } });
      expect(await named('keys-listing')).toMatchObject({
        status: 'warning',
        message: expect.stringMatching(
          /enable_hashed_keys_listing to true in both tyk\.conf.*tyk_analytics\.conf/,
        ),
      });
    },
  );

  it('case 31: names hash_keys where keys are not hashed', async () => {
    bench = await startBench({ sandbox: { settings: { hashKeys: false } } });
    expect(await named('keys-by-hash')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('set hash_keys to true'),
    });
    expect(bench.keys()).toEqual([]);
  });

  it('case 64: says that revocation is unsafe, naming the settings and markers', async () => {
    bench = await startBench({
      sandbox: { settings: { hashKeyFunction: 'sha256' } },
    });
    const { revocation, findings } = await bench.provider.probe();
    expect(revocation).toBe('unsafe');
    const finding = findings.find(({ name }) => name === 'revocation');
    expect(finding?.status).toBe('warning');
    expect(finding?.message).toMatch(
      /hash_key_function to murmur64.*disable_cached_session_state.*revocation of the provider to marker/,
    );
  });

  it('case 64: is safe with markers, and says so when they cannot be made', async () => {
    bench = await startBench({
      sandbox: { settings: { hashKeyFunction: 'sha256' } },
      config: { revocation: 'marker' },
    });
    expect(await bench.provider.probe()).toMatchObject({ revocation: 'safe' });
    expect(await named('revocation')).toMatchObject({ status: 'ok' });
    expect(bench.documents()).toEqual([]);
    bench.sandbox.setSettings({ requirePolicyApis: true });
    bench.advance(10 * 60_000);
    expect(await bench.provider.probe()).toMatchObject({
      revocation: 'unsafe',
    });
    expect(await named('revocation')).toMatchObject({
      status: 'error',
      message: expect.stringContaining(
        'set revocation of the provider to verify',
      ),
    });
    expect(bench.documents()).toEqual([]);
  });

  it('says what the token’s user may not do, and goes on', async () => {
    bench = await startBench({
      sandbox: {
        settings: {
          dashboardPermissions: {
            policies: 'read',
            analytics: 'deny',
            users: 'deny',
          },
        },
      },
    });
    const { findings } = await bench.provider.probe();
    const byName = Object.fromEntries(
      findings.map(finding => [finding.name, finding]),
    );
    expect(byName.permissions).toMatchObject({
      status: 'error',
      message: expect.stringContaining(
        "The token's user lacks Analytics (read), Policies (write)",
      ),
    });
    expect(byName['policies-writable']).toMatchObject({
      status: 'error',
      message: expect.stringContaining('POST /api/portal/policies'),
    });
    expect(byName.analytics).toMatchObject({ status: 'warning' });
    expect(byName.organisation).toMatchObject({ status: 'ok' });
    expect(byName['keys-listing']).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['keys', 'Keys (write)'],
    ['apis', 'APIs (read)'],
    ['policies', 'Policies (read)'],
  ] as const)('says so without %s, too', async (area, permission) => {
    bench = await startBench({
      sandbox: { settings: { dashboardPermissions: { [area]: 'deny' } } },
    });
    expect(await named('permissions')).toMatchObject({
      status: 'error',
      message: expect.stringContaining(permission),
    });
    expect(bench.documents()).toEqual([]);
  });

  it('case 5: says that the organisation is not known, and how to tell it', async () => {
    bench = await startBench({
      sandbox: {
        settings: { dashboardPermissions: { users: 'deny' } },
        seed: { apis: [] },
      },
    });
    // Left by an earlier portal, it would say which organisation it is of.
    bench.sandbox.edit.removePolicy('bs-witness');
    expect(await named('organisation')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('set organisation of the provider'),
    });
  });

  it('says that the organisation that is configured has no API', async () => {
    bench = await startBench({ config: { organisation: 'acme' } });
    expect(await named('organisation')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('those here belong to default'),
    });
  });

  it('pitfall 33: says that nothing was counted, and what counting needs', async () => {
    bench = await startBench({ sandbox: { settings: { analytics: false } } });
    await callOnce();
    expect(await named('analytics')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('enable_aggregate_lookups'),
    });
  });

  it.each([
    ['v5.14.0', 'There is a registry'],
    ['v5.13.0', 'There is no registry'],
  ])('case 50: at %s: %s', async (dashboardVersion, text) => {
    bench = await startBench({ sandbox: { settings: { dashboardVersion } } });
    expect(await named('identity-provider-registry')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining(text),
    });
  });

  it('says whether definitions can be offered', async () => {
    bench = await startBench();
    expect(await named('oas')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('No API here is a Tyk OAS API'),
    });
    const answer = await fetch(`${bench.sandbox.dashboardUrl}/api/apis/oas`, {
      method: 'POST',
      headers: { authorization: DASHBOARD_KEY },
      body: JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'Orders', version: '1.0.0' },
        paths: {},
        'x-tyk-api-gateway': {
          info: { name: 'Orders', state: { active: true } },
          server: { listenPath: { value: '/orders/', strip: true } },
          upstream: { url: 'http://127.0.0.1:9' },
        },
      }),
    });
    expect(answer.status).toBe(200);
    expect(await named('oas')).toEqual({
      name: 'oas',
      status: 'ok',
      message: 'Definitions of Tyk OAS APIs can be offered (1 here).',
    });
    bench.sandbox.faults.add({
      kind: 'status',
      status: 404,
      json: { Status: 'Error', Message: 'Not found' },
      match: { path: '^/api/apis/oas' },
    });
    expect(await named('oas')).toMatchObject({ status: 'warning' });
  });

  it('is at ease with a Dashboard that does not tell its version', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'wrong-json',
      body: { status: 'ok' },
      match: { path: '^/hello' },
    });
    const { version, findings } = await bench.provider.probe();
    expect(version).toBeUndefined();
    expect(findings).toContainEqual(
      expect.objectContaining({ name: 'version', status: 'ok' }),
    );
  });

  it('says that policies do not reach the gateway', async () => {
    bench = await startBench({
      sandbox: { reloadDelayMs: 3_600_000 },
      timing: { visibleWithinMs: 60 },
    });
    expect(await named('policies-writable')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('has not reached the gateway'),
    });
    expect(bench.documents()).toEqual([]);
  });

  it('says that the certificate is not verified', async () => {
    bench = await startBench({
      config: { tls: { rejectUnauthorized: false } },
    });
    expect(await named('tls')).toMatchObject({ status: 'warning' });
  });

  it('names the marker where users sign in with names', async () => {
    bench = await startBench({
      sandbox: {
        seed: {
          apis: [
            tokenApi('echo', {
              use_standard_auth: false,
              use_basic_auth: true,
            }),
          ],
        },
      },
    });
    expect(await named('revocation')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('basic authentication'),
    });
  });

  it('case 1: throws where the key is wrong, and where nobody answers', async () => {
    bench = await startBench({ config: { token: 'wrong' } });
    const refused = await rejection(bench.provider.probe());
    expect(refused.name).toBe('ProviderUnauthorisedError');
    await bench.sandbox.stop();
    const gone = await rejection(bench.provider.probe());
    expect(gone.name).toBe('ProviderUnavailableError');
  });
});
