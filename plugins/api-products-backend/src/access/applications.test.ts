import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  outcomes,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('applications on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const applications = () => bench.access.applications;
  const make = (name = 'Shop backend', owner?: string) =>
    applications().create(as('dana'), { name, owner });

  it('belong to whoever makes them, or to a group of theirs', async () => {
    expect(await make('Mine')).toMatchObject({
      name: 'Mine',
      owner: 'user:default/dana',
      createdBy: 'user:default/dana',
      revision: 1,
    });
    expect(
      await applications().create(as('dana'), {
        name: 'Ours',
        owner: 'Group:default/Shop-Team',
        component: 'shop-backend',
      }),
    ).toMatchObject({
      owner: 'group:default/shop-team',
      component: 'component:default/shop-backend',
    });
  });

  it.each([
    [{ name: 'X', owner: 'mobile-team' }, /^owner must be you or one/],
    [{ name: 'X', owner: 'user:default/mia' }, /^owner must be you or one/],
    [{ name: 'X', component: 'api:default/x' }, /^component must name/],
    [{ name: '  ' }, /^name must not be empty/],
  ])('refuse %j, naming the field', async (input, message) => {
    await expect(applications().create(as('dana'), input)).rejects.toThrow(
      message,
    );
  });

  describe('and their component', () => {
    const shop = { name: 'Ours', owner: 'shop-team' };
    const notTheirs = (component: string) => ({
      name: 'InputError',
      code: 'invalid',
      fields: { field: 'component' },
      message: expect.stringMatching(
        new RegExp(
          `^component: there is no component:default/${component}, or it is not `,
        ),
      ),
    });

    it.each([
      ['a component of the group that owns it', shop, 'shop-backend'],
      ['one of a group of the person', { name: 'Mine' }, 'shop-backend'],
      ['one of the person', { name: 'Mine' }, 'script'],
    ])('may be %s', async (_, application, component) => {
      expect(
        await applications().create(as('dana'), { ...application, component }),
      ).toMatchObject({ component: `component:default/${component}` });
    });

    it.each([
      ['of another team', shop, 'mobile-app'],
      ['of another team', { name: 'Mine' }, 'mobile-app'],
      ['of a member, where it is a group’s', shop, 'script'],
      ['that is not there', shop, 'nothing'],
    ])('is none %s', async (_, application, component) => {
      await expect(
        applications().create(as('dana'), { ...application, component }),
      ).rejects.toMatchObject(notTheirs(component));
      await expect(
        bench.access.accessRequests.create(
          as('dana'),
          askFor({ application: { ...application, component } }),
        ),
      ).rejects.toMatchObject(notTheirs(component));
      const { id: made } = await applications().create(as('dana'), application);
      await expect(
        applications().update(as('dana'), made, { revision: 1, component }),
      ).rejects.toMatchObject(notTheirs(component));
      expect(await knex('applications').pluck('component_ref')).toEqual([null]);
    });

    it('goes along only to who owns it, and may stay when the rest is changed', async () => {
      const { id: made } = await applications().create(as('dana'), {
        name: 'Mine',
        component: 'script',
      });
      await expect(
        applications().update(as('dana'), made, {
          revision: 1,
          owner: 'shop-team',
        }),
      ).rejects.toMatchObject(notTheirs('script'));
      await knex('applications').update({
        component_ref: 'component:default/mobile-app',
      });
      expect(
        await applications().update(as('dana'), made, {
          revision: 1,
          name: 'Still mine',
        }),
      ).toMatchObject({ component: 'component:default/mobile-app' });
      expect(
        await applications().update(as('dana'), made, {
          revision: 2,
          owner: 'shop-team',
          component: '',
        }),
      ).toMatchObject({ owner: 'group:default/shop-team' });
    });

    it('is not guessed while the catalog does not answer', async () => {
      const { worker, access } = await accessBench(knex, {
        records: {},
        components: catalogServiceMock.mock({
          getEntityByRef: async () => {
            throw new Error('no answer');
          },
        }),
      });
      await expect(
        access.applications.create(as('dana'), {
          ...shop,
          component: 'shop-backend',
        }),
      ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
      await worker.stop();
    });
  });

  it('have one name per owner, also when many are made at once', async () => {
    const { values, errors } = await outcomes(
      Array.from({ length: 20 }, () => make('Same')),
    );
    expect(values).toHaveLength(1);
    expect(errors).toHaveLength(19);
    for (const error of errors) {
      expect(error).toMatchObject({
        name: 'ConflictError',
        message: "name: the owner already has an application called 'Same'",
      });
    }
    await expect(make('Same', 'shop-team')).resolves.toBeDefined();
  });

  it('are listed for their owners only, by name, page by page', async () => {
    await make('Charlie', 'shop-team');
    await make('Alpha 100%');
    await make('Bravo', 'shop-team');
    const names = async (
      name: Parameters<typeof as>[0],
      filter: Parameters<AccessBench['access']['applications']['list']>[1],
    ) => {
      const { items, totalItems, pageInfo } = await applications().list(
        as(name),
        filter,
      );
      return { names: items.map(item => item.name), totalItems, ...pageInfo };
    };
    const first = await names('dana', { limit: 2 });
    expect(first).toMatchObject({
      names: ['Alpha 100%', 'Bravo'],
      totalItems: 3,
    });
    expect(
      await names('dana', { limit: 2, cursor: first.nextCursor }),
    ).toMatchObject({ names: ['Charlie'] });
    expect(await names('devin', {})).toMatchObject({
      names: ['Bravo', 'Charlie'],
    });
    expect(await names('dana', { q: '100% ALP' })).toMatchObject({
      names: ['Alpha 100%'],
    });
    expect(await names('dana', { owner: 'shop-team' })).toMatchObject({
      totalItems: 2,
    });
    expect(await names('paula', {})).toMatchObject({ totalItems: 0 });
    expect(await names('gus', {})).toMatchObject({ totalItems: 0 });
  });

  it('are seen by their owners and platform owners', async () => {
    const { id: application } = await make('Ours', 'shop-team');
    for (const name of ['dana', 'devin', 'paula'] as const) {
      await expect(
        applications().get(as(name), application),
      ).resolves.toMatchObject({ name: 'Ours' });
    }
    for (const name of ['mia', 'omar', 'gus'] as const) {
      await expect(
        applications().get(as(name), application),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    }
  });

  it('are changed on the revision that was looked at', async () => {
    const { id: application } = await make('Ours', 'shop-team');
    const changed = await applications().update(as('devin'), application, {
      revision: 1,
      name: 'Renamed',
      description: 'Sells things',
      component: 'shop-backend',
    });
    expect(changed).toMatchObject({
      revision: 2,
      name: 'Renamed',
      description: 'Sells things',
      component: 'component:default/shop-backend',
    });
    await expect(
      applications().update(as('dana'), application, {
        revision: 1,
        name: 'X',
      }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('now revision 2'),
      fields: { revision: 2 },
    });
    const cleared = await applications().update(as('dana'), application, {
      revision: 2,
      description: '',
      component: '',
      owner: 'user:default/dana',
    });
    expect(cleared.owner).toBe('user:default/dana');
    expect(cleared.description).toBeUndefined();
    expect(cleared.component).toBeUndefined();
  });

  it('take back what others have asked for when they are handed over', async () => {
    const { id: application } = await make('Ours', 'shop-team');
    const of = (name: 'dana' | 'devin', plan: string) =>
      bench.access.accessRequests.create(
        as(name),
        askFor({ application, plan }),
      );
    const former = await of('dana', 'gold');
    const own = await of('devin', 'metered');
    await bench.worker.stop();
    await applications().update(as('devin'), application, {
      revision: 1,
      owner: 'user:default/devin',
    });
    expect(JSON.stringify(await noticesOf(knex))).toContain(
      'was handed over to user:default/devin, who can ask again',
    );
    const statusOf = async (request: string) =>
      (await bench.access.accessRequests.get(as('omar'), request)).status;
    expect(await statusOf(former.id)).toBe('cancelled');
    expect(await statusOf(own.id)).toBe('pending');
    await expect(
      bench.access.accessRequests.approve(as('omar'), former.id, {}),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('do not take a name that the owner has, and are not changed by others', async () => {
    await make('Taken');
    const { id: application } = await make('Free');
    await expect(
      applications().update(as('dana'), application, {
        revision: 1,
        name: 'Taken',
      }),
    ).rejects.toThrow(/^name: the owner already has/);
    await expect(
      applications().update(as('paula'), application, {
        revision: 1,
        name: 'X',
      }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      applications().delete(as('mia'), application),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('are not deleted while somebody would lose access, and say who', async () => {
    const request = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ plan: 'free' }),
    );
    await expect(
      applications().delete(as('dana'), request.application.id),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        `Payments API · Free (${request.subscription})`,
      ),
      fields: { subscriptions: [request.subscription] },
    });
  });

  it('are not deleted while a request waits, and then free their name', async () => {
    const { id: request, application } =
      await bench.access.accessRequests.create(as('dana'), askFor());
    await expect(
      applications().delete(as('dana'), application.id),
    ).rejects.toMatchObject({ fields: { accessRequest: request } });
    await bench.access.accessRequests.cancel(as('dana'), request, {});
    await applications().delete(as('dana'), application.id);
    await expect(
      applications().get(as('dana'), application.id),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      bench.access.accessRequests.get(as('dana'), request),
    ).resolves.toMatchObject({ application: { name: 'Shop backend' } });
    const again = await make('Shop backend', 'shop-team');
    expect(again.id).not.toBe(application.id);
  });

  it('are either used or deleted when both come at once', async () => {
    const { id: application } = await make();
    await Promise.allSettled([
      bench.access.accessRequests.create(as('dana'), askFor({ application })),
      applications().delete(as('dana'), application),
    ]);
    const pending = await knex('access_requests')
      .where({ status: 'pending' })
      .select('id');
    const alive = await knex('applications')
      .whereNull('deleted_at')
      .select('id');
    expect(pending.length).toBe(alive.length);
  });

  it('are known at the gateway by the name and the owner that they have', async () => {
    const { application } = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ plan: 'free' }),
    );
    await bench.work();
    await applications().update(as('dana'), application.id, {
      revision: 1,
      name: 'Shop 2',
      owner: 'user:default/dana',
    });
    await bench.work();
    expect([...bench.provider.keys.values()]).toMatchObject([
      {
        alias: 'Shop 2 (user:default/dana)',
        metadata: { application: 'Shop 2', owner: 'user:default/dana' },
        suspended: false,
      },
    ]);
    await bench.pass(11_000);
    expect(await knex('jobs').where({ kind: 'reconcile-credential' })).toEqual(
      [],
    );
    expect(bench.provider.calls).not.toContain('resetQuota');
    await applications().update(as('dana'), application.id, {
      revision: 2,
      description: 'Sells.',
    });
    expect(await knex('jobs').where({ kind: 'reconcile-credential' })).toEqual(
      [],
    );
  });
});
