import type { JsonObject } from '@backstage/types';
import type { TykSandbox } from 'tyk-sandbox';
import { rejection, startBench, tokenApi } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';
import type { TykProvider } from '../driver/TykProvider';

const policy = (id: string, partitions: JsonObject, apiId = 'orders') => ({
  id,
  _id: Buffer.from(id.padEnd(12, '0')).toString('hex'),
  name: id,
  access_rights: { [apiId]: { api_id: apiId, versions: ['Default'] } },
  partitions,
  rate: 100,
  per: 60,
  quota_max: 5,
  quota_renewal_rate: 3600,
});

const SEED = {
  apis: [
    tokenApi('echo'),
    tokenApi('orders', {
      use_standard_auth: false,
      use_oauth2: true,
      oauth_meta: { allowed_access_types: ['client_credentials'] },
    }),
  ],
  policies: [
    policy('both', { acl: true, quota: true, rate_limit: true }),
    policy('whole', {}),
    policy('product', { acl: true }),
    policy('plan', { quota: true, rate_limit: true }),
    policy('elsewhere', {}, 'echo'),
  ],
};

interface Side {
  sandbox: TykSandbox;
  provider: TykProvider;
  logged(): string;
  advance(milliseconds: number): void;
  call(secret: string, path?: string): Promise<Response>;
  stop(): Promise<void>;
}

const SIDES: [string, () => Promise<Side>][] = [
  ['a Gateway', () => startBench({ sandbox: { seed: SEED } })],
  ['a Dashboard', () => startDashboardBench({ sandbox: { seed: SEED } })],
];

const WANTED = {
  apiId: 'orders',
  policyId: 'both',
  redirectUri: 'https://app.example.com/cb',
  description: 'Shop',
  metadata: { application: '42' },
};

describe.each(SIDES)('OAuth clients at %s', (_, start) => {
  let side: Side;
  beforeEach(async () => {
    side = await start();
  });
  afterEach(() => side.stop());

  const clients = () => side.provider.oauthClients;

  async function tokenFor(client: { clientId: string; secret: string }) {
    const pair = `${client.clientId}:${client.secret}`;
    const response = await fetch(
      `${side.sandbox.gatewayUrl}/orders/oauth/token/`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      },
    );
    const { access_token: token }: { access_token?: string } =
      await response.json();
    return token && `Bearer ${token}`;
  }
  const call = async (token = '') =>
    (await side.call(token, '/orders/a')).status;

  it('are made, listed and read, and the secret is told once', async () => {
    const { secret, ...made } = await clients().createClient(WANTED);
    expect(made).toEqual({
      ...WANTED,
      clientId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(await clients().listClients('orders')).toEqual([made]);
    expect(await clients().readClient(made)).toEqual(made);
    expect(await call(await tokenFor({ ...made, secret }))).toBe(200);
    expect(side.logged()).not.toContain(secret);
  });

  it('with an id and a secret of ours are made once', async () => {
    const chosen = { ...WANTED, clientId: 'ours', secret: 'secret-of-ours' };
    await clients().createClient(chosen);
    const { clientId, secret } = await clients().createClient(chosen);
    expect({ clientId, secret }).toEqual({
      clientId: 'ours',
      secret: 'secret-of-ours',
    });
    expect(await clients().listClients('orders')).toHaveLength(1);
  });

  it('are taken away with their tokens, and again', async () => {
    const made = await clients().createClient(WANTED);
    const token = await tokenFor(made);
    expect(await call(token)).toBe(200);
    const { confirmAfterMs } = await clients().removeClient(made);
    expect(await call(token)).toBe(403);
    side.advance(confirmAfterMs);
    expect(await call(token)).toBe(403);
    expect(await tokenFor(made)).toBeUndefined();
    expect(await clients().readClient(made)).toBeUndefined();
    expect(side.sandbox.inspect.keys()).toEqual([]);
    await clients().removeClient(made);
  });

  it('that were half taken away are taken away by a repetition', async () => {
    const made = await clients().createClient(WANTED);
    const token = await tokenFor(made);
    side.sandbox.faults.add({
      kind: 'status',
      status: 401,
      match: { method: 'DELETE', path: /oauth/ },
      times: 1,
    });
    await rejection(clients().removeClient(made));
    expect(await call(token)).toBe(403);
    await clients().removeClient(made);
    expect(await clients().listClients('orders')).toEqual([]);
  });

  it('can carry a policy that is everything', async () => {
    const made = await clients().createClient({ ...WANTED, policyId: 'whole' });
    expect(await call(await tokenFor(made))).toBe(200);
  });

  it.each([
    ['none', /there is no such policy/],
    ['product', /that of a product and sets no limits/],
    ['plan', /that of a plan and opens no API/],
    ['elsewhere', /does not open API orders/],
  ])('do not carry policy %s', async (policyId, message) => {
    const error = await rejection(
      clients().createClient({ ...WANTED, policyId }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toMatch(message);
    expect(await clients().listClients('orders')).toEqual([]);
  });

  it('are refused at an API without OAuth of Tyk', async () => {
    const error = await rejection(
      clients().createClient({
        ...WANTED,
        apiId: 'echo',
        policyId: 'elsewhere',
      }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toMatch(/API is not OAuth2/);
  });

  it('are never of an API that is not there', async () => {
    expect((await rejection(clients().listClients('none'))).name).toBe(
      'ProviderRejectedError',
    );
    expect(
      await clients().readClient({ apiId: 'orders', clientId: 'none' }),
    ).toBeUndefined();
  });
});
