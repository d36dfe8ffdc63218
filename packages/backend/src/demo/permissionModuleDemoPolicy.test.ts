import { ConfigReader } from '@backstage/config';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { DemoPolicy } from './permissionModuleDemoPolicy';

const policy = DemoPolicy.create(
  new ConfigReader({
    apiProducts: { platformOwners: ['group:default/platform-owners'] },
  }),
);

function person(name: string, group: string) {
  const userEntityRef = `user:default/${name}`;
  const ownershipEntityRefs = [userEntityRef, `group:default/${group}`];
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs },
    identity: { type: 'user' as const, userEntityRef, ownershipEntityRefs },
    token: 'unused',
  };
}

function decide(permission: string, who?: ReturnType<typeof person>) {
  return policy.handle(
    { permission: createPermission({ name: permission, attributes: {} }) },
    who,
  );
}

describe('DemoPolicy', () => {
  it('lets everybody use the portal', async () => {
    expect(
      await decide(
        'api-products.access-request.create',
        person('dana', 'shop-team'),
      ),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });

  it('keeps people from removing the demo from the catalog', async () => {
    expect(
      await decide('catalog.entity.delete', person('dana', 'shop-team')),
    ).toEqual({ result: AuthorizeResult.DENY });
    expect(await decide('catalog.location.delete')).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('leaves that to the platform owners', async () => {
    expect(
      await decide('catalog.entity.delete', person('paula', 'platform-owners')),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });
});
