/** What a request had to fulfil when it was made holds again when it is changed and when it is approved. */
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { people } from '../testing/people';

jest.setTimeout(120_000);

const databases = testDatabases();
const NEW_TERMS = [
  {
    name: 'API terms of use',
    version: '2026-12',
    url: 'https://example.com/terms',
    required: true,
  },
];

describe.each(databases.eachSupportedId())('a request on %s', id => {
  let knex: Knex;
  let bench: AccessBench;
  let catalog: Record<string, UserCaller>;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    catalog = { ...people };
    bench = await accessBench(knex, { catalog });
  });

  afterEach(() => bench.worker.stop());

  const requests = () => bench.access.accessRequests;
  const payments = (values: Record<string, unknown>) =>
    knex('products').where({ name: 'payments' }).update(values);
  const withTerms = async () => {
    const row: { spec: string } | undefined = await knex('products')
      .where({ ref: 'apiproduct:default/payments' })
      .first('spec');
    return JSON.stringify({
      ...JSON.parse(row?.spec ?? '{}'),
      terms: NEW_TERMS,
    });
  };

  const CHANGES: [string, () => Promise<unknown>, object][] = [
    [
      'is a draft again',
      () => payments({ lifecycle: 'draft' }),
      { code: 'takes-no-requests', fields: { reason: 'draft' } },
    ],
    [
      'is deprecated',
      () => payments({ lifecycle: 'deprecated' }),
      { code: 'takes-no-requests', fields: { reason: 'deprecated' } },
    ],
    [
      'is retired',
      () => payments({ lifecycle: 'retired' }),
      { code: 'takes-no-requests', fields: { reason: 'retired' } },
    ],
    [
      'is only announced',
      () => payments({ coming_soon: true }),
      { code: 'takes-no-requests', fields: { reason: 'coming-soon' } },
    ],
    [
      'is gone from Git',
      () => payments({ hidden_at: '2026-11-21T12:00:00.000Z' }),
      { code: 'takes-no-requests', fields: { reason: 'hidden' } },
    ],
    [
      'has an API that is not known at its provider',
      () => knex('product_apis').update({ provider_api_id: null }),
      { code: 'takes-no-requests', fields: { reason: 'api-unknown' } },
    ],
    [
      'is not offered on the plan any more',
      () => knex('product_plans').where('plan_ref', 'like', '%/gold').delete(),
      { code: 'plan-not-offered', fields: { plan: 'Gold' } },
    ],
    [
      'stands in no catalogue that the requester sees',
      () =>
        knex('catalogue_items').where('item_ref', 'like', '%/gold').delete(),
      { code: 'plan-not-offered', fields: { plan: 'Gold' } },
    ],
    [
      'is at another provider than the plan',
      () => payments({ provider_id: 'elsewhere' }),
      { code: 'plan-unfit', fields: { product: 'Payments API' } },
    ],
    [
      'has other terms',
      async () => payments({ spec: await withTerms() }),
      {
        code: 'terms-missing',
        fields: { terms: ['API terms of use (2026-12)'] },
      },
    ],
    [
      'was asked for by somebody who has left',
      async () => {
        catalog.dana = { ...people.dana, ownership: [people.dana.ref] };
      },
      {
        code: 'requester-left',
        fields: {
          requester: 'user:default/dana',
          owner: 'group:default/shop-team',
        },
      },
    ],
  ];

  it.each(CHANGES)(
    'is not approved, but can be rejected, once its product %s',
    async (_, change, refusal) => {
      const { id: request } = await requests().create(as('dana'), askFor());
      await change();
      await expect(
        requests().approve(as('omar'), request, { revision: 1 }),
      ).rejects.toMatchObject({ name: 'ConflictError', ...refusal });
      await expect(requests().get(as('omar'), request)).resolves.toMatchObject({
        status: 'pending',
        revision: 1,
      });
      await expect(
        requests().reject(as('omar'), request, { comment: 'no' }),
      ).resolves.toMatchObject({ status: 'rejected' });
    },
  );

  it('that was decided meanwhile is refused for that, whatever has changed', async () => {
    const { id: request } = await requests().create(as('dana'), askFor());
    await requests().reject(as('olga'), request, { comment: 'no' });
    await payments({ lifecycle: 'draft' });
    await expect(
      requests().approve(as('omar'), request, { revision: 1 }),
    ).rejects.toMatchObject({
      code: 'already-decided',
      fields: { decidedBy: 'user:default/olga' },
    });
  });

  it('is approved when its requester has accepted the terms as they are now', async () => {
    const { id: request } = await requests().create(as('dana'), askFor());
    await payments({ spec: await withTerms() });
    await requests().update(as('dana'), request, {
      revision: 1,
      acceptedTerms: [{ name: 'API terms of use', version: '2026-12' }],
    });
    await expect(
      requests().approve(as('omar'), request, { revision: 2 }),
    ).resolves.toMatchObject({ status: 'approved' });
  });

  it.each([{ plan: 'free' }, { reason: 'another' }])(
    'is not changed to %j before the terms of now are accepted',
    async change => {
      const { id: request } = await requests().create(as('dana'), askFor());
      await payments({ spec: await withTerms() });
      await expect(
        requests().update(as('dana'), request, { revision: 1, ...change }),
      ).rejects.toMatchObject({
        name: 'InputError',
        code: 'terms-missing',
        fields: { field: 'acceptedTerms' },
      });
    },
  );

  it('is not made for a product with an API that is not known at its provider', async () => {
    await knex('product_apis').update({ provider_api_id: null });
    await expect(requests().create(as('dana'), askFor())).rejects.toMatchObject(
      { fields: { reason: 'api-unknown' } },
    );
  });
});
