import { ConfigReader } from '@backstage/config';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createPermission } from '@backstage/plugin-permission-common';
import { ApiProductsVisibility } from './ApiProductsVisibility';

const permission = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: catalogEntityPermissionResourceRef.resourceType,
});

const partners = 'group:default/partners';

const user = (name: string, ...groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
});

const catalogue: Entity = {
  apiVersion: 'api-products/v1alpha1',
  kind: 'APICatalogue',
  metadata: { name: 'partners', namespace: 'default' },
  spec: { owner: 'x', visibility: 'private', audience: [partners] },
};

/** A session that says its bearer is in all of these groups. */
function session(name: string, ...groups: string[]) {
  const userEntityRef = `user:default/${name}`;
  const ownershipEntityRefs = [userEntityRef, ...groups];
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs },
    identity: { type: 'user' as const, userEntityRef, ownershipEntityRefs },
    token: 'unused',
  };
}

function setUp(people: Entity[]) {
  const catalog = catalogServiceMock.mock();
  catalog.getEntities.mockResolvedValue({ items: [catalogue] });
  catalog.getEntityByRef.mockImplementation(async ref =>
    people.find(({ metadata }) => ref === `user:default/${metadata.name}`),
  );
  const visibility = ApiProductsVisibility.create({
    auth: mockServices.auth(),
    catalog,
    config: new ConfigReader({
      apiProducts: { platformOwners: ['platform-owners'] },
    }),
  });
  const decide = (who?: ReturnType<typeof session>) =>
    visibility.decide({ permission }, who);
  return { catalog, decide, people };
}

const params = (claims: string[], catalogues: string[]) => ({
  conditions: { params: { claims, catalogues } },
});

describe('ApiProductsVisibility', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('goes by the groups that the catalog has, not by those of the session', async () => {
    const { decide } = setUp([user('pat', partners), user('leaver')]);
    expect(await decide(session('pat'))).toMatchObject(
      params(['user:default/pat', partners], ['apicatalogue:default/partners']),
    );
    expect(await decide(session('leaver', partners))).toMatchObject(
      params(['user:default/leaver'], []),
    );
  });

  it('takes nobody for a platform owner because the session says so', async () => {
    const owners = 'group:default/platform-owners';
    const { decide } = setUp([user('paula', owners), user('leaver')]);
    expect(await decide(session('paula'))).toBeUndefined();
    expect(await decide(session('leaver', owners))).toMatchObject(
      params(['user:default/leaver'], []),
    );
  });

  it('sees within ten seconds who has left, and asks no more often', async () => {
    const { catalog, decide, people } = setUp([user('pat', partners)]);
    await Promise.all([decide(session('pat')), decide(session('pat'))]);
    people.splice(0, 1, user('pat'));
    jest.advanceTimersByTime(9_999);
    expect(await decide(session('pat'))).toMatchObject({
      conditions: { params: { claims: ['user:default/pat', partners] } },
    });
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    expect(await decide(session('pat'))).toMatchObject(
      params(['user:default/pat'], []),
    );
  });

  it('says nothing while the catalog does not answer, and asks again', async () => {
    const { catalog, decide } = setUp([user('pat', partners)]);
    catalog.getEntityByRef.mockRejectedValueOnce(new Error('no answer'));
    await expect(decide(session('pat'))).rejects.toThrow('no answer');
    expect(await decide(session('pat'))).toMatchObject({
      conditions: { params: { claims: ['user:default/pat', partners] } },
    });
  });

  it('knows nobody without a session', async () => {
    const { decide } = setUp([]);
    expect(await decide()).toMatchObject(params([], []));
  });
});
