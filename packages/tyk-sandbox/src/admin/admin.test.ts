/** What the recordings do not show. */
import { asObject, asText } from '../json';
import { startBench, tokenApi } from '../testing';
import type { Bench } from '../testing';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.sandbox.stop());

const BODY = { org_id: 'default', apply_policies: ['product', 'plan'] };

describe('keys', () => {
  it('can be named by their bare value with username=true', async () => {
    const { createKey, admin } = bench;
    await createKey('shop');
    const named = '/tyk/keys/shop?username=true&org_id=default';
    expect((await admin('GET', named)).status).toBe(200);
    expect((await admin('DELETE', named)).status).toBe(200);
    expect((await admin('GET', named)).status).toBe(404);
  });

  it('are deleted with the answer null where all APIs are meant', async () => {
    const { createKey, admin } = bench;
    const { hash } = await createKey();
    const path = `/tyk/keys/${hash}?hashed=true&api_id=-1`;
    const answer = await admin('DELETE', path);
    expect([answer.status, answer.text]).toEqual([200, 'null\n']);
  });

  it('can be listed by the API they open', async () => {
    const { createKey, admin } = bench;
    const { hash } = await createKey();
    const keys = async (api: string) =>
      (await admin('GET', `/tyk/keys?api_id=${api}`)).body;
    expect(await keys('echo')).toEqual({ keys: [hash] });
    expect(await keys('other')).toEqual({ keys: [] });
  });

  it('that are not hashed can only be listed by API within an organisation', async () => {
    const { createKey, admin, sandbox } = bench;
    sandbox.setSettings({ hashKeys: false });
    const { key } = await createKey();
    const path = '/tyk/keys?api_id=echo';
    expect((await admin('GET', path)).status).toBe(400);
    const answer = await admin('GET', `${path}&filter=default`);
    expect(answer.body).toEqual({ keys: [key] });
  });

  it('are gone from the store when they expire, where a policy says so', async () => {
    const { createKey, call, sandbox } = bench;
    sandbox.edit.putPolicy({
      id: 'plan',
      partitions: { quota: true },
      key_expires_in: 60,
      post_expiry_action: 'delete',
    });
    const { key } = await createKey();
    expect((await call(key)).status).toBe(200);
    sandbox.advance(61_000);
    expect((await call(key)).status).toBe(403);
    expect(sandbox.inspect.keys()).toEqual([]);
  });

  it('without rights open everything where master keys are allowed', async () => {
    const { admin, call, sandbox } = bench;
    sandbox.setSettings({ allowMasterKeys: true });
    const { body } = await admin('POST', '/tyk/keys/create', {
      org_id: 'default',
    });
    expect((await call(asText(asObject(body).key))).status).toBe(200);
  });

  it('keep the expiry they had when the new one is past', async () => {
    const { admin, sandbox } = bench;
    const path = '/tyk/keys/shop?suppress_reset=1';
    const later = Date.parse('2026-02-01T00:00:00Z') / 1000;
    await admin('POST', path, { ...BODY, expires: later });
    await admin('PUT', path, { ...BODY, expires: 2 });
    expect(sandbox.inspect.keys()[0].session.expires).toBe(later);
  });
});

describe('APIs', () => {
  const document = {
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    paths: {},
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'k' } },
    },
    security: [{ key: [] }],
    'x-tyk-api-gateway': {
      info: { id: 'oas', name: 'Orders', orgId: 'default' },
      server: {
        listenPath: { value: '/orders/', strip: true },
        authentication: {
          enabled: true,
          securitySchemes: {
            key: { enabled: true, query: { enabled: true, name: 'k' } },
          },
        },
      },
    },
  };

  it('are changed only after a reload', async () => {
    const { admin } = bench;
    const renamed = { ...tokenApi('echo'), name: 'Renamed' };
    const name = async () =>
      asObject((await admin('GET', '/tyk/apis/echo')).body).name;
    expect((await admin('PUT', '/tyk/apis/echo', renamed)).status).toBe(200);
    expect(await name()).toBe('echo');
    await admin('GET', '/tyk/reload?block=true');
    expect(await name()).toBe('Renamed');
  });

  it.each([
    ['PUT', '/tyk/apis/none', tokenApi('none'), 404],
    ['PUT', '/tyk/apis/echo', tokenApi('other'), 400],
    ['PUT', '/tyk/apis/echo', { name: 1 }, 400],
    ['PUT', '/tyk/apis/oas/echo', document, 400],
    ['PUT', '/tyk/apis/oas/none', document, 404],
    ['DELETE', '/tyk/apis/none', undefined, 404],
    ['PATCH', '/tyk/apis/echo', undefined, 405],
  ])('refuse %s %s', async (method, path, body, status) => {
    expect((await bench.admin(method, path, body)).status).toBe(status);
  });

  it('in OAS come back from a change as they were read', async () => {
    const { admin } = bench;
    await admin('POST', '/tyk/apis/oas', document);
    await admin('GET', '/tyk/reload?block=true');
    const first = await admin('GET', '/tyk/apis/oas/oas');
    expect(asObject(first.body).servers).toEqual([
      { url: `${bench.sandbox.gatewayUrl}/orders` },
      { url: '/orders' },
    ]);
    await admin('PUT', '/tyk/apis/oas/oas', first.body);
    await admin('GET', '/tyk/reload?block=true');
    const second = await admin('GET', '/tyk/apis/oas/oas');
    expect(second.body).toEqual(first.body);
    const list = await admin('GET', '/tyk/apis/oas');
    expect(list.body).toEqual([first.body]);
  });

  it('in OAS take the token from where the scheme says', async () => {
    const { admin } = bench;
    await admin('POST', '/tyk/apis/oas', document);
    await admin('GET', '/tyk/reload?block=true');
    const list = (await admin('GET', '/tyk/apis')).body;
    expect(list).toContainEqual(
      expect.objectContaining({
        api_id: 'oas',
        is_oas: true,
        auth_configs: {
          authToken: expect.objectContaining({
            disable_header: true,
            use_param: true,
            param_name: 'k',
          }),
        },
      }),
    );
  });
});

describe('policies', () => {
  it('must be named for a change', async () => {
    const { admin } = bench;
    expect((await admin('PUT', '/tyk/policies', {})).status).toBe(400);
    expect((await admin('DELETE', '/tyk/policies')).status).toBe(400);
  });

  it('take their _id where they have no id', async () => {
    const created = await bench.admin('POST', '/tyk/policies', { _id: 'abc' });
    expect(created.body).toEqual({ key: 'abc', status: 'ok', action: 'added' });
  });
});
