import type {
  APICatalogueEntitySpec,
  APIPlanEntitySpec,
  APIProductEntitySpec,
} from '../entities/types';
import type {
  AccessRequestStatus,
  Authentication,
  DriftItem,
  EntityRef,
  Id,
  IsoDateTime,
  Origin,
  Pricing,
  ProductLifecycle,
  SubscriptionStatus,
} from '../model';

/** What the client needs to find the backend and to call it; Backstage's APIs have this shape in browser and Node. @public */
export interface ApiProductsClientOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/** Options of a single call. @public */
export interface ApiProductsCallOptions {
  /** Bearer token, for callers whose `fetch` does not sign in by itself (Node). */
  token?: string;
  signal?: AbortSignal;
}

/** Which page of a list; the cursor comes from `pageInfo` of another page of the same list. @public */
export interface PageQuery {
  /** 1 to 100; the backend's default is 20. */
  limit?: number;
  cursor?: string;
}

/** `coming-soon` are products that are announced; the other states leave these out. @public */
export type ProductLifecycleFilter = ProductLifecycle | 'coming-soon';

/** `relevance`: featured first, then by display priority and title; `updatedAt`: latest first. @public */
export type ProductOrder = 'relevance' | 'title' | 'updatedAt';

/** Filters of the list of products. Values of one field are alternatives, but a product carries all of the `tag`s. @public */
export interface ProductQuery extends PageQuery {
  q?: string;
  catalogue?: string[];
  owner?: string[];
  tag?: string[];
  lifecycle?: ProductLifecycleFilter[];
  billing?: Pricing['mode'][];
  auth?: Authentication[];
  origin?: Origin[];
  orderBy?: ProductOrder;
}

/** Filters of the list of plans. @public */
export interface PlanQuery extends PageQuery {
  q?: string;
  catalogue?: string[];
  owner?: string[];
  billing?: Pricing['mode'][];
  origin?: Origin[];
}

/** Filters of the list of catalogues. @public */
export interface CatalogueQuery extends PageQuery {
  q?: string;
  owner?: string[];
  origin?: Origin[];
}

/** Filters of the list of applications. @public */
export interface ApplicationQuery extends PageQuery {
  q?: string;
  /** A user or a group. */
  owner?: EntityRef;
}

/** Filters of the list of access requests. @public */
export interface AccessRequestQuery extends PageQuery {
  /** `requester` (default): asked for by the caller or for their groups' applications; `approver`: those they may decide. */
  as?: 'requester' | 'approver';
  status?: AccessRequestStatus[];
  product?: EntityRef;
  plan?: EntityRef;
  application?: Id;
  requester?: EntityRef;
}

/** Filters of the list of subscriptions. @public */
export interface SubscriptionQuery extends PageQuery {
  /** `consumer` (default): of the caller's applications; `owner`: to products they decide about. */
  as?: 'consumer' | 'owner';
  status?: SubscriptionStatus[];
  product?: EntityRef;
  plan?: EntityRef;
  application?: Id;
}

/** Filters of the readable history. @public */
export interface HistoryQuery extends PageQuery {
  /** `<noun>:<id>`, e.g. `access-request:…`. */
  subject?: string;
  actor?: EntityRef;
  /** Not before. */
  from?: IsoDateTime;
  /** Before. */
  to?: IsoDateTime;
}

/** An application to be made; without an owner it is the caller's own. @public */
export interface NewApplication {
  name: string;
  description?: string;
  owner?: EntityRef;
  component?: EntityRef;
}

/** What is asked for. Who asks is never part of it: the backend knows the caller. @public */
export interface NewAccessRequest {
  product: EntityRef;
  plan: EntityRef;
  /** The id of an application, or one to be made in the same step. */
  application: Id | NewApplication;
  reason?: string;
  acceptedTerms?: { name: string; version: string }[];
}

/** Approval of the revision that was looked at. @public */
export interface ApprovalInput {
  revision?: number;
  comment?: string;
}

/** Rejection of the revision that was looked at; the requester reads the comment. @public */
export interface RejectionInput {
  revision?: number;
  comment: string;
}

/** A credential to be issued. @public */
export interface NewCredential {
  name?: string;
  /** Id of a lost credential of the same subscription; it is revoked in the same step. */
  replaces?: Id;
}

/** What the fields of a record that is written here have around the body of its entity. @public */
export interface RecordInput {
  name: string;
  /** Default `default`. */
  namespace?: string;
  title?: string;
  description?: string;
}

/** A change of a record, of the revision that was looked at. `null` takes an optional field away. @public */
export type RecordPatch<T> = {
  [K in keyof Omit<T, 'name' | 'namespace'>]?: T[K] | null;
} & { revision: number };

/** A product to be made in the portal: the fields of its entity. @public */
export type NewProduct = RecordInput &
  APIProductEntitySpec & {
    tags?: string[];
    links?: { url: string; title?: string }[];
  };

/** @public */
export type ProductPatch = RecordPatch<NewProduct>;

/** A plan to be made in the portal: the fields of its entity. @public */
export type NewPlan = RecordInput & APIPlanEntitySpec;

/** @public */
export type PlanPatch = RecordPatch<NewPlan>;

/** A catalogue to be made in the portal: the fields of its entity. @public */
export type NewCatalogue = RecordInput & APICatalogueEntitySpec;

/** @public */
export type CataloguePatch = RecordPatch<NewCatalogue>;

/** Filters of a provider's list of differences. @public */
export interface DriftQuery extends PageQuery {
  /** Default: open and repairing. */
  status?: DriftItem['status'][];
}

/** Who would lose what if a record were deleted. @public */
export interface DeletionImpact {
  /** Open subscriptions, which forbid it; the first hundred. */
  subscriptions: {
    id: Id;
    application: string;
    owner: EntityRef;
    product: string;
    plan: string;
  }[];
  totalSubscriptions: number;
  /** Requests that would be withdrawn. */
  pendingRequests: number;
  /** Why it cannot be deleted now. */
  obstacle?: string;
}
