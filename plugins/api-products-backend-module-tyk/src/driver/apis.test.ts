/** How many calls it takes to tell how APIs want their callers to sign in; what they say is tested in `model/`. */
import type { JsonObject } from '@backstage/types';
import { startBench, tokenApi } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';

/** A token or a JSON web token: only the document says "or". */
const either = (id: string): JsonObject => ({
  openapi: '3.0.3',
  info: { title: id, version: '1' },
  paths: {},
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    },
  },
  security: [{ key: [] }, { jwt: [] }],
  'x-tyk-api-gateway': {
    info: { id, name: id, state: { active: true } },
    server: {
      listenPath: { value: `/${id}/` },
      authentication: {
        enabled: true,
        securityProcessingMode: 'compliant',
        securitySchemes: {
          key: { enabled: true },
          jwt: {
            enabled: true,
            header: { enabled: true, name: 'Authorization' },
          },
        },
      },
    },
    upstream: { url: 'http://127.0.0.1:1/' },
  },
});

const NAMES = Array.from({ length: 6 }, (_, index) => `orders${index}`);
const seed = { apis: [tokenApi('echo')], oas: NAMES.map(either) };

const EITHER = {
  authentication: 'auth-token',
  authenticationNote: 'one of these is enough: a token or a JSON web token',
  call: expect.objectContaining({
    keyPlaces: [{ in: 'header', name: 'X-Key' }],
  }),
};

it('a Gateway is asked twice, however many OAS APIs there are', async () => {
  const bench = await startBench({ sandbox: { seed } });
  const apis = await bench.provider.listApis();
  expect(apis.filter(({ id }) => id !== 'echo')).toEqual(
    NAMES.map(() => expect.objectContaining(EITHER)),
  );
  expect(bench.requests()).toEqual(['GET /tyk/apis', 'GET /tyk/apis/oas']);
  await bench.stop();
});

it('a Gateway without OAS APIs is asked once', async () => {
  const bench = await startBench();
  await bench.provider.listApis();
  expect(bench.requests()).toEqual(['GET /tyk/apis']);
  await bench.stop();
});

describe('a Dashboard', () => {
  const list = (bench: Awaited<ReturnType<typeof startDashboardBench>>) =>
    bench.requests().filter(request => request.includes('/apis'));

  it('is asked once where its list has the documents', async () => {
    const bench = await startDashboardBench({ sandbox: { seed } });
    const apis = await bench.provider.listApis();
    expect(apis.filter(({ id }) => id !== 'echo')).toEqual(
      NAMES.map(() => expect.objectContaining(EITHER)),
    );
    expect(list(bench)).toEqual(['GET /api/apis']);
    await bench.stop();
  });

  it('is asked for each document that its list leaves out, and for no other', async () => {
    const bench = await startDashboardBench({ sandbox: { seed } });
    const { sandbox } = bench;
    const response = await fetch(`${sandbox.dashboardUrl}/api/apis?p=-2`, {
      headers: { authorization: sandbox.dashboardKey },
    });
    const whole: { apis: JsonObject[] } = await response.json();
    sandbox.faults.add({
      kind: 'wrong-json',
      match: { path: /^\/api\/apis\?/ },
      body: { apis: whole.apis.map(({ oas: _, ...rest }) => rest), pages: 1 },
    });
    const apis = await bench.provider.listApis();
    expect(apis.filter(({ id }) => id !== 'echo')).toEqual(
      NAMES.map(() => expect.objectContaining(EITHER)),
    );
    expect(list(bench).slice(2).sort()).toEqual(
      NAMES.map(name => `GET /api/apis/oas/${name}`),
    );
    await bench.stop();
  });
});

const strange: JsonObject = {
  ...tokenApi('strange'),
  org_id: 'default',
  domain: ['a.example.com', 'b.example.com'],
};
const listed = [strange, { ...tokenApi('echo'), org_id: 'default' }];

it.each([
  ['Gateway', startBench, /^\/tyk\/apis\?/, listed],
  [
    'Dashboard',
    startDashboardBench,
    /^\/api\/apis\?/,
    { apis: listed.map(api => ({ api_definition: api })), pages: 1 },
  ],
])(
  'an API of a %s that cannot be read is listed as such, and the others as ever',
  async (_, startIt, path, body) => {
    const bench = await startIt();
    bench.sandbox.faults.add({ kind: 'wrong-json', match: { path }, body });
    const [unreadable, ...others] = await bench.provider.listApis();
    expect(unreadable).toMatchObject({
      id: 'strange',
      authentication: 'other',
      authenticationNote: 'its definition cannot be read',
    });
    expect(unreadable).not.toHaveProperty('call');
    expect(others).toEqual([
      expect.objectContaining({ id: 'echo', authentication: 'auth-token' }),
    ]);
    await bench.stop();
  },
);
