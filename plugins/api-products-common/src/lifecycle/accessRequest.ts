import type { AccessRequestStatus } from '../model';
import type { Lifecycle } from './stateMachine';

/** What can happen to an access request. `edit` keeps it pending, as a new revision. @public */
export type AccessRequestEvent =
  | 'edit'
  | 'approve'
  | 'reject'
  | 'cancel'
  | 'expire';

/** `pending → approved · rejected · cancelled · expired`: decided once, for good. @public */
export const accessRequestLifecycle: Lifecycle<
  AccessRequestStatus,
  AccessRequestEvent
> = {
  noun: 'access request',
  initial: 'pending',
  transitions: {
    pending: {
      edit: 'pending',
      approve: 'approved',
      reject: 'rejected',
      cancel: 'cancelled',
      expire: 'expired',
    },
    approved: {},
    rejected: {},
    cancelled: {},
    expired: {},
  },
};
