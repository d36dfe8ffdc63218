import type { Knex } from 'knex';
import { as, askFor, count, outcomes } from '../../testing/access';
import { authoringBench, type AuthoringBench } from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import type { Body } from './bodies';

jest.setTimeout(60_000);

const databases = testDatabases();
const REF = 'apiproduct:default/checkout';

const body = (fields: Body = {}): Body => ({
  name: 'checkout',
  title: 'Checkout',
  owner: 'payments-team',
  provider: 'sandbox',
  apis: ['cards'],
  plans: ['free', 'gold'],
  catalogues: ['internal'],
  lifecycle: 'active',
  ...fields,
});

describe.each(databases.eachSupportedId())('products, %p', databaseId => {
  let knex: Knex;
  let bench: AuthoringBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await authoringBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const make = (fields?: Body, who: Parameters<typeof as>[0] = 'omar') =>
    bench.authoring.createProduct(as(who), body(fields));

  const edit = (patch: Body) =>
    bench.authoring.updateProduct(as('omar'), REF, { revision: 1, ...patch });

  async function subscribe(ref = REF) {
    // A key waits until its product is at the provider, and time stands still here.
    await bench.work();
    await bench.access.accessRequests.create(
      as('dana'),
      askFor({ product: ref, plan: 'free', acceptedTerms: [] }),
    );
    await bench.work();
  }

  describe('making one', () => {
    it('writes it, brings it to its provider and remembers who it was', async () => {
      const made = await make();
      expect(made).toMatchObject({
        ref: REF,
        revision: 1,
        version: '1.0.0',
        origin: 'portal',
        owner: 'group:default/payments-team',
        authentication: 'auth-token',
        apis: [
          {
            ref: 'api:default/cards',
            title: 'cards API',
            providerApiId: 'cards',
          },
        ],
        refs: {
          plans: ['apiplan:default/free', 'apiplan:default/gold'],
          catalogues: ['apicatalogue:default/internal'],
          approvers: [],
        },
        actions: ['request-access', 'see-requests', 'edit', 'delete'],
      });
      await bench.work();
      expect(await bench.product('checkout')).toMatchObject({
        provider_status: 'ready',
        policy_id: 'fake-product-default/checkout',
      });
      expect(bench.provider.products.at(-1)).toMatchObject({
        title: 'Checkout',
        apis: [{ id: 'cards' }],
      });
      expect(await bench.historyOf(`product:${made.id}`)).toEqual([
        'Checkout was made in the portal',
      ]);
      expect(
        await knex('history')
          .where({ subject: `product:${made.id}` })
          .pluck('actor'),
      ).toEqual(['user:default/omar']);
    });

    it('tells its plans of its APIs', async () => {
      await make();
      await bench.work();
      const free = bench.provider.plans.filter(({ title }) => title === 'Free');
      expect(free.at(-1)?.apiIds).toContain('cards');
    });

    it('keeps every field that was sent', async () => {
      const fields = {
        description: 'Sells things.',
        tags: ['shop'],
        links: [{ url: 'https://example.com', title: 'Home' }],
        contact: 'omar',
        content: '# Checkout',
        guides: [{ title: 'Start', content: 'Here.' }],
        specs: [{ alias: 'draft', definition: '{}' }],
        terms: [
          {
            name: 'T',
            version: '1',
            url: 'https://example.com',
            required: true,
          },
        ],
        billing: { productCode: 'PAY', meteringModels: ['calls'] },
        external: { id: '7', ids: ['8', '9'] },
        sla: { availability: 99.9 },
        dynamicClientRegistration: {
          enabled: true,
          identityProvider: 'keycloak',
          scopes: ['checkout'],
        },
        visibility: { featured: true, displayPriority: 5 },
        providerName: 'checkout at tyk',
      };
      expect(await make(fields)).toMatchObject(fields);
    });

    it('makes a product of APIs that only the provider knows, and finds the entity where there is one', async () => {
      const made = await make(
        { apis: [{ providerApiId: 'bare' }, { providerApiId: 'parcels' }] },
        'paula',
      );
      expect(made.apis).toMatchObject([
        { title: 'bare at the gateway', providerApiId: 'bare' },
        {
          ref: 'api:default/parcels',
          title: 'parcels API',
          providerApiId: 'parcels',
        },
      ]);
    });

    it('has no policy where it is documentation only', async () => {
      const made = await make({
        provider: undefined,
        apis: ['cards'],
        authentication: 'jwt',
      });
      await bench.work();
      expect(made).toMatchObject({
        authentication: 'jwt',
        providerState: { status: 'none' },
      });
      expect(bench.provider.products).toEqual([]);
    });

    it('refuses what is not right, and says which field it is', async () => {
      const wrong: [string, Body][] = [
        ['owner is missing', { owner: undefined }],
        ['name must be at most 63 letters', { name: '../etc' }],
        ['lifecycle must be one of draft', { lifecycle: 'live' }],
        ['tags[0] must be at most 63 lower-case', { tags: ['A B'] }],
        ['apis[1] needs `ref`', { apis: ['cards', { versions: ['1'] }] }],
        ['colour is not a known field', { colour: 'red' }],
        ['revision is not a known field', { revision: 1 }],
        ['origin is not a known field', { origin: 'catalog' }],
        ['provider: there is no provider elsewhere', { provider: 'elsewhere' }],
        [
          'apis[0].providerApiId: provider sandbox has no API nothing',
          { apis: [{ ref: 'cards', providerApiId: 'nothing' }] },
        ],
        ['apis[0]: It is not known which API', { apis: ['nowhere'] }],
        [
          'apis must all want the same authentication, and these do not: cards at the gateway wants auth-token, signed at the gateway wants jwt',
          { apis: ['cards', { providerApiId: 'signed' }] },
        ],
        [
          'authentication is jwt, but cards at the gateway wants auth-token',
          { authentication: 'jwt' },
        ],
        ['plans[1]: there is no apiplan:default/x', { plans: ['free', 'x'] }],
        [
          'catalogues[0]: there is no apicatalogue:default/x',
          { catalogues: ['x'] },
        ],
      ];
      for (const [message, fields] of wrong) {
        await expect(make(fields, 'paula')).rejects.toMatchObject({
          name: 'InputError',
          message: expect.stringContaining(message),
        });
      }
      expect(await bench.product('checkout')).toBeUndefined();
    });

    it('refuses a plan that another provider keeps', async () => {
      await knex('plans').where({ name: 'gold' }).update({ provider_id: 'b' });
      await expect(make()).rejects.toThrow(
        'plans[1]: apiplan:default/gold is not kept by provider sandbox, as the product is',
      );
    });

    it('lets nobody make one for others but platform owners', async () => {
      await expect(make({}, 'dana')).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('owner: you do not belong to'),
      });
      expect(await make({}, 'paula')).toMatchObject({
        owner: 'group:default/payments-team',
      });
    });

    it('lets only who owns an API open it', async () => {
      const others = [
        'parcels',
        // Under a false name.
        { ref: 'cards', providerApiId: 'parcels' },
        // Of nobody.
        { providerApiId: 'bare' },
      ];
      for (const api of others) {
        await expect(make({ apis: [api] })).rejects.toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining('that you may open with a product'),
        });
      }
    });

    it('refuses a name that is taken, whoever has it', async () => {
      await make();
      await expect(make()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('name: “checkout” cannot be used'),
      });
      await expect(make({ name: 'PAYMENTS' })).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('name: “PAYMENTS” cannot be used'),
      });
      expect(
        await make({
          namespace: 'partners',
          owner: 'default/payments-team',
          apis: ['default/cards'],
          plans: [],
          catalogues: [],
        }),
      ).toMatchObject({ ref: 'apiproduct:partners/checkout' });
    });

    it('refuses what a plan has already: the name there, or a scope', async () => {
      await expect(make({ title: 'Gold' })).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          "title: the name “Gold” is the plan apiplan:default/gold's",
        ),
      });
      await expect(make({ providerName: 'Gold' })).rejects.toThrow(
        /^providerName: /,
      );
      await bench.authoring.createPlan(as('paula'), {
        name: 'scoped',
        owner: 'platform-owners',
        provider: 'sandbox',
        rateLimit: 'unlimited',
        quota: 'unlimited',
        scopes: 'shop.read shop.write',
      });
      await expect(
        make({
          dynamicClientRegistration: {
            enabled: true,
            identityProvider: 'keycloak',
            scopes: ['shop.write'],
          },
        }),
      ).rejects.toThrow(
        'dynamicClientRegistration.scopes: the scope shop.write cannot be used at provider sandbox',
      );
    });

    it('makes one of many that are sent at once', async () => {
      const { values, errors } = await outcomes(
        Array.from({ length: 8 }, () => make()),
      );
      expect(values).toHaveLength(1);
      expect(new Set(errors.map(({ name }) => name))).toEqual(
        new Set(['ConflictError']),
      );
      expect(await count(knex, 'products', { name: 'checkout' })).toBe(1);
    });
  });

  describe('signing in', () => {
    it.each([
      ['signed', 'jwt', 'is called with tokens of an identity provider'],
      ['open', 'keyless', 'can be called by everybody without a credential'],
    ])('shows %s, and takes no requests for it', async (api, way, reason) => {
      const made = await make({ apis: [{ providerApiId: api }] }, 'paula');
      expect(made.authentication).toBe(way);
      expect(made.actions).not.toContain('request-access');
      await expect(subscribe()).rejects.toThrow(`product: Checkout ${reason}`);
    });

    it('gives users and passwords where the API wants them', async () => {
      await make({ apis: [{ providerApiId: 'users' }] }, 'paula');
      await subscribe();
      expect(await knex('credentials').pluck('kind')).toEqual(['basic']);
      expect([...bench.provider.keys.values()]).toMatchObject([
        { kind: 'basic' },
      ]);
    });

    it('believes the last synchronisation, and asks the provider for what that does not know', async () => {
      const api = { providerApiId: 'cards' };
      await knex('provider_apis').insert({
        provider_id: 'sandbox',
        api_id: 'cards',
        name: 'Cards',
        authentication: 'basic',
        api: '{}',
        updated_at: '2026-11-21T12:00:00.000Z',
      });
      expect(await make({ apis: [api] })).toMatchObject({
        authentication: 'basic',
      });
      expect(bench.provider.calls).not.toContain('listApis');
    });

    it('believes the product while its provider does not answer', async () => {
      bench.provider.fault = ({ method }) => {
        if (method === 'listApis') {
          throw new Error('no route');
        }
      };
      expect(await make({ authentication: 'jwt' })).toMatchObject({
        authentication: 'jwt',
      });
      bench.provider.fault = undefined;
      bench.clock.advance(60_000);
      await expect(
        edit({ apis: ['cards', 'refunds'], authentication: 'jwt' }),
      ).rejects.toThrow('authentication is jwt, but');
    });
  });
});
