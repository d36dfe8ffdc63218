/**
 * What a gateway must be able to do for the portal, in the portal's words. Nothing outside a provider module knows
 * a URL, a header or a field of the gateway behind it.
 *
 * Every method can be repeated: calling it again with the same input changes nothing and answers the same. Every
 * method honours the abort signal, bounds its own time, and throws only the errors of `./providerErrors`.
 *
 * That something is not there ends access, makes a second key, or hides a record. So an answer of absence is the
 * provider's duty to prove: a gateway without its store, or one that has just started, denies what it has. What is not
 * proved, by something seen in the same way in the same moment that has to be there, throws
 * `ProviderUnavailableError`. This holds for `undefined`, for an empty or shorter list, for a removal of what is not
 * there, and for writing anew what is missing.
 */
import type {
  AllowedUrl,
  ProviderApi,
  ProviderFinding,
  Quota,
  RateLimit,
} from 'backstage-plugin-api-products-common';
import type { JsonObject } from '@backstage/types';
import type {
  FoundQuota,
  OfferingReference,
  ProviderOffering,
} from './offerings';

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
  /** What the consumer presents: a token, or a user with a password. Absent = `token`. */
  kind?: 'token' | 'basic';
  products: (ProviderProduct & { reference: OfferingReference })[];
  plan: ProviderPlan & { reference: OfferingReference };
  /** Epoch seconds; absent = never. */
  expiresAt?: number;
  /** For people who look at the gateway: application and owner. */
  alias: string;
  tags: string[];
  metadata: JsonObject;
}

/**
 * What a credential that exists is to have from now on. Its secret, what it has used of its quota, and its window stay.
 * @public
 */
export type CredentialUpdate = Omit<
  ProviderCredential,
  'chosenKey' | 'kind'
> & {
  /** The gateway is to refuse it, without forgetting it. Absent = false. */
  suspended?: boolean;
};

/** A credential that is at the gateway, read back and found equal to what was asked for. @public */
export interface ProvisionedCredential {
  /** Opaque name under which the credential is read and removed; not a secret. */
  reference: string;
  /**
   * What the consumer presents after `headerPrefix`. A secret: shown once, never logged. For `basic`, user and
   * password as that scheme encodes them.
   */
  secret: string;
  headerName: string;
  /** Stands before the secret in the header's value; often empty. */
  headerPrefix: string;
  /** What the gateway kept, epoch seconds; absent = never. */
  expiresAt?: number;
  /** Why taking this credential away may not hold on this installation, naming the setting to change. */
  warning?: string;
}

/** A credential after it was changed, as it was read back at once. @public */
export interface ChangedCredential extends CredentialState {
  /**
   * Milliseconds after which the credential must be read again before the change may be believed: by then the gateway
   * has forgotten what it had cached.
   */
  confirmAfterMs: number;
  /** Why the change may not hold on this installation while the credential is in use, naming the setting to change. */
  warning?: string;
}

/** The quota of a credential as far as one of its products goes. @public */
export interface ProductQuota {
  /** Of the product. */
  policyId: string;
  apiIds: string[];
  remaining: number;
  /** When the window ends, epoch seconds; absent before the first call, and where it never renews. */
  renewsAt?: number;
}

/** What the gateway has of a credential. @public */
export interface CredentialState {
  apiIds: string[];
  rateLimit: RateLimit | 'unlimited';
  quota: FoundQuota | 'unlimited';
  quotaRemaining?: number;
  /** When the window ends, epoch seconds. */
  quotaRenewsAt?: number;
  /** What is left for each product, where the gateway counts the quota once per product. Absent = one for all. */
  productQuotas?: ProductQuota[];
  expiresAt?: number;
  /** Products and plan, without what the provider adds for itself. */
  policyIds: string[];
  suspended: boolean;
  /** The mark that {@link ApiProvider.putCredential} left. */
  credentialId?: string;
  /** What it tells people who look at the gateway; absent where the provider does not read it. */
  marks?: CredentialMarks;
}

/** What a credential says of itself at the gateway. @public */
export interface CredentialMarks {
  alias: string;
  /** With those that its policies add. */
  tags: string[];
  /** With what its policies add or overwrite. */
  metadata: JsonObject;
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
  /** Something was left at the provider to make the removal hold: see {@link ApiProvider.cleanUpCredential}. */
  cleanUp?: boolean;
}

/** A credential to be removed: by its reference, or, as long as it has none, by the key chosen for it. @public */
export type CredentialName = (
  | { reference: string }
  | { chosenKey: string; kind?: 'token' | 'basic' }
) & { credentialId: string };

/** Which usage is asked for. Days are UTC, `YYYY-MM-DD`, both inclusive. @public */
export interface UsageQuery {
  references: string[];
  from: string;
  to: string;
}

/** What one credential was used for on one API in one day. @public */
export interface UsageDay {
  reference: string;
  /** UTC, `YYYY-MM-DD`. */
  day: string;
  apiId?: string;
  /** Calls, served or not. */
  calls: number;
  succeeded: number;
  failed: number;
}

/**
 * Seconds of a calendar month's quota at a provider whose windows roll: the longest month. The portal starts the
 * window anew on the first.
 * @public
 */
export const MONTH_QUOTA_SECONDS = 31 * 86_400;

/**
 * One installation of a gateway.
 *
 * What a method says is not there, is not there: an answer of absence that is not proved throws
 * `ProviderUnavailableError`.
 * @public
 */
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

  /**
   * The API's definition as consumers may see it, without anything of the gateway's own; undefined where it has none.
   */
  exportDefinition(
    apiId: string,
    options?: ProviderCallOptions,
  ): Promise<JsonObject | undefined>;

  /**
   * Everything at the provider that could be a product or a plan, whether the configured tags select it or not. An
   * empty list means that there is nothing; a failure throws.
   */
  listOfferings(options?: ProviderCallOptions): Promise<ProviderOffering[]>;

  /**
   * Creates or updates the product and returns when the gateway knows it. A product without APIs is kept there as
   * `draft`.
   */
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
   * Takes the product away; that it is not there is as good. Keys that carry it lose its APIs, so the caller removes
   * them first.
   */
  removeProduct(
    reference: OfferingReference,
    options?: ProviderCallOptions,
  ): Promise<void>;

  /**
   * Takes the plan away; that it is not there is as good. A key whose plan is gone can lose its limits, so the caller
   * makes sure that none carries it.
   */
  removePlan(
    reference: OfferingReference,
    options?: ProviderCallOptions,
  ): Promise<void>;

  /**
   * Creates the credential, reads it back and compares its access and limits with product and plan. When it
   * returns, the gateway accepts the key with exactly these; when it throws `ProviderRejectedError` or
   * `ProviderConflictError`, no key is left behind.
   */
  putCredential(
    credential: ProviderCredential,
    options?: ProviderCallOptions,
  ): Promise<ProvisionedCredential>;

  /** What the gateway has under this reference, or undefined where it is proved to have nothing. */
  readCredential(
    reference: string,
    options?: ProviderCallOptions,
  ): Promise<CredentialState | undefined>;

  /**
   * References of all credentials at the installation, also those that the portal has not made.
   *
   * @throws ProviderUnsupportedError where the installation does not list them
   */
  listCredentials(options?: ProviderCallOptions): Promise<string[]>;

  /**
   * Makes a credential that exists have these products, this plan, this expiry, reads it back and compares. The caller
   * reads it again after `confirmAfterMs` before believing it.
   *
   * @throws ProviderConflictError when there is no such credential, or when the gateway made something else of it
   */
  updateCredential(
    reference: string,
    wanted: CredentialUpdate,
    options?: ProviderCallOptions,
  ): Promise<ChangedCredential>;

  /**
   * Starts the quota window of a credential anew, now; limits, expiry and secret stay. Repeating it starts the window
   * anew again: the caller looks at `quotaRenewsAt` first.
   *
   * @throws ProviderConflictError when there is no such credential
   */
  resetQuota(
    reference: string,
    options?: ProviderCallOptions,
  ): Promise<CredentialState>;

  /**
   * Removes the credential; removing one that is proved not to be there succeeds. The caller reads it again at once and after
   * `confirmAfterMs` before believing it. A credential that was never confirmed has no reference yet: it is then
   * named by the key that was chosen for it.
   */
  removeCredential(
    credential: CredentialName,
    options?: ProviderCallOptions,
  ): Promise<RemovalResult>;

  /**
   * After a removal with `cleanUp` was confirmed: takes away what was left at the provider to make it hold. That
   * nothing is there is as good.
   */
  cleanUpCredential(
    credential: { credentialId: string },
    options?: ProviderCallOptions,
  ): Promise<void>;

  /**
   * What was called, day by day.
   *
   * @throws ProviderUnsupportedError where the installation counts nothing
   */
  usage(query: UsageQuery, options?: ProviderCallOptions): Promise<UsageDay[]>;
}
