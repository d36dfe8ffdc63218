/**
 * Who may what in the access room. Pure: everything it needs to know is handed in, and it holds whatever the
 * permission framework says.
 */
import type {
  AccessRequestAction,
  AccessRequestStatus,
  EntityRef,
  SubscriptionAction,
  SubscriptionStatus,
} from 'backstage-plugin-api-products-common';
import { isOpen } from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../identity/Caller';

/** Whether something of this owner is the caller's own. @internal */
export const isMember = (caller: UserCaller, owner: EntityRef): boolean =>
  caller.ownership.includes(owner);

/** Whether the caller decides about a product with these approvers (owner and named ones). @internal */
export const decidesFor = (
  caller: UserCaller,
  approvers: readonly EntityRef[],
): boolean =>
  caller.platformOwner || approvers.some(ref => caller.ownership.includes(ref));

/** What matters of an access request when asking who may what. @internal */
export interface RequestFacts {
  status: AccessRequestStatus;
  requester: EntityRef;
  applicationOwner: EntityRef;
  approvers: readonly EntityRef[];
}

/** @internal */
export const seesRequest = (caller: UserCaller, facts: RequestFacts): boolean =>
  facts.requester === caller.ref ||
  isMember(caller, facts.applicationOwner) ||
  decidesFor(caller, facts.approvers);

/**
 * Why the caller cannot decide, in words that say who can; undefined where he can.
 * @internal
 */
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

/** @internal */
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
  if (own) {
    actions.push('edit');
  }
  if (own || isMember(caller, facts.applicationOwner)) {
    actions.push('cancel');
  }
  if (cannotDecide(caller, facts, options) === undefined) {
    actions.push('approve', 'reject');
  }
  return actions;
}

/** What matters of a subscription when asking who may what. @internal */
export interface SubscriptionFacts {
  status: SubscriptionStatus;
  requester: EntityRef;
  applicationOwner: EntityRef;
  /** Of all its products. */
  approvers: readonly EntityRef[];
}

/** Whether the caller is on the consumer's side: may reveal and issue keys. @internal */
export const usesSubscription = (
  caller: UserCaller,
  facts: Pick<SubscriptionFacts, 'requester' | 'applicationOwner'>,
): boolean =>
  facts.requester === caller.ref || isMember(caller, facts.applicationOwner);

/** Whether the caller sees the subscription, and may then also revoke it. @internal */
export const seesSubscription = (
  caller: UserCaller,
  facts: Pick<
    SubscriptionFacts,
    'requester' | 'applicationOwner' | 'approvers'
  >,
): boolean =>
  usesSubscription(caller, facts) || decidesFor(caller, facts.approvers);

/** @internal */
export function subscriptionActions(
  caller: UserCaller,
  facts: SubscriptionFacts,
): SubscriptionAction[] {
  const actions: SubscriptionAction[] = [];
  if (!seesSubscription(caller, facts)) {
    return actions;
  }
  if (isOpen(facts.status) && facts.status !== 'revoking') {
    actions.push('revoke');
  }
  if (facts.status === 'failed') {
    actions.push('retry');
  }
  // Also where the plan allows no more keys: one more can still replace a lost one.
  if (facts.status === 'active' && usesSubscription(caller, facts)) {
    actions.push('issue-credential');
  }
  return actions;
}
