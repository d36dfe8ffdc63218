import type { JsonValue } from '@backstage/types';
import { EntityRef, Id, IsoDateTime } from './values';

/** Something a provider can or cannot do, in words. @public */
export interface ProviderFinding {
  /** Stable name, e.g. `revocation`. */
  name: string;
  status: 'ok' | 'warning' | 'error';
  /** What this means for people; names the provider's setting to change where there is one. */
  message: string;
}

/** A provider as the REST API shows it: never its token. @public */
export interface Provider {
  id: Id;
  type: string;
  title: string;
  /** Where consumers call the proxied APIs. */
  gatewayUrl?: string;
  status: 'unknown' | 'up' | 'down';
  version?: string;
  findings: ProviderFinding[];
  /** Why it is down. */
  message?: string;
  checkedAt?: IsoDateTime;
  /** Whether a key that is taken away is refused at once, also while it is being called. */
  revocation: 'safe' | 'unsafe' | 'unknown';
  /** The last synchronisation that was begun. */
  lastSync?: Omit<SyncRun, 'items'>;
  /** Open differences between the portal and the provider. */
  driftCount: number;
  /** When differences were last looked for. */
  driftCheckedAt?: IsoDateTime;
}

/** What a synchronisation did with one policy of the provider. @public */
export interface SyncItem {
  /** `held-back`: it would have been hidden, but too many were gone at once. */
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
  ref?: EntityRef;
  /** Name at the provider. */
  name: string;
  policyId: string;
  /** Why, or what changed, in words. */
  reason?: string;
}

/** Why a synchronisation began. @public */
export type SyncTrigger = 'start' | 'schedule' | 'request';

/** One synchronisation with a provider. @public */
export interface SyncRun {
  id: Id;
  provider: Id;
  trigger: SyncTrigger;
  /** Absent where the portal itself began it. */
  requestedBy?: EntityRef;
  /** `held-back`: done, but what is gone at the provider waits for a platform owner to confirm. */
  status: 'queued' | 'running' | 'succeeded' | 'held-back' | 'failed';
  /** Policies looked at so far and in all, while it runs. */
  progress?: { done: number; total: number };
  counts: Record<SyncItem['outcome'] | 'unchanged', number>;
  /** Everything but what was unchanged; in lists of runs as well. */
  items: SyncItem[];
  /** Why it failed or holds back. */
  message?: string;
  createdAt: IsoDateTime;
  startedAt?: IsoDateTime;
  finishedAt?: IsoDateTime;
}

/**
 * In what the provider differs. `missing`: ours is not there; `unknown`: there is one with our mark that is not ours;
 * `revived`: a key that was taken away is back; `orphaned`: a key's plan is not there; `marks`: a key does not tell whose
 * it is; `paths`: paths of a product are shut that the portal leaves open.
 * @public
 */
export type DriftKind =
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

/** What can be done about a difference. @public */
export type DriftAction = 'push-ours' | 'take-theirs' | 'ignore';

/** One field that differs. @public */
export interface DriftDifference {
  /** In the portal's words, e.g. `rateLimit`, `quota`, `apis`. */
  field: string;
  /** Absent: there is nothing on this side. */
  ours?: JsonValue;
  theirs?: JsonValue;
}

/** A difference between what should be and what the provider has. @public */
export interface DriftItem {
  id: Id;
  provider: Id;
  kind: DriftKind;
  subject: {
    kind: 'product' | 'plan' | 'credential';
    /** Our id; for `unknown`, the provider's. */
    id: Id;
    ref?: EntityRef;
    /** What people know it by. */
    title: string;
  };
  message: string;
  differences: DriftDifference[];
  /** `gone`: it was equal again the next time it was looked at. */
  status: 'open' | 'repairing' | 'repaired' | 'ignored' | 'gone';
  actions: DriftAction[];
  /** How often it was found. */
  seen: number;
  resolution?: { action: DriftAction; by?: EntityRef; at: IsoDateTime };
  /** Why the last repair did not succeed. */
  lastError?: string;
  createdAt: IsoDateTime;
  updatedAt: IsoDateTime;
}

/** An entity of the catalog that says that it stands for an API of a provider. @public */
export interface ApiClaim {
  entity: EntityRef;
  owner: EntityRef;
  /** Whether the API is this owner's. */
  counts: boolean;
}

/** A product that names an API of somebody else. @public */
export interface HeldBackProduct {
  product: EntityRef;
  title: string;
  owner: EntityRef;
  /** Why, and what is to be done. */
  reason: string;
}

/** What a platform owner decides about an API: whose it is, by its entity, or that a product may open it. @public */
export type ApiDecision = { api: string } & (
  | { entity: EntityRef; product?: undefined }
  | { product: EntityRef; entity?: undefined }
);

/** An API of a provider. @public */
export interface ProviderApi {
  id: string;
  name: string;
  listenPath: string;
  active: boolean;
  /** Only other APIs of the gateway can call it. */
  internal?: boolean;
  authentication: 'auth-token' | 'jwt' | 'basic' | 'mtls' | 'keyless' | 'other';
  /** What consumers have to know where `authentication` says too little, e.g. several methods, in words. */
  authenticationNote?: string;
  versions?: string[];
  /** Whether the provider has a definition to publish. */
  hasDefinition?: boolean;
  /** The catalog's API entity that stands for it, where there is one. */
  entity?: EntityRef;
  /** Whose it is: who owns the entity that was known first, or that a platform owner decided for. */
  owner?: EntityRef;
  /** What claims to stand for it in the catalog; more than one where the owners are not agreed. */
  claims?: ApiClaim[];
  /** Products that name it and may not open it until a platform owner agrees. */
  heldBack?: HeldBackProduct[];
  /** How consumers call it; absent where nothing is known of that. */
  call?: ApiCall;
}

/** A place in a request, by name. @public */
export interface CallPart {
  in: 'header' | 'query' | 'cookie';
  name: string;
}

/** How consumers call an API of a provider. @public */
export interface ApiCall {
  /** Absolute URL; absent where it cannot be known, and then a note says why. */
  address?: string;
  /** Where the gateway looks for the key, each is enough; the one that suits most clients first. */
  keyPlaces: CallPart[];
  /** Set where callers have to say which version they mean. */
  version?: {
    /** `path`: the version is the first part of the path below the address. */
    in: CallPart['in'] | 'path';
    name?: string;
    /** As the gateway names them. */
    values: string[];
    /** What a call without one gets; absent = such a call is refused. */
    fallback?: string;
  };
  /** What else callers must know, each a sentence. */
  notes?: string[];
}

/** An entity that the catalog still has though there is no record of it, and nothing is known of a deletion. @public */
export interface HeldBackEntity {
  ref: EntityRef;
  heldBackAt: IsoDateTime;
}
