import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { UserCaller } from './Caller';

/** Whether something of this owner is the caller's own. */
export const isMember = (caller: UserCaller, owner: EntityRef): boolean =>
  caller.ownership.includes(owner);

/** Whether the caller decides about a product with these approvers (owner and named ones). */
export const decidesFor = (
  caller: UserCaller,
  approvers: readonly EntityRef[],
): boolean =>
  caller.platformOwner || approvers.some(ref => caller.ownership.includes(ref));
