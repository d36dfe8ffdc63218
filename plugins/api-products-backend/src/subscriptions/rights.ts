/** Who may what with a subscription and its credentials. It holds whatever the permission framework says. */
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  isOpen,
  type EntityRef,
  type Id,
  type SubscriptionAction,
  type SubscriptionStatus,
} from 'backstage-plugin-api-products-common';
import { refused } from '../lib/errors';
import type { Queryable } from '../lib/Database';
import type { CredentialRow, SubscriptionRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import type { CredentialRights } from './views';
import { decidesFor, isMember } from '../identity/standing';
import { isToBeSuspended } from './suspension';

/** What matters of a subscription when asking who may what. */
interface SubscriptionFacts {
  status: SubscriptionStatus;
  /** Wanted, whether the gateway is known to do so or not. */
  suspended: boolean;
  /** To another plan, now or later. */
  isMoving: boolean;
  /** It has expired, and its plan lets it go on without a new request. */
  renewable: boolean;
  applicationOwner: EntityRef;
  /** Of all its products. */
  approvers: readonly EntityRef[];
}

const PAUSABLE: SubscriptionStatus[] = ['active', 'suspended'];

/** Whether keys of it work, and are meant to, so that there may be others. */
export const takesKeys = ({
  status,
  suspended,
}: Pick<SubscriptionFacts, 'status' | 'suspended'>): boolean =>
  status === 'active' && !suspended;

/**
 * Whether the caller is on the consumer's side: may reveal and issue keys. The requester is as long as the application
 * is the requester's own or a group's of theirs.
 */
export const usesSubscription = (
  caller: UserCaller,
  facts: Pick<SubscriptionFacts, 'applicationOwner'>,
): boolean => isMember(caller, facts.applicationOwner);

/** Whether the caller sees the subscription, and may then also revoke it. */
export const seesSubscription = (
  caller: UserCaller,
  facts: Pick<SubscriptionFacts, 'applicationOwner' | 'approvers'>,
): boolean =>
  usesSubscription(caller, facts) || decidesFor(caller, facts.approvers);

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
  if (decidesFor(caller, facts.approvers)) {
    if (facts.suspended && PAUSABLE.includes(facts.status)) {
      actions.push('resume');
    } else if (facts.status === 'active') {
      actions.push('suspend');
    }
  }
  // Also where the plan allows no more keys: one more can still replace a lost one.
  const uses = usesSubscription(caller, facts);
  if (takesKeys(facts) && uses) {
    actions.push('issue-credential');
    actions.push(facts.isMoving ? 'withdraw-plan-change' : 'change-plan');
  }
  if (facts.renewable && uses) {
    actions.push('renew');
  }
  return actions;
}

/** A subscription with those it concerns. */
export interface Standing {
  subscription: SubscriptionRow;
  applicationOwner: EntityRef;
  rights: CredentialRights;
}

/** @throws NotFoundError for people it is none of the business of */
export async function standingOf(
  tx: Queryable,
  caller: UserCaller,
  subscriptionId: Id,
): Promise<Standing> {
  const row: (SubscriptionRow & { owner_ref: EntityRef }) | undefined =
    await tx('subscriptions')
      .join('applications', 'applications.id', 'subscriptions.application_id')
      .where('subscriptions.id', subscriptionId)
      .first('subscriptions.*', 'applications.owner_ref');
  const approvers: { ref: EntityRef }[] = row
    ? await tx('subscription_products')
        .join('products', 'products.id', 'subscription_products.product_id')
        .where('subscription_products.subscription_id', subscriptionId)
        .select({ ref: 'products.owner_ref' })
        .unionAll(
          tx('subscription_products')
            .join(
              'product_approvers',
              'product_approvers.product_id',
              'subscription_products.product_id',
            )
            .where('subscription_products.subscription_id', subscriptionId)
            .select({ ref: 'product_approvers.approver_ref' }),
        )
    : [];
  const facts = row && {
    applicationOwner: row.owner_ref,
    approvers: approvers.map(({ ref }) => ref),
  };
  if (!row || !facts || !seesSubscription(caller, facts)) {
    throw new NotFoundError(`There is no subscription ${subscriptionId}`);
  }
  const use = usesSubscription(caller, facts);
  return {
    subscription: row,
    applicationOwner: row.owner_ref,
    rights: {
      use,
      revoke: true,
      takesKeys: takesKeys({
        status: row.status,
        suspended: isToBeSuspended(row),
      }),
    },
  };
}

/** @throws NotFoundError for people it is none of the business of */
export async function credentialFor(
  tx: Queryable,
  caller: UserCaller,
  id: Id,
): Promise<{ credential: CredentialRow; standing: Standing }> {
  const credential: CredentialRow | undefined = await tx('credentials')
    .where({ id })
    .first();
  try {
    if (credential) {
      return {
        credential,
        standing: await standingOf(tx, caller, credential.subscription_id),
      };
    }
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      throw error;
    }
  }
  throw new NotFoundError(`There is no credential ${id}`);
}

/**
 * @param what - what only they may do, e.g. `reveal its keys`
 * @throws NotAllowedError saying who may
 */
export function requireUse(standing: Standing, what: string): void {
  if (!standing.rights.use) {
    const owner = standing.applicationOwner;
    const who = owner.startsWith('user:') ? owner : `members of ${owner}`;
    throw refused(new NotAllowedError(`Only ${who} can ${what}`), 'not-owner', {
      owner,
    });
  }
}
