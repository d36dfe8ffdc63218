import type {
  Credential,
  Id,
  Page,
  RevealedSecret,
  Subscription,
  SubscriptionStatus,
} from 'backstage-plugin-api-products-common';
import type { Person } from '../identity/Caller';
import type { PageRequest } from '../lib/paging';

/**
 * What the credentials room offers to REST and, later, to actions. `DefaultCredentials` keeps the rules;
 * everybody calls what `authorized.ts` makes of it, which asks first who may.
 *
 * All throw NotFoundError for people it is none of the business of.
 */
export interface Credentials {
  /** All of a subscription, oldest first. */
  list(person: Person, subscriptionId: Id): Promise<Page<Credential>>;
  /**
   * One more key without a new approval, up to the plan's maximum. `replaces` names one that is lost: it is revoked in
   * the same step and does not count.
   *
   * @throws NotAllowedError saying who may, ConflictError if the subscription takes no more, InputError naming the field
   */
  issue(
    person: Person,
    subscriptionId: Id,
    options: { name?: string; replaces?: Id },
  ): Promise<Credential>;
  /**
   * The secret, once.
   *
   * @throws NotAllowedError saying who may, ConflictError before the key is active, GoneError once it has been shown
   */
  reveal(person: Person, id: Id): Promise<RevealedSecret>;
  /** Asks for the revocation; it is `revoked` when the gateway is known to refuse it. */
  revoke(
    person: Person,
    id: Id,
    options: { reason?: string },
  ): Promise<Credential>;
  /**
   * Another key in the place of this one. When the gateway is known to accept it, this one is superseded, and revoked when
   * the overlap is over; if it cannot be made, this one stays as it is.
   *
   * @param wanted.overlap - ISO 8601 duration; absent: as the plan says
   * @returns the new one
   * @throws NotAllowedError saying who may, ConflictError saying what to do, InputError naming the field
   */
  rotate(
    person: Person,
    id: Id,
    wanted: { overlap?: string; name?: string },
  ): Promise<Credential>;
  /** Ends the overlap of a superseded key now. @throws ConflictError unless it is superseded */
  cutOff(person: Person, id: Id): Promise<Credential>;
  /**
   * Makes the overlap of a superseded key longer, once.
   *
   * @throws ConflictError unless it is superseded and was not extended, InputError naming the field
   */
  extend(
    person: Person,
    id: Id,
    wanted: { until?: string; overlap?: string },
  ): Promise<Credential>;
  /**
   * Keeps a superseded key and revokes the one that has taken its place.
   *
   * @throws ConflictError unless it is superseded and still works
   */
  cancelRotation(person: Person, id: Id): Promise<Credential>;
}

export interface SubscriptionFilter extends PageRequest {
  /** Words in the name of the application. */
  q?: string;
  as?: 'consumer' | 'owner';
  status?: readonly SubscriptionStatus[];
  product?: string;
  plan?: string;
  application?: Id;
}

export interface Subscriptions {
  list(person: Person, filter: SubscriptionFilter): Promise<Page<Subscription>>;
  /** @throws NotFoundError for people it is none of the business of */
  get(person: Person, id: Id): Promise<Subscription>;
  /** Every key of it; `revoking` until the gateway is known to refuse them all. */
  revoke(
    person: Person,
    id: Id,
    options: { reason?: string },
  ): Promise<Subscription>;
  /**
   * Has the gateway refuse every key of it until it is resumed; it is `suspended` when the gateway is known to do so.
   *
   * @throws NotAllowedError unless the caller decides about a product of it, ConflictError unless it is active
   */
  suspend(
    person: Person,
    id: Id,
    options: { reason: string },
  ): Promise<Subscription>;
  /**
   * Lets it go on; it is `active` again when the gateway is known to accept its keys.
   *
   * @throws NotAllowedError unless the caller decides about a product of it, ConflictError unless it is suspended
   */
  resume(
    person: Person,
    id: Id,
    options: { reason?: string },
  ): Promise<Subscription>;
  /**
   * Stays on the plan that it has, although it was to move to another one.
   *
   * @throws NotAllowedError for others than the consumer's side, ConflictError where it moves nowhere, or already does
   */
  withdrawPlanChange(person: Person, id: Id): Promise<Subscription>;
  /**
   * A new key for one that has expired, without a new approval.
   *
   * @throws NotAllowedError saying who may, ConflictError if it has not expired, if that was too long ago, or if the
   * product is not offered like that any more
   */
  renew(person: Person, id: Id): Promise<Subscription>;
  /** @throws ConflictError unless it has failed */
  retry(person: Person, id: Id): Promise<Subscription>;
}
