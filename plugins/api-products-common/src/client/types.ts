import type {
  APICatalogueEntitySpec,
  APIPlanEntitySpec,
  APIProductEntitySpec,
} from '../entities/types';
import type { QueryOf, Schemas } from '../rest/schemas';

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
export type PageQuery = QueryOf<'ListSyncRuns'>;

/** `coming-soon` are products that are announced; the other states leave these out. @public */
export type ProductLifecycleFilter = NonNullable<
  ProductQuery['lifecycle']
>[number];

/** `relevance`: featured first, then by display priority and title; `updatedAt`: latest first. @public */
export type ProductOrder = NonNullable<ProductQuery['orderBy']>;

/** Filters of the list of products. Values of one field are alternatives, but a product carries all of the `tag`s. @public */
export type ProductQuery = QueryOf<'ListProducts'>;

/** Filters of the list of plans. @public */
export type PlanQuery = QueryOf<'ListPlans'>;

/** Filters of the list of catalogues. @public */
export type CatalogueQuery = QueryOf<'ListCatalogues'>;

/** Filters of the list of applications. @public */
export type ApplicationQuery = QueryOf<'ListApplications'>;

/** Filters of the list of access requests. @public */
export type AccessRequestQuery = QueryOf<'ListAccessRequests'>;

/** Filters of the list of subscriptions. @public */
export type SubscriptionQuery = QueryOf<'ListSubscriptions'>;

/** Filters of the readable history. @public */
export type HistoryQuery = QueryOf<'ListHistory'>;

/** An application to be made; without an owner it is the caller's own. @public */
export type NewApplication = Schemas['NewApplication'];

/** What is asked for. Who asks is never part of it: the backend knows the caller. @public */
export type NewAccessRequest = Schemas['NewAccessRequest'];

/** Approval of the revision that was looked at. @public */
export type ApprovalInput = Schemas['Approval'];

/** Rejection of the revision that was looked at; the requester reads the comment. @public */
export type RejectionInput = Schemas['Rejection'];

/** A credential to be issued. @public */
export type NewCredential = Schemas['NewCredential'];

/** What the fields of a record that is written here have around the body of its entity. @public */
export type RecordInput = {
  name: string;
  /** Default `default`. */
  namespace?: string;
  title?: string;
  description?: string;
};

/** A change of an application, of the revision that was looked at. @public */
export type ApplicationPatch = Schemas['ApplicationChange'];

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
export type DriftQuery = QueryOf<'ListDrift'>;

/** Who would lose what if a record were deleted. @public */
export type DeletionImpact = Schemas['DeletionImpact'];
