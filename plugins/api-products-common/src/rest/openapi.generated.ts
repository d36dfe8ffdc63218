/** Generated from openapi.yaml by `yarn openapi`: change that file instead. */
import type { JsonValue } from '@backstage/types';
import type { IsoDateTime } from '../model/values';

/** @public */
export interface paths {
  '/products': {
    /** Products the caller sees, with the plans they can combine them with */
    get: operations['ListProducts'];
    /**
     * Makes a product in the portal
     * For platform owners and members of the owner. An API is put into a product by who owns its entity in the catalog, or by a platform owner.
     */
    post: operations['CreateProduct'];
  };
  '/product-cards': {
    /** The same products in the same order, each with what a card in the marketplace shows and no more */
    get: operations['ListProductCards'];
  };
  '/product-facets': {
    /**
     * What products can be narrowed by
     * Catalogues, owners and tags of the products that the caller sees, the first twenty of each; with `q`, the first twenty that are called like that.
     */
    get: operations['ListProductFacets'];
  };
  '/products/{namespace}/{name}': {
    /** One product */
    get: operations['GetProduct'];
    /** Deletes a product that nobody is subscribed to */
    delete: operations['DeleteProduct'];
    /**
     * Changes a product that is not managed in Git
     * Every field that is sent replaces the whole field; null takes it away. `revision` is the one that was looked at; 409 if there is a newer one.
     */
    patch: operations['UpdateProduct'];
  };
  '/products/{namespace}/{name}/deletion': {
    /** Who would lose what if the product were deleted */
    get: operations['GetProductDeletion'];
  };
  '/products/{namespace}/{name}/definitions/{providerApiId}': {
    /** The public definition of an API of the product, as its provider exports it */
    get: operations['GetProductDefinition'];
  };
  '/plans': {
    /** Plans the caller sees */
    get: operations['ListPlans'];
    /**
     * Makes a plan in the portal
     * For platform owners and members of the owner.
     */
    post: operations['CreatePlan'];
  };
  '/plans/{namespace}/{name}': {
    /** One plan */
    get: operations['GetPlan'];
    /** Deletes a plan that nobody is subscribed on */
    delete: operations['DeletePlan'];
    /**
     * Changes a plan that is not managed in Git
     * Every field that is sent replaces the whole field; null takes it away. `revision` is the one that was looked at; 409 if there is a newer one.
     */
    patch: operations['UpdatePlan'];
  };
  '/plans/{namespace}/{name}/deletion': {
    /** Who would lose what if the plan were deleted */
    get: operations['GetPlanDeletion'];
  };
  '/catalogues': {
    /** Catalogues the caller sees */
    get: operations['ListCatalogues'];
    /**
     * Makes a catalogue in the portal
     * For platform owners and members of the owner.
     */
    post: operations['CreateCatalogue'];
  };
  '/catalogues/{namespace}/{name}': {
    /** One catalogue */
    get: operations['GetCatalogue'];
    /** Deletes a catalogue; keys go on working */
    delete: operations['DeleteCatalogue'];
    /**
     * Changes a catalogue that is not managed in Git
     * Every field that is sent replaces the whole field; null takes it away. `revision` is the one that was looked at; 409 if there is a newer one.
     */
    patch: operations['UpdateCatalogue'];
  };
  '/applications': {
    /** Applications of the caller and their groups */
    get: operations['ListApplications'];
    /** Makes an application */
    post: operations['CreateApplication'];
  };
  '/applications/{id}': {
    /** One application */
    get: operations['GetApplication'];
    /** Deletes an application without live subscriptions */
    delete: operations['DeleteApplication'];
    /** Changes an application */
    patch: operations['UpdateApplication'];
  };
  '/access-requests': {
    /**
     * Access requests of the caller, or those they decide about
     * The newest first; those that wait for the caller's decision (as=approver&status=pending) the oldest first.
     */
    get: operations['ListAccessRequests'];
    /** Asks for a product on a plan for an application */
    post: operations['CreateAccessRequest'];
  };
  '/access-requests/decide': {
    /**
     * Approves and rejects up to 100 pending access requests
     * Each by the rules of a single decision. One that is refused changes nothing of the others; its result says what a single decision would have been answered with.
     */
    post: operations['DecideAccessRequests'];
  };
  '/access-requests/{id}': {
    /** One access request */
    get: operations['GetAccessRequest'];
    /** Edits a pending access request */
    patch: operations['UpdateAccessRequest'];
  };
  '/access-requests/{id}/approve': {
    /** Approves a pending access request */
    post: operations['ApproveAccessRequest'];
  };
  '/access-requests/{id}/reject': {
    /** Rejects a pending access request */
    post: operations['RejectAccessRequest'];
  };
  '/access-requests/{id}/cancel': {
    /** Withdraws a pending access request */
    post: operations['CancelAccessRequest'];
  };
  '/subscriptions': {
    /** Subscriptions of the caller, or those to products they decide about */
    get: operations['ListSubscriptions'];
  };
  '/subscriptions/{id}': {
    /** One subscription */
    get: operations['GetSubscription'];
  };
  '/subscriptions/{id}/revoke': {
    /** Revokes every credential of a subscription */
    post: operations['RevokeSubscription'];
  };
  '/subscriptions/{id}/suspend': {
    /**
     * Has every credential of a subscription refused until it is resumed
     * For who decides about a product of it. It is `suspended` when the gateway is known to refuse its keys; what they have used of their quota stays used.
     */
    post: operations['SuspendSubscription'];
  };
  '/subscriptions/{id}/resume': {
    /**
     * Has the credentials of a suspended subscription accepted again
     * It is `active` when the gateway is known to accept its keys.
     */
    post: operations['ResumeSubscription'];
  };
  '/subscriptions/{id}/change-plan': {
    /**
     * Asks for another plan for a subscription
     * Its keys stay the same, and what they have used of their quota stays used. The plan it has works until the other one is decided and the gateway is known to have it.
     */
    post: operations['ChangePlan'];
  };
  '/subscriptions/{id}/withdraw-plan-change': {
    /** Keeps the plan that a subscription has, as long as it has not moved to the other one */
    post: operations['WithdrawPlanChange'];
  };
  '/subscriptions/{id}/renew': {
    /** Makes a new key for an expired subscription, without a new approval, as long as its plan allows that */
    post: operations['RenewSubscription'];
  };
  '/subscriptions/{id}/retry': {
    /** Tries a failed provisioning again */
    post: operations['RetrySubscription'];
  };
  '/subscriptions/{id}/credentials': {
    /** Credentials of a subscription */
    get: operations['ListCredentials'];
    /** Issues one more credential, or a new one for a lost secret */
    post: operations['IssueCredential'];
  };
  '/credentials/{id}/reveal': {
    /** Shows the secret, once */
    post: operations['RevealCredential'];
  };
  '/credentials/{id}/revoke': {
    /** Revokes a credential; it is revoked when the gateway is known to refuse it */
    post: operations['RevokeCredential'];
  };
  '/credentials/{id}/rotate': {
    /** Makes another key; this one goes on for an overlap after the gateway has taken the new one */
    post: operations['RotateCredential'];
  };
  '/credentials/{id}/cut-off': {
    /** Revokes a superseded credential now, before its overlap is over */
    post: operations['CutOffCredential'];
  };
  '/credentials/{id}/extend': {
    /** Lets a superseded credential go on for longer, once */
    post: operations['ExtendCredential'];
  };
  '/credentials/{id}/cancel-rotation': {
    /** Keeps a superseded credential, and revokes the one that has taken its place */
    post: operations['CancelRotation'];
  };
  '/providers': {
    /** Providers and their health, for platform owners */
    get: operations['ListProviders'];
  };
  '/providers/{id}': {
    /** One provider */
    get: operations['GetProvider'];
  };
  '/providers/{id}/apis': {
    /** APIs of a provider, asked for now */
    get: operations['ListProviderApis'];
  };
  '/providers/{id}/apis/decide': {
    /** Whose an API is, or that a product may open it or not any longer; for platform owners */
    post: operations['DecideProviderApi'];
  };
  '/providers/{id}/sync': {
    /** Begins a synchronisation with a provider, or answers with the one that is under way */
    post: operations['SyncProvider'];
  };
  '/providers/{id}/sync-runs': {
    /** The last synchronisations with a provider, the latest first */
    get: operations['ListSyncRuns'];
  };
  '/providers/{id}/drift': {
    /** Differences between the portal and a provider, the latest first, for platform owners */
    get: operations['ListDrift'];
  };
  '/providers/{id}/drift/check': {
    /** Looks for differences soon; a signal tells when that is done */
    post: operations['CheckDrift'];
  };
  '/providers/{id}/drift/{item}/repair': {
    /** Ends a difference, or leaves it as it is; 409 when it is no longer open */
    post: operations['RepairDrift'];
  };
  '/catalog-records': {
    /** What the catalog should have beside what comes from Git, for the catalog */
    get: operations['ListCatalogRecords'];
  };
  '/catalog-removals': {
    /** Entities that the catalog still has though there is no record of them, for platform owners */
    get: operations['ListCatalogRemovals'];
    /** The catalog tells which entities have no record any more, and is told which of them are to go */
    post: operations['ReportCatalogRemovals'];
  };
  '/catalog-removals/confirm': {
    /** Confirms that entities without a record are to go from the catalog */
    post: operations['ConfirmCatalogRemovals'];
  };
  '/gone-records': {
    /** Records of Git whose entity is gone, the latest first, for platform owners */
    get: operations['ListGoneRecords'];
  };
  '/gone-records/confirm-rename': {
    /**
     * Says that an entity is what one that is gone was, under another name
     * The record goes on under the new name when Git is read next, which is at once, with its policy, subscriptions and keys.
     */
    post: operations['ConfirmRename'];
  };
  '/ownerless': {
    /**
     * Products, plans, catalogues and applications whose owner the catalog has no longer, for platform owners
     * By owner. 503 while the catalog does not answer; what is not known is not gone.
     */
    get: operations['ListOwnerless'];
  };
  '/history': {
    /** The readable history of what the caller may know of */
    get: operations['ListHistory'];
  };
  '/history/export': {
    /**
     * All of the list with the same filters, as a file
     * The latest line first. `csv` is RFC 4180 in UTF-8 with a line of titles, and no cell begins as a formula does; `json` has one line of JSON, a HistoryEntry, for each.
     */
    get: operations['ExportHistory'];
  };
  '/history/verification': {
    /**
     * Whether the history is as it was written
     * For platform owners. Reads the chain from its first line: each line carries the hash of the one before. Whoever can write to the database can hash everything anew; a place and a hash that were noted elsewhere, as the audit log has them, show that as well.
     */
    get: operations['VerifyHistory'];
  };
  '/me': {
    /** The caller, what they own and what waits for them */
    get: operations['GetMe'];
  };
}
/** @public */
export interface components {
  schemas: {
    /** Records that do not come from Git, each with a version that changes with what its entity shows. */
    CatalogRecordList: {
      /** Of all of them. */
      fingerprint: string;
      /** Absent where nothing has changed since the answer with the fingerprint that was sent. */
      records?: {
        ref: string;
        version: string;
      }[];
    };
    EntityRefs: {
      refs: string[];
    };
    /** An entity that the catalog still has though there is no record of it, and nothing is known of a deletion. */
    HeldBackEntity: {
      ref: string;
      heldBackAt: IsoDateTime;
    };
    OwnerlessPage: {
      items: {
        kind: 'product' | 'plan' | 'catalogue' | 'application';
        id: string;
        revision: number;
        ref?: string;
        name: string;
        title: string;
        owner: string;
        origin?: 'catalog' | 'portal' | 'provider';
        editUrl?: string;
      }[];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    GoneRecordPage: {
      items: components['schemas']['GoneRecord'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    GoneRecord: {
      kind: 'product' | 'plan' | 'catalogue';
      ref: string;
      name: string;
      title: string;
      owner: string;
      provider?: string;
      goneSince: IsoDateTime;
      liveSubscriptions: number;
      pendingRequests: number;
      successors: {
        ref: string;
        owner: string;
        /** Its entity says so by the annotation api-products/renamed-from */
        saysSo: boolean;
        confirmedBy?: string;
        liveSubscriptions: number;
        pendingRequests: number;
      }[];
    };
    Error: {
      error: {
        name: string;
        message: string;
        code: components['schemas']['RefusalCode'];
        fields: components['schemas']['RefusalFields'];
      };
      request?: {
        method?: string;
        url?: string;
      };
      response: {
        statusCode: number;
      };
    };
    /**
     * Why it was refused. Those from `invalid` to `failed` say no more than the status does.
     */
    RefusalCode:
      | 'invalid'
      | 'not-signed-in'
      | 'not-allowed'
      | 'not-found'
      | 'conflict'
      | 'gone'
      | 'too-many'
      | 'unavailable'
      | 'failed'
      | 'allowance-used'
      | 'already-decided'
      | 'already-pending'
      | 'already-subscribed'
      | 'being-rotated'
      | 'changed-since'
      | 'idempotency-key-used'
      | 'in-use'
      | 'keys-used-up'
      | 'managed-elsewhere'
      | 'not-active'
      | 'not-approver'
      | 'not-owner'
      | 'not-plan-author'
      | 'not-publisher'
      | 'not-rotated'
      | 'over'
      | 'own-request'
      | 'plan-not-offered'
      | 'plan-unfit'
      | 'renewal-over'
      | 'requester-left'
      | 'secret-gone'
      | 'taken'
      | 'takes-no-requests'
      | 'terms-missing'
      | 'terms-unknown';
    /** The facts of a refusal; those that do not matter to its code are absent. */
    RefusalFields: {
      /** Which part of what was sent is refused, e.g. `plan` or `application.name`. */
      field?: string;
      /** Title. */
      product?: string;
      /** Title. */
      plan?: string;
      /** Name. */
      application?: string;
      /** Id. */
      accessRequest?: string;
      /** Id. */
      subscription?: string;
      /** Id. */
      credential?: string;
      /** Ids. */
      subscriptions?: string[];
      /** Ref. */
      owner?: string;
      /** Refs. */
      approvers?: string[];
      /** Ref. */
      requester?: string;
      /** The present revision of what has changed. */
      revision?: number;
      /** What it has become. */
      status?: string;
      decision?: 'approved' | 'rejected';
      /** Absent where the plan did. */
      decidedBy?: string;
      decidedAt?: IsoDateTime;
      /**
       * Why the product takes no requests.
       */
      reason?:
        | 'hidden'
        | 'draft'
        | 'deprecated'
        | 'retired'
        | 'coming-soon'
        | 'documentation-only'
        | 'no-credential'
        | 'api-unknown';
      /** Each with its version, e.g. `Terms of use (2026-01)`. */
      terms?: string[];
      /** How many there can be. */
      limit?: number;
      /** An ISO 8601 duration. */
      per?: string;
      renewsAt?: IsoDateTime;
      /** Ref. */
      revealedBy?: string;
      revealedAt?: IsoDateTime;
      editUrl?: string;
    };
    /** Any JSON. */
    JsonValue: JsonValue;
    /** At most `requests` calls in any `per` seconds. */
    RateLimit:
      | 'unlimited'
      | {
          requests: number;
          /** Seconds. */
          per: number;
        };
    /** At most `requests` calls in a period: an ISO duration, or the calendar month (UTC). */
    Quota:
      | 'unlimited'
      | {
          requests: number;
          /** An ISO 8601 duration, or `month`. */
          per: string;
        };
    /** What the provider knows of a product or a plan. */
    ProviderState:
      | {
          status: 'none';
        }
      | {
          status: 'pending';
        }
      | {
          status: 'ready';
          policyId: string;
        }
      | {
          status: 'failed';
          message: string;
        };
    /** What a plan costs. */
    Pricing: {
      mode: 'free' | 'fixed' | 'metered';
      /** What people read, e.g. `$49/month`. */
      label?: string;
      description?: string;
      /** ISO 4217. */
      currency?: string;
      amount?: string;
      period?: 'month' | 'year';
      trial?: string;
    };
    /** A plan as seen beside one product: only plans the caller can combine with it. */
    PlanSummary: {
      ref: string;
      title: string;
      description?: string;
      rateLimit: components['schemas']['RateLimit'];
      quota: components['schemas']['Quota'];
      /** An ISO 8601 duration, or `never`. */
      keyLifetime: string;
      approval: {
        mode: 'auto' | 'manual';
      };
      pricing: components['schemas']['Pricing'];
      displayPriority: number;
      /**
       * It, or the product it is seen beside, is not at its provider: keys come when that has been put right.
       */
      keysDelayed?: true;
    };
    /** An API of a product, and where its provider keeps it. */
    ProductApi: {
      /** The catalog API entity; absent as long as an API of the provider has none. One of this and the id is there. */
      ref?: string;
      title?: string;
      /** The provider's id of the API; absent as long as it could not be resolved. */
      providerApiId?: string;
      versions?: string[];
      allowedUrls?: {
        /** Regular expression over the path. */
        url: string;
        methods: string[];
      }[];
    };
    /** A text the consumer accepts when asking for access. */
    Terms: {
      name: string;
      version: string;
      url: string;
      required: boolean;
    };
    /**
     * Where a product is in its life. Only `active` and `deprecated` products are seen by developers.
     */
    ProductLifecycle: 'draft' | 'active' | 'deprecated' | 'retired';
    /**
     * How an API wants its caller to prove who it is.
     */
    Authentication: 'auth-token' | 'jwt' | 'basic' | 'mtls' | 'keyless';
    /** How a product is presented before and beside its lifecycle. */
    ProductVisibility: {
      comingSoon?: boolean;
      comingSoonText?: string;
      preview?: boolean;
      featured?: boolean;
      displayPriority?: number;
      logo?: string;
    };
    /** What the caller already has of a product. */
    MyAccess: {
      status: 'pending' | 'subscribed';
      /** Title of the plan asked for or held. */
      plan: string;
    };
    /** A product as the REST API shows it. */
    Product: {
      id: string;
      revision: number;
      /** `apiproduct:<namespace>/<name>`. */
      ref: string;
      namespace: string;
      name: string;
      title: string;
      description?: string;
      type: string;
      version?: string;
      lifecycle: components['schemas']['ProductLifecycle'];
      owner: string;
      approvers: string[];
      system?: string;
      /** Provider id; absent for a documentation-only product. */
      provider?: string;
      authentication?: components['schemas']['Authentication'];
      gatewayEndpoint?: string;
      tags: string[];
      catalogues: string[];
      apis: components['schemas']['ProductApi'][];
      plans: components['schemas']['PlanSummary'][];
      /** Markdown; not in lists. */
      content?: string;
      guides: {
        title: string;
        content?: string;
        url?: string;
      }[];
      links: {
        url: string;
        title?: string;
      }[];
      /** Not in lists. */
      specs: {
        alias: string;
        definition: string;
      }[];
      /** The person to talk to. */
      contact?: string;
      /** Name at the provider, where it is not the title. */
      providerName?: string;
      dynamicClientRegistration?: {
        enabled: boolean;
        identityProvider?: string;
        scopes: string[];
      };
      /** Only for those who decide about the product. */
      billing?: {
        productCode?: string;
        paymentSource?: string;
        paymentConfigurationId?: string;
        meteringModels: string[];
        notifyOnInvoice: boolean;
        notificationAddresses: string[];
        quotaThresholds: number[];
        notifyTrialExpiry: boolean;
      };
      /** Ids of other systems, shown as they are. */
      external?: {
        [key: string]: string | string[];
      };
      terms: components['schemas']['Terms'][];
      visibility: components['schemas']['ProductVisibility'];
      sla?: {
        availability?: number;
        latencyP95Ms?: number;
        supportHours?: string;
      };
      /**
       * Who owns a record: Git, the portal, or the provider it was imported from.
       */
      origin: 'catalog' | 'portal' | 'provider';
      /** Where a product that is managed in Git is edited. */
      editUrl?: string;
      /**
       * Since when the record is gone from Git or the provider; only those who decide about it still see it.
       */
      hiddenSince?: IsoDateTime;
      providerState: components['schemas']['ProviderState'];
      /** What of its entity is not done, and why; only for those who decide about it. */
      findings?: string[];
      /** References as the product says them; only for those who may edit it. */
      refs?: {
        plans: string[];
        catalogues: string[];
        /** Without the owner. */
        approvers: string[];
      };
      myAccess?: components['schemas']['MyAccess'];
      actions: ('request-access' | 'edit' | 'delete' | 'see-requests')[];
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** What a card in the marketplace shows of a product. */
    ProductCard: {
      id: string;
      /** `apiproduct:<namespace>/<name>`. */
      ref: string;
      namespace: string;
      name: string;
      title: string;
      /** Its beginning where it is long. */
      description?: string;
      type: string;
      version?: string;
      lifecycle: components['schemas']['ProductLifecycle'];
      owner: string;
      /** No provider answers for it. */
      documentationOnly: boolean;
      authentication?: components['schemas']['Authentication'];
      /** The first two that the caller can combine with it. */
      plans: {
        title: string;
        pricing: components['schemas']['Pricing'];
      }[];
      /** How many besides. */
      morePlans: number;
      visibility: components['schemas']['ProductVisibility'];
      /**
       * Since when the record is gone from Git or the provider; only those who decide about it still see it.
       */
      hiddenSince?: IsoDateTime;
      myAccess?: components['schemas']['MyAccess'];
    };
    ProductCardPage: {
      items: components['schemas']['ProductCard'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    /** What products can be narrowed by. */
    ProductFacets: {
      catalogue: components['schemas']['Facet'];
      owner: components['schemas']['Facet'];
      tag: components['schemas']['Facet'];
    };
    /** Values of one filter, as many as somebody looks through. */
    Facet: {
      values: {
        value: string;
        /** Where the value is a ref that has one. */
        title?: string;
      }[];
      /**
       * There are more; `q` finds them.
       */
      more?: true;
    };
    /** A plan as the REST API shows it. */
    Plan: {
      id: string;
      revision: number;
      namespace: string;
      name: string;
      ref: string;
      title: string;
      description?: string;
      rateLimit: components['schemas']['RateLimit'];
      quota: components['schemas']['Quota'];
      /** An ISO 8601 duration, or `never`. */
      keyLifetime: string;
      approval: {
        mode: 'auto' | 'manual';
      };
      pricing: components['schemas']['Pricing'];
      displayPriority: number;
      /**
       * It, or the product it is seen beside, is not at its provider: keys come when that has been put right.
       */
      keysDelayed?: true;
      owner: string;
      provider?: string;
      accessRequests?: {
        allowance: number;
        per: string;
      };
      credentials: {
        max: number;
        rotationOverlap: string;
        revealWithin: string;
        renewWithin?: string;
      };
      scopes: string[];
      credentialMetadata: {
        [key: string]: string;
      };
      providerName?: string;
      catalogues: string[];
      /** References as the plan says them; only for those who may edit it. */
      refs?: {
        catalogues: string[];
      };
      actions: components['schemas']['RecordActions'];
      /**
       * Who owns a record: Git, the portal, or the provider it was imported from.
       */
      origin: 'catalog' | 'portal' | 'provider';
      editUrl?: string;
      /**
       * Since when the record is gone from Git or the provider; only those who decide about it still see it.
       */
      hiddenSince?: IsoDateTime;
      providerState: components['schemas']['ProviderState'];
      /** What of its entity is not done, and why; only for those who decide about it. */
      findings?: string[];
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** A catalogue as the REST API shows it. */
    Catalogue: {
      id: string;
      revision: number;
      ref: string;
      namespace: string;
      name: string;
      title: string;
      description?: string;
      owner: string;
      visibility: 'public' | 'private';
      /** Only for platform owners and the catalogue's owner. */
      audience?: string[];
      /** As the audience; absent where the catalogue names none. */
      publishers?: string[];
      /** `list`: put products and plans into it. */
      actions: ('edit' | 'delete' | 'list')[];
      /**
       * Who owns a record: Git, the portal, or the provider it was imported from.
       */
      origin: 'catalog' | 'portal' | 'provider';
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    RecordActions: ('edit' | 'delete')[];
    /** The fields of the entity APIProduct, without its nesting; checked by the entity's own JSON schema. */
    NewProduct: {
      /** Name, unique in its namespace. */
      name?: unknown;
      /** Default `default`. */
      namespace?: unknown;
      /** What people read. */
      title?: unknown;
      /** A short text, plain. */
      description?: unknown;
      /** Lower-case words. */
      tags?: unknown;
      /** Objects with url and title. */
      links?: unknown;
      /** rest, graphql, event, mcp, mixed or another word. */
      type?: unknown;
      /** Group or user. */
      owner?: unknown;
      /** Whom to talk to. */
      contact?: unknown;
      /** draft (default), active, deprecated or retired. */
      lifecycle?: unknown;
      /** Semantic version; it counts by itself unless a higher one is given. */
      version?: unknown;
      /** System entity. */
      system?: unknown;
      /** Id of the provider; without one the product is documentation only. */
      provider?: unknown;
      /** Name at the provider, where it is not the title. */
      providerName?: unknown;
      /** API entities, or objects with ref, providerApiId, versions, allowedUrls. */
      apis?: unknown;
      /** Where it is called. */
      gatewayEndpoint?: unknown;
      /** Follows from the APIs where their provider knows them. */
      authentication?: unknown;
      /** Plans it can be had on. */
      plans?: unknown;
      /** Catalogues it stands in. */
      catalogues?: unknown;
      /** Who may decide besides the owner. */
      approvers?: unknown;
      /** Markdown. */
      content?: unknown;
      /** Objects with title and content or url. */
      guides?: unknown;
      /** Objects with alias and definition. */
      specs?: unknown;
      /** Objects with name, version, url and required. */
      terms?: unknown;
      /** comingSoon, comingSoonText, preview, featured, displayPriority, logo. */
      visibility?: unknown;
      /** enabled, identityProvider, scopes. */
      dynamicClientRegistration?: unknown;
      /** availability, latencyP95Ms, supportHours. */
      sla?: unknown;
      /** productCode, paymentSource, meteringModels and so on. */
      billing?: unknown;
      /** Ids of other systems. */
      external?: unknown;
    } & {
      [key: string]: unknown;
    };
    /** Fields of NewProduct, besides name and namespace; null takes a field away. */
    ProductPatch: {
      revision: number;
      /** What people read. */
      title?: unknown;
      /** A short text, plain. */
      description?: unknown;
      /** Lower-case words. */
      tags?: unknown;
      /** Objects with url and title. */
      links?: unknown;
      /** rest, graphql, event, mcp, mixed or another word. */
      type?: unknown;
      /** Group or user. */
      owner?: unknown;
      /** Whom to talk to. */
      contact?: unknown;
      /** draft (default), active, deprecated or retired. */
      lifecycle?: unknown;
      /** Semantic version; it counts by itself unless a higher one is given. */
      version?: unknown;
      /** System entity. */
      system?: unknown;
      /** Id of the provider; without one the product is documentation only. */
      provider?: unknown;
      /** Name at the provider, where it is not the title. */
      providerName?: unknown;
      /** API entities, or objects with ref, providerApiId, versions, allowedUrls. */
      apis?: unknown;
      /** Where it is called. */
      gatewayEndpoint?: unknown;
      /** Follows from the APIs where their provider knows them. */
      authentication?: unknown;
      /** Plans it can be had on. */
      plans?: unknown;
      /** Catalogues it stands in. */
      catalogues?: unknown;
      /** Who may decide besides the owner. */
      approvers?: unknown;
      /** Markdown. */
      content?: unknown;
      /** Objects with title and content or url. */
      guides?: unknown;
      /** Objects with alias and definition. */
      specs?: unknown;
      /** Objects with name, version, url and required. */
      terms?: unknown;
      /** comingSoon, comingSoonText, preview, featured, displayPriority, logo. */
      visibility?: unknown;
      /** enabled, identityProvider, scopes. */
      dynamicClientRegistration?: unknown;
      /** availability, latencyP95Ms, supportHours. */
      sla?: unknown;
      /** productCode, paymentSource, meteringModels and so on. */
      billing?: unknown;
      /** Ids of other systems. */
      external?: unknown;
    } & {
      [key: string]: unknown;
    };
    /** The fields of the entity APIPlan, without its nesting; checked by the entity's own JSON schema. */
    NewPlan: {
      /** Name, unique in its namespace. */
      name?: unknown;
      /** Default `default`. */
      namespace?: unknown;
      /** What people read. */
      title?: unknown;
      /** A short text, plain. */
      description?: unknown;
      /** Group or user. */
      owner?: unknown;
      /** Id of the provider. */
      provider?: unknown;
      /** Name at the provider, where it is not the title. */
      providerName?: unknown;
      /** unlimited, or requests and per (seconds). */
      rateLimit?: unknown;
      /** unlimited, or requests and per (ISO 8601 duration or month). */
      quota?: unknown;
      /** never (default) or an ISO 8601 duration. */
      keyLifetime?: unknown;
      /** mode: auto or manual (default). */
      approval?: unknown;
      /** allowance and per. */
      accessRequests?: unknown;
      /** max, rotationOverlap, revealWithin, renewWithin. */
      credentials?: unknown;
      /** JWT scopes. */
      scopes?: unknown;
      /** Texts by name. */
      credentialMetadata?: unknown;
      /** Catalogues it stands in. */
      catalogues?: unknown;
      /** mode, label, description, currency, amount, period, trial. */
      pricing?: unknown;
      /** Higher stands further up. */
      displayPriority?: unknown;
    } & {
      [key: string]: unknown;
    };
    /** Fields of NewPlan, besides name and namespace; null takes a field away. */
    PlanPatch: {
      revision: number;
      /** What people read. */
      title?: unknown;
      /** A short text, plain. */
      description?: unknown;
      /** Group or user. */
      owner?: unknown;
      /** Id of the provider. */
      provider?: unknown;
      /** Name at the provider, where it is not the title. */
      providerName?: unknown;
      /** unlimited, or requests and per (seconds). */
      rateLimit?: unknown;
      /** unlimited, or requests and per (ISO 8601 duration or month). */
      quota?: unknown;
      /** never (default) or an ISO 8601 duration. */
      keyLifetime?: unknown;
      /** mode: auto or manual (default). */
      approval?: unknown;
      /** allowance and per. */
      accessRequests?: unknown;
      /** max, rotationOverlap, revealWithin, renewWithin. */
      credentials?: unknown;
      /** JWT scopes. */
      scopes?: unknown;
      /** Texts by name. */
      credentialMetadata?: unknown;
      /** Catalogues it stands in. */
      catalogues?: unknown;
      /** mode, label, description, currency, amount, period, trial. */
      pricing?: unknown;
      /** Higher stands further up. */
      displayPriority?: unknown;
    } & {
      [key: string]: unknown;
    };
    /** The fields of the entity APICatalogue, without its nesting; checked by the entity's own JSON schema. */
    NewCatalogue: {
      /** Name, unique in its namespace. */
      name?: unknown;
      /** Default `default`. */
      namespace?: unknown;
      /** What people read. */
      title?: unknown;
      /** A short text, plain. */
      description?: unknown;
      /** Group or user. */
      owner?: unknown;
      /** public, or private (default). */
      visibility?: unknown;
      /** Who sees a private one. */
      audience?: unknown;
      /** Who lists products and plans in it. Absent: everybody in a public one, else only its owner. */
      publishers?: unknown;
    } & {
      [key: string]: unknown;
    };
    /** Fields of NewCatalogue, besides name and namespace; null takes a field away. */
    CataloguePatch: {
      revision: number;
      /** What people read. */
      title?: unknown;
      /** A short text, plain. */
      description?: unknown;
      /** Group or user. */
      owner?: unknown;
      /** public, or private (default). */
      visibility?: unknown;
      /** Who sees a private one. */
      audience?: unknown;
      /** Who lists products and plans in it. Absent: everybody in a public one, else only its owner. */
      publishers?: unknown;
    } & {
      [key: string]: unknown;
    };
    /** Who would lose what if a record were deleted. */
    DeletionImpact: {
      /** Open subscriptions, which forbid it; the first hundred. */
      subscriptions: {
        id: string;
        application: string;
        owner: string;
        product: string;
        plan: string;
      }[];
      totalSubscriptions: number;
      /** Requests that would be withdrawn. */
      pendingRequests: number;
      /** Why it cannot be deleted now. */
      obstacle?: string;
    };
    /** The consumer's side of a subscription: what will call the API. */
    Application: {
      id: string;
      revision: number;
      name: string;
      description?: string;
      /** A user or a group. */
      owner: string;
      /** The catalog Component that is meant, if it has one. */
      component?: string;
      createdBy: string;
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** An application to be made; without an owner it is the caller's own. */
    NewApplication: {
      name: string;
      description?: string;
      owner?: string;
      component?: string;
    };
    ApplicationChange: {
      revision: number;
      name?: string;
      description?: string;
      owner?: string;
      component?: string;
    };
    ApplicationLink: {
      id: string;
      name: string;
      owner: string;
      component?: string;
    };
    /** Names a product without carrying all of it. */
    ProductLink: {
      ref: string;
      title: string;
    };
    /** Names a plan, with what an approver or a subscriber has to know of it. */
    PlanLink: {
      ref: string;
      title: string;
      rateLimit: components['schemas']['RateLimit'];
      quota: components['schemas']['Quota'];
      keyLifetime: string;
      pricing: {
        mode: 'free' | 'fixed' | 'metered';
        label?: string;
        amount?: string;
        currency?: string;
        period?: 'month' | 'year';
      };
    };
    AcceptedTerms: {
      name: string;
      version: string;
    };
    /** One application asks for one product on one plan. */
    AccessRequest: {
      id: string;
      revision: number;
      /**
       * `pending → approved · rejected · cancelled · expired`
       */
      status: 'pending' | 'approved' | 'rejected' | 'cancelled' | 'expired';
      product: components['schemas']['ProductLink'];
      plan: components['schemas']['PlanLink'];
      application: components['schemas']['ApplicationLink'];
      requester: string;
      reason?: string;
      acceptedTerms: components['schemas']['AcceptedTerms'][];
      /** Who can decide: the owner group and the named approvers. */
      approvers: string[];
      /** How an access request was decided. */
      decision?: {
        decision: 'approved' | 'rejected';
        /** Absent for an automatic approval. */
        by?: string;
        automatic: boolean;
        comment?: string;
        at: IsoDateTime;
      };
      /**
       * When it expires if nobody decides until then.
       */
      expiresAt?: IsoDateTime;
      /** The subscription that an approval made, or that is to change. */
      subscription?: string;
      /** Present where a subscription is to move from its plan to this one. */
      change?: {
        from: components['schemas']['PlanLink'];
        when?: components['schemas']['ChangeWhen'];
      };
      actions: ('edit' | 'cancel' | 'approve' | 'reject')[];
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** What is asked for. Who asks is never part of it: the backend knows the caller. */
    NewAccessRequest: {
      product: string;
      plan: string;
      /** The id of an application, or one to be made in the same step. */
      application: string | components['schemas']['NewApplication'];
      /** Id of a subscription of the application to the product that is to move to the plan, instead of a new one. */
      subscription?: string;
      when?: components['schemas']['ChangeWhen'];
      reason?: string;
      acceptedTerms?: components['schemas']['AcceptedTerms'][];
    };
    AccessRequestChange: {
      /** The revision that was looked at. */
      revision: number;
      plan?: string;
      reason?: string;
      acceptedTerms?: components['schemas']['AcceptedTerms'][];
    };
    Decisions: {
      /** Each of another request. */
      items: components['schemas']['DecisionItem'][];
    };
    /** Approval or rejection of the revision that was looked at; a rejection needs a comment. */
    DecisionItem: {
      id: string;
      decision: 'approve' | 'reject';
      /** The revision that was looked at; the present one if absent. */
      revision?: number;
      comment?: string;
    };
    DecisionResults: {
      /** In the order of the items. */
      results: components['schemas']['DecisionResult'][];
    };
    DecisionResult: {
      id: string;
      /** That of the answer to a single decision; 200 where it was decided. */
      status: number;
      accessRequest?: components['schemas']['AccessRequest'];
      error?: components['schemas']['RefusedItem'];
    };
    /** Why it was not decided. */
    RefusedItem: {
      name: string;
      message: string;
      code: components['schemas']['RefusalCode'];
      fields: components['schemas']['RefusalFields'];
    };
    /** Approval of the revision that was looked at. */
    Approval: {
      /** The revision that was looked at. */
      revision?: number;
      comment?: string;
    };
    /** Rejection of the revision that was looked at; the requester reads the comment. */
    Rejection: {
      /** The revision that was looked at. */
      revision?: number;
      comment: string;
    };
    Cancellation: {
      /** The revision that was looked at. */
      revision?: number;
    };
    Revocation: {
      reason?: string;
    };
    PlanChange: {
      plan: string;
      when?: components['schemas']['ChangeWhen'];
      reason?: string;
      acceptedTerms?: components['schemas']['AcceptedTerms'][];
    };
    /**
     * When a plan is to change, once that is approved. Absent: at once where the other plan gives more, when the quota period is over where it gives less.
     */
    ChangeWhen: 'now' | 'period-end';
    NewSuspension: {
      /** The consumer reads it. */
      reason: string;
    };
    Resumption: {
      reason?: string;
    };
    /** A credential to be issued. */
    NewCredential: {
      name?: string;
      /** Id of a lost credential of the subscription; it is revoked in the same step */
      replaces?: string;
    };
    /** How a credential is replaced. */
    CredentialRotation: {
      /** How long the old one goes on beside the new one, at most P90D; PT0S = it ends at once. Absent: as the plan says. */
      overlap?: string;
      /** Of the new one. */
      name?: string;
    };
    /** Until when a superseded credential goes on: one of the two. */
    CredentialExtension: {
      until?: IsoDateTime;
      /** How much longer than it would. */
      overlap?: string;
    };
    /** What an approved request becomes: one application, one plan, one or more products. */
    Subscription: {
      id: string;
      revision: number;
      /**
       * `provisioning → active ⇄ suspended → expired · revoked`, `failed` (retryable); `revoking` until the gateway is known to refuse every key.
       */
      status:
        | 'provisioning'
        | 'active'
        | 'suspended'
        | 'revoking'
        | 'revoked'
        | 'expired'
        | 'failed';
      products: components['schemas']['ProductLink'][];
      plan: components['schemas']['PlanLink'];
      /** ISO 8601 duration: how long a key goes on beside the one that takes its place, unless something else is asked for. */
      rotationOverlap?: string;
      application: components['schemas']['ApplicationLink'];
      requester: string;
      accessRequest: string;
      credentials: components['schemas']['Credential'][];
      /** The plan that it moves to, until the gateway is known to have its keys there. */
      planChange?: {
        plan: components['schemas']['PlanLink'];
        /**
         * When; absent while only the gateway knows when the quota period is over.
         */
        at?: IsoDateTime;
      };
      /** Its keys are to be refused until it is resumed. The status is `suspended` when the gateway is known to refuse them; while it is `suspended` without this, they are being let in again. */
      suspension?: {
        by: string;
        at: IsoDateTime;
        reason: string;
      };
      /** How the key is presented and where, so that a client can be written. */
      usage?: {
        endpoint?: string;
        /** Absent where no API takes the key in a header. */
        headerName?: string;
        /** Prefix of the header's value before the key; often empty. */
        headerPrefix?: string;
        /** Each API by itself, as its gateway has it: they may differ in address and in the place of the key. */
        apis: components['schemas']['CalledApi'][];
      };
      /** What the provider said last, while something is not yet as it should be. */
      lastError?: string;
      nextTryAt?: IsoDateTime;
      actions: (
        | 'revoke'
        | 'retry'
        | 'suspend'
        | 'resume'
        | 'renew'
        | 'issue-credential'
        | 'change-plan'
        | 'withdraw-plan-change'
      )[];
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** A key of a subscription. Its secret is never part of it. */
    Credential: {
      id: string;
      revision: number;
      subscription: string;
      name: string;
      /**
       * What the consumer presents: a token, or a user with a password. Absent = `token`.
       */
      kind?: 'token' | 'basic';
      /**
       * `provisioning → active ⇄ superseded → revoking → revoked · expired`; `failed` when the provider refused for good.
       */
      status:
        | 'provisioning'
        | 'active'
        | 'superseded'
        | 'revoking'
        | 'revoked'
        | 'expired'
        | 'failed';
      /** The end of what was shown, of a password for `basic`; absent where the provider's tokens all end alike. */
      lastFour?: string;
      /** Id of the credential that it was made to take the place of, by a rotation. */
      replaces?: string;
      /** Id of the credential that takes, or is to take, the place of this one. */
      replacedBy?: string;
      /**
       * Of one that is `superseded`: when the portal revokes it.
       */
      cutOffAt?: IsoDateTime;
      /** Of one that is `superseded`: the time until then was made longer, which can be done once. */
      extended?: boolean;
      expiresAt?: IsoDateTime;
      /** Set once the secret has been shown. */
      revealed?: {
        by: string;
        at: IsoDateTime;
      };
      /**
       * After this the secret can no longer be shown.
       */
      revealUntil?: IsoDateTime;
      /** Set while a revocation is being confirmed: what is known so far. */
      revocation?: {
        requestedAt: IsoDateTime;
        requestedBy: string;
        /** Times the key came back after it had been removed. */
        revivals: number;
        message?: string;
      };
      /** Why taking this key away may not hold at its provider, as long as it works; names the setting to change. */
      revocationWarning?: string;
      lastError?: string;
      nextTryAt?: IsoDateTime;
      createdBy: string;
      actions: (
        | 'reveal'
        | 'revoke'
        | 'rotate'
        | 'cut-off'
        | 'extend'
        | 'cancel-rotation'
      )[];
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** The only answer that carries a secret. */
    RevealedSecret: {
      secret: string;
      /** Both absent where no API takes the key in a header. */
      headerName?: string;
      headerValue?: string;
      /** Each API of its products by itself: they may differ in address and in the place of the key. */
      apis: components['schemas']['CalledApi'][];
      /** Both only for basic authentication, where people type them and programs take them apart. */
      username?: string;
      password?: string;
    };
    /** A provider as the REST API shows it: never its token. */
    Provider: {
      id: string;
      type: string;
      title: string;
      /** Where consumers call the proxied APIs. */
      gatewayUrl?: string;
      status: 'unknown' | 'up' | 'down';
      version?: string;
      findings: {
        /** Stable name, e.g. `revocation`. */
        name: string;
        status: 'ok' | 'warning' | 'error';
        /** What this means for people; names the provider's setting to change where there is one. */
        message: string;
      }[];
      /** Why it is down. */
      message?: string;
      checkedAt?: IsoDateTime;
      /**
       * Whether a key that is taken away is refused at once.
       */
      revocation: 'safe' | 'unsafe' | 'unknown';
      lastSync?: components['schemas']['SyncSummary'];
      /** Open differences between the portal and the provider. */
      driftCount: number;
      /**
       * When differences were last looked for.
       */
      driftCheckedAt?: IsoDateTime;
    };
    SyncRequest: {
      /** What is gone at the provider really is gone and may be hidden. */
      confirmDrop?: boolean;
    };
    /** One synchronisation with a provider, without what it did. */
    SyncSummary: {
      id: string;
      provider: string;
      /**
       * Why a synchronisation began.
       */
      trigger: 'start' | 'schedule' | 'request';
      /** Absent where the portal itself began it. */
      requestedBy?: string;
      /**
       * `held-back`: done, but what is gone waits for a platform owner to confirm.
       */
      status: 'queued' | 'running' | 'succeeded' | 'held-back' | 'failed';
      /** Policies looked at so far and in all, while it runs. */
      progress?: {
        done: number;
        total: number;
      };
      counts: components['schemas']['SyncCounts'];
      /** Why it failed or holds back. */
      message?: string;
      createdAt: IsoDateTime;
      startedAt?: IsoDateTime;
      finishedAt?: IsoDateTime;
    };
    /** One synchronisation with a provider. */
    SyncRun: {
      id: string;
      provider: string;
      /**
       * Why a synchronisation began.
       */
      trigger: 'start' | 'schedule' | 'request';
      /** Absent where the portal itself began it. */
      requestedBy?: string;
      /**
       * `held-back`: done, but what is gone waits for a platform owner to confirm.
       */
      status: 'queued' | 'running' | 'succeeded' | 'held-back' | 'failed';
      /** Policies looked at so far and in all, while it runs. */
      progress?: {
        done: number;
        total: number;
      };
      counts: components['schemas']['SyncCounts'];
      /** Why it failed or holds back. */
      message?: string;
      createdAt: IsoDateTime;
      startedAt?: IsoDateTime;
      finishedAt?: IsoDateTime;
      /** Everything but what was unchanged, at most 500; the counts tell of all. */
      items: components['schemas']['SyncItem'][];
    };
    SyncCounts: {
      created: number;
      renamed: number;
      updated: number;
      hidden: number;
      restored: number;
      ignored: number;
      'held-back': number;
      unchanged: number;
    };
    /** What a synchronisation did with one policy of the provider. */
    SyncItem: {
      /**
       * `held-back`: it would have been hidden, but too many were gone at once.
       */
      outcome:
        | 'created'
        | 'renamed'
        | 'updated'
        | 'hidden'
        | 'restored'
        | 'ignored'
        | 'held-back';
      kind?: 'product' | 'plan';
      /** The record it is linked with. */
      ref?: string;
      /** Its name at the provider. */
      name: string;
      policyId: string;
      /** Why, or what changed, in words. */
      reason?: string;
    };
    /** A difference between what should be and what the provider has. */
    DriftItem: {
      id: string;
      provider: string;
      /**
       * In what the provider differs. `missing`: ours is not there; `unknown`: there is one with our mark that is not ours; `revived`: a key that was taken away is back; `orphaned`: a key's plan is not there; `marks`: a key does not tell whose it is; `paths`: paths of a product are shut that the portal leaves open.
       */
      kind:
        | 'name'
        | 'limits'
        | 'access'
        | 'state'
        | 'tags'
        | 'expiry'
        | 'missing'
        | 'unknown'
        | 'revived'
        | 'orphaned'
        | 'marks'
        | 'paths';
      subject: {
        kind: 'product' | 'plan' | 'credential';
        /** For `unknown`, the name that the provider has for it. */
        id: string;
        ref?: string;
        /** What people know it by. */
        title: string;
      };
      message: string;
      differences: {
        /** In the portal's words, e.g. `rateLimit`, `quota`, `apis`. */
        field: string;
        ours?: components['schemas']['JsonValue'];
        theirs?: components['schemas']['JsonValue'];
      }[];
      /**
       * `gone`: it was equal again the next time it was looked at.
       */
      status: 'open' | 'repairing' | 'repaired' | 'ignored' | 'gone';
      actions: ('push-ours' | 'take-theirs' | 'ignore')[];
      /** How often it was found. */
      seen: number;
      resolution?: {
        /**
         * What can be done about a difference.
         */
        action: 'push-ours' | 'take-theirs' | 'ignore';
        by?: string;
        at: IsoDateTime;
      };
      /** Why the last repair did not succeed. */
      lastError?: string;
      createdAt: IsoDateTime;
      updatedAt: IsoDateTime;
    };
    /** A place in a request, by name. */
    CallPart: {
      in: 'header' | 'query' | 'cookie';
      name: string;
    };
    /** How a consumer with a key calls one API. */
    CalledApi: {
      /** Of the catalog's entity, or of the API at its provider. */
      title: string;
      /** Absent where it is not known. */
      address?: string;
      /** Where the key goes, the first suits most clients. Absent where it is not known. */
      keyPlaces?: components['schemas']['CallPart'][];
      /** What goes along with each call, such as the version. */
      alongside: {
        in: 'header' | 'query' | 'cookie';
        name: string;
        value: string;
      }[];
      /** What else callers must know, each a sentence. */
      notes: string[];
    };
    /** An API of a provider. */
    ProviderApi: {
      id: string;
      name: string;
      listenPath: string;
      active: boolean;
      authentication:
        | 'auth-token'
        | 'jwt'
        | 'basic'
        | 'mtls'
        | 'keyless'
        | 'other';
      /** Only other APIs of the gateway can call it. */
      internal?: boolean;
      /** What consumers have to know where `authentication` says too little, e.g. several methods, in words. */
      authenticationNote?: string;
      versions?: string[];
      /** Whether the provider has a definition to publish. */
      hasDefinition?: boolean;
      /** The catalog's API entity that stands for it, where there is one. */
      entity?: string;
      /** Whose it is: who owns the entity that was known first, or that a platform owner decided for. */
      owner?: string;
      /** What claims to stand for it in the catalog; more than one where the owners are not agreed. */
      claims?: {
        entity: string;
        owner: string;
        /** Whether the API is this owner's. */
        counts: boolean;
      }[];
      /** Products that name it and may not open it until a platform owner agrees. */
      heldBack?: {
        product: string;
        title: string;
        owner: string;
        /** Why, and what is to be done. */
        reason: string;
      }[];
      /** Products that may open it although it is not their owner's. */
      agreements?: {
        product: string;
        title: string;
        owner: string;
        agreedBy: string;
        agreedAt: IsoDateTime;
      }[];
      /** How consumers call it; absent where nothing is known of that. */
      call?: {
        /** Absolute URL; absent where it cannot be known, and then a note says why. */
        address?: string;
        /** Where the gateway looks for the key, each is enough; the one that suits most clients first. */
        keyPlaces: components['schemas']['CallPart'][];
        /** Set where callers have to say which version they mean. */
        version?: {
          /**
           * `path`: the version is the first part of the path below the address.
           */
          in: 'header' | 'query' | 'cookie' | 'path';
          name?: string;
          /** As the gateway names them. */
          values: string[];
          /** What a call without one gets; absent = such a call is refused. */
          fallback?: string;
        };
        /** What else callers must know, each a sentence. */
        notes?: string[];
      };
    };
    /** Whose an API is, by its entity, or that a product may open it: one of the two. */
    ApiDecision: {
      api: string;
      entity?: string;
      product?: string;
      /** The product may not open it any longer; keys that exist stay, new ones wait. */
      withdraw?: boolean;
    };
    /** One line of the readable history. */
    HistoryEntry: {
      id: string;
      at: IsoDateTime;
      /** `<noun>:<id>`, e.g. `credential:…`. */
      subject: string;
      /** `api-products.<noun>.<verb>` without the prefix, e.g. `credential.revealed`. */
      event: string;
      /** Absent where the portal itself acted. */
      actor?: string;
      message: string;
      /** What the person gave as the reason. */
      reason?: string;
      /** What is other than before. */
      changes?: components['schemas']['HistoryChange'][];
    };
    /** A field of a record, before and after. Long texts are shortened, and left out where their beginning is the same. */
    HistoryChange: {
      field: string;
      /** Absent where there was nothing. */
      before?: string;
      /** Absent where nothing is left. */
      after?: string;
    };
    /** Whether the history is as it was written. */
    HistoryVerification: {
      whole: boolean;
      /** How many lines are in the chain and right, from the first on. */
      lines: number;
      /** Of the last of these lines: note it elsewhere, with their number. */
      hash?: string;
      /** Lines that were just written and are not in the chain yet. */
      unsealed: number;
      /** Lines that say they are more than an hour older than one before them: written late, or put in. */
      late: number;
      /** The place of the first of them. */
      firstLate?: number;
      /** The first place where the chain is not right. */
      problem?: {
        /**
         * `changed`: the line is not what was hashed. `removed`: there is no line at this place. `inserted`: the line stands behind the end of the chain. `unlinked`: this line or the one before it was exchanged. `rewritten`: it has another hash than the one that was noted.
         */
        kind: 'changed' | 'removed' | 'inserted' | 'unlinked' | 'rewritten';
        position: number;
        /** Id of the line. */
        line?: string;
        at?: IsoDateTime;
        subject?: string;
        message?: string;
      };
    };
    /** The caller. */
    Me: {
      user: string;
      groups: string[];
      platformOwner: boolean;
      /** Whom to ask for what only platform owners may do: groups and users. */
      platformOwners?: string[];
      /** Whether the caller may make and change plans. */
      planAuthor: boolean;
      /** Refs of the products the caller decides about */
      ownedProducts: string[];
      /**
       * They decide about more than are named.
       */
      moreOwnedProducts?: true;
      counts: {
        /** Requests that wait for the caller's decision. */
        pendingForMe: number;
        /** The caller's own requests that wait for somebody else. */
        myPending: number;
      };
    };
    PageInfo: {
      nextCursor?: string;
      prevCursor?: string;
    };
    ProductPage: {
      items: components['schemas']['Product'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    PlanPage: {
      items: components['schemas']['Plan'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    CataloguePage: {
      items: components['schemas']['Catalogue'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    ApplicationPage: {
      items: components['schemas']['Application'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    AccessRequestPage: {
      items: components['schemas']['AccessRequest'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    SubscriptionPage: {
      items: components['schemas']['Subscription'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    CredentialPage: {
      items: components['schemas']['Credential'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    ProviderPage: {
      items: components['schemas']['Provider'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    ProviderApiPage: {
      items: components['schemas']['ProviderApi'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    SyncRunPage: {
      items: components['schemas']['SyncRun'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    DriftItemPage: {
      items: components['schemas']['DriftItem'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
    HistoryPage: {
      items: components['schemas']['HistoryEntry'][];
      totalItems: number;
      totalIsAtLeast?: true;
      pageInfo: components['schemas']['PageInfo'];
    };
  };
  responses: {
    /** Backstage's error body. `code` and `fields` say for programs what the message says for people. */
    Error: {
      content: {
        'application/json': components['schemas']['Error'];
      };
    };
  };
  parameters: {
    /** The name of what is to be deleted, as a person typed it. */
    confirm: string;
    /** The provider's id of the API. */
    providerApiId: string;
    /** Namespace of the entity. */
    namespace: string;
    /** Name of the entity. */
    name: string;
    /** Id of the record. */
    id: string;
    /** Id of the difference. */
    item: string;
    /** Only differences in one of these states. Default: open and repairing. */
    driftStatus: ('open' | 'repairing' | 'repaired' | 'ignored' | 'gone')[];
    /** The fingerprint of the last answer. Where it is still so, the records are left out. */
    known: string;
    /** Words to find; every one must occur. */
    q: string;
    /** Words in the name of the application; every one must occur. */
    applicationWords: string;
    /** A part of a name or a tag; of catalogues, words as everywhere. */
    facetText: string;
    /** Only what stands in one of these catalogues. */
    catalogue: string[];
    /** Only what one of these owns; short refs mean groups. */
    owner: string[];
    /** Only what this user or group owns. */
    ownerOne: string;
    /** Only products that carry every one of these tags. */
    tag: string[];
    /** Only products in one of these states. `coming-soon` are those announced; the others are those that are there. */
    productLifecycle: (
      | 'draft'
      | 'active'
      | 'deprecated'
      | 'retired'
      | 'coming-soon'
    )[];
    /** Only what is sold in one of these modes. */
    billing: ('free' | 'fixed' | 'metered')[];
    /** Only products with one of these ways to sign in. */
    auth: ('auth-token' | 'jwt' | 'basic' | 'mtls' | 'keyless')[];
    /** Only records of this origin. */
    origin: ('catalog' | 'portal' | 'provider')[];
    /** Only what is of this provider. */
    providerOne: string;
    /** Only what stands in no catalogue. */
    unlisted: true;
    /** `relevance` (default): featured first, then by display priority and title; `updatedAt`: latest first. */
    productOrder: 'relevance' | 'title' | 'updatedAt';
    /** Items on a page. */
    limit: number;
    /** `nextCursor` or `prevCursor` of another page of the same list. */
    cursor: string;
    /** Only requests in one of these states. */
    requestStatus: (
      | 'pending'
      | 'approved'
      | 'rejected'
      | 'cancelled'
      | 'expired'
    )[];
    /** Only subscriptions in one of these states. */
    subscriptionStatus: (
      | 'provisioning'
      | 'active'
      | 'suspended'
      | 'revoking'
      | 'revoked'
      | 'expired'
      | 'failed'
    )[];
    /** Only what still matters to who asked: what is pending, and what was rejected, unless the application has asked for the product again or has it by now. */
    current: true;
    /** `requester` (default): asked for by the caller or for their groups' applications; `approver`: those they may decide about. */
    asRequester: 'requester' | 'approver';
    /** `consumer` (default): of the caller's applications; `owner`: to products they decide about. */
    asConsumer: 'consumer' | 'owner';
    /** Only what happened to this subscription, to its credentials and to the request that it came from. */
    historySubscription: string;
    /** The kind of file; `json` if absent. */
    exportFormat: 'csv' | 'json';
    /** The place of a line that was noted; together with its hash. */
    notedPosition: number;
    /** The hash that the noted line had. */
    notedHash: string;
    /** Only for this product. */
    product: string;
    /** Only on this plan. */
    plan: string;
    /** Only for the application with this id. */
    application: string;
    /** Only asked for by this user. */
    requester: string;
    /** `<noun>:<id>`, e.g. `access-request:…`. */
    subject: string;
    /** Only what this user did. */
    actor: string;
    /** Not before. */
    from: IsoDateTime;
    /** Before. */
    to: IsoDateTime;
    /** Sending the same request with the same key again answers with the first one. */
    idempotencyKey: string;
  };
  requestBodies: never;
  headers: never;
  pathItems: never;
}
/** @public */
export interface operations {
  ListProducts: {
    parameters: {
      query?: {
        /** Words to find; every one must occur. */
        q?: components['parameters']['q'];
        /** Only what stands in one of these catalogues. */
        catalogue?: components['parameters']['catalogue'];
        /** Only what one of these owns; short refs mean groups. */
        owner?: components['parameters']['owner'];
        /** Only products that carry every one of these tags. */
        tag?: components['parameters']['tag'];
        /** Only products in one of these states. `coming-soon` are those announced; the others are those that are there. */
        lifecycle?: components['parameters']['productLifecycle'];
        /** Only what is sold in one of these modes. */
        billing?: components['parameters']['billing'];
        /** Only products with one of these ways to sign in. */
        auth?: components['parameters']['auth'];
        /** Only records of this origin. */
        origin?: components['parameters']['origin'];
        /** `relevance` (default): featured first, then by display priority and title; `updatedAt`: latest first. */
        orderBy?: components['parameters']['productOrder'];
        /** Only what is of this provider. */
        provider?: components['parameters']['providerOne'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['ProductPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CreateProduct: {
    requestBody: {
      content: {
        'application/json': components['schemas']['NewProduct'];
      };
    };
    responses: {
      /** Made */
      201: {
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListProductCards: {
    parameters: {
      query?: {
        /** Words to find; every one must occur. */
        q?: components['parameters']['q'];
        /** Only what stands in one of these catalogues. */
        catalogue?: components['parameters']['catalogue'];
        /** Only what one of these owns; short refs mean groups. */
        owner?: components['parameters']['owner'];
        /** Only products that carry every one of these tags. */
        tag?: components['parameters']['tag'];
        /** Only products in one of these states. `coming-soon` are those announced; the others are those that are there. */
        lifecycle?: components['parameters']['productLifecycle'];
        /** Only what is sold in one of these modes. */
        billing?: components['parameters']['billing'];
        /** Only products with one of these ways to sign in. */
        auth?: components['parameters']['auth'];
        /** Only records of this origin. */
        origin?: components['parameters']['origin'];
        /** `relevance` (default): featured first, then by display priority and title; `updatedAt`: latest first. */
        orderBy?: components['parameters']['productOrder'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['ProductCardPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListProductFacets: {
    parameters: {
      query?: {
        /** A part of a name or a tag; of catalogues, words as everywhere. */
        q?: components['parameters']['facetText'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['ProductFacets'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetProduct: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  DeleteProduct: {
    parameters: {
      query: {
        /** The name of what is to be deleted, as a person typed it. */
        confirm: components['parameters']['confirm'];
      };
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** Deleted */
      204: {};
      default: components['responses']['Error'];
    };
  };
  UpdateProduct: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProductPatch'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetProductDeletion: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['DeletionImpact'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetProductDefinition: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
        /** The provider's id of the API. */
        providerApiId: components['parameters']['providerApiId'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': {
            [key: string]: components['schemas']['JsonValue'];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListPlans: {
    parameters: {
      query?: {
        /** Words to find; every one must occur. */
        q?: components['parameters']['q'];
        /** Only what stands in one of these catalogues. */
        catalogue?: components['parameters']['catalogue'];
        /** Only what one of these owns; short refs mean groups. */
        owner?: components['parameters']['owner'];
        /** Only what is sold in one of these modes. */
        billing?: components['parameters']['billing'];
        /** Only records of this origin. */
        origin?: components['parameters']['origin'];
        /** Only what is of this provider. */
        provider?: components['parameters']['providerOne'];
        /** Only what stands in no catalogue. */
        unlisted?: components['parameters']['unlisted'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['PlanPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CreatePlan: {
    requestBody: {
      content: {
        'application/json': components['schemas']['NewPlan'];
      };
    };
    responses: {
      /** Made */
      201: {
        content: {
          'application/json': components['schemas']['Plan'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetPlan: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Plan'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  DeletePlan: {
    parameters: {
      query: {
        /** The name of what is to be deleted, as a person typed it. */
        confirm: components['parameters']['confirm'];
      };
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** Deleted */
      204: {};
      default: components['responses']['Error'];
    };
  };
  UpdatePlan: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanPatch'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Plan'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetPlanDeletion: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['DeletionImpact'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListCatalogues: {
    parameters: {
      query?: {
        /** Words to find; every one must occur. */
        q?: components['parameters']['q'];
        /** Only what one of these owns; short refs mean groups. */
        owner?: components['parameters']['owner'];
        /** Only records of this origin. */
        origin?: components['parameters']['origin'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['CataloguePage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CreateCatalogue: {
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCatalogue'];
      };
    };
    responses: {
      /** Made */
      201: {
        content: {
          'application/json': components['schemas']['Catalogue'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetCatalogue: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Catalogue'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  DeleteCatalogue: {
    parameters: {
      query: {
        /** The name of what is to be deleted, as a person typed it. */
        confirm: components['parameters']['confirm'];
      };
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    responses: {
      /** Deleted */
      204: {};
      default: components['responses']['Error'];
    };
  };
  UpdateCatalogue: {
    parameters: {
      path: {
        /** Namespace of the entity. */
        namespace: components['parameters']['namespace'];
        /** Name of the entity. */
        name: components['parameters']['name'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CataloguePatch'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Catalogue'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListApplications: {
    parameters: {
      query?: {
        /** Words to find; every one must occur. */
        q?: components['parameters']['q'];
        /** Only what this user or group owns. */
        owner?: components['parameters']['ownerOne'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['ApplicationPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CreateApplication: {
    requestBody: {
      content: {
        'application/json': components['schemas']['NewApplication'];
      };
    };
    responses: {
      /** Made */
      201: {
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetApplication: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  DeleteApplication: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** Deleted */
      204: {};
      default: components['responses']['Error'];
    };
  };
  UpdateApplication: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApplicationChange'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Application'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListAccessRequests: {
    parameters: {
      query?: {
        /** Only requests in one of these states. */
        status?: components['parameters']['requestStatus'];
        /** `requester` (default): asked for by the caller or for their groups' applications; `approver`: those they may decide about. */
        as?: components['parameters']['asRequester'];
        /** Only what still matters to who asked: what is pending, and what was rejected, unless the application has asked for the product again or has it by now. */
        current?: components['parameters']['current'];
        /** Only for this product. */
        product?: components['parameters']['product'];
        /** Only on this plan. */
        plan?: components['parameters']['plan'];
        /** Only for the application with this id. */
        application?: components['parameters']['application'];
        /** Only asked for by this user. */
        requester?: components['parameters']['requester'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['AccessRequestPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CreateAccessRequest: {
    parameters: {
      header?: {
        /** Sending the same request with the same key again answers with the first one. */
        'Idempotency-Key'?: components['parameters']['idempotencyKey'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewAccessRequest'];
      };
    };
    responses: {
      /** Asked for; approved already where the plan says so */
      201: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  DecideAccessRequests: {
    requestBody: {
      content: {
        'application/json': components['schemas']['Decisions'];
      };
    };
    responses: {
      /** What became of each */
      200: {
        content: {
          'application/json': components['schemas']['DecisionResults'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetAccessRequest: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  UpdateAccessRequest: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AccessRequestChange'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ApproveAccessRequest: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Approval'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RejectAccessRequest: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Rejection'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CancelAccessRequest: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Cancellation'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListSubscriptions: {
    parameters: {
      query?: {
        /** Words in the name of the application; every one must occur. */
        q?: components['parameters']['applicationWords'];
        /** Only subscriptions in one of these states. */
        status?: components['parameters']['subscriptionStatus'];
        /** `consumer` (default): of the caller's applications; `owner`: to products they decide about. */
        as?: components['parameters']['asConsumer'];
        /** Only for this product. */
        product?: components['parameters']['product'];
        /** Only on this plan. */
        plan?: components['parameters']['plan'];
        /** Only for the application with this id. */
        application?: components['parameters']['application'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['SubscriptionPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetSubscription: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RevokeSubscription: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Revocation'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  SuspendSubscription: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewSuspension'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ResumeSubscription: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Resumption'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ChangePlan: {
    parameters: {
      header?: {
        /** Sending the same request with the same key again answers with the first one. */
        'Idempotency-Key'?: components['parameters']['idempotencyKey'];
      };
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanChange'];
      };
    };
    responses: {
      /** Created */
      201: {
        content: {
          'application/json': components['schemas']['AccessRequest'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  WithdrawPlanChange: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RenewSubscription: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RetrySubscription: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Subscription'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListCredentials: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['CredentialPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  IssueCredential: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['NewCredential'];
      };
    };
    responses: {
      /** Being made */
      201: {
        content: {
          'application/json': components['schemas']['Credential'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RevealCredential: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['RevealedSecret'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RevokeCredential: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Revocation'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Credential'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  RotateCredential: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CredentialRotation'];
      };
    };
    responses: {
      /** The new credential, being made */
      201: {
        content: {
          'application/json': components['schemas']['Credential'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CutOffCredential: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Credential'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ExtendCredential: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CredentialExtension'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Credential'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CancelRotation: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** The credential that is kept */
      200: {
        content: {
          'application/json': components['schemas']['Credential'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListProviders: {
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['ProviderPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetProvider: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Provider'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListProviderApis: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['ProviderApiPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  DecideProviderApi: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApiDecision'];
      };
    };
    responses: {
      /** It is so now */
      200: {
        content: {
          'application/json': {
            api: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  SyncProvider: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['SyncRequest'];
      };
    };
    responses: {
      /** It runs */
      202: {
        content: {
          'application/json': {
            run: components['schemas']['SyncRun'];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListSyncRuns: {
    parameters: {
      query?: {
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['SyncRunPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListDrift: {
    parameters: {
      query?: {
        /** Only differences in one of these states. Default: open and repairing. */
        status?: components['parameters']['driftStatus'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['DriftItemPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  CheckDrift: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
      };
    };
    responses: {
      /** It is going to be done */
      202: {
        content: {
          'application/json': {
            provider: string;
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  RepairDrift: {
    parameters: {
      path: {
        /** Id of the record. */
        id: components['parameters']['id'];
        /** Id of the difference. */
        item: components['parameters']['item'];
      };
    };
    requestBody: {
      content: {
        'application/json': {
          action: 'push-ours' | 'take-theirs' | 'ignore';
        };
      };
    };
    responses: {
      /** What is being repaired, or ignored */
      200: {
        content: {
          'application/json': components['schemas']['DriftItem'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListCatalogRecords: {
    parameters: {
      query?: {
        /** The fingerprint of the last answer. Where it is still so, the records are left out. */
        known?: components['parameters']['known'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['CatalogRecordList'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListCatalogRemovals: {
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': {
            items: components['schemas']['HeldBackEntity'][];
          };
        };
      };
      default: components['responses']['Error'];
    };
  };
  ReportCatalogRemovals: {
    requestBody: {
      content: {
        'application/json': components['schemas']['EntityRefs'];
      };
    };
    responses: {
      /** Those that are to go */
      200: {
        content: {
          'application/json': components['schemas']['EntityRefs'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ConfirmCatalogRemovals: {
    requestBody: {
      content: {
        'application/json': components['schemas']['EntityRefs'];
      };
    };
    responses: {
      /** Those that waited for it */
      200: {
        content: {
          'application/json': components['schemas']['EntityRefs'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListGoneRecords: {
    parameters: {
      query?: {
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['GoneRecordPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ConfirmRename: {
    requestBody: {
      content: {
        'application/json': {
          from: string;
          to: string;
        };
      };
    };
    responses: {
      /** It is being done */
      202: {};
      default: components['responses']['Error'];
    };
  };
  ListOwnerless: {
    parameters: {
      query?: {
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['OwnerlessPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ListHistory: {
    parameters: {
      query?: {
        /** `<noun>:<id>`, e.g. `access-request:…`. */
        subject?: components['parameters']['subject'];
        /** Only what this user did. */
        actor?: components['parameters']['actor'];
        /** Only for this product. */
        product?: components['parameters']['product'];
        /** Only for the application with this id. */
        application?: components['parameters']['application'];
        /** Only what happened to this subscription, to its credentials and to the request that it came from. */
        subscription?: components['parameters']['historySubscription'];
        /** Not before. */
        from?: components['parameters']['from'];
        /** Before. */
        to?: components['parameters']['to'];
        /** Items on a page. */
        limit?: components['parameters']['limit'];
        /** `nextCursor` or `prevCursor` of another page of the same list. */
        cursor?: components['parameters']['cursor'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['HistoryPage'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  ExportHistory: {
    parameters: {
      query?: {
        /** The kind of file; `json` if absent. */
        format?: components['parameters']['exportFormat'];
        /** `<noun>:<id>`, e.g. `access-request:…`. */
        subject?: components['parameters']['subject'];
        /** Only what this user did. */
        actor?: components['parameters']['actor'];
        /** Only for this product. */
        product?: components['parameters']['product'];
        /** Only for the application with this id. */
        application?: components['parameters']['application'];
        /** Only what happened to this subscription, to its credentials and to the request that it came from. */
        subscription?: components['parameters']['historySubscription'];
        /** Not before. */
        from?: components['parameters']['from'];
        /** Before. */
        to?: components['parameters']['to'];
      };
    };
    responses: {
      /** The file */
      200: {
        content: {
          'text/csv': string;
          'application/x-ndjson': string;
        };
      };
      default: components['responses']['Error'];
    };
  };
  VerifyHistory: {
    parameters: {
      query?: {
        /** The place of a line that was noted; together with its hash. */
        position?: components['parameters']['notedPosition'];
        /** The hash that the noted line had. */
        hash?: components['parameters']['notedHash'];
      };
    };
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['HistoryVerification'];
        };
      };
      default: components['responses']['Error'];
    };
  };
  GetMe: {
    responses: {
      /** OK */
      200: {
        content: {
          'application/json': components['schemas']['Me'];
        };
      };
      default: components['responses']['Error'];
    };
  };
}
