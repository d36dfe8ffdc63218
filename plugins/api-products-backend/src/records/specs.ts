/** Reads the normal form back from the rows that ingestion wrote it to. */
import type {
  CatalogueSpec,
  EntityRef,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';

type WithSpec = { spec: string };

export const productSpecOf = (row: WithSpec): ProductSpec =>
  JSON.parse(row.spec);

export const planSpecOf = (row: WithSpec): PlanSpec => JSON.parse(row.spec);

export const catalogueSpecOf = (row: WithSpec): CatalogueSpec =>
  JSON.parse(row.spec);

/** Who decides about the product besides platform owners: its owner and the named approvers. */
export const approversOf = (spec: ProductSpec): EntityRef[] => [
  ...new Set([spec.owner, ...spec.approvers]),
];
