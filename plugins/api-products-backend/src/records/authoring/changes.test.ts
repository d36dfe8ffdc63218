import type { Knex } from 'knex';
import type { ProductPatch } from 'backstage-plugin-api-products-common';
import { as, askFor, outcomes } from '../../testing/access';
import { authoringBench, type AuthoringBench } from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { product, writeRecords } from '../../testing/records';
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

describe.each(databases.eachSupportedId())(
  'changing products, %p',
  databaseId => {
    let knex: Knex;
    let bench: AuthoringBench;

    beforeEach(async () => {
      knex = await migratedDatabase(databases, databaseId);
      bench = await authoringBench(knex);
    });

    afterEach(() => bench.worker.stop());

    const make = (fields?: Body, who: Parameters<typeof as>[0] = 'omar') =>
      bench.authoring.createProduct(as(who), body(fields));

    const edit = (
      patch: Omit<ProductPatch, 'revision'> & { revision?: number },
      who: Parameters<typeof as>[0] = 'omar',
    ) => bench.authoring.updateProduct(as(who), REF, { revision: 1, ...patch });

    async function subscribe(ref = REF) {
      await bench.access.accessRequests.create(
        as('dana'),
        askFor({ product: ref, plan: 'free', acceptedTerms: [] }),
      );
      await bench.work();
    }

    describe('changing one', () => {
      it('replaces the fields that are sent, clears with null, and tells the provider', async () => {
        await make({ description: 'Old', contact: 'omar' });
        await bench.work();
        const changed = await edit({
          title: 'Check-out',
          contact: null,
          tags: ['shop'],
        });
        expect(changed).toMatchObject({
          revision: 2,
          title: 'Check-out',
          description: 'Old',
          tags: ['shop'],
          version: '1.0.1',
          providerState: { status: 'pending' },
        });
        expect(changed.contact).toBeUndefined();
        await bench.work();
        expect(bench.provider.products.at(-1)?.title).toBe('Check-out');
        expect(await bench.product('checkout')).toMatchObject({
          provider_status: 'ready',
          policy_id: 'fake-product-default/checkout',
          provider_revision: 2,
        });
      });

      it('says in the history what is other than before', async () => {
        const { id } = await make({ description: 'Old', contact: 'omar' });
        await edit({ title: 'Check-out', contact: null, plans: ['free'] });
        const { changes } = await knex('history')
          .where({ subject: `product:${id}`, event: 'product.updated' })
          .first();
        expect(JSON.parse(changes)).toEqual(
          expect.arrayContaining([
            { field: 'title', before: 'Checkout', after: 'Check-out' },
            { field: 'contact', before: 'omar' },
            { field: 'version', before: '1.0.0', after: '1.1.0' },
          ]),
        );
        expect(changes).not.toContain('description');
      });

      it('counts the version: text, plans and APIs, an API gone, and what is said', async () => {
        await make();
        const versions: (string | undefined)[] = [];
        const steps: Omit<ProductPatch, 'revision'>[] = [
          { description: 'Text' },
          { plans: ['free'] },
          { apis: ['cards', 'refunds'] },
          { apis: ['refunds'] },
          { version: '2.5.0', content: 'More' },
          { version: '1.0.0', content: 'Less' },
          { lifecycle: 'deprecated' },
        ];
        for (const [i, step] of steps.entries()) {
          versions.push((await edit({ ...step, revision: i + 1 })).version);
        }
        expect(versions).toEqual([
          '1.0.1',
          '1.1.0',
          '1.2.0',
          '2.0.0',
          '2.5.0',
          '2.5.1',
          '2.5.1',
        ]);
      });

      it('writes nothing where nothing changes', async () => {
        await make();
        const { revision } = await edit({
          title: 'Checkout',
          plans: ['free', 'gold'],
        });
        expect(revision).toBe(1);
      });

      it('refuses what is not right, and says which field it is', async () => {
        await make();
        const wrong: [string, Body][] = [
          ['revision must be', { revision: undefined }],
          ['revision must be', { revision: 'latest' }],
          ['name cannot be changed', { name: 'other' }],
          ['owner is missing', { owner: null }],
          ['title must be a name for people', { title: '' }],
        ];
        for (const [message, patch] of wrong) {
          await expect(
            bench.authoring.updateProduct(as('omar'), REF, {
              revision: 1,
              ...patch,
            }),
          ).rejects.toMatchObject({
            name: 'InputError',
            message: expect.stringContaining(message),
          });
        }
      });

      it('tells who comes too late the new revision', async () => {
        await make();
        await edit({ title: 'New' });
        await expect(edit({ title: 'Newer' })).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining('it is now revision 2'),
          fields: { revision: 2 },
        });
      });

      it('lets one of many change it who have looked at the same', async () => {
        await make();
        const { values, errors } = await outcomes(
          Array.from({ length: 8 }, (_, i) => edit({ title: `Title ${i}` })),
        );
        expect(values).toHaveLength(1);
        expect(errors.map(({ name }) => name)).toEqual(
          Array(7).fill('ConflictError'),
        );
        expect(await bench.product('checkout')).toMatchObject({ revision: 2 });
      });

      it('is for its owner and platform owners; others are told, or do not know of it', async () => {
        await make();
        await expect(edit({ title: 'Mine' }, 'dana')).rejects.toMatchObject({
          name: 'NotAllowedError',
          message:
            'Only group:default/payments-team and platform owners may change Checkout',
        });
        await edit({ lifecycle: 'draft' });
        await expect(
          edit({ title: 'Mine', revision: 2 }, 'dana'),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
        expect(
          await edit({ title: 'Ours', revision: 2 }, 'paula'),
        ).toMatchObject({
          title: 'Ours',
        });
      });

      it('gives it to others only by the hands of a platform owner', async () => {
        await make();
        await expect(edit({ owner: 'shop-team' })).rejects.toMatchObject({
          name: 'NotAllowedError',
        });
        expect(await edit({ owner: 'shop-team' }, 'paula')).toMatchObject({
          owner: 'group:default/shop-team',
        });
        await expect(edit({ title: 'x', revision: 2 })).rejects.toMatchObject({
          name: 'NotAllowedError',
        });
      });

      it('leaves its owner the APIs that a platform owner has put into it, as they are', async () => {
        const open = {
          providerApiId: 'bare',
          allowedUrls: [{ url: '/a', methods: ['GET'] }],
        };
        await make({ apis: [open] }, 'paula');
        expect(await edit({ description: 'Text' })).toMatchObject({
          revision: 2,
        });
        await expect(
          edit({ apis: [{ providerApiId: 'bare' }], revision: 2 }),
        ).rejects.toMatchObject({ name: 'NotAllowedError' });
        expect(
          await edit({ apis: [open, 'cards'], revision: 2 }),
        ).toMatchObject({
          version: '1.1.0',
        });
      });

      it('says where to edit what comes from Git', async () => {
        await writeRecords(knex, {
          products: [
            product('git', {
              owner: 'group:default/payments-team',
              editUrl: 'https://git.example.com/edit',
            }),
          ],
        });
        await expect(
          bench.authoring.updateProduct(as('omar'), 'apiproduct:default/git', {
            revision: 1,
            title: 'Mine',
          }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message:
            'git is managed in Git: change it at https://git.example.com/edit',
        });
      });

      it('keeps what was imported linked with its policy, and what that was known to be', async () => {
        await make({}, 'paula');
        await bench.work();
        await knex('products')
          .where({ name: 'checkout' })
          .update({ origin: 'provider', fingerprint: 'theirs' });
        const enriched = await edit(
          {
            description: 'Enriched',
            lifecycle: 'active',
            owner: 'shop-team',
          },
          'paula',
        );
        expect(enriched).toMatchObject({
          origin: 'provider',
          version: '1.0.0',
        });
        expect(await bench.product('checkout')).toMatchObject({
          policy_id: 'fake-product-default/checkout',
          fingerprint: 'theirs',
          revision: 2,
        });
      });

      it('stays at the provider without APIs when the last is taken away', async () => {
        await make();
        await bench.work();
        expect(await edit({ apis: [] })).toMatchObject({ version: '2.0.0' });
        await bench.work();
        expect(bench.provider.products.at(-1)?.apis).toEqual([]);
      });

      it('takes its policy away where it becomes documentation only', async () => {
        await make();
        await bench.work();
        await edit({ provider: null });
        await bench.work();
        expect(bench.provider.calls).toContain('removeProduct');
        expect(await bench.product('checkout')).toMatchObject({
          policy_id: null,
          provider_status: 'none',
        });
      });
    });

    describe('with subscribers', () => {
      beforeEach(async () => {
        await make();
        await bench.work();
        await subscribe();
      });

      it('is not retired, and says who would break', async () => {
        await expect(edit({ lifecycle: 'retired' })).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(
            'lifecycle: it cannot be retired: Checkout has 1 live subscription that would break: “Shop backend” of group:default/shop-team (Checkout on Free)',
          ),
          fields: { subscriptions: [expect.any(String)] },
        });
      });

      it('is deprecated, hidden in no catalogue or a draft again without touching them', async () => {
        await edit({ lifecycle: 'deprecated' });
        await edit({ catalogues: [], revision: 2 });
        await edit({ lifecycle: 'draft', revision: 3 });
        await bench.work();
        expect(await knex('credentials').pluck('status')).toEqual(['active']);
      });

      it('stays at its provider', async () => {
        await expect(edit({ provider: null })).rejects.toThrow(
          'provider: it cannot be changed: Checkout has 1 live subscription',
        );
      });
    });
  },
);
