import { ConflictError } from '@backstage/errors';

/** What stands in the way, so that a client can lead there. @internal */
export interface ConflictDetails {
  /** Id of the access request that is in the way or has changed. */
  accessRequest?: string;
  /** Id of the subscription that is in the way. */
  subscription?: string;
  /** Ids of the subscriptions that would break. */
  subscriptions?: string[];
  /** The present revision of what has been changed since. */
  revision?: number;
  /** How it was decided, and by whom. */
  decision?: string;
  decidedBy?: string;
}

/** 409 with `details` in the error body beside the message that says the same in words. @internal */
export class AccessConflictError extends ConflictError {
  readonly details: ConflictDetails;

  constructor(message: string, details: ConflictDetails) {
    super(message);
    this.details = details;
  }
}
