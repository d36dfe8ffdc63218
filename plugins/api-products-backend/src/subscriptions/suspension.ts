/** A subscription whose keys are to be refused for a while, or accepted again. */
import type { SubscriptionRow } from '../lib/rows';

export const isToBeSuspended = ({
  suspend_requested_at: since,
}: Pick<SubscriptionRow, 'suspend_requested_at'>): boolean => since !== null;
