import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { userEntity } from '../testing/entities';
import type { AnyRequest } from './CallerResolver';
import { CallerResolver } from './CallerResolver';
import { Memberships } from './Memberships';
import { Roles } from './Roles';

function setUp(
  platformOwners = ['group:default/platform-owners'],
  planAuthors: string[] = [],
) {
  const httpAuth = mockServices.httpAuth.mock();
  const callers = CallerResolver.create({
    httpAuth,
    roles: Roles.create({
      memberships: Memberships.create({
        auth: mockServices.auth(),
        catalog: catalogServiceMock({
          entities: [userEntity('dana', ['shop-team'])],
        }),
      }),
      platformOwners,
      planAuthors,
    }),
  });
  httpAuth.credentials.mockResolvedValue(
    mockCredentials.user('user:default/Dana'),
  );
  // Only handed on to the service that is mocked.
  const req = Object.create(null) satisfies AnyRequest;
  return { callers, httpAuth, req };
}

describe('CallerResolver', () => {
  it('says who a person is and what that person owns through, in lower case', async () => {
    const { callers, req } = setUp();
    const { caller } = await callers.user(req);
    expect(caller).toEqual({
      kind: 'user',
      ref: 'user:default/dana',
      ownership: ['user:default/dana', 'group:default/shop-team'],
      platformOwner: false,
      planAuthor: false,
    });
  });

  it('knows platform owners by their groups and by their own name', async () => {
    for (const owner of ['group:default/shop-team', 'user:default/dana']) {
      const { callers, req } = setUp([owner]);
      const { caller } = await callers.user(req);
      expect(caller).toMatchObject({ platformOwner: true, planAuthor: true });
    }
  });

  it('knows plan authors by their groups and by their own name', async () => {
    for (const author of ['group:default/shop-team', 'user:default/dana']) {
      const { callers, req } = setUp(undefined, [author]);
      const { caller } = await callers.user(req);
      expect(caller).toMatchObject({ platformOwner: false, planAuthor: true });
    }
  });

  it('takes another plugin as a service', async () => {
    const { callers, httpAuth, req } = setUp();
    httpAuth.credentials.mockResolvedValue(
      mockCredentials.service('plugin:catalog'),
    );
    const { caller } = await callers.anyone(req);
    expect(caller).toEqual({ kind: 'service', subject: 'plugin:catalog' });
  });
});
