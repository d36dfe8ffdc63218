/** The demo's people as the tests of access see them, and those who are nobody in particular. */
import { mockCredentials } from '@backstage/backend-test-utils';

/** Roles towards the demo's `payments` and towards what dana asks for in the name of shop-team. */
export const ROLES = [
  'anonymous',
  'stranger',
  'requester',
  'teamMate',
  'productOwner',
  'otherOwner',
  'platformOwner',
  'service',
] as const;

export type Role = (typeof ROLES)[number];

const GROUPS = {
  paula: ['platform-owners'],
  omar: ['payments-team'],
  olga: ['payments-team'],
  liam: ['logistics-team'],
  dana: ['shop-team'],
  devin: ['shop-team'],
  mia: ['mobile-team'],
  pat: ['partners'],
  gus: [],
} satisfies Record<string, string[]>;

export type Person = keyof typeof GROUPS;

/** Who is asking: a person, another backend plugin, or nobody. */
export type Who = Person | 'service' | 'anonymous';

export const WHO: Record<Role, Who> = {
  anonymous: 'anonymous',
  stranger: 'gus',
  requester: 'dana',
  teamMate: 'devin',
  productOwner: 'omar',
  otherOwner: 'liam',
  platformOwner: 'paula',
  service: 'service',
};

const refOf = (name: string): string => `user:default/${name}`;

/** What a user owns through: his own ref and his groups. */
export function ownershipOf(userEntityRef: string): string[] {
  const found = Object.entries(GROUPS).find(
    ([name]) => refOf(name) === userEntityRef,
  );
  const groups: string[] = found?.[1] ?? [];
  return [userEntityRef, ...groups.map(group => `group:default/${group}`)];
}

export function authorizationOf(who: Who): Record<string, string> {
  switch (who) {
    case 'anonymous':
      return {};
    case 'service':
      return {
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:other'),
          targetPluginId: 'api-products',
        }),
      };
    default:
      return { authorization: mockCredentials.user.header(refOf(who)) };
  }
}
