import type {
  Catalogue,
  CatalogRecordList,
  Plan,
  Product,
} from 'backstage-plugin-api-products-common';

/** A product with its references as it says them: another plugin is told of all. */
export type ProductRecord = Product & Required<Pick<Product, 'refs'>>;

/** A plan with its references, likewise. */
export type PlanRecord = Plan & Required<Pick<Plan, 'refs'>>;

/** All records that do not come from Git. */
export interface RecordsSnapshot {
  products: ProductRecord[];
  plans: PlanRecord[];
  catalogues: Catalogue[];
}

/** Where the records come from. */
export interface ApiProductsRecords {
  /** All of them or an error: never a part, and never an empty list in place of an error. */
  read(signal?: AbortSignal): Promise<RecordsSnapshot>;
  /**
   * Which there are, without what they say.
   *
   * @param known - fingerprint of the last answer; while it is still so, the records are left out
   */
  versions(known?: string, signal?: AbortSignal): Promise<CatalogRecordList>;
  /** Some of them, without those that are gone meanwhile. */
  readSome(refs: string[], signal?: AbortSignal): Promise<RecordsSnapshot>;
  /**
   * Tells which entities have no record any more, at most 1000.
   *
   * @returns those that are to go: deleted or hidden on purpose, or confirmed by a platform owner
   */
  settle(refs: string[], signal?: AbortSignal): Promise<string[]>;
  /** Address of the records' REST API as people reach it, for the location of the entities. */
  baseUrl(): Promise<string>;
}
