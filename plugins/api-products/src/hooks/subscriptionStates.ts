import type {
  Subscription,
  SubscriptionStatus,
} from 'backstage-plugin-api-products-common';

/** Of a subscription that somebody has, or is to have. */
export const LIVE: SubscriptionStatus[] = [
  'provisioning',
  'active',
  'suspended',
  'revoking',
  'failed',
];

export const ENDED: SubscriptionStatus[] = ['revoked', 'expired'];

/** What of a suspension is wanted, and what the gateway is known to have of it; undefined where there is none. */
export function suspensionState({
  status,
  suspension,
}: Pick<Subscription, 'status' | 'suspension'>):
  | 'being-suspended'
  | 'suspended'
  | 'being-resumed'
  | undefined {
  if (status === 'suspended') {
    return suspension ? 'suspended' : 'being-resumed';
  }
  return status === 'active' && suspension ? 'being-suspended' : undefined;
}

/** Whether the gateway is being told of the other plan by now. */
export const isMoving = (
  { planChange }: Pick<Subscription, 'planChange'>,
  now: number,
): boolean => planChange?.at !== undefined && Date.parse(planChange.at) <= now;

/** Whether the server is at something that changes by itself soon. */
export function isUnderWay(subscription: Subscription): boolean {
  const { status, credentials } = subscription;
  const suspension = suspensionState(subscription);
  return (
    status === 'provisioning' ||
    status === 'revoking' ||
    suspension === 'being-suspended' ||
    suspension === 'being-resumed' ||
    isMoving(subscription, Date.now()) ||
    credentials.some(
      ({ status: of }) => of === 'provisioning' || of === 'revoking',
    )
  );
}

const QUICK_POLL_MS = 2_000;

/** After how long they are looked at again by themselves: soon, while the server is at one of them. */
export const pollWhileUnderWay = (
  subscriptions: Subscription[],
): number | undefined =>
  subscriptions.some(isUnderWay) ? QUICK_POLL_MS : undefined;
