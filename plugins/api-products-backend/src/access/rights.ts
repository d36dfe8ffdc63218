/**
 * Who may what in the access room. Pure: everything it needs to know is handed in, and it holds whatever the
 * permission framework says.
 */
import type {
  AccessRequestAction,
  AccessRequestStatus,
  EntityRef,
} from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../identity/Caller';
import { decidesFor, isMember } from '../identity/standing';

/** What matters of an access request when asking who may what. */
export interface RequestFacts {
  status: AccessRequestStatus;
  requester: EntityRef;
  applicationOwner: EntityRef;
  approvers: readonly EntityRef[];
}

export const seesRequest = (caller: UserCaller, facts: RequestFacts): boolean =>
  facts.requester === caller.ref ||
  isMember(caller, facts.applicationOwner) ||
  decidesFor(caller, facts.approvers);

/** Why the caller cannot decide, in words that say who can; undefined where they can. */
export function cannotDecide(
  caller: UserCaller,
  facts: RequestFacts,
  options: { allowSelfApproval: boolean },
): string | undefined {
  const who = `${[...facts.approvers].join(', ')} or a platform owner`;
  if (!decidesFor(caller, facts.approvers)) {
    return `Only ${who} can decide this request`;
  }
  if (facts.requester === caller.ref && !options.allowSelfApproval) {
    return `You cannot decide your own request; somebody else of ${who} can`;
  }
  return undefined;
}

export function requestActions(
  caller: UserCaller,
  facts: RequestFacts,
  options: { allowSelfApproval: boolean },
): AccessRequestAction[] {
  if (facts.status !== 'pending') {
    return [];
  }
  const actions: AccessRequestAction[] = [];
  const own = facts.requester === caller.ref;
  // Who has left the application's owner asks nothing more in its name.
  if (isMember(caller, facts.applicationOwner)) {
    actions.push(
      ...(own ? (['edit', 'cancel'] as const) : (['cancel'] as const)),
    );
  }
  if (cannotDecide(caller, facts, options) === undefined) {
    actions.push('approve', 'reject');
  }
  return actions;
}
