/**
 * What a gateway must be able to do for the portal, in the portal's words. Nothing outside a provider module knows
 * a URL, a header or a field of the gateway behind it.
 *
 * Every method can be repeated: calling it again with the same input changes nothing and answers the same. Every
 * method honours the abort signal, bounds its own time, and throws only the errors of `./providerErrors`.
 */
import type {
  AllowedUrl,
  ProviderApi,
  ProviderFinding,
  Quota,
  RateLimit,
} from 'backstage-plugin-api-products-common';
import type { JsonObject } from '@backstage/types';

/** @public */
export interface ProviderCallOptions {
  signal?: AbortSignal;
}

/** What a probe found out. It throws where the provider cannot be reached or refuses the portal's token. @public */
export interface ProviderProbe {
  version?: string;
  findings: ProviderFinding[];
  /** Whether a removed key is refused by the gateway even while it is being called. */
  revocation: 'safe' | 'unsafe' | 'unknown';
}

/** The provider's name for a product or a plan that it holds. Opaque to everybody else. @public */
export interface OfferingReference {
  policyId: string;
}

/** A product as a provider needs to know it. @public */
export interface ProviderProduct {
  /** Stable id to derive the provider's own id from: `<namespace>/<name>` of the entity. */
  key: string;
  title: string;
  apis: {
    id: string;
    name: string;
    versions?: string[];
    allowedUrls?: AllowedUrl[];
  }[];
  /** Set from the second put on. */
  reference?: OfferingReference;
}

/** A plan as a provider needs to know it. @public */
export interface ProviderPlan {
  key: string;
  title: string;
  rateLimit: RateLimit | 'unlimited';
  quota: Quota | 'unlimited';
  /** Seconds from issue to expiry; absent = never. */
  keyLifetimeSeconds?: number;
  credentialMetadata: Record<string, string>;
  /** Provider ids of APIs the plan is sold with; some providers want at least one. */
  apiIds: string[];
  reference?: OfferingReference;
}

/** The credential that should be. @public */
export interface ProviderCredential {
  /** Id of the credential here; left at the provider as a mark. */
  credentialId: string;
  /**
   * The random key chosen by the portal before the first call (64 hexadecimal characters), so that a repetition
   * makes the same key. It is a secret.
   */
  chosenKey: string;
  products: (ProviderProduct & { reference: OfferingReference })[];
  plan: ProviderPlan & { reference: OfferingReference };
  /** Epoch seconds; absent = never. */
  expiresAt?: number;
  /** For people who look at the gateway: application and owner. */
  alias: string;
  tags: string[];
  metadata: JsonObject;
}

/** A credential that is at the gateway, read back and found equal to what was asked for. @public */
export interface ProvisionedCredential {
  /** Opaque name under which the credential is read and removed; not a secret. */
  reference: string;
  /** What the consumer presents. A secret: shown once, never logged. */
  secret: string;
  headerName: string;
  /** Stands before the secret in the header's value; often empty. */
  headerPrefix: string;
  /** What the gateway kept, epoch seconds; absent = never. */
  expiresAt?: number;
}

/** What the gateway has of a credential. @public */
export interface CredentialState {
  apiIds: string[];
  rateLimit: RateLimit | 'unlimited';
  /** Seconds until the window renews; absent = never. */
  quota: { requests: number; perSeconds?: number } | 'unlimited';
  quotaRemaining?: number;
  /** When the window ends, epoch seconds. */
  quotaRenewsAt?: number;
  expiresAt?: number;
  policyIds: string[];
  suspended: boolean;
}

/** How a removal went. @public */
export interface RemovalResult {
  /**
   * Milliseconds after which the credential must be read again before the removal may be believed: by then the
   * gateway has forgotten what it had cached.
   */
  confirmAfterMs: number;
  /** Why the removal may not hold on this installation, naming the setting to change. */
  warning?: string;
}

/** One installation of a gateway. @public */
export interface ApiProvider {
  /** Id from the configuration, e.g. `tyk-eu`. */
  readonly id: string;
  /** E.g. `tyk-gateway`. */
  readonly type: string;
  readonly title: string;
  /** Base URL under which consumers call the proxied APIs. */
  readonly gatewayUrl?: string;

  /** Asks whether the installation can be used, which version it is, and what is missing or unsafe there. */
  probe(options?: ProviderCallOptions): Promise<ProviderProbe>;

  /** All APIs of the installation. An empty list means that there are none; a failure throws. */
  listApis(options?: ProviderCallOptions): Promise<ProviderApi[]>;

  /** Creates or updates the product and returns when the gateway knows it. */
  putProduct(
    product: ProviderProduct,
    options?: ProviderCallOptions,
  ): Promise<OfferingReference>;

  /** Creates or updates the plan and returns when the gateway knows it. */
  putPlan(
    plan: ProviderPlan,
    options?: ProviderCallOptions,
  ): Promise<OfferingReference>;

  /**
   * Creates the credential, reads it back and compares its access and limits with product and plan. When it
   * returns, the gateway accepts the key with exactly these; when it throws `ProviderRejectedError` or
   * `ProviderConflictError`, no key is left behind.
   */
  putCredential(
    credential: ProviderCredential,
    options?: ProviderCallOptions,
  ): Promise<ProvisionedCredential>;

  /** What the gateway has under this reference, or undefined where it has nothing. */
  readCredential(
    reference: string,
    options?: ProviderCallOptions,
  ): Promise<CredentialState | undefined>;

  /**
   * Removes the credential; removing one that is not there succeeds. The caller reads it again at once and after
   * `confirmAfterMs` before believing it. A credential that was never confirmed has no reference yet: it is then
   * named by the key that was chosen for it.
   */
  removeCredential(
    credential: { reference: string } | { chosenKey: string },
    options?: ProviderCallOptions,
  ): Promise<RemovalResult>;
}
