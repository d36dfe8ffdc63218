/** The people of the demo portal as callers. */
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import type { UserCaller } from '../identity/Caller';
import type { Memberships } from '../identity/Memberships';
import { Roles } from '../identity/Roles';
import { userEntity } from './entities';

function person(name: string, ...groups: string[]): UserCaller {
  const ref = `user:default/${name}`;
  return {
    kind: 'user',
    ref,
    ownership: [ref, ...groups.map(group => `group:default/${group}`)],
    platformOwner: groups.includes('platform-owners'),
    planAuthor: groups.includes('platform-owners'),
  };
}

export const people = {
  paula: person('paula', 'platform-owners'),
  omar: person('omar', 'payments-team'),
  olga: person('olga', 'payments-team'),
  liam: person('liam', 'logistics-team'),
  dana: person('dana', 'shop-team'),
  devin: person('devin', 'shop-team'),
  mia: person('mia', 'mobile-team'),
  pat: person('pat', 'partners'),
  gus: person('gus'),
};

/** The same people in the catalog. */
export const peopleEntities: Entity[] = Object.values(people).map(
  ({ ref, ownership }) =>
    userEntity(
      parseEntityRef(ref).name,
      ownership
        .map(owner => parseEntityRef(owner))
        .filter(({ kind }) => kind === 'group')
        .map(({ name }) => name),
    ),
);

export const testRoles = (
  memberships: Memberships,
  planAuthors: string[] = [],
): Roles =>
  Roles.create({
    memberships,
    platformOwners: ['group:default/platform-owners'],
    planAuthors,
  });
