import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { ApiProductsVisibility } from 'backstage-plugin-catalog-backend-module-api-products';
import { DemoPolicy } from './permissionModuleDemoPolicy';

const config = new ConfigReader({
  apiProducts: { platformOwners: ['group:default/platform-owners'] },
});

const policy = DemoPolicy.create({
  config,
  visibility: ApiProductsVisibility.create({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'paula', namespace: 'default' },
          relations: [
            { type: 'memberOf', targetRef: 'group:default/platform-owners' },
          ],
        },
      ],
    }),
    config,
  }),
});

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

  it('shows only entities that the person may see, and all to platform owners', async () => {
    const read = { permission: catalogEntityReadPermission };
    expect(
      await policy.handle(read, person('dana', 'shop-team')),
    ).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: { rule: 'IS_VISIBLE_API_PRODUCT_ENTITY' },
    });
    expect(
      await policy.handle(read, person('paula', 'platform-owners')),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });

  it('leaves that to the platform owners', async () => {
    expect(
      await decide('catalog.entity.delete', person('paula', 'platform-owners')),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });
});
