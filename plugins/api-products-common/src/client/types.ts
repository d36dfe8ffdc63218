import type {
  APICatalogueEntitySpec,
  APIPlanEntitySpec,
  APIProductEntitySpec,
} from '../entities/types';
import type { components, operations } from '../rest/openapi.generated';

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
export type PageQuery = NonNullable<
  operations['ListSyncRuns']['parameters']['query']
>;

/** `coming-soon` are products that are announced; the other states leave these out. @public */
export type ProductLifecycleFilter = NonNullable<
  ProductQuery['lifecycle']
>[number];

/** `relevance`: featured first, then by display priority and title; `updatedAt`: latest first. @public */
export type ProductOrder = NonNullable<ProductQuery['orderBy']>;

/** Filters of the list of products. Values of one field are alternatives, but a product carries all of the `tag`s. @public */
export type ProductQuery = NonNullable<
  operations['ListProducts']['parameters']['query']
>;

/** Filters of the list of plans. @public */
export type PlanQuery = NonNullable<
  operations['ListPlans']['parameters']['query']
>;

/** Filters of the list of catalogues. @public */
export type CatalogueQuery = NonNullable<
  operations['ListCatalogues']['parameters']['query']
>;

/** Filters of the list of applications. @public */
export type ApplicationQuery = NonNullable<
  operations['ListApplications']['parameters']['query']
>;

/** Filters of the list of access requests. @public */
export type AccessRequestQuery = NonNullable<
  operations['ListAccessRequests']['parameters']['query']
>;

/** Filters of the list of subscriptions. @public */
export type SubscriptionQuery = NonNullable<
  operations['ListSubscriptions']['parameters']['query']
>;

/** Filters of the readable history. @public */
export type HistoryQuery = NonNullable<
  operations['ListHistory']['parameters']['query']
>;

/** The same filters, and the kind of file. @public */
export type HistoryExportQuery = NonNullable<
  operations['ExportHistory']['parameters']['query']
>;

/** What was noted of a line: its place in the chain, and its hash. @public */
export type HistoryVerificationQuery = NonNullable<
  operations['VerifyHistory']['parameters']['query']
>;

/** An application to be made; without an owner it is the caller's own. @public */
export type NewApplication = components['schemas']['NewApplication'];

/** What is asked for. Who asks is never part of it: the backend knows the caller. @public */
export type NewAccessRequest = components['schemas']['NewAccessRequest'];

/** Another plan for a subscription. @public */
export type PlanChange = components['schemas']['PlanChange'];

/** Approval of the revision that was looked at. @public */
export type ApprovalInput = components['schemas']['Approval'];

/** Rejection of the revision that was looked at; the requester reads the comment. @public */
export type RejectionInput = components['schemas']['Rejection'];

/** A credential to be issued. @public */
export type NewCredential = components['schemas']['NewCredential'];

/** How a credential is replaced. @public */
export type CredentialRotation = components['schemas']['CredentialRotation'];

/** Until when a superseded credential goes on: one of the two. @public */
export type CredentialExtension = components['schemas']['CredentialExtension'];

/** What the fields of a record that is written here have around the body of its entity. @public */
export type RecordInput = {
  name: string;
  /** Default `default`. */
  namespace?: string;
  title?: string;
  description?: string;
};

/** A change of an application, of the revision that was looked at. @public */
export type ApplicationPatch = components['schemas']['ApplicationChange'];

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
export type DriftQuery = NonNullable<
  operations['ListDrift']['parameters']['query']
>;

/** Who would lose what if a record were deleted. @public */
export type DeletionImpact = components['schemas']['DeletionImpact'];
