/**
 * Getting through to a Dashboard: the token, permissions, the organisation, lists, and all that can go wrong between.
 */
import { startDashboardBench as startBench } from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';
import { CHOSEN_KEY, PLAN, PRODUCT, rejection } from '../__testUtils__/bench';

let bench: DashboardBench;

afterEach(() => bench.stop());

const titles = () =>
  bench
    .documents()
    .map(({ name }) => name)
    .sort();

describe('case 1: the key of the user', () => {
  it('is sent as it stands, and lets in', async () => {
    bench = await startBench();
    expect(await bench.provider.listApis()).toHaveLength(2);
  });

  it.each(['wrong', 'Bearer marker-dashboard-key-91be'])(
    'is refused where it is wrong: %s',
    async token => {
      bench = await startBench({ config: { token } });
      for (const call of [
        () => bench.provider.probe(),
        () => bench.provider.listApis(),
        () => bench.provider.listOfferings(),
        () => bench.provider.putProduct(PRODUCT),
        () => bench.provider.readCredential('00000000deadbeef'),
        () => bench.provider.listCredentials(),
      ]) {
        const error = await rejection(call());
        expect(error.name).toBe('ProviderUnauthorisedError');
        expect(error.message).toContain('401 Not authorised');
        expect(error.message).toContain('check the token of the provider');
      }
    },
  );
});

describe('case 2: a 403', () => {
  it('that is a missing permission names path and permission', async () => {
    bench = await startBench({
      sandbox: { settings: { dashboardPermissions: { policies: 'read' } } },
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderUnauthorisedError');
    expect(error.message).toContain('POST /api/portal/policies');
    expect(error.message).toContain('Policies (write)');
  });

  it('that is about the body is a refusal', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 403,
      json: { Status: 'Error', Message: 'Request body malformed.', Meta: null },
      match: { method: 'POST', path: '^/api/portal/policies' },
    });
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toContain('Request body malformed.');
  });
});

describe('case 3: the Gateway’s own words, passed on in lower case', () => {
  it('are understood', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 400,
      json: { status: 'error', message: 'no, thank you' },
      match: { path: '^/api/apis' },
    });
    const error = await rejection(bench.provider.listApis());
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toContain('no, thank you');
  });
});

describe('case 4: what stands between', () => {
  it.each([
    ['the connection is cut before', { kind: 'reset' }],
    ['the connection is cut after', { kind: 'reset', when: 'after' }],
    ['a 502 with HTML', { kind: 'status', status: 502, html: '<h1>Bad</h1>' }],
    ['a 500 with HTML', { kind: 'status', status: 500, html: '<p>oops</p>' }],
    [
      'a 500 in its words',
      {
        kind: 'status',
        status: 500,
        json: {
          Status: 'Error',
          Message: 'Failure creating data, please contact your administrator.',
        },
      },
    ],
    ['an empty body', { kind: 'status', status: 200, html: '' }],
    ['half-written JSON', { kind: 'half-json' }],
    ['JSON cut off', { kind: 'status', status: 200, html: '{"Status": "O' }],
    [
      'an answer lost after the Dashboard acted',
      { kind: 'status', status: 504, html: '', when: 'after' },
    ],
  ] as const)('%s is got over: one policy, one key', async (_, fault) => {
    bench = await startBench();
    for (const path of ['^/api/portal/policies$', '^/api/keys/']) {
      bench.sandbox.faults.add({
        ...fault,
        match: { method: 'POST', path },
        times: 1,
      });
    }
    const { secret } = await bench.provider.putCredential(await bench.offer());
    expect(titles()).toEqual([PLAN.title, PRODUCT.title]);
    expect(bench.keys()).toHaveLength(1);
    expect((await bench.call(secret)).status).toBe(200);
  });

  it.each([
    ['a 502 with HTML', { kind: 'status', status: 502, html: '<h1>Bad</h1>' }],
    ['the connection is cut', { kind: 'reset' }],
    ['an empty body', { kind: 'status', status: 200, html: '' }],
    ['half-written JSON', { kind: 'half-json' }],
    ['JSON of another kind', { kind: 'wrong-json', body: { hello: 'you' } }],
    ['a text where an envelope should be', { kind: 'wrong-json', body: 'no' }],
    ['a page of HTML', { kind: 'status', status: 200, html: '<html></html>' }],
  ] as const)('%s for good is unavailable', async (_, fault) => {
    bench = await startBench();
    bench.sandbox.faults.add({ ...fault, match: { path: '^/api/' } });
    for (const call of [
      bench.provider.listApis(),
      bench.provider.listOfferings(),
      bench.provider.listCredentials(),
    ]) {
      const error = await rejection(call);
      expect(error.name).toBe('ProviderUnavailableError');
      expect(error.message).not.toContain('<');
    }
  });

  it('a time-out ends in time', async () => {
    bench = await startBench({ config: { requestTimeoutMs: 60, retries: 1 } });
    bench.sandbox.faults.add({ kind: 'hang' });
    const error = await rejection(bench.provider.listApis());
    expect(error.message).toContain('no answer within 60 ms');
    expect(bench.requests()).toHaveLength(2);
  });

  it('nobody there is unavailable', async () => {
    bench = await startBench();
    await bench.sandbox.stop();
    const error = await rejection(bench.provider.probe());
    expect(error.name).toBe('ProviderUnavailableError');
    expect(error.message).toContain('the connection was refused');
  });

  it('a 429 is waited for as long as it asks', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 429,
      html: '',
      retryAfterSeconds: 1,
      times: 1,
      match: { path: '^/api/portal/policies' },
    });
    await bench.provider.listOfferings();
    const [first, second] = bench.sandbox.inspect
      .calls()
      .filter(({ path }) => path.startsWith('/api/portal/policies'));
    expect(second.at - first.at).toBeGreaterThanOrEqual(990);
  });

  it('a long Retry-After is passed on', async () => {
    bench = await startBench();
    bench.sandbox.faults.add({
      kind: 'status',
      status: 429,
      html: '',
      retryAfterSeconds: 120,
    });
    expect(await rejection(bench.provider.listApis())).toMatchObject({
      name: 'ProviderUnavailableError',
      retryAfterMs: 120_000,
    });
    expect(bench.requests()).toHaveLength(1);
  });

  it('a gateway at the url of the Dashboard is told apart', async () => {
    bench = await startBench();
    const provider = bench.another({ url: bench.sandbox.gatewayUrl });
    const error = await rejection(provider.listApis());
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('type is tyk-gateway');
  });

  it('a 500 for a policy by id is believed only when the list agrees', async () => {
    bench = await startBench();
    const reference = await bench.provider.putProduct(PRODUCT);
    bench.sandbox.faults.add({
      kind: 'status',
      status: 500,
      json: { Status: 'Error', Message: 'Could not retrieve detail' },
      match: { method: 'GET', path: '^/api/portal/policies/' },
    });
    expect(await bench.provider.putProduct({ ...PRODUCT, reference })).toEqual(
      reference,
    );
    expect(bench.documents()).toHaveLength(1);
    await bench.provider.removeProduct(reference);
    expect(bench.documents()).toEqual([]);
    await bench.provider.removeProduct(reference);
  });
});

describe('case 57: a failure at any call', () => {
  it('leaves one product, one plan and one key, once it is repeated', async () => {
    bench = await startBench({ config: { retries: 0 } });
    const put = async () => {
      const made = await bench.provider.putCredential(await bench.offer());
      return made.reference;
    };
    await put();
    const calls = bench.requests().length;
    expect(calls).toBeGreaterThan(10);
    for (const when of ['before', 'after'] as const) {
      for (let skip = 0; skip < calls; skip++) {
        for (const offering of await bench.provider.listOfferings()) {
          await bench.provider.removePlan(offering);
        }
        await bench.provider.removeCredential({
          chosenKey: CHOSEN_KEY,
          credentialId: 'c-1',
        });
        bench.sandbox.faults.add({
          kind: 'reset',
          when,
          skip,
          times: 1,
          match: { plane: 'dashboard' },
        });
        const outcome = await put().then(
          () => 'done',
          error => error.name,
        );
        expect(['done', 'ProviderUnavailableError']).toContain(outcome);
        bench.sandbox.faults.clear();
        const reference = await put();
        expect(bench.keys().map(({ hash }) => hash)).toEqual([reference]);
        expect(titles()).toEqual([PLAN.title, PRODUCT.title]);
      }
    }
  });
});

describe('case 5: the organisation', () => {
  const organisations = () =>
    bench.documents().map(({ org_id: owner }) => owner);

  it('is that of the users', async () => {
    bench = await startBench({ sandbox: { orgId: 'acme' } });
    await bench.provider.putCredential(await bench.offer());
    expect(organisations()).toEqual(['acme', 'acme']);
    expect(bench.requests()).toContain('GET /api/users');
    expect(
      bench.requests().filter(line => line.includes('/api/users')),
    ).toHaveLength(1);
  });

  it('is that of policies or APIs where users may not be seen', async () => {
    bench = await startBench({
      sandbox: {
        orgId: 'acme',
        settings: { dashboardPermissions: { users: 'deny' } },
      },
    });
    await bench.provider.putCredential(await bench.offer());
    expect(organisations()).toEqual(['acme', 'acme']);
  });

  it('is not guessed', async () => {
    bench = await startBench({
      sandbox: {
        settings: { dashboardPermissions: { users: 'deny' } },
        seed: { apis: [] },
      },
    });
    // Left by an earlier portal, it would say which organisation it is of.
    bench.sandbox.edit.removePolicy('bs-witness');
    const error = await rejection(bench.provider.putProduct(PRODUCT));
    expect(error.name).toBe('ProviderUnsupportedError');
    expect(error.message).toContain('set organisation of the provider');
    expect(error.message).toContain('Users (read)');
  });

  it('that is configured wins, without a question', async () => {
    bench = await startBench({ config: { organisation: 'default' } });
    await bench.provider.putProduct(PRODUCT);
    expect(bench.requests().join('\n')).not.toContain('/api/users');
  });
});
