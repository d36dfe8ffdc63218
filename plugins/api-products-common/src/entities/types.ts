/**
 * The entities as people write them in Git. References may be short, several fields have more than one form, and
 * most have a default: `./specs` has the one normal form that code works with.
 *
 * These are type aliases, not interfaces, because an entity's `spec` must be a JSON object to TypeScript.
 */
import type { Entity } from '@backstage/catalog-model';
import type { ProductLifecycle } from '../model/catalogue';
import type {
  Authentication,
  DecimalString,
  IsoDuration,
} from '../model/values';

/** An entity reference, complete or short: kind and namespace have defaults. @public */
export type ShortEntityRef = string;

/** A list, or the same as one text with spaces or commas between the items. @public */
export type ScopeList = string[] | string;

/**
 * An API of a product: its reference, or the reference with what the provider has to know of it. An API that has no
 * entity is named by the provider's id alone.
 * @public
 */
export type APIProductApi =
  | ShortEntityRef
  | {
      ref?: ShortEntityRef;
      /** The provider's id of the API, where the API entity has no annotation with it, or where there is no entity. */
      providerApiId?: string;
      versions?: string[];
      /** Paths (regular expressions) that the product opens; without any, the whole API. */
      allowedUrls?: { url: string; methods: string[] }[];
    };

/** The body of an `APIProduct`. @public */
export type APIProductEntitySpec = {
  /** `rest`, `graphql`, `event`, `mcp`, `mixed` or any other word. Default `rest`. */
  type?: string;
  /** Group or user; the kind defaults to group. */
  owner: ShortEntityRef;
  /** The person to talk to: an entity reference, an e-mail address or a name. */
  contact?: string;
  /** Default `draft`: nothing is published by forgetting a line. */
  lifecycle?: ProductLifecycle;
  /** Semantic version. */
  version?: string;
  system?: ShortEntityRef;
  /** Id of the provider; absent = the product is documentation only. */
  provider?: string;
  /** Name at the provider, where it is not the title. */
  providerName?: string;
  apis?: APIProductApi[];
  gatewayEndpoint?: string;
  authentication?: Authentication;
  plans?: ShortEntityRef[];
  catalogues?: ShortEntityRef[];
  /** Who may decide besides the owner: groups or users; the kind defaults to group. */
  approvers?: ShortEntityRef[];
  /** Markdown. */
  content?: string;
  guides?: { title: string; content?: string; url?: string }[];
  specs?: { alias: string; definition: string }[];
  terms?: { name: string; version: string; url: string; required?: boolean }[];
  visibility?: {
    comingSoon?: boolean;
    comingSoonText?: string;
    preview?: boolean;
    featured?: boolean;
    displayPriority?: number;
    logo?: string;
  };
  dynamicClientRegistration?: {
    enabled: boolean;
    identityProvider?: string;
    scopes?: ScopeList;
  };
  sla?: {
    /** Percent. */
    availability?: number;
    latencyP95Ms?: number;
    supportHours?: string;
  };
  billing?: {
    productCode?: string;
    paymentSource?: string;
    paymentConfigurationId?: string;
    meteringModels?: string[];
    notifyOnInvoice?: boolean;
    notificationAddresses?: string[];
    /** Percent of the quota. */
    quotaThresholds?: number[];
    notifyTrialExpiry?: boolean;
  };
  /** Ids of other systems, shown as they are. */
  external?: { [name: string]: string | string[] };
};

/** The body of an `APIPlan`. @public */
export type APIPlanEntitySpec = {
  /** Group or user; the kind defaults to group. */
  owner: ShortEntityRef;
  provider?: string;
  /** Name at the provider, where it is not the title. */
  providerName?: string;
  /** `per` in seconds. */
  rateLimit: 'unlimited' | { requests: number; per: number };
  quota: 'unlimited' | { requests: number; per: IsoDuration | 'month' };
  /** Default `never`. */
  keyLifetime?: IsoDuration | 'never';
  /** Default `manual`. */
  approval?: { mode: 'auto' | 'manual' };
  accessRequests?: { allowance: number; per: IsoDuration };
  credentials?: {
    /** Default 2. */
    max?: number;
    /** Default `PT24H`. */
    rotationOverlap?: IsoDuration;
    /** Default `P7D`. */
    revealWithin?: IsoDuration;
    /** Default `P30D`. */
    renewWithin?: IsoDuration;
  };
  scopes?: ScopeList;
  credentialMetadata?: { [name: string]: string };
  catalogues?: ShortEntityRef[];
  /** Default: free. */
  pricing?: {
    mode: 'free' | 'fixed' | 'metered';
    label?: string;
    description?: string;
    currency?: string;
    amount?: DecimalString;
    period?: 'month' | 'year';
    trial?: IsoDuration;
  };
  displayPriority?: number;
};

/** The body of an `APICatalogue`. @public */
export type APICatalogueEntitySpec = {
  /** Group or user; the kind defaults to group. */
  owner: ShortEntityRef;
  /** `public`: every signed-in user. Default `private`. */
  visibility?: 'public' | 'private';
  /** Who sees a private catalogue: groups or users; the kind defaults to group. */
  audience?: ShortEntityRef[];
  /**
   * Who may list products and plans in it, beside its owner and platform owners: groups or users; the kind defaults to
   * group. Default: everybody where it is public, else nobody.
   */
  publishers?: ShortEntityRef[];
};

/** A bundle of APIs that developers subscribe to. @public */
export interface APIProductEntity extends Entity {
  apiVersion: 'api-products/v1alpha1';
  kind: 'APIProduct';
  spec: APIProductEntitySpec;
}

/** Limits, key lifetime, price and approval rule on which products can be had. @public */
export interface APIPlanEntity extends Entity {
  apiVersion: 'api-products/v1alpha1';
  kind: 'APIPlan';
  spec: APIPlanEntitySpec;
}

/** A shop window: a named audience. @public */
export interface APICatalogueEntity extends Entity {
  apiVersion: 'api-products/v1alpha1';
  kind: 'APICatalogue';
  spec: APICatalogueEntitySpec;
}
