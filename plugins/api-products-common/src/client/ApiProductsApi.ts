import type {
  AccessRequest,
  Application,
  Catalogue,
  Credential,
  HistoryEntry,
  Id,
  Me,
  Page,
  Plan,
  Product,
  Provider,
  RevealedSecret,
  Subscription,
} from '../model';
import type {
  AccessRequestQuery,
  ApiProductsCallOptions,
  ApplicationQuery,
  ApprovalInput,
  CatalogueQuery,
  HistoryQuery,
  NewAccessRequest,
  NewApplication,
  NewCredential,
  PlanQuery,
  ProductQuery,
  RejectionInput,
  SubscriptionQuery,
} from './types';

/**
 * The REST API of the backend plugin, as the caller sees it: every answer is already filtered by what he may know, and
 * carries in `actions` what he may do. Every method throws `ResponseError` with the backend's own message and status.
 *
 * @public
 */
export interface ApiProductsApi {
  listProducts(
    query?: ProductQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Product>>;
  /** Throws 404 for a product that is unknown or not visible to the caller. */
  getProduct(
    product: { namespace: string; name: string },
    options?: ApiProductsCallOptions,
  ): Promise<Product>;
  listPlans(
    query?: PlanQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Plan>>;
  listCatalogues(
    query?: CatalogueQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Catalogue>>;

  listApplications(
    query?: ApplicationQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Application>>;
  createApplication(
    application: NewApplication,
    options?: ApiProductsCallOptions,
  ): Promise<Application>;

  /**
   * Asks for access. Sending it again with the same `idempotencyKey` answers with the first request.
   *
   * Throws 409 for a second pending request or a missing term, 429 when the plan's allowance is used up.
   */
  createAccessRequest(
    request: NewAccessRequest,
    options?: ApiProductsCallOptions & { idempotencyKey?: string },
  ): Promise<AccessRequest>;
  listAccessRequests(
    query?: AccessRequestQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<AccessRequest>>;
  getAccessRequest(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest>;
  /** Throws 403 for the requester himself and everybody who is no approver, 409 when it was decided or edited since. */
  approveAccessRequest(
    id: Id,
    approval?: ApprovalInput,
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest>;
  /** Throws as {@link ApiProductsApi.approveAccessRequest} does. */
  rejectAccessRequest(
    id: Id,
    rejection: RejectionInput,
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest>;
  cancelAccessRequest(
    id: Id,
    cancellation?: { revision?: number },
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest>;

  listSubscriptions(
    query?: SubscriptionQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Subscription>>;
  getSubscription(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Subscription>;
  /** Begins to revoke every credential; the status is `revoked` only when the gateway is known to refuse them. */
  revokeSubscription(
    id: Id,
    revocation?: { reason?: string },
    options?: ApiProductsCallOptions,
  ): Promise<Subscription>;
  /** Tries a failed provisioning again. */
  retrySubscription(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Subscription>;

  listCredentials(
    subscription: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Credential>>;
  issueCredential(
    subscription: Id,
    credential?: NewCredential,
    options?: ApiProductsCallOptions,
  ): Promise<Credential>;
  /** The only call that answers with a secret, and only once: 410 afterwards. */
  revealCredential(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<RevealedSecret>;
  revokeCredential(
    id: Id,
    revocation?: { reason?: string },
    options?: ApiProductsCallOptions,
  ): Promise<Credential>;

  getMe(options?: ApiProductsCallOptions): Promise<Me>;
  /** For platform owners. */
  listProviders(options?: ApiProductsCallOptions): Promise<Page<Provider>>;
  listHistory(
    query?: HistoryQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<HistoryEntry>>;
}
