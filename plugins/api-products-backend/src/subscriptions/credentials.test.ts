import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ApiCall } from 'backstage-plugin-api-products-common';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { GoneError } from '../lib/errors';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { foundApi } from '../testing/offerings';
import { people } from '../testing/people';
import {
  provisioningBench,
  type ProvisioningBench,
} from '../testing/provisioning';
import { writeRecords } from '../testing/records';
import { subscribe } from '../testing/subscriptions';
import { authorizedCredentials } from './authorized';
import { DefaultCredentials } from './DefaultCredentials';
import type { Person } from '../identity/Caller';
import type { Credentials } from './types';

jest.setTimeout(60_000);

const databases = testDatabases();
const person = (name: keyof typeof people): Person => ({
  caller: people[name],
  credentials: mockCredentials.user(people[name].ref),
});
const { dana, devin, omar, paula, mia, liam } = {
  dana: person('dana'),
  devin: person('devin'),
  omar: person('omar'),
  paula: person('paula'),
  mia: person('mia'),
  liam: person('liam'),
};

describe.each(databases.eachSupportedId())('credentials, %p', databaseId => {
  let knex: Knex;
  let bench: ProvisioningBench;
  let credentials: Credentials;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await provisioningBench(knex);
    await writeRecords(knex, demo);
    credentials = DefaultCredentials.create({
      knex,
      deps: bench.deps,
      worker: bench.worker,
    });
  });
  afterEach(() => bench.worker.stop());

  const active = async () => {
    const made = await subscribe(knex, bench.deps);
    await bench.work();
    return { ...made, id: made.credential.id, subscription: made.id };
  };
  const outcomes = async <T>(calls: Promise<T>[]) => {
    const settled = await Promise.allSettled(calls);
    return {
      values: settled.flatMap(s => (s.status === 'fulfilled' ? [s.value] : [])),
      errors: settled.flatMap(s => (s.status === 'rejected' ? [s.reason] : [])),
    };
  };

  it('shows the secret once although fifty ask at the same time', async () => {
    const { id } = await active();
    const [key] = [...bench.provider.keys.values()];
    const { values, errors } = await outcomes(
      Array.from({ length: 50 }, (_, i) =>
        credentials.reveal(i % 2 ? dana : devin, id),
      ),
    );
    const secret = `token.${key.chosenKey}.form`;
    expect(values).toEqual([
      {
        secret,
        headerName: 'X-Api-Key',
        headerValue: secret,
        apis: [expect.objectContaining({ title: 'payments' })],
      },
    ]);
    expect(errors).toHaveLength(49);
    expect(errors.every(error => error instanceof GoneError)).toBe(true);
    expect(await knex('sealed_secrets')).toEqual([]);
    expect(
      await knex('history').where({ event: 'credential.revealed' }),
    ).toHaveLength(1);
  });

  /** As a synchronisation has seen the API that payments is made of. */
  const seenAtProvider = async (call: ApiCall) => {
    const [{ provider_api_id: id }] = await knex('product_apis')
      .join('products', 'products.id', 'product_apis.product_id')
      .where({ ref: 'apiproduct:default/payments' })
      .select('provider_api_id');
    const api = { ...foundApi(id), name: 'Payments', call };
    await knex('provider_apis').insert({
      provider_id: 'sandbox',
      api_id: id,
      name: api.name,
      authentication: api.authentication,
      api: JSON.stringify(api),
      updated_at: new Date(bench.clock.now()).toISOString(),
    });
  };

  it('names no header for an API that takes keys elsewhere', async () => {
    await seenAtProvider({
      address: 'https://gateway.example.com/payments/',
      keyPlaces: [{ in: 'query', name: 'api_key' }],
    });
    const shown = await credentials.reveal(dana, (await active()).id);
    expect(shown).not.toHaveProperty('headerName');
    expect(shown).not.toHaveProperty('headerValue');
    expect(shown.apis).toMatchObject([
      { keyPlaces: [{ in: 'query', name: 'api_key' }] },
    ]);
  });

  it.each<[string, string | null, string | null, object]>([
    ['the first', null, null, { value: 'v1' }],
    ['one that the product sells', '["v2"]', null, { value: 'v2' }],
    ['none where that of silence is sold', '["v2","v1"]', 'v2', {}],
    ['another where that of silence is not', '["v1"]', 'v2', { value: 'v1' }],
  ])('says which version to ask for: %s', async (_, sold, fallback, part) => {
    await seenAtProvider({
      keyPlaces: [{ in: 'header', name: 'Authorization' }],
      version: {
        in: 'header',
        name: 'X-Version',
        values: ['v1', 'v2'],
        ...(fallback ? { fallback } : {}),
      },
    });
    const { id } = await active();
    await knex('product_apis').update({ versions: sold });
    const { apis } = await credentials.reveal(dana, id);
    expect(apis[0].alongside).toEqual(
      'value' in part ? [{ in: 'header', name: 'X-Version', ...part }] : [],
    );
  });

  it('believes the people of a product with one API about its address', async () => {
    await seenAtProvider({
      address: 'https://api.shop.example.com/payments/',
      keyPlaces: [{ in: 'header', name: 'Authorization' }],
    });
    const declared = await credentials.reveal(dana, (await active()).id);
    expect(declared.apis).toMatchObject([
      { address: 'http://localhost:8181/payments/' },
    ]);
  });

  it('takes user and password of a basic credential apart', async () => {
    await knex('products').update({ authentication: 'basic' });
    const { id } = await active();
    const [key] = [...bench.provider.keys.values()];
    expect(key.kind).toBe('basic');
    const shown = await credentials.reveal(dana, id);
    expect(shown).toMatchObject({
      headerName: 'Authorization',
      headerValue: `Basic ${shown.secret}`,
      username: `bsu_${id}`,
      password: key.chosenKey,
    });
  });

  it('says afterwards who has seen it, when, and how to get a new one', async () => {
    const { id, subscription } = await active();
    await credentials.reveal(devin, id);
    await expect(credentials.reveal(dana, id)).rejects.toThrow(
      `The secret was shown to user:default/devin at 2026-11-21T12:00:00.000Z and is not kept; issue a new key with POST /subscriptions/${subscription}/credentials`,
    );
    const { items } = await credentials.list(dana, subscription);
    expect(items).toMatchObject([
      {
        revealed: { by: 'user:default/devin', at: '2026-11-21T12:00:00.000Z' },
        actions: ['revoke', 'rotate'],
      },
    ]);
  });

  it('shows nothing before the key is active, nor when the time is over', async () => {
    bench.provider.fault = ({ method }) => {
      if (method === 'putCredential') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    const { credential } = await subscribe(knex, bench.deps);
    await bench.work();
    await expect(credentials.reveal(dana, credential.id)).rejects.toThrow(
      'The key is not active yet: gateway is away',
    );
    const { items } = await credentials.list(dana, credential.subscription_id);
    expect(items[0]).toMatchObject({
      status: 'provisioning',
      lastError: 'gateway is away',
      nextTryAt: expect.stringMatching(/^2026-11-21T12:00:0[01]/),
    });
    bench.provider.fault = undefined;
    await bench.pass(2_000);
    bench.clock.advance(7 * 24 * 60 * 60_000);
    await expect(credentials.reveal(dana, credential.id)).rejects.toThrow(
      'could be shown until 2026-11-28T12:00:02.000Z',
    );
  });

  it('shows it to members of the owner, to nobody else', async () => {
    const { id, subscription } = await active();
    for (const stranger of [mia, liam]) {
      await expect(credentials.reveal(stranger, id)).rejects.toThrow(
        `There is no credential ${id}`,
      );
      await expect(credentials.list(stranger, subscription)).rejects.toThrow(
        `There is no subscription ${subscription}`,
      );
    }
    for (const other of [omar, paula]) {
      const { items } = await credentials.list(other, subscription);
      expect(items[0].actions).toEqual(['revoke']);
      await expect(credentials.reveal(other, id)).rejects.toThrow(
        new NotAllowedError(
          'Only members of group:default/shop-team can reveal the keys of this subscription',
        ),
      );
      await expect(credentials.issue(other, subscription, {})).rejects.toThrow(
        'can issue keys for this subscription',
      );
    }
    const { items } = await credentials.list(devin, subscription);
    expect(items[0].actions).toEqual(['reveal', 'revoke', 'rotate']);
  });

  it('keeps the secret while its key is missing from the ring', async () => {
    const { id } = await active();
    await knex('sealed_secrets').update({ key_id: 'old' });
    await expect(credentials.reveal(dana, id)).rejects.toThrow(
      'sealed with key old, which apiProducts.secrets.keys no longer has',
    );
    await knex('sealed_secrets').update({ key_id: 'test' });
    expect((await credentials.reveal(dana, id)).secret).toMatch(/^token\./);
  });

  it('issues up to the plan’s maximum, however many ask at the same time', async () => {
    const { subscription } = await active();
    const { values, errors } = await outcomes(
      Array.from({ length: 10 }, () =>
        credentials.issue(dana, subscription, {}),
      ),
    );
    expect(values).toMatchObject([{ name: 'key-2', status: 'provisioning' }]);
    expect(errors).toHaveLength(9);
    expect(errors[0].message).toContain('The plan allows 2 keys');
    await bench.work();
    expect(bench.provider.keys.size).toBe(2);
  });

  it('re-issues a lost key at the maximum by replacing it, without a new approval', async () => {
    const { id, subscription } = await active();
    await credentials.issue(dana, subscription, { name: 'spare' });
    await bench.work();
    const fresh = await credentials.issue(devin, subscription, {
      replaces: id,
      name: 'main again',
    });
    await bench.work();
    await bench.pass(11_000);
    const { items } = await credentials.list(dana, subscription);
    expect(items.map(({ name, status }) => [name, status])).toEqual(
      expect.arrayContaining([
        ['main', 'revoked'],
        ['spare', 'active'],
        ['main again', 'active'],
      ]),
    );
    expect((await bench.subscription(subscription)).status).toBe('active');
    expect((await credentials.reveal(devin, fresh.id)).secret).toMatch(
      /^token/,
    );
  });

  it('refuses a name that is taken and a key that is not of the subscription', async () => {
    const { subscription } = await active();
    const other = await active();
    await expect(
      credentials.issue(dana, subscription, { name: 'main' }),
    ).rejects.toThrow('name: this subscription already has');
    await expect(
      credentials.issue(dana, subscription, { replaces: other.id }),
    ).rejects.toThrow(`replaces: this subscription has no credential`);
  });

  it.each([
    ['a member of the owner', devin],
    ['the product owner', omar],
    ['a platform owner', paula],
  ])('is revoked by %s, and not shown any more', async (_who, who) => {
    const { id, subscription } = await active();
    const revoking = await credentials.revoke(who, id, { reason: 'leaked' });
    expect(revoking).toMatchObject({
      status: 'revoking',
      actions: [],
      revocation: { requestedBy: who.caller.ref, revivals: 0 },
    });
    await credentials.revoke(dana, id, {});
    await bench.work();
    await bench.pass(11_000);
    await expect(credentials.reveal(dana, id)).rejects.toThrow(GoneError);
    await expect(credentials.issue(dana, subscription, {})).rejects.toThrow(
      'The subscription is revoked',
    );
    const requests = await knex('history').where({
      event: 'credential.revocation-requested',
    });
    expect(requests).toMatchObject([
      { actor: who.caller.ref, reason: 'leaked' },
    ]);
  });

  it('does nothing that the permission framework forbids', async () => {
    const { id, subscription } = await active();
    const denied = authorizedCredentials(
      credentials,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.DENY })),
      }),
    );
    for (const call of [
      denied.list(dana, subscription),
      denied.issue(dana, subscription, {}),
      denied.reveal(dana, id),
      denied.revoke(dana, id, {}),
    ]) {
      await expect(call).rejects.toThrow(NotAllowedError);
    }
    expect((await bench.credential(id)).status).toBe('active');
  });
});
