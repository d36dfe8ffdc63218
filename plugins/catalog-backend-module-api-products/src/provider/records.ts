import type {
  Catalogue,
  Plan,
  Product,
} from 'backstage-plugin-api-products-common';

/** Of a product: what the catalog shows of it. */
export type ProductRecord = Pick<
  Product,
  | 'namespace'
  | 'name'
  | 'title'
  | 'description'
  | 'type'
  | 'version'
  | 'lifecycle'
  | 'owner'
  | 'approvers'
  | 'system'
  | 'provider'
  | 'authentication'
  | 'gatewayEndpoint'
  | 'tags'
  | 'catalogues'
  | 'apis'
  | 'content'
  | 'guides'
  | 'links'
  | 'terms'
  | 'visibility'
  | 'sla'
  | 'origin'
  | 'providerState'
> & { plans: { ref: string }[] };

/** Of a plan: what the catalog shows of it. */
export type PlanRecord = Pick<
  Plan,
  | 'namespace'
  | 'name'
  | 'title'
  | 'description'
  | 'owner'
  | 'provider'
  | 'rateLimit'
  | 'quota'
  | 'keyLifetime'
  | 'approval'
  | 'accessRequests'
  | 'credentials'
  | 'scopes'
  | 'credentialMetadata'
  | 'catalogues'
  | 'pricing'
  | 'displayPriority'
  | 'origin'
  | 'providerState'
>;

/** Of a catalogue: what the catalog shows of it. */
export type CatalogueRecord = Pick<
  Catalogue,
  | 'namespace'
  | 'name'
  | 'title'
  | 'description'
  | 'owner'
  | 'visibility'
  | 'audience'
  | 'origin'
>;

/** All records that do not come from Git. */
export interface RecordsSnapshot {
  products: ProductRecord[];
  plans: PlanRecord[];
  catalogues: CatalogueRecord[];
}

/** Where the records come from. */
export interface ApiProductsRecords {
  /** All of them or an error: never a part, and never an empty list in place of an error. */
  read(signal?: AbortSignal): Promise<RecordsSnapshot>;
  /** Address of the records' REST API as people reach it, for the location of the entities. */
  baseUrl(): Promise<string>;
}
