import type { CredentialStatus, SubscriptionStatus } from '../model';
import { canBecome, type Lifecycle } from './stateMachine';

/**
 * What can happen to a subscription. Most of it follows from its credentials: see {@link statusFromCredentials}.
 * @public
 */
export type SubscriptionEvent =
  | 'activate'
  | 'suspend'
  | 'resume'
  | 'fail'
  | 'retry'
  | 'revoke'
  | 'confirm'
  | 'expire'
  | 'renew';

/**
 * `provisioning → active ⇄ suspended → expired · revoked`, `failed` (retryable); `revoking` until the gateway is known
 * to refuse every key. There is no way back from `revoking`; what has `expired` can be renewed for a while.
 * @public
 */
export const subscriptionLifecycle: Lifecycle<
  SubscriptionStatus,
  SubscriptionEvent
> = {
  noun: 'subscription',
  initial: 'provisioning',
  transitions: {
    provisioning: {
      activate: 'active',
      fail: 'failed',
      revoke: 'revoking',
      expire: 'expired',
    },
    active: {
      suspend: 'suspended',
      fail: 'failed',
      revoke: 'revoking',
      expire: 'expired',
    },
    suspended: { resume: 'active', revoke: 'revoking', expire: 'expired' },
    failed: {
      retry: 'provisioning',
      activate: 'active',
      revoke: 'revoking',
      expire: 'expired',
    },
    revoking: { confirm: 'revoked' },
    revoked: {},
    expired: { renew: 'provisioning' },
  },
};

/** Whether a subscription can still give access, now or later. @public */
export function isOpen(status: SubscriptionStatus): boolean {
  return status !== 'revoked' && status !== 'expired';
}

/** What the credentials together amount to, before asking whether the subscription may become that. */
function amountTo(
  credentials: readonly CredentialStatus[],
): SubscriptionStatus | undefined {
  const has = (...wanted: CredentialStatus[]) =>
    credentials.some(status => wanted.includes(status));
  if (has('active', 'superseded')) return 'active';
  if (has('provisioning')) return 'provisioning';
  if (has('revoking')) return 'revoking';
  if (has('failed')) return 'failed';
  if (has('expired')) return 'expired';
  return has('revoked') ? 'revoked' : undefined;
}

/**
 * The status of a subscription after one of its credentials has changed. It works as long as one key works, and it
 * ends with its last key.
 *
 * - `suspended` and `revoking` were asked for and stay: suspended until all keys are gone or known to be accepted again,
 *   revoking until all are refused.
 * - A status that the subscription cannot have next leaves it as it is.
 *
 * @param refused - whether the gateway is known to refuse all keys that are suspended, or to accept all that are not;
 * absent while that is not known
 * @public
 */
export function statusFromCredentials(
  current: SubscriptionStatus,
  credentials: readonly CredentialStatus[],
  refused?: boolean,
): SubscriptionStatus {
  // Resumed, whatever has become of its keys meanwhile.
  const from =
    current === 'suspended' && refused === false ? 'active' : current;
  const wanted = amountTo(credentials);
  const allGone = credentials.every(
    status => status === 'revoked' || status === 'expired',
  );
  if (from === 'revoking') {
    return allGone ? 'revoked' : from;
  }
  if (wanted === undefined) {
    return from;
  }
  if (wanted === 'active') {
    if (from === 'suspended') return from;
    if (from === 'active' && refused === true) return 'suspended';
  }
  if (wanted === 'revoked') {
    // The last key was found refused in one step; the way there still leads through `revoking`.
    return canBecome(subscriptionLifecycle, from, 'revoking')
      ? 'revoked'
      : from;
  }
  return canBecome(subscriptionLifecycle, from, wanted) ? wanted : from;
}
