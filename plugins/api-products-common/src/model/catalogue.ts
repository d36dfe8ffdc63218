import {
  Authentication,
  DecimalString,
  EntityRef,
  Id,
  IsoDateTime,
  IsoDuration,
  Origin,
  Quota,
  RateLimit,
} from './values';

/** Where a product is in its life. Only `active` and `deprecated` products are seen by developers. @public */
export type ProductLifecycle = 'draft' | 'active' | 'deprecated' | 'retired';

/** An API of a product, and where its provider keeps it. @public */
export interface ProductApi {
  /** The catalog API entity; absent as long as an API of the provider has none. One of this and the id is there. */
  ref?: EntityRef;
  title?: string;
  /** The provider's id of the API; absent as long as it could not be resolved. */
  providerApiId?: string;
  versions?: string[];
  allowedUrls?: AllowedUrl[];
}

/** A path of an API that the product opens; without any, the whole API is open. @public */
export interface AllowedUrl {
  /** Regular expression over the path. */
  url: string;
  methods: string[];
}

/** A text the consumer accepts when asking for access. @public */
export interface Terms {
  name: string;
  version: string;
  url: string;
  required: boolean;
}

/** How a product is presented before and beside its lifecycle. @public */
export interface ProductVisibility {
  comingSoon?: boolean;
  comingSoonText?: string;
  preview?: boolean;
  featured?: boolean;
  displayPriority?: number;
  logo?: string;
}

/** What a plan costs. @public */
export interface Pricing {
  mode: 'free' | 'fixed' | 'metered';
  /** What people read, e.g. `$49/month`. */
  label?: string;
  description?: string;
  /** ISO 4217. */
  currency?: string;
  amount?: DecimalString;
  period?: 'month' | 'year';
  trial?: IsoDuration;
}

/** What the provider knows of a product or a plan. @public */
export type ProviderState =
  | { status: 'none' }
  | { status: 'pending' }
  | { status: 'ready'; policyId: string }
  | { status: 'failed'; message: string };

/** What the caller may do with a product now. @public */
export type ProductAction =
  | 'request-access'
  | 'edit'
  | 'delete'
  | 'see-requests';

/** What the caller may do with a plan or a catalogue now. @public */
export type RecordAction = 'edit' | 'delete';

/**
 * References as a product says them, also those that the caller cannot use or does not see: for those who may edit the
 * product, and for other plugins.
 * @public
 */
export interface ProductRefs {
  plans: EntityRef[];
  catalogues: EntityRef[];
  /** Without the owner. */
  approvers: EntityRef[];
}

/** What the caller already has of a product. @public */
export interface MyAccess {
  status: 'pending' | 'subscribed';
  /** Title of the plan asked for or held. */
  plan: string;
}

/** A plan as seen beside one product: only plans the caller can combine with it. @public */
export interface PlanSummary {
  ref: EntityRef;
  title: string;
  description?: string;
  rateLimit: RateLimit | 'unlimited';
  quota: Quota | 'unlimited';
  keyLifetime: IsoDuration | 'never';
  approval: { mode: 'auto' | 'manual' };
  pricing: Pricing;
  displayPriority: number;
}

/** A product as the REST API shows it. @public */
export interface Product {
  id: Id;
  revision: number;
  /** `apiproduct:<namespace>/<name>`. */
  ref: EntityRef;
  namespace: string;
  name: string;
  title: string;
  description?: string;
  type: string;
  version?: string;
  lifecycle: ProductLifecycle;
  owner: EntityRef;
  approvers: EntityRef[];
  system?: EntityRef;
  /** Provider id; absent for a documentation-only product. */
  provider?: string;
  authentication?: Authentication;
  gatewayEndpoint?: string;
  tags: string[];
  catalogues: EntityRef[];
  apis: ProductApi[];
  plans: PlanSummary[];
  content?: string;
  guides: { title: string; content?: string; url?: string }[];
  links: { url: string; title?: string }[];
  /** The person to talk to. */
  contact?: string;
  /** Name at the provider, where it is not the title. */
  providerName?: string;
  /** Definitions of a documentation-only product; only where one product is asked for. */
  specs: { alias: string; definition: string }[];
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
  external?: Record<string, string | string[]>;
  terms: Terms[];
  visibility: ProductVisibility;
  sla?: {
    availability?: number;
    latencyP95Ms?: number;
    supportHours?: string;
  };
  origin: Origin;
  /** Where a product that is managed in Git is edited. */
  editUrl?: string;
  /** Since when the record is gone from Git or the provider; only those who decide about it still see it. */
  hiddenSince?: IsoDateTime;
  providerState: ProviderState;
  /** Only for those who may edit the product or would where it is edited, and for other plugins. */
  refs?: ProductRefs;
  myAccess?: MyAccess;
  actions: ProductAction[];
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** A plan as the REST API shows it. @public */
export interface Plan extends PlanSummary {
  id: Id;
  revision: number;
  namespace: string;
  name: string;
  owner: EntityRef;
  provider?: string;
  accessRequests?: { allowance: number; per: IsoDuration };
  credentials: {
    max: number;
    rotationOverlap: IsoDuration;
    revealWithin: IsoDuration;
  };
  scopes: string[];
  credentialMetadata: Record<string, string>;
  providerName?: string;
  catalogues: EntityRef[];
  /** As {@link Product.refs}. */
  refs?: Pick<ProductRefs, 'catalogues'>;
  actions: RecordAction[];
  origin: Origin;
  editUrl?: string;
  /** Since when the record is gone from Git or the provider; only those who decide about it still see it. */
  hiddenSince?: IsoDateTime;
  providerState: ProviderState;
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** A catalogue as the REST API shows it. @public */
export interface Catalogue {
  id: Id;
  revision: number;
  ref: EntityRef;
  namespace: string;
  name: string;
  title: string;
  description?: string;
  owner: EntityRef;
  visibility: 'public' | 'private';
  /** Only for platform owners and the catalogue's owner. */
  audience?: EntityRef[];
  actions: RecordAction[];
  origin: Origin;
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}
