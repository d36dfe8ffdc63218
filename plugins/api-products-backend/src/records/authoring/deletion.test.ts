import type { Knex } from 'knex';
import { as, askFor, count, outcomes } from '../../testing/access';
import { authoringBench, type AuthoringBench } from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { noticesOf } from '../../testing/notices';
import { product, writeRecords } from '../../testing/records';

jest.setTimeout(60_000);

const databases = testDatabases();
const PRODUCT = 'apiproduct:default/checkout';
const PLAN = 'apiplan:default/basic';

describe.each(databases.eachSupportedId())('deleting, %p', databaseId => {
  let knex: Knex;
  let bench: AuthoringBench;

  const makePlan = (fields = {}) =>
    bench.authoring.createPlan(as('paula'), {
      name: 'basic',
      title: 'Basic',
      owner: 'payments-team',
      provider: 'sandbox',
      rateLimit: { requests: 1, per: 1 },
      quota: 'unlimited',
      catalogues: ['internal'],
      ...fields,
    });

  const makeProduct = (fields = {}) =>
    bench.authoring.createProduct(as('omar'), {
      name: 'checkout',
      title: 'Checkout',
      owner: 'payments-team',
      lifecycle: 'active',
      provider: 'sandbox',
      apis: ['cards'],
      plans: ['basic', 'free'],
      catalogues: ['internal'],
      ...fields,
    });

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await authoringBench(knex);
    await makePlan();
    await makeProduct();
  });

  afterEach(() => bench.worker.stop());

  const ask = (plan = 'basic') =>
    bench.access.accessRequests.create(
      as('dana'),
      askFor({ product: PRODUCT, plan, acceptedTerms: [] }),
    );

  /** Dana asks, omar approves, and the gateway has the key. */
  async function subscribe() {
    const { id } = await ask();
    await bench.access.accessRequests.approve(as('omar'), id, {});
    await bench.work();
  }

  async function revoke() {
    const { id } = await knex('subscriptions').first('id');
    await bench.access.subscriptions.revoke(as('dana'), id, {});
    await bench.work();
  }

  const removals = () =>
    bench.provider.calls.filter(call => call.startsWith('remove'));

  describe('a product', () => {
    const remove = (
      who: Parameters<typeof as>[0] = 'omar',
      name = 'checkout',
    ) => bench.authoring.deleteProduct(as(who), PRODUCT, name);

    it('is gone for everybody, with its policy, and its name is free', async () => {
      await bench.work();
      const { id } = await bench.product('checkout');
      await remove();
      for (const who of ['omar', 'paula'] as const) {
        await expect(
          bench.catalogue.getProduct(as(who), PRODUCT),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
        const { items } = await bench.catalogue.listProducts(as(who), {
          q: 'checkout',
        });
        expect(items).toEqual([]);
      }
      await bench.work();
      expect(removals()).toEqual(['removeProduct']);
      expect(await bench.product('checkout')).toMatchObject({
        deleted_at: expect.any(String),
        hidden_at: expect.any(String),
        provider_status: 'none',
      });
      expect(await count(knex, 'product_plans', { product_id: id })).toBe(0);
      expect(await count(knex, 'catalogue_items', { item_ref: PRODUCT })).toBe(
        0,
      );
      expect(await bench.historyOf(`product:${id}`)).toEqual([
        'Checkout was made in the portal',
        'Checkout was deleted',
        'Provider sandbox no longer has policy fake-product-default/checkout',
      ]);

      const again = await makeProduct();
      expect(again.id).not.toBe(id);
      await bench.work();
      expect(
        await bench.catalogue.getProduct(as('omar'), PRODUCT),
      ).toMatchObject({ id: again.id, providerState: { status: 'ready' } });
    });

    it('says who would lose what before', async () => {
      await subscribe();
      await bench.access.accessRequests.create(
        as('mia'),
        askFor({
          product: PRODUCT,
          plan: 'basic',
          acceptedTerms: [],
          application: { name: 'Mobile' },
        }),
      );
      expect(
        await bench.authoring.productDeletion(as('omar'), PRODUCT),
      ).toMatchObject({
        subscriptions: [
          {
            application: 'Shop backend',
            owner: 'group:default/shop-team',
            product: 'Checkout',
            plan: 'Basic',
          },
        ],
        totalSubscriptions: 1,
        pendingRequests: 1,
        obstacle: expect.stringContaining('Checkout has 1 live subscription'),
      });
      await expect(
        bench.authoring.productDeletion(as('dana'), PRODUCT),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
    });

    it('is refused while anybody is subscribed', async () => {
      await subscribe();
      await expect(remove()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining(
          'It cannot be deleted: Checkout has 1 live subscription that would break: “Shop backend” of group:default/shop-team (Checkout on Basic)',
        ),
      });
      expect(await bench.product('checkout')).toMatchObject({
        deleted_at: null,
      });
    });

    it('is refused without its name, to others, and to Git', async () => {
      await expect(remove('omar', 'Checkout')).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('confirm must be checkout'),
      });
      await expect(remove('dana')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      await writeRecords(knex, { products: [product('git')] });
      await expect(
        bench.authoring.deleteProduct(
          as('paula'),
          'apiproduct:default/git',
          'git',
        ),
      ).rejects.toThrow('git is managed in Git');
      expect(
        await bench.authoring.productDeletion(
          as('paula'),
          'apiproduct:default/git',
        ),
      ).toMatchObject({ obstacle: expect.stringContaining('managed in Git') });
    });

    it('withdraws who waits, and tells them', async () => {
      const { id } = await ask();
      await bench.worker.stop();
      await remove();
      expect(await knex('access_requests').where({ id }).first()).toMatchObject(
        { status: 'cancelled', revision: 2 },
      );
      expect(await noticesOf(knex)).toContainEqual(
        expect.objectContaining({
          recipients: ['user:default/dana', 'group:default/payments-team'],
          title:
            'The request for Checkout on Basic for “Shop backend” was withdrawn',
          description: 'The product Checkout was deleted.',
        }),
      );
      expect(await bench.historyOf(`access-request:${id}`)).toContain(
        'Withdrew the request for Checkout on Basic: The product Checkout was deleted',
      );
      await expect(ask()).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('keeps its policy until its last key is known to be refused', async () => {
      await subscribe();
      await revoke();
      await bench.pass(bench.provider.confirmAfterMs);
      // A key that is being taken away, of a subscription that is closed.
      await knex('credentials').update({ status: 'revoking' });
      await remove();
      await bench.work();
      expect(removals()).toEqual(['removeCredential']);
      await knex('credentials').update({ status: 'revoked' });
      await bench.pass(10_000);
      expect(removals()).toEqual(['removeCredential', 'removeProduct']);
    });

    it('leaves the policy to a new product of the same name', async () => {
      await bench.work();
      bench.provider.fault = ({ method, when }) => {
        if (method === 'removeProduct' && when === 'before') {
          throw new Error('no route');
        }
      };
      await remove();
      await bench.work();
      await makeProduct();
      await bench.work();
      bench.provider.fault = undefined;
      await bench.pass(60 * 60_000);
      expect(removals().length).toBeLessThanOrEqual(1);
      const [product_] = await knex('products')
        .where({ name: 'checkout' })
        .whereNull('deleted_at');
      expect(product_).toMatchObject({
        provider_status: 'ready',
        policy_id: 'fake-product-default/checkout',
      });
      expect(await count(knex, 'jobs', { kind: 'remove-product' })).toBe(0);
    });

    it('takes away what a job was just bringing there', async () => {
      await bench.work();
      let deleted: Promise<void> | undefined;
      bench.provider.fault = ({ method, when }) => {
        if (method === 'putProduct' && when === 'after' && !deleted) {
          deleted = bench.authoring.deleteProduct(
            as('omar'),
            'apiproduct:default/late',
            'late',
          );
          return deleted;
        }
        return undefined;
      };
      await makeProduct({ name: 'late', title: 'Late' });
      await bench.work();
      await deleted;
      await bench.work();
      expect(removals()).toEqual(['removeProduct']);
      expect(await count(knex, 'jobs', { kind: 'put-product' })).toBe(0);
      expect(await bench.product('late')).toMatchObject({
        deleted_at: expect.any(String),
        policy_id: null,
      });
    });

    it('does not happen beside an approval: one of the two is told', async () => {
      const { id } = await ask();
      const { values, errors } = await outcomes<unknown>([
        bench.access.accessRequests.approve(as('olga'), id, {}),
        remove(),
      ]);
      expect(values).toHaveLength(1);
      expect(errors).toHaveLength(1);
      const { deleted_at: deletedAt } = await bench.product('checkout');
      expect(await count(knex, 'subscriptions')).toBe(deletedAt ? 0 : 1);
      expect(await count(knex, 'access_requests', { status: 'pending' })).toBe(
        0,
      );
    });

    it('does not happen beside a request either', async () => {
      const { values } = await outcomes<unknown>([ask(), remove()]);
      expect(values.length).toBeGreaterThan(0);
      const { deleted_at: deletedAt } = await bench.product('checkout');
      expect(deletedAt).not.toBeNull();
      expect(await count(knex, 'access_requests', { status: 'pending' })).toBe(
        0,
      );
    });

    it('is done once, however often it is sent', async () => {
      const { values, errors } = await outcomes(
        Array.from({ length: 6 }, () => remove()),
      );
      expect(values).toHaveLength(1);
      expect(new Set(errors.map(({ name }) => name))).toEqual(
        new Set(['NotFoundError']),
      );
    });
  });

  describe('a plan', () => {
    const remove = () => bench.authoring.deletePlan(as('paula'), PLAN, 'basic');

    it('is refused while anybody is subscribed on it', async () => {
      await subscribe();
      await expect(remove()).rejects.toThrow(
        'It cannot be deleted: Basic has 1 live subscription',
      );
      expect(
        await bench.authoring.planDeletion(as('omar'), PLAN),
      ).toMatchObject({ totalSubscriptions: 1 });
    });

    it('names no product to its owner that the owner does not see', async () => {
      await subscribe();
      await knex('plans')
        .where({ ref: PLAN })
        .update({ owner_ref: 'group:default/mobile-team' });
      await knex('catalogue_items').where({ item_ref: PRODUCT }).delete();
      expect(await bench.authoring.planDeletion(as('mia'), PLAN)).toMatchObject(
        { totalSubscriptions: 1, subscriptions: [] },
      );
      const mia = as('mia');
      const author = { ...mia, caller: { ...mia.caller, planAuthor: true } };
      await expect(
        bench.authoring.deletePlan(author, PLAN, 'basic'),
      ).rejects.toMatchObject({
        message:
          'It cannot be deleted: Basic has 1 live subscription that would break',
        fields: { subscriptions: [] },
      });
    });

    it('is taken out of the products that offered it, and out of its provider', async () => {
      const { id } = await ask();
      await bench.work();
      await remove();
      await bench.work();
      expect(removals()).toEqual(['removePlan']);
      const { plans, refs } = await bench.catalogue.getProduct(
        as('omar'),
        PRODUCT,
      );
      expect(plans.map(({ ref }) => ref)).toEqual(['apiplan:default/free']);
      expect(refs?.plans).toContain(PLAN);
      expect(await knex('access_requests').where({ id }).first()).toMatchObject(
        { status: 'cancelled' },
      );
      // The next edit says it no longer.
      const edited = await bench.authoring.updateProduct(as('omar'), PRODUCT, {
        revision: 1,
        description: 'New',
      });
      expect(edited.refs?.plans).toEqual(['apiplan:default/free']);
      expect(await makePlan()).toMatchObject({ revision: 1 });
    });

    it('does not happen beside an approval', async () => {
      const { id } = await ask();
      const { values } = await outcomes<unknown>([
        bench.access.accessRequests.approve(as('olga'), id, {}),
        remove(),
      ]);
      expect(values).toHaveLength(1);
      const { deleted_at: deletedAt } = await bench.plan('basic');
      expect(await count(knex, 'subscriptions')).toBe(deletedAt ? 0 : 1);
    });
  });

  describe('a catalogue', () => {
    it('takes what stood in it out of sight, and leaves keys alone', async () => {
      await bench.authoring.createCatalogue(as('paula'), {
        name: 'shop',
        owner: 'payments-team',
        visibility: 'public',
      });
      await bench.authoring.updateProduct(as('omar'), PRODUCT, {
        revision: 1,
        catalogues: ['shop'],
      });
      expect(
        await bench.catalogue.getProduct(as('gus'), PRODUCT),
      ).toMatchObject({ catalogues: ['apicatalogue:default/shop'] });
      const shop = 'apicatalogue:default/shop';
      await expect(
        bench.authoring.deleteCatalogue(as('dana'), shop, 'shop'),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      await bench.authoring.deleteCatalogue(as('omar'), shop, 'shop');
      await expect(
        bench.catalogue.getProduct(as('gus'), PRODUCT),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
      await expect(
        bench.catalogue.getCatalogue(as('paula'), shop),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });
  });
});
