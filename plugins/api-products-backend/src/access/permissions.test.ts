import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';

jest.setTimeout(60_000);

const databases = testDatabases();

describe('the permission framework', () => {
  let knex: Knex;
  let bench: AccessBench;
  let denied: RegExp;
  let asked: string[];

  beforeEach(async () => {
    denied = /^$/;
    asked = [];
    knex = await migratedDatabase(databases, 'SQLITE_3');
    bench = await accessBench(knex, {
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => {
            asked.push(permission.name);
            return {
              result: denied.test(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            };
          }),
      }),
    });
  });

  afterEach(() => bench.worker.stop());

  it('is asked by everything, and refuses what it denies', async () => {
    denied = /./;
    const { applications, accessRequests, subscriptions } = bench.access;
    const dana = as('dana');
    const attempts: [string, () => Promise<unknown>][] = [
      ['application.read', () => applications.list(dana, {})],
      ['application.read', () => applications.get(dana, 'x')],
      ['application.create', () => applications.create(dana, { name: 'x' })],
      [
        'application.update',
        () => applications.update(dana, 'x', { revision: 1 }),
      ],
      ['application.delete', () => applications.delete(dana, 'x')],
      ['access-request.read', () => accessRequests.list(dana, {})],
      ['access-request.read', () => accessRequests.get(dana, 'x')],
      ['access-request.create', () => accessRequests.create(dana, askFor())],
      [
        'access-request.update',
        () => accessRequests.update(dana, 'x', { revision: 1 }),
      ],
      ['access-request.cancel', () => accessRequests.cancel(dana, 'x', {})],
      ['access-request.decide', () => accessRequests.approve(dana, 'x', {})],
      [
        'access-request.decide',
        () => accessRequests.reject(dana, 'x', { comment: 'no' }),
      ],
      ['subscription.read', () => subscriptions.list(dana, {})],
      ['subscription.read', () => subscriptions.get(dana, 'x')],
      ['subscription.update', () => subscriptions.revoke(dana, 'x', {})],
      ['subscription.update', () => subscriptions.retry(dana, 'x')],
    ];
    for (const [permission, attempt] of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: `You lack the permission api-products.${permission}`,
      });
    }
    expect(asked).toHaveLength(attempts.length);
  });

  it('can forbid new applications and still let those that exist ask', async () => {
    const { id } = await bench.access.applications.create(as('dana'), {
      name: 'Mine',
    });
    denied = /application\.create$/;
    await expect(
      bench.access.accessRequests.create(as('dana'), askFor()),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      bench.access.accessRequests.create(
        as('dana'),
        askFor({ application: id }),
      ),
    ).resolves.toMatchObject({ status: 'pending' });
  });

  it('gives nobody what the rules deny, however much it allows', async () => {
    const { id } = await bench.access.accessRequests.create(
      as('omar'),
      askFor({ application: { name: 'Mine' } }),
    );
    for (const name of ['omar', 'gus', 'liam'] as const) {
      await expect(
        bench.access.accessRequests.approve(as(name), id, {}),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
    }
    await expect(
      bench.access.accessRequests.get(as('gus'), id),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
