import { asObject, asText } from '../json';
import type { JsonObject } from '../json';
import { tokenApi } from '../testing';
import { startDashboardBench } from './testing';
import type { DashboardBench } from './testing';

const PATH = '/api/apis/oauth/oauth';

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench({
    seed: {
      apis: [
        tokenApi('echo'),
        tokenApi('oauth', {
          use_standard_auth: false,
          use_oauth2: true,
          oauth_meta: {
            allowed_access_types: ['client_credentials'],
            allowed_authorize_types: ['token'],
          },
        }),
      ],
      policies: [
        {
          id: 'combined',
          access_rights: { oauth: { versions: ['Default'] } },
          quota_max: 10,
          quota_renewal_rate: 3600,
        },
      ],
    },
  });
});
afterEach(() => bench.sandbox.stop());

async function create(): Promise<JsonObject> {
  const { status, text, body } = await bench.ask('POST', PATH, {
    policy_id: 'combined',
    redirect_uri: 'https://example.com/back',
    description: 'shop',
    meta_data: { bs: '1' },
  });
  if (status !== 200) throw new Error(text);
  return asObject(body);
}

async function refusal(method: string, path: string, body?: JsonObject) {
  const answer = await bench.ask(method, path, body);
  return [answer.status, asObject(answer.body).Message];
}

async function tokenFor(client: JsonObject) {
  const pair = `${client.client_id}:${client.secret}`;
  const response = await fetch(
    `${bench.sandbox.gatewayUrl}/oauth/oauth/token/`,
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    },
  );
  return asText(asObject(await response.json()).access_token);
}

it('creates a client, lists, shows and deletes it', async () => {
  const client = await create();
  expect(client).toEqual({
    client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    secret: expect.any(String),
    redirect_uri: 'https://example.com/back',
    policy_id: 'combined',
    description: 'shop',
    meta_data: { bs: '1' },
    client_name: '',
    dcr_registration: { access_token: '', client_uri: '', provider: '' },
  });
  expect(await bench.get(PATH)).toEqual({ apps: [client], pages: 1 });
  const own = `${PATH}/${client.client_id}`;
  expect(await bench.get(own)).toEqual(client);
  expect(await refusal('DELETE', own)).toEqual([
    200,
    'OAuth client deleted successfully.',
  ]);
  const gone = [404, 'Could not retrieve app detail.'];
  expect(await refusal('GET', own)).toEqual(gone);
  expect(await refusal('DELETE', own)).toEqual(gone);
});

it('lists the tokens of a client, which can be deleted as keys', async () => {
  const client = await create();
  const own = `${PATH}/${client.client_id}/tokens`;
  expect((await bench.ask('GET', own)).body).toEqual([]);
  const token = await tokenFor(client);
  expect((await bench.call(`Bearer ${token}`, '/oauth/a')).status).toBe(200);
  const { body } = await bench.ask('GET', own);
  expect(body).toEqual([
    {
      code: expect.stringMatching(/^[0-9a-f]{16}$/),
      expires: expect.any(Number),
    },
  ]);
  const [{ code }] = Array.isArray(body) ? body.map(asObject) : [];
  const deleted = await refusal('DELETE', `/api/keys/${code}?hashed=1`);
  expect(deleted).toEqual([200, 'Key deleted successfully.']);
  expect((await bench.call(`Bearer ${token}`, '/oauth/a')).status).toBe(403);
});

it('refuses what cannot be', async () => {
  const policy = { policy_id: 'none' };
  expect(await refusal('POST', PATH, policy)).toEqual([
    500,
    'Could not retrieve policy details.',
  ]);
  expect(await refusal('POST', '/api/apis/oauth/none', policy)).toEqual([
    400,
    'API reference not found.',
  ]);
  const classic = { policy_id: 'combined' };
  expect(await refusal('POST', '/api/apis/oauth/echo', classic)).toEqual([
    400,
    'API is not OAuth2',
  ]);
  expect(await refusal('POST', PATH, { policy_id: 1 })).toEqual([
    403,
    'Request body malformed.',
  ]);
});
