/**
 * Whatever policies a provider has, and whatever its numbers, names and paths look like: what becomes a record can be
 * said of an entity, so that it can be edited, published and shown by the catalog; of the rest the run says why not.
 */
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  API_PLAN_KIND,
  API_PRODUCTS_API_VERSION,
  API_PRODUCT_KIND,
  parsePlanEntity,
  parseProductEntity,
} from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
} from 'backstage-plugin-api-products-node';
import { planBody, productBody } from '../../records/authoring/bodies';
import { planSpecOf, productSpecOf } from '../../records/specs';
import { testClock } from '../../testing/clock';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { isLongRun } from '../../testing/longRun';
import { foundApi, foundPlan, foundProduct } from '../../testing/offerings';
import {
  forgetRecords,
  synchronisationBench,
} from '../../testing/synchronisation';

jest.setTimeout(120_000);

const RUNS = isLongRun ? 100 : 8;
const POLICIES_A_RUN = 40;

/** Most are as they should be, so that what is wrong is often wrong alone. */
const mostly = <T>(usual: T, ...odd: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

const number = mostly(
  60,
  0.5,
  1.5,
  1e-9,
  1,
  2 ** 31 - 1,
  2 ** 31,
  3_153_600_000,
  3_153_600_001,
  2 ** 53,
  1e21,
  Infinity,
);
const names = mostly(
  'Gold',
  'Zürich für alle',
  '   ',
  '日本語',
  'x'.repeat(300),
  '🚀'.repeat(200),
  'a\tb\nc',
);
const metadata = fc.dictionary(
  mostly('tier', 'with blank', '', '9th', 'a'.repeat(64), 'a.b-c_d', 'ü'),
  mostly('gold', '', 'x'.repeat(256), '\u{1F600}', 'x'.repeat(255)),
  { maxKeys: 2 },
);
const allowedUrls = fc.array(
  fc.record({
    url: mostly('/refunds/.*', '', '/a b', '(', '/x'.repeat(1200), '/{id}'),
    methods: mostly<string[]>(
      ['GET', 'POST'],
      [],
      ['get'],
      ['PURGE'],
      ['GET', 'GET'],
    ),
  }),
  { maxLength: 2 },
);
const apis = fc.uniqueArray(
  fc.record({
    id: mostly('a1', 'blank', 'x'.repeat(256), 'ünï', 'a b', 'gone'),
    name: names,
    versions: mostly<string[]>([], ['v1'], ['v'.repeat(256)], [' ']),
    allowedUrls,
  }),
  { selector: ({ id }) => id, maxLength: 3 },
);

const offering: fc.Arbitrary<FoundPlan | FoundProduct> = fc.oneof(
  fc
    .record({
      name: names,
      rateLimit: fc.record({ requests: number, per: number }),
      quota: fc.record({ requests: number, perSeconds: number }),
      keyLifetimeSeconds: number,
      credentialMetadata: metadata,
    })
    .map(fields => foundPlan('', fields)),
  fc
    .record({
      name: names,
      apis: fc.oneof(
        { weight: 9, arbitrary: apis },
        {
          weight: 1,
          arbitrary: fc.constant(
            Array.from({ length: 201 }, (_, n) => ({ id: `many-${n}` })),
          ),
        },
      ),
    })
    .map(fields => foundProduct('', fields)),
);

/** As the catalog is given it. */
function entityOf(
  kind: string,
  { name, namespace, title, tags, links, ...spec }: Record<string, unknown>,
) {
  return JSON.parse(
    JSON.stringify({
      apiVersion: API_PRODUCTS_API_VERSION,
      kind,
      metadata: { name, namespace, title, tags, links },
      spec,
    }),
  );
}

describe('what is imported', () => {
  const databases = testDatabases();
  const [id] = databases.eachSupportedId();
  const clock = testClock();
  let knex: Knex;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id[0]);
  });

  beforeEach(() => forgetRecords(knex));

  afterAll(() => knex.destroy());

  function start(offerings: (FoundPlan | FoundProduct)[]) {
    const bench = synchronisationBench(knex, clock, {
      config: { defaultOwner: 'payments-team' },
    });
    bench.provider.apis = [
      foundApi('a1'),
      foundApi('blank', {
        call: {
          address: 'https://gateway.example.com/my payments/',
          keyPlaces: [],
        },
      }),
    ];
    bench.provider.offerings = offerings;
    return bench;
  }

  /** Parses every record, and says which policies became one. */
  async function expectValidRecords(): Promise<Set<string>> {
    const made = new Set<string>();
    for (const row of await knex('products')) {
      parseProductEntity(
        entityOf(API_PRODUCT_KIND, productBody(productSpecOf(row))),
      );
      made.add(row.policy_id);
    }
    for (const row of await knex('plans')) {
      parsePlanEntity(entityOf(API_PLAN_KIND, planBody(planSpecOf(row))));
      made.add(row.policy_id);
    }
    return made;
  }

  it('is valid by the schema of its entity, or left out with the reason', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(offering, {
          minLength: POLICIES_A_RUN,
          maxLength: POLICIES_A_RUN,
        }),
        async found => {
          await forgetRecords(knex);
          const policies = found.map((policy, n) => ({
            ...policy,
            policyId: `policy-${n}`,
          }));
          const run = await start(policies).sync();
          expect(run.status).toBe('succeeded');
          const made = await expectValidRecords();
          const left = new Map(
            run.items.map(({ policyId, reason }) => [policyId, reason]),
          );
          for (const { policyId } of policies) {
            expect([
              policyId,
              made.has(policyId) || Boolean(left.get(policyId)),
            ]).toEqual([policyId, true]);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each([
    [
      foundPlan('p', { rateLimit: { requests: 0.5, per: 1 } }),
      'rateLimit.requests must be a whole number',
    ],
    [
      foundPlan('p', { credentialMetadata: { 'cost centre': '7' } }),
      'credentialMetadata',
    ],
    [foundPlan('p', { keyLifetimeSeconds: 4e9 }), 'keyLifetime must be'],
    [
      foundProduct('p', {
        apis: [{ id: 'a1', allowedUrls: [{ url: '/x', methods: ['get'] }] }],
      }),
      'apis[0].allowedUrls[0].methods',
    ],
    [foundProduct('p', { apis: [{ id: 'blank' }] }), 'gatewayEndpoint must be'],
  ])('says of a policy what a record cannot say: %#', async (found, reason) => {
    const run = await start([found]).sync();
    expect(run.items).toEqual([
      expect.objectContaining({
        outcome: 'ignored',
        policyId: 'p',
        reason: expect.stringContaining(reason),
      }),
    ]);
    expect(await expectValidRecords()).toEqual(new Set());
  });

  it('leaves a record as it was when its policy becomes what a record cannot say', async () => {
    const bench = start([foundPlan('p')]);
    await bench.sync();
    bench.provider.offerings = [
      foundPlan('p', { rateLimit: { requests: 0.5, per: 1 } }),
    ];
    const run = await bench.sync();
    expect(run.items).toMatchObject([
      { outcome: 'ignored', ref: 'apiplan:default/p' },
    ]);
    const [row] = await knex('plans');
    expect(planSpecOf(row).rateLimit).toEqual({ requests: 5, per: 10 });
  });

  it('takes a lifetime of as many seconds as Tyk counts', async () => {
    await start([foundPlan('p', { keyLifetimeSeconds: 2 ** 31 - 1 })]).sync();
    expect(await expectValidRecords()).toEqual(new Set(['p']));
  });
});
