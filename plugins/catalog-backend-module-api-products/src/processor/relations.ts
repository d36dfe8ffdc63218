/** Which relations an entity has, as a table: pure, so that the processor only has to send them. */
import {
  Entity,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import {
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCT_KIND,
  EntityRef,
  RELATION_API_BUNDLED_IN,
  RELATION_BUNDLES_API,
  RELATION_LISTED_IN,
  RELATION_LISTS,
  RELATION_OFFERS_PLAN,
  RELATION_PLAN_OFFERED_IN,
  catalogueFromEntity,
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
  planFromEntity,
  productFromEntity,
} from 'backstage-plugin-api-products-common';

/** A relation from the entity to the target, and its name in the other direction. */
interface RelationPair {
  type: string;
  inverse: string;
  target: EntityRef;
}

const pairs = (
  type: string,
  inverse: string,
  targets: (EntityRef | undefined)[],
): RelationPair[] =>
  targets.flatMap(target => (target ? [{ type, inverse, target }] : []));

const owned = (owner: EntityRef) =>
  pairs(RELATION_OWNED_BY, RELATION_OWNER_OF, [owner]);

const listed = (catalogues: EntityRef[]) =>
  pairs(RELATION_LISTED_IN, RELATION_LISTS, catalogues);

function ofProduct(entity: Entity): RelationPair[] {
  const product = productFromEntity(parseProductEntity(entity));
  return [
    ...owned(product.owner),
    ...pairs(RELATION_PART_OF, RELATION_HAS_PART, [product.system]),
    ...pairs(
      RELATION_BUNDLES_API,
      RELATION_API_BUNDLED_IN,
      product.apis.map(({ ref }) => ref),
    ),
    ...pairs(RELATION_OFFERS_PLAN, RELATION_PLAN_OFFERED_IN, product.plans),
    ...listed(product.catalogues),
  ];
}

function ofPlan(entity: Entity): RelationPair[] {
  const plan = planFromEntity(parsePlanEntity(entity));
  return [...owned(plan.owner), ...listed(plan.catalogues)];
}

function ofCatalogue(entity: Entity): RelationPair[] {
  return owned(catalogueFromEntity(parseCatalogueEntity(entity)).owner);
}

const byKind = new Map([
  [API_PRODUCT_KIND, ofProduct],
  [API_PLAN_KIND, ofPlan],
  [API_CATALOGUE_KIND, ofCatalogue],
]);

function namedFields(entity: Entity): Record<string, EntityRef[]> {
  switch (entity.kind) {
    case API_PRODUCT_KIND: {
      const { approvers } = productFromEntity(parseProductEntity(entity));
      return { approvers };
    }
    case API_CATALOGUE_KIND: {
      const { audience, publishers = [] } = catalogueFromEntity(
        parseCatalogueEntity(entity),
      );
      return { audience, publishers };
    }
    default:
      return {};
  }
}

/** The fields that name people and groups without being relations, with their references in full. */
export function namedIn(entity: Entity): Record<string, EntityRef[]> {
  return Object.fromEntries(
    Object.entries(namedFields(entity)).filter(([, refs]) => refs.length > 0),
  );
}

/** The relations of an entity; none for kinds that are not ours. Approvers, audiences and publishers are no relations. */
export function relationsOf(entity: Entity): RelationPair[] {
  return byKind.get(entity.kind)?.(entity) ?? [];
}
