/** What the REST API takes and answers, as a client sees it. */
import type {
  AccessRequest,
  AccessRequestStatus,
  Application,
  Authentication,
  Catalogue,
  Credential,
  EntityRef,
  HistoryEntry,
  Id,
  IsoDateTime,
  Me,
  Page,
  Pricing,
  Product,
  ProductLifecycle,
  Provider,
  RevealedSecret,
  Subscription,
  SubscriptionStatus,
} from '../model';

/** Which part of a list. @public */
export interface PageQuery {
  /** 1 to 100; 20 if absent. */
  limit?: number;
  /** `nextCursor` or `prevCursor` of another page of the same list. */
  cursor?: string;
}

/** Featured first, then by priority and title; by title; latest change first. @public */
export type ProductOrder = 'relevance' | 'title' | 'updatedAt';

/** Which products; absent or empty means all that the caller sees. @public */
export interface ProductQuery extends PageQuery {
  /** Words; every one must occur. */
  q?: string;
  catalogue?: EntityRef[];
  owner?: EntityRef[];
  /** Every one must be there. */
  tag?: string[];
  lifecycle?: (ProductLifecycle | 'coming-soon')[];
  billing?: Pricing['mode'][];
  auth?: Authentication[];
  orderBy?: ProductOrder;
}

/** @public */
export interface ApplicationQuery extends PageQuery {
  q?: string;
  owner?: EntityRef;
}

/** @public */
export interface AccessRequestQuery extends PageQuery {
  /** `requester` (default): the caller's and his groups'; `approver`: those he may decide about. */
  as?: 'requester' | 'approver';
  status?: AccessRequestStatus[];
  product?: EntityRef;
  plan?: EntityRef;
  application?: Id;
}

/** @public */
export interface SubscriptionQuery extends PageQuery {
  /** `consumer` (default): of the caller's applications; `owner`: to products he decides about. */
  as?: 'consumer' | 'owner';
  status?: SubscriptionStatus[];
  product?: EntityRef;
  plan?: EntityRef;
  application?: Id;
}

/** @public */
export interface HistoryQuery extends PageQuery {
  /** `<noun>:<id>`, e.g. `credential:…`. */
  subject?: string;
  actor?: EntityRef;
  from?: IsoDateTime;
  to?: IsoDateTime;
}

/** An application that is made with the request, or found by owner and name. @public */
export interface NewApplication {
  name: string;
  description?: string;
  /** The caller if absent. */
  owner?: EntityRef;
  component?: EntityRef;
}

/** @public */
export interface NewAccessRequest {
  product: EntityRef;
  plan: EntityRef;
  application: Id | NewApplication;
  reason?: string;
  acceptedTerms?: { name: string; version: string }[];
}

/** @public */
export interface Decide {
  /** The revision that was looked at: a request edited since gives 409. */
  revision?: number;
  comment?: string;
}

/** @public */
export interface Reject extends Decide {
  comment: string;
}

/** @public */
export interface NewCredential {
  name?: string;
  /** A lost credential of the same subscription; it is revoked in the same step. */
  replaces?: Id;
}

/** @public */
export interface RequestOptions {
  /** Ends the call when nobody waits for it any more. */
  signal?: AbortSignal;
}

/**
 * The REST API of the backend plugin. Every method throws a `ResponseError` of `@backstage/errors` where the backend
 * refuses; its `cause` carries what the backend said.
 *
 * @public
 */
export interface ApiProductsApi {
  listProducts(
    query?: ProductQuery,
    options?: RequestOptions,
  ): Promise<Page<Product>>;
  getProduct(
    product: { namespace: string; name: string },
    options?: RequestOptions,
  ): Promise<Product>;
  listCatalogues(
    query?: PageQuery,
    options?: RequestOptions,
  ): Promise<Page<Catalogue>>;
  listApplications(
    query?: ApplicationQuery,
    options?: RequestOptions,
  ): Promise<Page<Application>>;

  listAccessRequests(
    query?: AccessRequestQuery,
    options?: RequestOptions,
  ): Promise<Page<AccessRequest>>;
  getAccessRequest(id: Id, options?: RequestOptions): Promise<AccessRequest>;
  /**
   * @param options - the same `idempotencyKey` again answers with the first request
   */
  createAccessRequest(
    request: NewAccessRequest,
    options?: RequestOptions & { idempotencyKey?: string },
  ): Promise<AccessRequest>;
  approveAccessRequest(id: Id, decision?: Decide): Promise<AccessRequest>;
  rejectAccessRequest(id: Id, decision: Reject): Promise<AccessRequest>;
  cancelAccessRequest(
    id: Id,
    input?: { revision?: number },
  ): Promise<AccessRequest>;

  listSubscriptions(
    query?: SubscriptionQuery,
    options?: RequestOptions,
  ): Promise<Page<Subscription>>;
  getSubscription(id: Id, options?: RequestOptions): Promise<Subscription>;
  revokeSubscription(
    id: Id,
    input?: { reason?: string },
  ): Promise<Subscription>;
  /** Tries a failed provisioning again. */
  retrySubscription(id: Id): Promise<Subscription>;

  listCredentials(
    subscription: Id,
    options?: RequestOptions,
  ): Promise<Page<Credential>>;
  issueCredential(subscription: Id, input?: NewCredential): Promise<Credential>;
  /** Once; 410 afterwards, saying who was shown it and when. */
  revealCredential(id: Id): Promise<RevealedSecret>;
  revokeCredential(id: Id, input?: { reason?: string }): Promise<Credential>;

  getMe(options?: RequestOptions): Promise<Me>;
  listProviders(options?: RequestOptions): Promise<Page<Provider>>;
  listHistory(
    query?: HistoryQuery,
    options?: RequestOptions,
  ): Promise<Page<HistoryEntry>>;
}
