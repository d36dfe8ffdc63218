import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { startDashboardBench } from '../testing';
import type { DashboardBench } from '../testing';

const BODY = { apply_policies: ['product', 'plan'] };
const HASH = /^[0-9a-f]{16}$/;

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench();
});
afterEach(() => bench.sandbox.stop());

async function create(
  path = '/api/keys',
  body: JsonObject = BODY,
): Promise<{ token: string; hash: string; data: JsonObject }> {
  const answer = await bench.ask('POST', path, body);
  if (answer.status !== 200) throw new Error(answer.text);
  const { key_id: token, key_hash: hash, data } = asObject(answer.body);
  return { token: asText(token), hash: asText(hash), data: asObject(data) };
}

async function refusal(method: string, path: string, body?: JsonObject) {
  const answer = await bench.ask(method, path, body);
  return [answer.status, asObject(answer.body).Message];
}

describe('a key', () => {
  it('is created with token, hash and session, and opens the API', async () => {
    const answer = await bench.ask('POST', '/api/keys', {
      ...BODY,
      alias: 'shop',
      meta_data: { bs_credential_id: 'c1' },
    });
    expect(answer.body).toEqual({
      api_model: {},
      key_id: expect.stringMatching(/^eyJ/),
      key_hash: expect.stringMatching(HASH),
      data: expect.objectContaining({
        org_id: 'default',
        alias: 'shop',
        apply_policies: ['product', 'plan'],
        meta_data: { bs_credential_id: 'c1' },
        access_rights: { echo: expect.anything() },
      }),
    });
    const { key_id: token } = asObject(answer.body);
    expect((await bench.call(asText(token))).status).toBe(200);
  });

  it('of our choice is the same when it is made again', async () => {
    const first = await create('/api/keys/bsk_one');
    const second = await create('/api/keys/bsk_one?suppress_reset=1');
    expect(second).toMatchObject({ token: first.token, hash: first.hash });
    expect((await bench.call('bsk_one')).status).toBe(200);
    expect(bench.sandbox.inspect.keys()).toHaveLength(1);
  });

  it('keeps its used quota where the reset is suppressed', async () => {
    const { token } = await create('/api/keys/bsk_one');
    await bench.call(token);
    await create('/api/keys/bsk_one?suppress_reset=1');
    expect((await bench.call(token)).headers.get('x-ratelimit-remaining')).toBe(
      '998',
    );
    await bench.ask('PUT', `/api/keys/${token}?suppress_reset=1`, BODY);
    expect((await bench.call(token)).headers.get('x-ratelimit-remaining')).toBe(
      '997',
    );
    await bench.ask('PUT', `/api/keys/${token}`, BODY);
    expect((await bench.call(token)).headers.get('x-ratelimit-remaining')).toBe(
      '999',
    );
  });

  it.each(['/api/keys', '/api/apis/-/keys', '/api/apis/echo/keys'])(
    'is read, changed and deleted below %s, by token, bare value and hash',
    async base => {
      const { token, hash } = await create('/api/keys/bsk_one');
      for (const name of [token, 'bsk_one', `${hash}?hashed=1`]) {
        const read = await bench.get(`${base}/${name}`);
        expect(read).toMatchObject({
          key_id: name.split('?')[0],
          key_hash: hash,
          data: { apply_policies: ['product', 'plan'] },
        });
        const changed = await bench.ask('PUT', `${base}/${name}`, {
          ...BODY,
          alias: name,
        });
        expect(asObject(changed.body)).toMatchObject({
          key_hash: hash,
          data: { alias: name },
        });
      }
      const deleted = await bench.ask('DELETE', `${base}/${hash}?hashed=true`);
      expect(deleted.body).toEqual({
        Status: 'OK',
        Message: 'Key deleted successfully.',
        Meta: null,
      });
      expect(await refusal('DELETE', `${base}/${hash}?hashed=true`)).toEqual([
        404,
        'Could not retrieve key detail.',
      ]);
      expect(await refusal('GET', `${base}/${token}`)).toEqual([
        404,
        'Could not retrieve key detail.',
      ]);
    },
  );

  it('is only found by its hash where the query says so, or may guess', async () => {
    const { token, hash } = await create();
    expect(await refusal('GET', `/api/keys/${hash}`)).toEqual([
      404,
      'Could not retrieve key detail.',
    ]);
    for (const name of [token, hash]) {
      const { data } = await bench.get(`/api/keys/${name}?auto_guess=true`);
      expect(data).toMatchObject(BODY);
    }
  });

  it('is changed with the answer of older Dashboards, if asked for', async () => {
    bench.sandbox.setSettings({ legacyKeyAnswers: true });
    const { token } = await create();
    const answer = await bench.ask('PUT', `/api/keys/${token}`, BODY);
    expect(answer.body).toEqual({
      Status: 'OK',
      Message: 'Key updated',
      Meta: '',
    });
  });

  it('fails right after its policy was made, and works after the reload', async () => {
    const id = await bench.createPolicy({
      name: 'Payments',
      partitions: { acl: true },
      access_rights: { echo: { versions: ['Default'] } },
    });
    const body = { apply_policies: [id] };
    expect(await refusal('POST', '/api/keys', body)).toEqual([
      500,
      `Failed to create key - policy not found: "${id}"`,
    ]);
    expect(await refusal('POST', '/api/keys/bsk_one', body)).toEqual([
      500,
      'Failed to create key, ensure security settings are correct.',
    ]);
    bench.settle();
    await create('/api/keys', body);
    await create('/api/keys/bsk_one', body);
  });

  it('is checked', async () => {
    const malformed = [403, 'Request body malformed.'];
    expect(await refusal('POST', '/api/keys', { alias: 1 })).toEqual(malformed);
    const { token } = await create();
    const path = `/api/keys/${token}`;
    expect(await refusal('PUT', path, { alias: 1 })).toEqual(malformed);
    const foreign = { ...BODY, org_id: 'other' };
    const refused = [400, 'Attempted access to non-owned key.'];
    expect(await refusal('POST', '/api/keys', foreign)).toEqual(refused);
    expect(await refusal('PUT', path, foreign)).toEqual(refused);
    expect(await refusal('POST', '/api/keys', {})).toEqual([
      400,
      'Failed to create key, keys must have at least one Access Rights record set.',
    ]);
    expect((await refusal('POST', '/api/keys/ab', BODY))[0]).toBe(400);
  });

  it('of another organisation is not owned', async () => {
    const { body } = await bench.admin('POST', '/tyk/keys/create', {
      org_id: 'other',
      access_rights: { echo: { versions: ['Default'] } },
    });
    const hash = asText(asObject(body).key_hash);
    expect(await refusal('GET', `/api/keys/${hash}?hashed=1`)).toEqual([
      400,
      'Attempted access to non-owned key.',
    ]);
    expect(await bench.get('/api/apis/keys')).toEqual({
      data: { keys: [] },
      pages: 0,
    });
  });

  it('has no hash where keys are not hashed', async () => {
    bench.sandbox.setSettings({ hashKeys: false });
    const { token, hash } = await create();
    expect(hash).toBe('');
    expect(await bench.get(`/api/keys/${token}`)).toMatchObject({
      key_id: token,
      key_hash: '',
    });
    expect(await bench.get('/api/apis/keys')).toMatchObject({
      data: { keys: [token] },
    });
    expect((await bench.ask('DELETE', `/api/keys/${token}`)).status).toBe(200);
  });

  it('can be tried before it is made', async () => {
    const answer = await bench.ask('POST', '/api/keys/preview', BODY);
    expect(answer.body).toMatchObject({
      key_id: '',
      data: { access_rights: { echo: expect.anything() } },
    });
    expect(bench.sandbox.inspect.keys()).toEqual([]);
  });
});

describe('by hash', () => {
  it('changes and deletions can be switched off, reading cannot', async () => {
    const { token, hash } = await create();
    bench.sandbox.setSettings({
      enableUpdateKeyByHash: false,
      enableDeleteKeyByHash: false,
    });
    const path = `/api/keys/${hash}?hashed=1`;
    await bench.get(path);
    const gone = [404, 'Could not retrieve key detail.'];
    expect(await refusal('PUT', path, BODY)).toEqual(gone);
    expect(await refusal('DELETE', path)).toEqual(gone);
    expect(await refusal('PUT', `/api/keys/${token}`, BODY)).toEqual([
      200,
      undefined,
    ]);
    expect((await bench.ask('DELETE', `/api/keys/${token}`)).status).toBe(200);
  });

  it.each([
    [{ enableHashedKeysListing: false }],
    [{ hashedKeysListing: false }],
  ])('listing needs both settings: %j', async settings => {
    await create();
    bench.sandbox.setSettings(settings);
    const refused = [404, 'Could not retrieve keys.'];
    expect(await refusal('GET', '/api/apis/keys')).toEqual(refused);
    expect(await refusal('GET', '/api/keys/detailed')).toEqual(refused);
    expect(await refusal('GET', '/api/apis/echo/keys/search?q=')).toEqual([
      400,
      'Could not search keys.',
    ]);
  });
});

describe('lists', () => {
  it('have pages, are by API, and can be searched', async () => {
    const hashes: string[] = [];
    for (let number = 0; number < 12; number += 1) {
      hashes.push((await create(`/api/keys/key-${number}`)).hash);
    }
    const first = await bench.get('/api/apis/keys');
    expect(first).toEqual({ data: { keys: hashes.slice(0, 10) }, pages: 2 });
    const all = { data: { keys: [...hashes].sort() }, pages: 1 };
    expect(await bench.get('/api/apis/echo/keys?p=-2')).toEqual(all);
    expect(await bench.get('/api/apis/other/keys?p=-2')).toEqual({
      data: { keys: [] },
      pages: 0,
    });
    const search = `/api/apis/-/keys/search?q=${hashes[3].slice(2, 12)}`;
    expect(await bench.get(search)).toEqual({
      data: { keys: [hashes[3]] },
      pages: 1,
    });
  });

  it('show whole keys, found by what is written on them', async () => {
    const { hash } = await create('/api/keys', { ...BODY, alias: 'shop' });
    await create();
    const { keys, pages } = await bench.get('/api/keys/detailed?q=shop');
    expect([keys, pages]).toEqual([
      [
        {
          api_model: {},
          key_id: hash,
          key_hash: hash,
          data: expect.objectContaining({ alias: 'shop' }),
        },
      ],
      1,
    ]);
  });
});

describe('a user with a password', () => {
  const user = (password: string) => ({
    ...BODY,
    basic_auth_data: { password },
  });

  it.each([
    ['/api/apis/keys/basic/jane', user('secret')],
    [
      '/api/keys?basic_auth=true',
      { ...BODY, basic_auth_data: { user: 'jane', password: 'secret' } },
    ],
  ])('is made with POST %s and has no token', async (path, body) => {
    const { token, hash, data } = await create(path, body);
    expect(token).toBe('');
    expect(hash).toMatch(HASH);
    expect(JSON.stringify(data)).not.toContain('secret');
    const named = '/api/keys/jane?username=true';
    expect(await bench.get(named)).toMatchObject({ key_hash: hash });
    const changed = await bench.ask('PUT', named, user('other'));
    expect(changed.status).toBe(200);
    expect((await bench.ask('DELETE', named)).status).toBe(200);
    expect((await bench.ask('GET', named)).status).toBe(404);
  });

  it('is not addressed by name where a setting says so', async () => {
    bench.sandbox.setSettings({ disableKeyActionsByUsername: true });
    const { hash } = await create('/api/apis/keys/basic/jane', user('secret'));
    const read = await bench.get(`/api/keys/${hash}?hashed=1`);
    expect(read).toMatchObject({ key_hash: hash });
    const named = await bench.ask('GET', '/api/keys/jane?username=true');
    expect(named.status).toBe(404);
  });

  it('needs a name', async () => {
    expect(
      await refusal('POST', '/api/keys?basic_auth=true', user('secret')),
    ).toEqual([
      400,
      'User/Key object validation failed, most likely malformed input.',
    ]);
  });
});
