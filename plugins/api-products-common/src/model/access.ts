import { CallPart } from './provider';
import {
  DecimalString,
  EntityRef,
  Id,
  IsoDateTime,
  IsoDuration,
  Quota,
  RateLimit,
} from './values';

/** The consumer's side of a subscription: what will call the API. @public */
export interface Application {
  id: Id;
  revision: number;
  name: string;
  description?: string;
  /** A user or a group. */
  owner: EntityRef;
  /** The catalog Component that is meant, if it has one. */
  component?: EntityRef;
  createdBy: EntityRef;
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** `pending → approved · rejected · cancelled · expired` @public */
export type AccessRequestStatus =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'cancelled'
  | 'expired';

/** What the caller may do with an access request now. @public */
export type AccessRequestAction = 'edit' | 'cancel' | 'approve' | 'reject';

/** Names a product without carrying all of it. @public */
export interface ProductLink {
  ref: EntityRef;
  title: string;
}

/** Names a plan, with what an approver or a subscriber has to know of it. @public */
export interface PlanLink {
  ref: EntityRef;
  title: string;
  rateLimit: RateLimit | 'unlimited';
  quota: Quota | 'unlimited';
  keyLifetime: IsoDuration | 'never';
  pricing: {
    mode: 'free' | 'fixed' | 'metered';
    label?: string;
    amount?: DecimalString;
    currency?: string;
    period?: 'month' | 'year';
  };
}

/** How an access request was decided. @public */
export interface Decision {
  decision: 'approved' | 'rejected';
  /** Absent for an automatic approval. */
  by?: EntityRef;
  automatic: boolean;
  comment?: string;
  at: IsoDateTime;
}

/** One application asks for one product on one plan. @public */
export interface AccessRequest {
  id: Id;
  revision: number;
  status: AccessRequestStatus;
  product: ProductLink;
  plan: PlanLink;
  application: Pick<Application, 'id' | 'name' | 'owner' | 'component'>;
  requester: EntityRef;
  reason?: string;
  acceptedTerms: { name: string; version: string }[];
  /** Who can decide: the owner group and the named approvers. */
  approvers: EntityRef[];
  decision?: Decision;
  /** The subscription that an approval made. */
  subscription?: Id;
  actions: AccessRequestAction[];
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** `provisioning → active ⇄ suspended → expired · revoked`, `failed` (retryable); `revoking` until the gateway is known to refuse every key. @public */
export type SubscriptionStatus =
  | 'provisioning'
  | 'active'
  | 'suspended'
  | 'revoking'
  | 'revoked'
  | 'expired'
  | 'failed';

/** What the caller may do with a subscription now. @public */
export type SubscriptionAction = 'revoke' | 'retry' | 'issue-credential';

/** What an approved request becomes: one application, one plan, one or more products. @public */
export interface Subscription {
  id: Id;
  revision: number;
  status: SubscriptionStatus;
  products: ProductLink[];
  plan: PlanLink;
  application: Pick<Application, 'id' | 'name' | 'owner' | 'component'>;
  requester: EntityRef;
  accessRequest: Id;
  credentials: Credential[];
  /** How the key is presented and where, so that a client can be written. */
  usage?: {
    endpoint?: string;
    /** Absent where no API takes the key in a header. */
    headerName?: string;
    /** Prefix of the header's value before the key; often empty. */
    headerPrefix?: string;
    /** Each API by itself, as its gateway has it: they may differ in address and in the place of the key. */
    apis: CalledApi[];
  };
  /** What the provider said last, while something is not yet as it should be. */
  lastError?: string;
  nextTryAt?: IsoDateTime;
  actions: SubscriptionAction[];
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** How a consumer with a key calls one API of a product. @public */
export interface CalledApi {
  /** Of the catalog's entity, or of the API at its provider. */
  title: string;
  /** Absolute URL; absent where it is not known. */
  address?: string;
  /** Where the key goes; the first suits most clients. Absent where it is not known: see the header of the subscription. */
  keyPlaces?: CallPart[];
  /** What goes along with each call, such as the version. */
  alongside: (CallPart & { value: string })[];
  /** What else callers must know, each a sentence. */
  notes: string[];
}

/** `provisioning → active → superseded → revoking → revoked · expired`; `failed` when the provider refused for good. @public */
export type CredentialStatus =
  | 'provisioning'
  | 'active'
  | 'superseded'
  | 'revoking'
  | 'revoked'
  | 'expired'
  | 'failed';

/** What the caller may do with a credential now. @public */
export type CredentialAction = 'reveal' | 'revoke';

/** A key of a subscription. Its secret is never part of it. @public */
export interface Credential {
  id: Id;
  revision: number;
  subscription: Id;
  name: string;
  /** What the consumer presents: a token, or a user with a password. Absent = `token`. */
  kind?: 'token' | 'basic';
  status: CredentialStatus;
  /** The end of what was shown, of a password for `basic`; absent where the provider's tokens all end alike. */
  lastFour?: string;
  expiresAt?: IsoDateTime;
  /** Set once the secret has been shown. */
  revealed?: { by: EntityRef; at: IsoDateTime };
  /** After this the secret can no longer be shown. */
  revealUntil?: IsoDateTime;
  /** Set while a revocation is being confirmed: what is known so far. */
  revocation?: {
    requestedAt: IsoDateTime;
    requestedBy: EntityRef;
    /** Times the key came back after it had been removed. */
    revivals: number;
    message?: string;
  };
  /** Why taking this key away may not hold at its provider, as long as it works; names the setting to change. */
  revocationWarning?: string;
  lastError?: string;
  nextTryAt?: IsoDateTime;
  createdBy: EntityRef;
  actions: CredentialAction[];
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** The only answer that carries a secret. @public */
export interface RevealedSecret {
  secret: string;
  /** Both absent where no API takes the key in a header. */
  headerName?: string;
  headerValue?: string;
  /** Each API of its products by itself: they may differ in address and in the place of the key. */
  apis: CalledApi[];
  /** Both only for basic authentication, where people type them and programs take them apart. */
  username?: string;
  password?: string;
}

/** One line of the readable history. @public */
export interface HistoryEntry {
  id: Id;
  at: IsoDateTime;
  /** `<noun>:<id>`, e.g. `credential:…`. */
  subject: string;
  /** `api-products.<noun>.<verb>` without the prefix, e.g. `credential.revealed`. */
  event: string;
  /** Absent where the portal itself acted. */
  actor?: EntityRef;
  message: string;
}

/** The caller. @public */
export interface Me {
  user: EntityRef;
  groups: EntityRef[];
  platformOwner: boolean;
  /** Whom to ask for what only platform owners may do: groups and users. */
  platformOwners?: EntityRef[];
  /** Refs of the products the caller decides about. */
  ownedProducts: EntityRef[];
  counts: {
    /** Requests that wait for the caller's decision. */
    pendingForMe: number;
    /** The caller's own requests that wait for somebody else. */
    myPending: number;
  };
}
