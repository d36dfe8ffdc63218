/** Scopes at a Gateway and at a Dashboard of the sandbox; the pure part is in `model/scopeMappings.test.ts`. */
import type { JsonObject, JsonValue } from '@backstage/types';
import type { TykSandbox } from 'tyk-sandbox';
import { rejection, startBench, tokenApi } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';
import type { TykProvider } from '../driver/TykProvider';

const jwtApi = (id: string, more: JsonObject = {}): JsonObject =>
  tokenApi(id, {
    use_standard_auth: false,
    enable_jwt: true,
    jwt_signing_method: 'hmac',
    jwt_source: Buffer.from('secret').toString('base64'),
    scopes: { jwt: { scope_to_policy: { foreign: 'theirs' } } },
    ...more,
  });

const OAS: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1' },
  paths: {},
  components: {
    securitySchemes: {
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    },
  },
  security: [{ jwt: [] }],
  'x-tyk-api-gateway': {
    info: { id: 'orders', name: 'Orders', state: { active: true } },
    server: {
      listenPath: { value: '/orders/', strip: true },
      authentication: {
        enabled: true,
        securitySchemes: {
          jwt: {
            enabled: true,
            header: { enabled: true, name: 'Authorization' },
            signingMethod: 'hmac',
            source: Buffer.from('secret').toString('base64'),
            scopes: {
              claimName: 'scope',
              scopeToPolicyMapping: [{ scope: 'foreign', policyId: 'theirs' }],
            },
          },
        },
      },
    },
    upstream: { url: 'http://127.0.0.1:1/' },
  },
};

const policy = (id: string) => ({
  id,
  _id: Buffer.from(id.padEnd(12, '0')).toString('hex'),
  name: id,
  access_rights: {},
});

const PRODUCT = { scope: 'orders', policyId: 'product' };
const PLAN = { scope: 'gold', policyId: 'plan' };
const FOREIGN = { scope: 'foreign', policyId: 'theirs' };

const SEED = {
  apis: [tokenApi('echo'), jwtApi('jwt'), jwtApi('other')],
  oas: [OAS],
  policies: ['product', 'plan', 'theirs', 'another'].map(policy),
};

interface Side {
  sandbox: TykSandbox;
  provider: TykProvider;
  requests(): string[];
  stop(): Promise<void>;
}

const SIDES: [string, () => Promise<Side>][] = [
  ['a Gateway', () => startBench({ sandbox: { seed: SEED } })],
  ['a Dashboard', () => startDashboardBench({ sandbox: { seed: SEED } })],
];

describe.each(SIDES)('at %s', (name, start) => {
  let side: Side;
  beforeEach(async () => {
    side = await start();
  });
  afterEach(() => side.stop());

  const scopes = () => side.provider.scopes;
  const map = (apiId: string, pair = PRODUCT) =>
    scopes().mapScope({ apiId, ...pair });
  const unmap = (apiId: string, pair = PRODUCT) =>
    scopes().unmapScope({ apiId, ...pair });
  const writes = () =>
    side
      .requests()
      .filter(request => /^(PUT|PATCH|POST) \S*\/apis\//.test(request));

  it.each(['jwt', 'orders'])(
    'adds to what %s maps, takes it away again, and both once',
    async api => {
      await map(api);
      await map(api);
      expect(await scopes().listScopes(api)).toEqual([FOREIGN, PRODUCT]);
      expect(writes()).toHaveLength(1);
      await unmap(api);
      await unmap(api);
      expect(await scopes().listScopes(api)).toEqual([FOREIGN]);
      expect(writes()).toHaveLength(2);
    },
  );

  it('makes edits of one API one after the other', async () => {
    const pairs = Array.from({ length: 5 }, (_, index) => ({
      scope: `scope-${index}`,
      policyId: 'product',
    }));
    await Promise.all(pairs.map(pair => map('jwt', pair)));
    expect(await scopes().listScopes('jwt')).toEqual([FOREIGN, ...pairs]);
    expect(writes()).toHaveLength(5);
  });

  it('writes again what somebody else has undone, and keeps what they have done', async () => {
    const theirs = { scope: 'theirs-too', policyId: 'theirs' };
    side.sandbox.faults.add({
      when: 'after',
      match: { method: 'PUT', path: /\/apis\/jwt$/ },
      times: 1,
      run: () =>
        side.sandbox.edit.putApi({
          ...jwtApi('jwt'),
          org_id: 'default',
          scopes: {
            jwt: {
              scope_to_policy: { foreign: 'theirs', 'theirs-too': 'theirs' },
            },
          },
        }),
    });
    await map('jwt');
    expect(await scopes().listScopes('jwt')).toEqual([
      FOREIGN,
      theirs,
      PRODUCT,
    ]);
    expect(writes()).toHaveLength(2);
  });

  it('gives up on somebody who undoes it each time', async () => {
    side.sandbox.faults.add({
      when: 'after',
      match: { method: 'PUT', path: /\/apis\/jwt$/ },
      run: () => side.sandbox.edit.putApi(jwtApi('jwt')),
    });
    const error = await rejection(map('jwt'));
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toMatch(/somebody else seems to write/);
  });

  it('gives a scope to another policy only where the first is gone', async () => {
    await map('jwt');
    const taken = { scope: 'orders', policyId: 'another' };
    const error = await rejection(map('jwt', taken));
    expect(error.name).toBe('ProviderConflictError');
    expect(error.message).toMatch(/stands for policy product already/);
    await unmap('jwt', taken);
    expect(await scopes().listScopes('jwt')).toEqual([FOREIGN, PRODUCT]);
    side.sandbox.edit.removePolicy('product');
    await map('jwt', taken);
    expect(await scopes().listScopes('jwt')).toEqual([FOREIGN, taken]);
  });

  it.each([
    ['echo', /takes no JSON web tokens/],
    ['none', /there is no such API/],
  ])('refuses API %s', async (api, message) => {
    const error = await rejection(map(api));
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toMatch(message);
  });

  describe('together', () => {
    const pair = {
      apiIds: ['jwt', 'orders', 'other'],
      product: PRODUCT,
      plan: PLAN,
    };
    const all = () =>
      Promise.all(pair.apiIds.map(api => scopes().listScopes(api)));
    const none = pair.apiIds.map(() => [FOREIGN]);

    it('maps both at every API with one write each, and takes both away', async () => {
      await scopes().mapTogether(pair);
      const sorted = expect.arrayContaining([FOREIGN, PLAN, PRODUCT]);
      expect(await all()).toEqual([sorted, sorted, sorted]);
      expect(writes()).toHaveLength(3);
      await scopes().mapTogether(pair);
      expect(writes()).toHaveLength(3);
      await scopes().unmapTogether(pair);
      expect(await all()).toEqual(none);
      expect(writes()).toHaveLength(6);
    });

    it('maps none where one cannot be mapped', async () => {
      await map('other', { scope: 'gold', policyId: 'another' });
      const error = await rejection(scopes().mapTogether(pair));
      expect(error.name).toBe('ProviderConflictError');
      expect(await all()).toEqual([
        [FOREIGN],
        [FOREIGN],
        [FOREIGN, { scope: 'gold', policyId: 'another' }],
      ]);
    });

    it('undoes only what it has done', async () => {
      await map('jwt');
      const error = await rejection(
        scopes().mapTogether({ ...pair, apiIds: ['jwt', 'none'] }),
      );
      expect(error.name).toBe('ProviderRejectedError');
      expect(await scopes().listScopes('jwt')).toEqual([FOREIGN, PRODUCT]);
    });

    it('refuses one scope for both', async () => {
      const error = await rejection(
        scopes().mapTogether({ ...pair, plan: { ...PLAN, scope: 'orders' } }),
      );
      expect(error.message).toMatch(/same scope orders/);
    });
  });

  it(`speaks only to ${name}`, async () => {
    await map('jwt');
    expect(
      side.requests().some(request => request.includes('clientidps')),
    ).toBe(name === 'a Dashboard');
  });
});

describe('with a registry of identity providers', () => {
  let bench: Awaited<ReturnType<typeof startDashboardBench>>;
  beforeEach(async () => {
    bench = await startDashboardBench({ sandbox: { seed: SEED } });
  });
  afterEach(() => bench.stop());

  async function ask(method: string, path: string, body?: JsonObject) {
    const response = await fetch(`${bench.sandbox.dashboardUrl}/api${path}`, {
      method,
      headers: { authorization: bench.sandbox.dashboardKey },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: { Meta?: string; api_mappings?: JsonValue } =
      await response.json();
    return answer;
  }

  const register = async (name: string, apiMappings: JsonObject) => {
    const { Meta = '' } = await ask('POST', '/clientidps', {
      name,
      issuer: `https://${name}.example.com`,
      jwks_uri: `https://${name}.example.com/jwks`,
      api_mappings: apiMappings,
    });
    return Meta;
  };
  const mappings = async (id: string) =>
    (await ask('GET', `/clientidps/${id}`)).api_mappings;
  const mappedTo = (scopeToPolicy: Record<string, string>) => ({
    scope_to_policy: scopeToPolicy,
  });

  it('maps at every provider that has a mapping for the API, and leaves the rest alone', async () => {
    const first = await register('first', {
      jwt: mappedTo({ own: 'theirs' }),
      other: mappedTo({ kept: 'theirs' }),
    });
    const second = await register('second', { jwt: mappedTo({}) });
    const third = await register('third', { other: mappedTo({}) });
    const { scopes } = bench.provider;
    await scopes.mapScope({ apiId: 'jwt', ...PRODUCT });
    await scopes.mapScope({ apiId: 'jwt', ...PRODUCT });
    expect(await mappings(first)).toEqual({
      jwt: mappedTo({ own: 'theirs', orders: 'product' }),
      other: mappedTo({ kept: 'theirs' }),
    });
    expect(await mappings(second)).toEqual({
      jwt: mappedTo({ orders: 'product' }),
    });
    expect(await mappings(third)).toEqual({ other: mappedTo({}) });
    expect(bench.requests().filter(request => request.startsWith('P'))).toEqual(
      [
        'POST /api/clientidps',
        'POST /api/clientidps',
        'POST /api/clientidps',
        `PATCH /api/clientidps/${first}/mappings`,
        `PATCH /api/clientidps/${second}/mappings`,
      ],
    );
    expect(await scopes.listScopes('jwt')).toEqual([
      { scope: 'own', policyId: 'theirs' },
      PRODUCT,
      FOREIGN,
    ]);
    await scopes.unmapScope({ apiId: 'jwt', ...PRODUCT });
    expect(await mappings(first)).toEqual({
      jwt: mappedTo({ own: 'theirs' }),
      other: mappedTo({ kept: 'theirs' }),
    });
  });

  it('changes a mapping where it is, since the definition counts', async () => {
    await register('first', { jwt: mappedTo({}) });
    bench.sandbox.edit.removePolicy('theirs');
    const { scopes } = bench.provider;
    const moved = { scope: 'foreign', policyId: 'product' };
    await scopes.mapScope({ apiId: 'jwt', ...moved });
    expect(bench.requests()).toContain('PUT /api/apis/jwt');
    expect(await scopes.listScopes('jwt')).toEqual([moved]);
  });

  it('maps an API there whose definition knows nothing of tokens', async () => {
    const id = await register('first', { echo: mappedTo({}) });
    await bench.provider.scopes.mapTogether({
      apiIds: ['echo'],
      product: PRODUCT,
      plan: PLAN,
    });
    expect(await mappings(id)).toEqual({
      echo: mappedTo({ gold: 'plan', orders: 'product' }),
    });
    expect(
      bench.requests().filter(request => request.startsWith('PATCH')),
    ).toHaveLength(1);
  });

  it('goes by the definition where the registry is of no use', async () => {
    await register('first', { jwt: mappedTo({}) });
    const { scopes } = bench.provider;
    bench.sandbox.setSettings({ dashboardPermissions: { clientidps: 'deny' } });
    await scopes.mapScope({ apiId: 'jwt', ...PRODUCT });
    bench.sandbox.setSettings({
      dashboardPermissions: {},
      dashboardVersion: 'v5.13.0',
    });
    await scopes.mapScope({ apiId: 'jwt', ...PLAN });
    expect(await scopes.listScopes('jwt')).toEqual([FOREIGN, PRODUCT, PLAN]);
  });
});
