/**
 * What the access room offers to REST and, later, to actions. The default services keep the rules; everybody calls what
 * `authorized.ts` makes of them, which asks first who may.
 */
import type {
  AccessRequest,
  AccessRequestStatus,
  Application,
  DecisionItem,
  DecisionResult,
  EntityRef,
  Id,
  Page,
} from 'backstage-plugin-api-products-common';
import type { PageRequest } from '../lib/paging';
import type { RequestDates } from './requestDates';
import type { Person, UserCaller } from '../identity/Caller';

/** Refs may be short here, as they come from a request. */
export interface NewApplication {
  name: string;
  description?: string;
  /** The caller, or a group of theirs; the caller if absent. */
  owner?: string;
  component?: string;
}

/** An empty text clears `description` and `component`. */
export interface ApplicationChange {
  revision: number;
  name?: string;
  description?: string;
  owner?: string;
  component?: string;
}

export interface ApplicationFilter extends PageRequest {
  /** Words; every one must occur in the name. */
  q?: string;
  owner?: string;
}

export interface Applications {
  /** Those of the caller and their groups. */
  list(person: Person, filter: ApplicationFilter): Promise<Page<Application>>;
  /** @throws NotFoundError for others than members of the owner and platform owners */
  get(person: Person, id: Id): Promise<Application>;
  /** @throws NotAllowedError naming `owner`, ConflictError naming `name` */
  create(person: Person, input: NewApplication): Promise<Application>;
  /** @throws ConflictError with the new revision, or naming `name` */
  update(
    person: Person,
    id: Id,
    change: ApplicationChange,
  ): Promise<Application>;
  /** @throws ConflictError with what is still in use */
  delete(person: Person, id: Id): Promise<void>;
}

export interface AcceptedTerms {
  name: string;
  version: string;
}

export interface NewAccessRequest {
  product: string;
  plan: string;
  /** An id, or the application to make or to find by owner and name. */
  application: Id | NewApplication;
  /** One of the application to the product that is to move to the plan, instead of a new one. */
  subscription?: Id;
  /** When it is to move; absent: at once where the plan gives more, when the quota period is over otherwise. */
  when?: 'now' | 'period-end';
  reason?: string;
  acceptedTerms?: AcceptedTerms[];
}

export interface AccessRequestChange {
  revision: number;
  plan?: string;
  reason?: string;
  acceptedTerms?: AcceptedTerms[];
}

export interface AccessRequestFilter extends PageRequest {
  as?: 'requester' | 'approver';
  /** What is pending, and what was rejected and is neither asked for again nor had by now. */
  current?: true;
  status?: readonly AccessRequestStatus[];
  product?: string;
  plan?: string;
  application?: Id;
  requester?: string;
}

export interface AccessRequests {
  list(
    person: Person,
    filter: AccessRequestFilter,
  ): Promise<Page<AccessRequest>>;
  /** @throws NotFoundError for people it is none of the business of */
  get(person: Person, id: Id): Promise<AccessRequest>;
  /**
   * @throws NotFoundError, InputError or ConflictError naming the field, ConflictError with what is in the way,
   * QuotaExceededError when the plan's allowance is used up
   */
  create(
    person: Person,
    input: NewAccessRequest,
    options?: { idempotencyKey?: string },
  ): Promise<AccessRequest>;
  /**
   * Asks for another plan for a subscription; the same as `create` with what is known of it.
   *
   * @throws as `create`
   */
  changePlan(
    person: Person,
    subscription: Id,
    change: Pick<
      NewAccessRequest,
      'plan' | 'when' | 'reason' | 'acceptedTerms'
    >,
    options?: { idempotencyKey?: string },
  ): Promise<AccessRequest>;
  /** @throws NotAllowedError for others than the requester, ConflictError with the new revision */
  update(
    person: Person,
    id: Id,
    change: AccessRequestChange,
  ): Promise<AccessRequest>;
  cancel(
    person: Person,
    id: Id,
    options: { revision?: number },
  ): Promise<AccessRequest>;
  /**
   * @throws NotFoundError for people it is none of the business of, NotAllowedError saying who may,
   * ConflictError with the decision or the new revision
   */
  approve(
    person: Person,
    id: Id,
    options: { revision?: number; comment?: string },
  ): Promise<AccessRequest>;
  /** @throws as `approve` */
  reject(
    person: Person,
    id: Id,
    options: { revision?: number; comment: string },
  ): Promise<AccessRequest>;
  /**
   * Each by the rules of `approve` and `reject`; one that is refused changes nothing of the others.
   *
   * @returns in the order of the items, what became of each
   * @throws InputError naming an `id` that is there twice, or the `comment` that a rejection lacks
   */
  decide(
    person: Person,
    items: readonly DecisionItem[],
  ): Promise<DecisionResult[]>;
}

/**
 * Somebody who is not asking, as the catalog has that person now.
 *
 * @throws ServiceUnavailableError while the catalog does not answer
 */
export type PersonOf = (ref: EntityRef) => Promise<UserCaller>;

export interface AccessPolicy {
  /** Whether a requester who may decide can decide their own request. */
  allowSelfApproval: boolean;
  /** When people are reminded of a request that nobody decides, and when it expires. */
  dates: RequestDates;
}
