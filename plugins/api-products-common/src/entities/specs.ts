/**
 * The normal form of products, plans and catalogues: defaults filled in, every reference complete and in lower case,
 * one shape per field. This is what is stored, compared and sent to providers.
 */
import type {
  Pricing,
  ProductApi,
  ProductLifecycle,
  ProductVisibility,
  Terms,
} from '../model/catalogue';
import type {
  Authentication,
  EntityRef,
  IsoDuration,
  Quota,
  RateLimit,
} from '../model/values';

/** What the three kinds have in common. @public */
export interface RecordSpec {
  /** `<kind>:<namespace>/<name>`, complete and in lower case. */
  ref: EntityRef;
  /** As written. */
  namespace: string;
  /** As written. */
  name: string;
  /** The display name; the entity's name where it has no title. */
  title: string;
  description?: string;
  owner: EntityRef;
  /** Where the entity is edited, where its source says so. */
  editUrl?: string;
  /** What the entity was called before, where its annotation says so. */
  renamedFrom?: EntityRef;
}

/** A product in its normal form. @public */
export interface ProductSpec extends RecordSpec {
  tags: string[];
  links: { url: string; title?: string }[];
  type: string;
  contact?: string;
  lifecycle: ProductLifecycle;
  version?: string;
  system?: EntityRef;
  /** Absent: documentation only. */
  provider?: string;
  providerName?: string;
  apis: ProductApi[];
  gatewayEndpoint?: string;
  authentication?: Authentication;
  plans: EntityRef[];
  catalogues: EntityRef[];
  /** Besides the owner. */
  approvers: EntityRef[];
  content?: string;
  guides: { title: string; content?: string; url?: string }[];
  specs: { alias: string; definition: string }[];
  terms: Terms[];
  visibility: ProductVisibility;
  dynamicClientRegistration?: {
    enabled: boolean;
    identityProvider?: string;
    scopes: string[];
  };
  sla?: {
    availability?: number;
    latencyP95Ms?: number;
    supportHours?: string;
  };
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
  external: Record<string, string | string[]>;
}

/** A plan in its normal form. @public */
export interface PlanSpec extends RecordSpec {
  provider?: string;
  providerName?: string;
  rateLimit: RateLimit | 'unlimited';
  quota: Quota | 'unlimited';
  keyLifetime: IsoDuration | 'never';
  approval: { mode: 'auto' | 'manual' };
  accessRequests?: { allowance: number; per: IsoDuration };
  credentials: {
    max: number;
    rotationOverlap: IsoDuration;
    revealWithin: IsoDuration;
    /** How long after its last key has expired access is renewed without a new request; absent = `P30D`. */
    renewWithin?: IsoDuration;
  };
  scopes: string[];
  credentialMetadata: Record<string, string>;
  catalogues: EntityRef[];
  pricing: Pricing;
  displayPriority: number;
}

/** A catalogue in its normal form. @public */
export interface CatalogueSpec extends RecordSpec {
  visibility: 'public' | 'private';
  audience: EntityRef[];
  /** Absent: everybody where it is public, else nobody but its owner. */
  publishers?: EntityRef[];
}
