import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { testClock } from '../testing/clock';
import { userEntity } from '../testing/entities';
import { Memberships } from './Memberships';

function setUp(dana: Entity | undefined = userEntity('dana', ['Shop-Team'])) {
  const clock = testClock();
  const catalog = catalogServiceMock.mock();
  catalog.getEntityByRef.mockResolvedValue(dana);
  const memberships = Memberships.create({
    auth: mockServices.auth(),
    catalog,
    clock,
  });
  return { catalog, clock, memberships };
}

describe('Memberships', () => {
  it('says what a person owns through, in lower case, as the catalog has it', async () => {
    const { memberships } = setUp();
    await expect(memberships.ownershipOf('user:default/Dana')).resolves.toEqual(
      ['user:default/dana', 'group:default/shop-team'],
    );
  });

  it('takes somebody whom the catalog does not have for nothing but that person', async () => {
    const { catalog, memberships } = setUp();
    catalog.getEntityByRef.mockResolvedValue(undefined);
    await expect(memberships.ownershipOf('user:default/gus')).resolves.toEqual([
      'user:default/gus',
    ]);
  });

  it('asks nothing about groups, which are members of nothing', async () => {
    const { catalog, memberships } = setUp();
    await expect(
      memberships.ownershipOf('group:default/Shop-Team'),
    ).resolves.toEqual(['group:default/shop-team']);
    expect(catalog.getEntityByRef).not.toHaveBeenCalled();
  });

  it('asks once in ten seconds, and sees then who has left', async () => {
    const { catalog, clock, memberships } = setUp();
    await Promise.all([
      memberships.ownershipOf('user:default/dana'),
      memberships.ownershipOf('user:default/dana'),
    ]);
    catalog.getEntityByRef.mockResolvedValue(userEntity('dana'));
    clock.advance(9_999);
    await expect(
      memberships.ownershipOf('user:default/dana'),
    ).resolves.toHaveLength(2);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await expect(memberships.ownershipOf('user:default/dana')).resolves.toEqual(
      ['user:default/dana'],
    );
  });

  it('guesses nothing while the catalog does not answer, and asks again', async () => {
    const { catalog, memberships } = setUp();
    catalog.getEntityByRef.mockRejectedValueOnce(new Error('no answer'));
    await expect(
      memberships.ownershipOf('user:default/dana'),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    await expect(
      memberships.ownershipOf('user:default/dana'),
    ).resolves.toHaveLength(2);
  });
});
