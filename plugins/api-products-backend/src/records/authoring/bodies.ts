/**
 * Between what a person sends and the normal form of a record. A body has the fields of the entity without the nesting;
 * it is checked as the entity is, by the same schemas, and the messages name the fields as they were sent.
 */
import { InputError, toError } from '@backstage/errors';
import {
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCT_KIND,
  API_PRODUCTS_API_VERSION,
  catalogueFromEntity,
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
  planFromEntity,
  productFromEntity,
  type CatalogueSpec,
  type PlanSpec,
  type ProductSpec,
  type RecordSpec,
} from 'backstage-plugin-api-products-common';

/** What was sent, unchecked. */
export type Body = Record<string, unknown>;

const METADATA = ['name', 'namespace', 'title', 'description'] as const;
const PRODUCT_METADATA = [...METADATA, 'tags', 'links'] as const;

function entityOf(kind: string, body: Body, metadata: readonly string[]) {
  const fields = Object.entries(body).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return {
    apiVersion: API_PRODUCTS_API_VERSION,
    kind,
    metadata: Object.fromEntries(
      fields.filter(([field]) => metadata.includes(field)),
    ),
    spec: Object.fromEntries(
      fields.filter(([field]) => !metadata.includes(field)),
    ),
  };
}

/** What is checked has another shape than what was sent. */
const asSent = (message: string): string =>
  message.replace(/\b(?:spec|metadata)\./g, '');

function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InputError(asSent(toError(error).message));
  }
}

/** @throws InputError naming every field that is wrong. */
export const readProduct = (body: Body): ProductSpec =>
  checked(() =>
    productFromEntity(
      parseProductEntity(entityOf(API_PRODUCT_KIND, body, PRODUCT_METADATA)),
    ),
  );

/** @throws InputError naming every field that is wrong. */
export const readPlan = (body: Body): PlanSpec =>
  checked(() =>
    planFromEntity(parsePlanEntity(entityOf(API_PLAN_KIND, body, METADATA))),
  );

/** @throws InputError naming every field that is wrong. */
export const readCatalogue = (body: Body): CatalogueSpec =>
  checked(() =>
    catalogueFromEntity(
      parseCatalogueEntity(entityOf(API_CATALOGUE_KIND, body, METADATA)),
    ),
  );

/** The title of a record that was given none is its name, and stays that. */
function bodyOf({ ref: _, editUrl, renamedFrom, ...spec }: RecordSpec): Body {
  return spec.title === spec.name ? { ...spec, title: undefined } : { ...spec };
}

/** The normal form as a body that reads as the same. */
export const productBody = (spec: ProductSpec): Body => ({
  ...bodyOf(spec),
  apis: spec.apis.map(({ ref, providerApiId, versions, allowedUrls }) =>
    Object.fromEntries(
      Object.entries({ ref, providerApiId, versions, allowedUrls }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
  ),
});

export const planBody = (spec: PlanSpec): Body => bodyOf(spec);

export const catalogueBody = (spec: CatalogueSpec): Body => bodyOf(spec);

/**
 * What a record is to be after the change: every field that was sent replaces the whole field, and null takes it away.
 *
 * @throws InputError naming a field that cannot be changed
 */
export function changed(before: Body, patch: Body): Body {
  const fixed = ['name', 'namespace'].find(
    field => field in patch && patch[field] !== before[field],
  );
  if (fixed !== undefined) {
    throw new InputError(
      `${fixed} cannot be changed: other records and people refer to it`,
    );
  }
  const { revision, ...fields } = patch;
  return { ...before, ...fields };
}
