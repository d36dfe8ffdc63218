import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { demo } from '../testing/demo';
import { people } from '../testing/people';
import { plan, product, writeRecords } from '../testing/records';
import { resolveOffer } from './offers';

jest.setTimeout(60_000);

const internal = 'apicatalogue:default/internal';

describe.each(testDatabases().eachSupportedId())('resolveOffer on %p', id => {
  const databases = testDatabases();
  let knex: Knex;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await writeRecords(knex, demo);
    await writeRecords(knex, {
      plans: [
        plan('elsewhere', { provider: 'other', catalogues: [internal] }),
        plan('unlisted', {}),
        plan('pilot-only', { catalogues: ['apicatalogue:default/pilot'] }),
      ],
      products: [
        product('mixed', {
          plans: ['apiplan:default/elsewhere', 'apiplan:default/pilot-only'],
          catalogues: [internal],
        }),
        product('retired', {
          owner: 'group:default/payments-team',
          lifecycle: 'retired',
          plans: ['apiplan:default/free'],
          catalogues: [internal],
        }),
        product('gone', {
          owner: 'group:default/payments-team',
          plans: ['apiplan:default/free'],
          catalogues: [internal],
        }),
      ],
    });
    await knex('products')
      .where('name', 'gone')
      .update({ hidden_at: '2026-11-21T12:00:00.000Z' });
  });

  afterAll(() => knex.destroy());

  const offer = (caller: UserCaller, productName: string, planName: string) =>
    resolveOffer(knex, caller, {
      product: `apiproduct:${
        productName.includes('/') ? productName : `default/${productName}`
      }`,
      plan: `apiplan:default/${planName}`,
    });

  it('says everything about a product on a plan', async () => {
    await expect(offer(people.dana, 'payments', 'gold')).resolves.toMatchObject(
      {
        product: { name: 'payments' },
        plan: { name: 'gold' },
        planSpec: { keyLifetime: 'P90D', approval: { mode: 'manual' } },
        terms: [{ name: 'API terms of use', required: true }],
        approvers: ['group:default/payments-team'],
      },
    );
  });

  it.each<[keyof typeof people, string, string, string, string]>([
    ['dana', 'nothing', 'free', 'NotFoundError', 'There is no product'],
    ['dana', 'payments', 'nothing', 'NotFoundError', 'There is no plan'],
    ['dana', 'tracking', 'free', 'NotFoundError', 'There is no product'],
    [
      'dana',
      'partners/payments',
      'gold',
      'NotFoundError',
      'There is no product',
    ],
    ['dana', 'payments', 'unlisted', 'NotFoundError', 'There is no plan'],
    ['gus', 'mixed', 'pilot-only', 'NotFoundError', 'There is no plan'],
    ['dana', 'gone', 'free', 'NotFoundError', 'There is no product'],
    ['omar', 'gone', 'free', 'ConflictError', 'product: gone is hidden'],
    ['dana', 'payments', 'unlimited', 'InputError', 'plan: Unlimited is not'],
    ['dana', 'mixed', 'pilot-only', 'InputError', 'plan: pilot-only is not'],
    ['paula', 'payments', 'unlisted', 'InputError', 'plan: unlisted is not'],
    ['paula', 'handbook', 'free', 'ConflictError', 'is documentation only'],
    [
      'liam',
      'tracking',
      'free',
      'ConflictError',
      'product: Tracking API is draft',
    ],
    ['omar', 'retired', 'free', 'ConflictError', 'product: retired is retired'],
    ['dana', 'orders-v1', 'free', 'ConflictError', 'is deprecated'],
    ['dana', 'loyalty', 'free', 'ConflictError', 'is coming soon'],
    ['dana', 'handbook', 'free', 'ConflictError', 'is documentation only'],
    [
      'dana',
      'mixed',
      'elsewhere',
      'ConflictError',
      'plan: elsewhere is not kept',
    ],
  ])('%s asking for %s on %s gets a %s', async (who, p, on, name, message) => {
    await expect(offer(people[who], p, on)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });

  it('lets a partner have what stands in the partners catalogue', async () => {
    await expect(
      offer(people.pat, 'partners/payments', 'gold'),
    ).resolves.toMatchObject({ product: { namespace: 'partners' } });
  });

  it('lets those who decide about a product have its plans in every catalogue it stands in', async () => {
    await expect(
      offer(people.omar, 'partners/payments', 'gold'),
    ).resolves.toMatchObject({ product: { namespace: 'partners' } });
  });
});
