import type { EntityRef } from 'backstage-plugin-api-products-common';

/**
 * Who is asking. A person comes with everything he owns through: his own ref and those of his groups. Another backend
 * plugin (`service`) may read the catalogue of products and nothing that belongs to people.
 * @internal
 */
export type Caller =
  | {
      kind: 'user';
      ref: EntityRef;
      /** The caller's own ref and the groups he is a member of, lower case. */
      ownership: EntityRef[];
      platformOwner: boolean;
    }
  | { kind: 'service'; subject: string };

/** @internal */
export type UserCaller = Extract<Caller, { kind: 'user' }>;
