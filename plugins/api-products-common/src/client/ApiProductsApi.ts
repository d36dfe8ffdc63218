import type { JsonObject } from '@backstage/types';
import type {
  AccessRequest,
  ApiDecision,
  Application,
  Catalogue,
  CatalogRecordList,
  Credential,
  DecisionItem,
  DecisionResult,
  DriftAction,
  DriftItem,
  EntityRef,
  GoneRecord,
  HeldBackEntity,
  HistoryEntry,
  HistoryVerification,
  Id,
  Me,
  OwnerlessItem,
  Page,
  Plan,
  Product,
  ProductCard,
  ProductFacets,
  Provider,
  ProviderApi,
  RevealedSecret,
  Subscription,
  SyncRun,
} from '../model';
import type {
  AccessRequestQuery,
  ApiProductsCallOptions,
  ApplicationPatch,
  ApplicationQuery,
  ApprovalInput,
  CataloguePatch,
  CatalogueQuery,
  CredentialExtension,
  CredentialRotation,
  DeletionImpact,
  DriftQuery,
  HistoryExportQuery,
  HistoryQuery,
  HistoryVerificationQuery,
  NewAccessRequest,
  PlanChange,
  NewApplication,
  NewCatalogue,
  NewCredential,
  NewPlan,
  NewProduct,
  PageQuery,
  PlanPatch,
  PlanQuery,
  ProductPatch,
  ProductQuery,
  RejectionInput,
  SubscriptionQuery,
} from './types';

/** Names a record. @public */
export interface RecordName {
  namespace: string;
  name: string;
}

/**
 * The REST API of the backend plugin, as the caller sees it: every answer is already filtered by what they may know, and
 * carries in `actions` what they may do. Every method throws `ResponseError` with the backend's own message and status.
 *
 * @public
 */
export interface ApiProductsApi {
  listProducts(
    query?: ProductQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Product>>;
  /** The same products in the same order, each with what a card shows. */
  listProductCards(
    query?: ProductQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<ProductCard>>;
  /** What products can be narrowed by: the first values of each filter, or those that have the text in them. */
  listProductFacets(
    query?: { q?: string },
    options?: ApiProductsCallOptions,
  ): Promise<ProductFacets>;
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
  /** Throws 409 when it was changed since. A platform owner may give one whose owner is gone another one. */
  updateApplication(
    id: Id,
    patch: ApplicationPatch,
    options?: ApiProductsCallOptions,
  ): Promise<Application>;
  /** Throws 409, saying what, as long as it is in use. */
  deleteApplication(id: Id, options?: ApiProductsCallOptions): Promise<void>;

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
  /** Throws 403 for the requester themselves and everybody who is no approver, 409 when it was decided or edited since. */
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
  /**
   * Up to 100 decisions, each about another request. One that is refused changes nothing of the others: its result says
   * why, as {@link ApiProductsApi.approveAccessRequest} would throw it.
   */
  decideAccessRequests(
    items: DecisionItem[],
    options?: ApiProductsCallOptions,
  ): Promise<DecisionResult[]>;

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
  /**
   * Has the gateway refuse every key of it until it is resumed. It is `suspended` when the gateway is known to do so.
   *
   * @param suspension - the consumer reads its reason
   */
  suspendSubscription(
    id: Id,
    suspension: { reason: string },
    options?: ApiProductsCallOptions,
  ): Promise<Subscription>;
  /** Lets it go on. It is `active` when the gateway is known to accept its keys. */
  resumeSubscription(
    id: Id,
    resumption?: { reason?: string },
    options?: ApiProductsCallOptions,
  ): Promise<Subscription>;
  /**
   * Asks for another plan for a subscription: the same keys, and what they have used of their quota stays used.
   *
   * @param options - asking again with the same idempotency key makes no second request
   */
  changePlan(
    subscription: Id,
    change: PlanChange,
    options?: ApiProductsCallOptions & { idempotencyKey?: string },
  ): Promise<AccessRequest>;
  /** Keeps the plan that it has, as long as it has not moved to the other one. */
  withdrawPlanChange(
    subscription: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Subscription>;
  /** A new key for what has expired, without a new approval, for as long as the plan allows that. */
  renewSubscription(
    id: Id,
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
  /**
   * Another key in the place of this one, which works beside it for the overlap, from when the gateway is known to accept
   * the new one.
   *
   * @returns the new one
   */
  rotateCredential(
    id: Id,
    rotation?: CredentialRotation,
    options?: ApiProductsCallOptions,
  ): Promise<Credential>;
  /** Ends the overlap of a superseded key now. */
  cutOffCredential(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Credential>;
  /** Makes the overlap of a superseded key longer, once. */
  extendCredential(
    id: Id,
    extension: CredentialExtension,
    options?: ApiProductsCallOptions,
  ): Promise<Credential>;
  /** Keeps a superseded key, and revokes the one that has taken its place. */
  cancelRotation(id: Id, options?: ApiProductsCallOptions): Promise<Credential>;

  getMe(options?: ApiProductsCallOptions): Promise<Me>;
  /** For platform owners. */
  listProviders(options?: ApiProductsCallOptions): Promise<Page<Provider>>;
  getProvider(id: Id, options?: ApiProductsCallOptions): Promise<Provider>;
  /** As the provider has them now. */
  listProviderApis(
    provider: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Page<ProviderApi>>;
  /** For platform owners: whose an API is, or that a product may open it. */
  decideProviderApi(
    provider: Id,
    decision: ApiDecision,
    options?: ApiProductsCallOptions,
  ): Promise<{ api: string }>;
  /**
   * Begins a synchronisation, or answers with the one that is under way.
   *
   * @param confirmDrop - what is gone at the provider really is gone and may be hidden, however much it is
   */
  syncProvider(
    provider: Id,
    input?: { confirmDrop?: boolean },
    options?: ApiProductsCallOptions,
  ): Promise<{ run: SyncRun }>;
  /** The latest first. */
  listSyncRuns(
    provider: Id,
    query?: PageQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<SyncRun>>;
  /** The latest first. */
  listDrift(
    provider: Id,
    query?: DriftQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<DriftItem>>;
  /** Looks for differences now; the signal tells when it is done. */
  checkDrift(provider: Id, options?: ApiProductsCallOptions): Promise<void>;
  /** Throws 409 when the difference is no longer open. */
  repairDrift(
    provider: Id,
    item: Id,
    repair: { action: DriftAction },
    options?: ApiProductsCallOptions,
  ): Promise<DriftItem>;
  /**
   * For the catalog: what it should have beside what comes from Git.
   *
   * The records are left out where their fingerprint is still `known`.
   */
  listCatalogRecords(
    query?: { known?: string },
    options?: ApiProductsCallOptions,
  ): Promise<CatalogRecordList>;
  /** Entities that the catalog keeps until a platform owner says that they are to go. */
  listCatalogRemovals(
    options?: ApiProductsCallOptions,
  ): Promise<{ items: HeldBackEntity[] }>;
  /**
   * For the catalog: tells which entities have no record any more, at most 1000 at once.
   *
   * Answers with those that are to go: deleted or hidden on purpose, or confirmed by a platform owner.
   */
  reportCatalogRemovals(
    refs: EntityRef[],
    options?: ApiProductsCallOptions,
  ): Promise<{ refs: EntityRef[] }>;
  /** Answers with those that waited for it; at most 1000 at once. */
  confirmCatalogRemovals(
    refs: EntityRef[],
    options?: ApiProductsCallOptions,
  ): Promise<{ refs: EntityRef[] }>;
  /** Records of Git whose entity is gone, the latest first. */
  listGoneRecords(
    query?: PageQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<GoneRecord>>;
  /** Says that the second is what the first was; throws 409 when somebody has made something of it already. */
  confirmRename(
    rename: { from: EntityRef; to: EntityRef },
    options?: ApiProductsCallOptions,
  ): Promise<void>;
  /** What belongs to groups and people that are gone; throws 503 while the catalog does not answer. */
  listOwnerless(
    query?: PageQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<OwnerlessItem>>;

  /** Throws 409 for a name that is taken, 400 naming the field that is wrong. */
  createProduct(
    product: NewProduct,
    options?: ApiProductsCallOptions,
  ): Promise<Product>;
  /** Throws 409 when it was changed since, or is managed in Git. */
  updateProduct(
    product: RecordName,
    patch: ProductPatch,
    options?: ApiProductsCallOptions,
  ): Promise<Product>;
  getProductDeletionImpact(
    product: RecordName,
    options?: ApiProductsCallOptions,
  ): Promise<DeletionImpact>;
  /** Throws 409, saying who, as long as anybody is subscribed to it. `confirm` is its name, as a person typed it. */
  deleteProduct(
    product: RecordName,
    confirm: string,
    options?: ApiProductsCallOptions,
  ): Promise<void>;
  /** The public definition of an API of the product, from its provider. Throws 404 where there is none. */
  getProductDefinition(
    product: RecordName,
    providerApiId: string,
    options?: ApiProductsCallOptions,
  ): Promise<JsonObject>;
  getPlan(plan: RecordName, options?: ApiProductsCallOptions): Promise<Plan>;
  createPlan(plan: NewPlan, options?: ApiProductsCallOptions): Promise<Plan>;
  updatePlan(
    plan: RecordName,
    patch: PlanPatch,
    options?: ApiProductsCallOptions,
  ): Promise<Plan>;
  getPlanDeletionImpact(
    plan: RecordName,
    options?: ApiProductsCallOptions,
  ): Promise<DeletionImpact>;
  /** Throws 409, saying who, as long as anybody is subscribed on it. */
  deletePlan(
    plan: RecordName,
    confirm: string,
    options?: ApiProductsCallOptions,
  ): Promise<void>;
  getCatalogue(
    catalogue: RecordName,
    options?: ApiProductsCallOptions,
  ): Promise<Catalogue>;
  createCatalogue(
    catalogue: NewCatalogue,
    options?: ApiProductsCallOptions,
  ): Promise<Catalogue>;
  updateCatalogue(
    catalogue: RecordName,
    patch: CataloguePatch,
    options?: ApiProductsCallOptions,
  ): Promise<Catalogue>;
  deleteCatalogue(
    catalogue: RecordName,
    confirm: string,
    options?: ApiProductsCallOptions,
  ): Promise<void>;

  listHistory(
    query?: HistoryQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Page<HistoryEntry>>;

  /** The whole list as a file; the latest line first. */
  getHistoryExport(
    query?: HistoryExportQuery,
    options?: ApiProductsCallOptions,
  ): Promise<Blob>;

  /** For platform owners. Reads all of the history. */
  getHistoryVerification(
    query?: HistoryVerificationQuery,
    options?: ApiProductsCallOptions,
  ): Promise<HistoryVerification>;
}
