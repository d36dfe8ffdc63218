/** What belongs to groups and people that are gone: who sees it, and what a platform owner can do. */
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { goneOwnersIn } from '../identity/goneOwners';
import {
  accessBench,
  allowAll,
  as,
  askFor,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { userEntity } from '../testing/entities';
import { authorizedOwnerless } from './authorized';
import { Ownerless } from './Ownerless';

jest.setTimeout(120_000);

const databases = testDatabases();
const SHOP = 'group:default/shop-team';
const PAYMENTS = 'group:default/payments-team';

describe.each(databases.eachSupportedId())('owners that are gone, %p', id => {
  let knex: Knex;
  let bench: AccessBench;
  let gone: Set<EntityRef>;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    gone = new Set();
    bench = await accessBench(knex, { gone });
    await knex('products')
      .whereIn('ref', [
        'apiproduct:default/orders-v1',
        'apiproduct:partners/payments',
      ])
      .update({ owner_ref: 'group:default/logistics-team' });
  });

  afterEach(() => bench.worker.stop());

  const applications = () => bench.access.applications;
  const make = (name = 'Shop backend') =>
    applications().create(as('dana'), { name, owner: 'shop-team' });
  const list = (query = {}) =>
    Ownerless.create({
      db: knex,
      goneOwners: async owners =>
        new Set(owners.filter(owner => gone.has(owner))),
    }).list(as('paula'), query);

  it('are told of with everything they own, page by page', async () => {
    const application = await make();
    await knex('products')
      .where({ ref: 'apiproduct:default/payments' })
      .update({ owner_ref: PAYMENTS });
    expect(await list()).toMatchObject({ items: [], totalItems: 0 });
    gone.add(PAYMENTS).add(SHOP);
    const first = await list({ limit: 1 });
    expect(first).toMatchObject({
      items: [
        {
          kind: 'product',
          ref: 'apiproduct:default/payments',
          owner: PAYMENTS,
          origin: 'catalog',
        },
      ],
      totalItems: 2,
    });
    expect(
      await list({ limit: 1, cursor: first.pageInfo.nextCursor }),
    ).toMatchObject({
      items: [
        {
          kind: 'application',
          id: application.id,
          revision: 1,
          title: 'Shop backend',
          owner: SHOP,
        },
      ],
    });
  });

  it('are not told of with what is deleted, or gone itself', async () => {
    const { id: application } = await make();
    await applications().delete(as('dana'), application);
    await knex('products')
      .where({ ref: 'apiproduct:default/payments' })
      .update({ owner_ref: PAYMENTS, hidden_at: '2026-11-21T12:00:00.000Z' });
    gone.add(PAYMENTS).add(SHOP);
    expect(await list()).toMatchObject({ items: [] });
  });

  it('are for platform owners', async () => {
    await expect(
      authorizedOwnerless(
        Ownerless.create({ db: knex, goneOwners: async () => gone }),
        allowAll(),
      ).list(as('omar'), {}),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('leave applications that a platform owner hands over, with their keys', async () => {
    const application = await make();
    await bench.access.accessRequests.create(
      as('dana'),
      askFor({ application: application.id, plan: 'free' }),
    );
    await bench.work();
    const handOver = (who: 'paula' | 'omar', change: object = {}) =>
      applications().update(as(who), application.id, {
        revision: 1,
        owner: 'mobile-team',
        ...change,
      });
    await expect(handOver('paula')).rejects.toMatchObject({
      code: 'not-owner',
    });
    gone.add(SHOP);
    await expect(handOver('omar')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(handOver('paula', { name: 'Ours' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      fields: { field: 'name' },
    });
    gone.add('group:default/mobile-team');
    await expect(handOver('paula')).rejects.toMatchObject({
      name: 'InputError',
      fields: { field: 'owner' },
    });
    gone.delete('group:default/mobile-team');
    expect(await handOver('paula')).toMatchObject({
      owner: 'group:default/mobile-team',
    });
    expect(await knex('credentials').pluck('status')).toEqual(['active']);
    expect(await list()).toMatchObject({ items: [] });
    expect(
      await knex('history')
        .where({ subject: `application:${application.id}` })
        .orderBy('sequence')
        .select('message', 'changes'),
    ).toEqual([
      { message: 'Made “Shop backend”', changes: null },
      {
        message: 'Changed “Shop backend”',
        changes: JSON.stringify([
          {
            field: 'owner',
            before: SHOP,
            after: 'group:default/mobile-team',
          },
        ]),
      },
    ]);
  });

  it('leave applications that a platform owner deletes', async () => {
    const { id: application } = await make();
    gone.add(SHOP);
    await applications().delete(as('paula'), application);
    expect(await list()).toMatchObject({ items: [] });
  });
});

describe('owners that the catalog does not have', () => {
  const catalog = catalogServiceMock.mock();
  const goneOwners = goneOwnersIn({ auth: mockServices.auth(), catalog });

  beforeEach(() => jest.resetAllMocks());

  it('are asked for in batches', async () => {
    const known = catalogServiceMock({ entities: [userEntity('dana')] });
    catalog.getEntitiesByRefs.mockImplementation((...args) =>
      known.getEntitiesByRefs(...args),
    );
    const owners = Array.from({ length: 600 }, (_, i) => `user:default/u${i}`);
    const gone = await goneOwners(['user:default/dana', ...owners]);
    expect(gone.has('user:default/dana')).toBe(false);
    expect(gone.size).toBe(600);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(2);
  });

  it('are not known while it does not answer', async () => {
    catalog.getEntitiesByRefs.mockRejectedValue(new Error('no answer'));
    await expect(goneOwners(['user:default/dana'])).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });
});
