import type {
  Catalogue,
  Plan,
  Product,
  ProductRefs,
} from 'backstage-plugin-api-products-common';

/** Of a product: what the catalog shows of it. */
export type ProductRecord = Pick<
  Product,
  | 'namespace'
  | 'name'
  | 'title'
  | 'description'
  | 'type'
  | 'contact'
  | 'version'
  | 'lifecycle'
  | 'owner'
  | 'system'
  | 'provider'
  | 'providerName'
  | 'authentication'
  | 'gatewayEndpoint'
  | 'tags'
  | 'apis'
  | 'content'
  | 'guides'
  | 'specs'
  | 'links'
  | 'terms'
  | 'visibility'
  | 'dynamicClientRegistration'
  | 'sla'
  | 'billing'
  | 'external'
  | 'origin'
  | 'providerState'
> & {
  /** As the product says them: another plugin is told of all. */
  refs: ProductRefs;
};

/** Of a plan: what the catalog shows of it. */
export type PlanRecord = Pick<
  Plan,
  | 'namespace'
  | 'name'
  | 'title'
  | 'description'
  | 'owner'
  | 'provider'
  | 'providerName'
  | 'rateLimit'
  | 'quota'
  | 'keyLifetime'
  | 'approval'
  | 'accessRequests'
  | 'credentials'
  | 'scopes'
  | 'credentialMetadata'
  | 'pricing'
  | 'displayPriority'
  | 'origin'
  | 'providerState'
> & { refs: Pick<ProductRefs, 'catalogues'> };

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
  /**
   * Tells which entities have no record any more, at most 1000.
   *
   * @returns those that are to go: deleted or hidden on purpose, or confirmed by a platform owner
   */
  settle(refs: string[], signal?: AbortSignal): Promise<string[]>;
  /** Address of the records' REST API as people reach it, for the location of the entities. */
  baseUrl(): Promise<string>;
}
