import type { Knex } from 'knex';
import { as, askFor } from '../../testing/access';
import { authoringBench, type AuthoringBench } from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { people } from '../../testing/people';
import type { Body } from './bodies';

jest.setTimeout(60_000);

const databases = testDatabases();
const REF = 'apiplan:default/silver';

/** Named in `apiProducts.planAuthors`. */
const author = { ...people.omar, planAuthor: true };

const body = (fields: Body = {}): Body => ({
  name: 'silver',
  title: 'Silver',
  owner: 'platform-owners',
  provider: 'sandbox',
  rateLimit: { requests: 10, per: 60 },
  quota: { requests: 1000, per: 'month' },
  catalogues: ['internal'],
  ...fields,
});

describe.each(databases.eachSupportedId())(
  'plans and catalogues, %p',
  databaseId => {
    let knex: Knex;
    let bench: AuthoringBench;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = await authoringBench(knex);
    });

    afterEach(() => bench.worker.stop());

    const make = (fields?: Body, who: Parameters<typeof as>[0] = 'paula') =>
      bench.authoring.createPlan(as(who), body(fields));

    const edit = (patch: Body, who: Parameters<typeof as>[0] = 'paula') =>
      bench.authoring.updatePlan(as(who), REF, { revision: 1, ...patch });

    it('makes a plan with the defaults of its entity, and brings it to its provider', async () => {
      expect(await make({ scopes: 'a b' })).toMatchObject({
        ref: REF,
        origin: 'portal',
        keyLifetime: 'never',
        approval: { mode: 'manual' },
        credentials: { max: 2, rotationOverlap: 'PT24H', revealWithin: 'P7D' },
        scopes: ['a', 'b'],
        refs: { catalogues: ['apicatalogue:default/internal'] },
        actions: ['edit', 'delete'],
      });
      await bench.work();
      expect(bench.provider.plans.at(-1)).toMatchObject({
        title: 'Silver',
        rateLimit: { requests: 10, per: 60 },
      });
      expect(await bench.plan('silver')).toMatchObject({
        provider_status: 'ready',
      });
    });

    it('says in the history what is other than before', async () => {
      const { id } = await make();
      await edit({ rateLimit: { requests: 20, per: 60 } });
      const { changes } = await knex('history')
        .where({ subject: `plan:${id}`, event: 'plan.updated' })
        .first();
      expect(JSON.parse(changes)).toEqual([
        { field: 'rateLimit.requests', before: '10', after: '20' },
      ]);
    });

    it('changes the fields that are sent, and tells the provider', async () => {
      await make({ pricing: { mode: 'metered', label: 'from $1' } });
      await bench.work();
      expect(
        await edit({ rateLimit: 'unlimited', pricing: null }),
      ).toMatchObject({
        revision: 2,
        rateLimit: 'unlimited',
        pricing: { mode: 'free' },
        quota: { requests: 1000, per: 'month' },
      });
      await bench.work();
      expect(bench.provider.plans.at(-1)).toMatchObject({
        rateLimit: 'unlimited',
        reference: { policyId: 'fake-plan-default/silver' },
      });
    });

    it.each<[string, Body]>([
      [
        'rateLimit.per must be a positive number',
        { rateLimit: { requests: 1, per: 0 } },
      ],
      ['quota is missing', { quota: undefined }],
      ['provider: there is no provider x', { provider: 'x' }],
      [
        'catalogues[0]: there is no apicatalogue:default/x',
        { catalogues: ['x'] },
      ],
      ['tags is not a known field', { tags: ['a'] }],
    ])('refuses with “%s”', async (message, fields) => {
      await expect(make(fields)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(message),
      });
    });

    it('refuses the name of a product at its provider, and a scope that is taken', async () => {
      await expect(make({ title: 'Payments API' })).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          "title: the name “Payments API” is the product apiproduct:default/payments's at provider sandbox already",
        ),
      });
      await make({ scopes: ['read'] });
      await expect(
        make({ name: 'bronze', title: 'Bronze', scopes: ['write', 'read'] }),
      ).rejects.toThrow(
        'scopes: the scope read is the plan apiplan:default/silver',
      );
      // Its own are no obstacle.
      expect(await edit({ scopes: ['read', 'write'] })).toMatchObject({
        scopes: ['read', 'write'],
      });
    });

    it('is for members of its owner who are plan authors, and platform owners', async () => {
      await expect(make({}, 'omar')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      await expect(make({ owner: 'payments-team' }, 'omar')).rejects.toEqual(
        expect.objectContaining({
          name: 'NotAllowedError',
          code: 'not-plan-author',
        }),
      );
      const omar = { ...as('omar'), caller: author };
      await bench.authoring.createPlan(omar, body({ owner: 'payments-team' }));
      await expect(edit({ title: 'x' }, 'liam')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      await expect(
        bench.authoring.updatePlan(omar, REF, {
          revision: 1,
          owner: 'shop-team',
        }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(
        await bench.authoring.updatePlan(omar, REF, {
          revision: 1,
          title: 'Ours',
        }),
      ).toMatchObject({ title: 'Ours', actions: ['edit', 'delete'] });
    });

    it('of an owner who is no plan author is left as it is', async () => {
      await make({ owner: 'payments-team' });
      const refused = { name: 'NotAllowedError', code: 'not-plan-author' };
      await expect(edit({ title: 'x' }, 'omar')).rejects.toMatchObject(refused);
      await expect(
        bench.authoring.deletePlan(as('omar'), REF, 'silver'),
      ).rejects.toMatchObject(refused);
      expect(await bench.catalogue.getPlan(as('omar'), REF)).toMatchObject({
        actions: [],
      });
      expect(await edit({ title: 'Mine' })).toMatchObject({ title: 'Mine' });
    });

    it('stays at its provider while anybody is subscribed on it', async () => {
      await make({ approval: { mode: 'auto' } });
      await knex('product_plans').insert({
        product_id: (await bench.product('shipments')).id,
        plan_ref: REF,
        position: 9,
      });
      await bench.work();
      await bench.access.accessRequests.create(
        as('dana'),
        askFor({ product: 'shipments', plan: 'silver', acceptedTerms: [] }),
      );
      await bench.work();
      await expect(edit({ provider: null })).rejects.toThrow(
        'provider: it cannot be changed: Silver has 1 live subscription',
      );
      // Its limits may change: that is what a plan is for.
      expect(await edit({ rateLimit: 'unlimited' })).toMatchObject({
        revision: 2,
      });
    });

    it('makes, changes and shows catalogues to whom they are for', async () => {
      const made = await bench.authoring.createCatalogue(as('omar'), {
        name: 'friends',
        title: 'Friends',
        owner: 'payments-team',
        audience: ['user:gus'],
      });
      expect(made).toMatchObject({
        visibility: 'private',
        audience: ['user:default/gus'],
        actions: ['edit', 'delete', 'list'],
      });
      const seen = (who: Parameters<typeof as>[0]) =>
        bench.catalogue
          .getCatalogue(as(who), made.ref)
          .then(({ title }) => title);
      expect(await seen('gus')).toBe('Friends');
      await expect(seen('dana')).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await bench.authoring.updateCatalogue(as('omar'), made.ref, {
        revision: 1,
        audience: ['shop-team'],
      });
      expect(await seen('dana')).toBe('Friends');
      await expect(
        bench.authoring.updateCatalogue(as('omar'), made.ref, {
          revision: 1,
          title: 'Late',
        }),
      ).rejects.toMatchObject({ fields: { revision: 2 } });
    });
  },
);
