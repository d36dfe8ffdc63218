/** The demo's people as the tests of access see them, and those who are nobody in particular. */
import { mockCredentials } from '@backstage/backend-test-utils';
import { refOf } from '../people';

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

export type Person =
  | 'paula'
  | 'omar'
  | 'olga'
  | 'liam'
  | 'dana'
  | 'devin'
  | 'mia'
  | 'pat'
  | 'gus';

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
