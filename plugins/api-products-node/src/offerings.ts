/** What a provider holds already, in the portal's words: what a synchronisation finds and drift compares. */
import type {
  AllowedUrl,
  RateLimit,
} from 'backstage-plugin-api-products-common';

/** The provider's name for a product or a plan that it holds. Opaque to everybody else. @public */
export interface OfferingReference {
  policyId: string;
}

/**
 * Whether keys that carry an offering are served: `active`; `draft` refuses them; of an `unpublished` one the gateway
 * knows nothing.
 * @public
 */
export type OfferingState = 'active' | 'draft' | 'unpublished';

/** What all offerings found at a provider have in common. @public */
export interface FoundOffering extends OfferingReference {
  /** Its name at the provider. */
  name: string;
  tags: string[];
  /** Whether the provider's configuration selects it: it carries one of the configured tags, or none is configured. */
  selected: boolean;
  state: OfferingState;
  /** Set where the provider can tell that a portal has made it, by this or an earlier life of its database. */
  ours?: boolean;
  /** Names of the portal's own that it writes into the metadata of its keys, over what they say. Absent = none. */
  overwrites?: string[];
}

/** A product as it is at the provider, in the portal's words. @public */
export interface FoundProduct extends FoundOffering {
  kind: 'product';
  apis: {
    id: string;
    name?: string;
    versions?: string[];
    allowedUrls?: AllowedUrl[];
  }[];
}

/** A plan as it is at the provider, in the portal's words. @public */
export interface FoundPlan extends FoundOffering {
  kind: 'plan';
  rateLimit: RateLimit | 'unlimited';
  /** Seconds until the window renews; absent = never. */
  quota: FoundQuota | 'unlimited';
  /** Absent = keys never expire. */
  keyLifetimeSeconds?: number;
  credentialMetadata: Record<string, string>;
  apiIds: string[];
  /** Limits of which it says nothing, so that its keys have what they were given last. Absent = it says both. */
  unset?: ('rateLimit' | 'quota')[];
}

/** Something that is neither a product nor a plan, and why. @public */
export interface OtherOffering extends FoundOffering {
  kind: 'other';
  reason: string;
}

/** What a provider holds, its own technical entries left out. @public */
export type ProviderOffering = FoundProduct | FoundPlan | OtherOffering;

/** A quota as a gateway keeps it. @public */
export interface FoundQuota {
  requests: number;
  /** Seconds; absent = it never renews. */
  perSeconds?: number;
}
