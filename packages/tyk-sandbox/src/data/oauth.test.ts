import { planPolicy, read, startBench, tokenApi } from '../testing';
import type { Answer, Bench } from '../testing';
import type { JsonObject } from '../json';

const API = tokenApi('orders', {
  use_standard_auth: false,
  use_oauth2: true,
  oauth_meta: { allowed_access_types: ['client_credentials'] },
});
const POLICY = planPolicy({
  id: 'both',
  partitions: { acl: true, quota: true, rate_limit: true },
  access_rights: { orders: { versions: ['Default'] } },
  quota_max: 5,
});
const CLIENT = {
  api_id: 'orders',
  policy_id: 'both',
  redirect_uri: 'https://app.example.com/cb',
  meta_data: { app: '42' },
};

let bench: Bench;
beforeEach(async () => {
  bench = await startBench({
    seed: { apis: [tokenApi('echo'), API], policies: [POLICY] },
  });
});
afterEach(() => bench.sandbox.stop());

const fields = ({ body }: Answer): JsonObject => Object(body);

async function createClient(more: JsonObject = {}) {
  const answer = await bench.admin('POST', '/tyk/oauth/clients/create', {
    ...CLIENT,
    ...more,
  });
  expect(answer.status).toBe(200);
  const { client_id: id, secret } = fields(answer);
  return { id: String(id), secret: String(secret) };
}

async function form(
  path: string,
  values: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(bench.sandbox.gatewayUrl + path, {
    method: 'POST',
    headers,
    body: new URLSearchParams(values),
  });
  return read(response);
}

const adminForm = (path: string, values: Record<string, string>) =>
  form(path, values, { 'x-tyk-authorization': bench.sandbox.secret });

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

async function askForToken(client: { id: string; secret: string }) {
  const answer = await form(
    '/orders/oauth/token/',
    { grant_type: 'client_credentials' },
    basic(client.id, client.secret),
  );
  return { answer, token: `Bearer ${fields(answer).access_token}` };
}

const call = (token: string) => bench.call(token, '/orders/a');
const tokensOf = (id: string) =>
  bench.admin('GET', `/tyk/oauth/clients/orders/${id}/tokens`);

describe('tokens', () => {
  it('open the API with the policy of the client, for an hour', async () => {
    const client = await createClient();
    const { answer, token } = await askForToken(client);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(fields(answer)).toMatchObject({
      expires_in: 3600,
      token_type: 'bearer',
    });

    const first = await call(token);
    expect(first.status).toBe(200);
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
    const [key] = bench.sandbox.inspect.keys();
    expect(key.session).toMatchObject({
      oauth_client_id: client.id,
      apply_policies: ['both'],
      meta_data: { app: '42' },
    });
    expect((await tokensOf(client.id)).body).toEqual([
      { code: key.hash, expires: key.session.expires },
    ]);

    bench.sandbox.advance(3_601_000);
    expect((await call(token)).status).toBe(401);
    expect((await tokensOf(client.id)).body).toEqual([]);
  });

  it('are only taken with the word Bearer', async () => {
    const { token } = await askForToken(await createClient());
    const bare = await call(token.slice('Bearer '.length));
    expect([bare.status, bare.body]).toEqual([
      400,
      { error: 'Authorization field missing' },
    ]);
    const other = await call(token.replace('Bearer', 'Token'));
    expect([other.status, other.body]).toEqual([
      400,
      { error: 'Bearer token malformed' },
    ]);
    const unknown = await call('Bearer none');
    expect([unknown.status, unknown.body]).toEqual([
      403,
      { error: 'Key not authorised' },
    ]);
  });

  it('outlive their deleted client by a second, and no longer', async () => {
    const client = await createClient();
    const { token } = await askForToken(client);
    expect((await call(token)).status).toBe(200);
    const path = `/tyk/oauth/clients/orders/${client.id}`;
    expect((await bench.admin('DELETE', path)).status).toBe(200);
    expect((await bench.admin('GET', path)).status).toBe(404);

    expect((await call(token)).status).toBe(200);
    bench.sandbox.advance(1001);
    const late = await call(token);
    expect([late.status, late.body]).toEqual([
      403,
      { error: 'Key not authorised. OAuth client access was revoked' },
    ]);
  });

  it.each([
    ['no authentication', {}, 'client_credentials', 'invalid_request'],
    ['a grant of people', undefined, 'password', 'unsupported_grant_type'],
    [
      'an unknown client',
      basic('none', 'x'),
      'client_credentials',
      'server_error',
    ],
  ])('are refused for %s', async (_what, headers, grant, error) => {
    const client = await createClient();
    const answer = await form(
      '/orders/oauth/token',
      { grant_type: grant },
      headers ?? basic(client.id, client.secret),
    );
    expect([answer.status, fields(answer).error]).toEqual([403, error]);
  });

  it('are refused for another secret, and where the policy is gone', async () => {
    const client = await createClient();
    const wrong = await askForToken({ ...client, secret: 'no' });
    expect(fields(wrong.answer).error).toBe('unauthorized_client');
    bench.sandbox.edit.removePolicy('both');
    const { answer } = await askForToken(client);
    expect(fields(answer).error).toBe('server_error');
  });
});

describe('revocation', () => {
  it('ends one token, named by itself', async () => {
    const client = await createClient();
    const { token } = await askForToken(client);
    const answer = await adminForm('/tyk/oauth/revoke', {
      token: token.slice('Bearer '.length),
      client_id: client.id,
    });
    expect(answer.body).toEqual({
      status: 'ok',
      message: 'token revoked successfully',
    });
    expect((await call(token)).status).toBe(403);
  });

  it('only takes a token off the list that is named by its hash', async () => {
    const client = await createClient();
    const { token } = await askForToken(client);
    const [{ hash }] = bench.sandbox.inspect.keys();
    await adminForm('/tyk/oauth/revoke', { token: hash, client_id: client.id });
    expect((await tokensOf(client.id)).body).toEqual([]);
    expect((await call(token)).status).toBe(200);
  });

  it('ends all tokens of a client, with its secret', async () => {
    const { id, secret } = await createClient();
    const first = await askForToken({ id, secret });
    bench.sandbox.advance(1000);
    const second = await askForToken({ id, secret });
    const revokeAll = (client_secret: string) =>
      adminForm('/tyk/oauth/revoke_all', { client_id: id, client_secret });
    expect((await revokeAll('wrong')).status).toBe(200);
    expect((await call(first.token)).status).toBe(200);

    expect((await revokeAll(secret)).body).toEqual({
      status: 'ok',
      message: 'tokens revoked successfully',
    });
    expect((await call(first.token)).status).toBe(403);
    expect((await call(second.token)).status).toBe(403);
  });

  it('is also there for the client, below the API', async () => {
    const { id, secret } = await createClient();
    const { token } = await askForToken({ id, secret });
    const revokeAll = (client_secret: string) =>
      form('/orders/oauth/revoke_all', { client_id: id, client_secret });
    expect((await revokeAll('wrong')).status).toBe(401);
    expect((await revokeAll(secret)).status).toBe(200);
    expect((await call(token)).status).toBe(403);
  });
});

describe('clients', () => {
  it('get a new secret, and keep their tokens', async () => {
    const { id, secret } = await createClient();
    const { token } = await askForToken({ id, secret });
    const path = `/tyk/oauth/clients/orders/${id}`;
    const rotated = fields(await bench.admin('PUT', `${path}/rotate`));
    expect(rotated.secret).not.toBe(secret);
    expect(fields((await askForToken({ id, secret })).answer).error).toBe(
      'unauthorized_client',
    );
    expect((await call(token)).status).toBe(200);
  });

  it('keep id and secret when they are changed', async () => {
    const { id, secret } = await createClient({
      client_id: 'mine',
      secret: 'own',
    });
    expect([id, secret]).toEqual(['mine', 'own']);
    const path = '/tyk/oauth/clients/orders/mine';
    const changed = await bench.admin('PUT', path, {
      client_id: 'other',
      policy_id: 'both',
      description: 'new',
    });
    expect(changed.body).toEqual({
      client_id: 'mine',
      secret: 'own',
      redirect_uri: '',
      policy_id: 'both',
      meta_data: null,
      description: 'new',
    });
    expect(
      (await bench.admin('GET', '/tyk/oauth/clients/orders')).body,
    ).toEqual([changed.body]);
    const foreign = await bench.admin('PUT', path, { policy_id: 'none' });
    expect([foreign.status, fields(foreign).message]).toEqual([
      404,
      "Policy doesn't exist",
    ]);
  });

  it('need an API with OAuth', async () => {
    const answer = await bench.admin('POST', '/tyk/oauth/clients/create', {
      ...CLIENT,
      api_id: 'echo',
    });
    expect([answer.status, fields(answer).message]).toEqual([
      400,
      'API is not OAuth2',
    ]);
  });
});
