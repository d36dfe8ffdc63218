import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { EntityRef } from 'backstage-plugin-api-products-common';

/**
 * Who is asking. A person comes with everything they own through: their own ref and those of their groups. Another backend
 * plugin (`service`) may read the catalogue of products and nothing that belongs to people.
 */
export type Caller =
  | {
      kind: 'user';
      ref: EntityRef;
      /** The caller's own ref and the groups they are a member of, lower case. */
      ownership: EntityRef[];
      platformOwner: boolean;
      /** May make and change plans; every platform owner may. */
      planAuthor: boolean;
    }
  | { kind: 'service'; subject: string };

export type UserCaller = Extract<Caller, { kind: 'user' }>;

/** A caller with the credentials they came with, for permission checks and calls in their name. */
export interface Identified<C extends Caller = Caller> {
  caller: C;
  credentials: BackstageCredentials;
}

/** The person who asks, with the credentials to check permissions with. */
export type Person = Identified<UserCaller>;
