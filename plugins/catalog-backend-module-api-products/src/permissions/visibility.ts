/**
 * Who sees which entities of ours, decided by the entity alone, so that the catalog can ask its database: what the
 * plugin hides, the catalog hides. The catalogues that are open to a person are looked up before and handed in.
 */
import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import type { EntitiesSearchFilter } from '@backstage/plugin-catalog-node';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import { createPermissionRule } from '@backstage/plugin-permission-node';
import {
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCTS_API_VERSION,
  API_PRODUCT_KIND,
  RELATION_LISTED_IN,
} from 'backstage-plugin-api-products-common';
import { z } from 'zod';

/** Lifecycles of products that are for others than those who decide about them. */
const SEEN_LIFECYCLES = ['active', 'deprecated'];

const paramsSchema = z.object({
  claims: z
    .array(z.string())
    .describe('The person and the groups that the person belongs to'),
  catalogues: z
    .array(z.string())
    .describe('The catalogues that are open to the person'),
});

/** A person, as far as visibility goes. */
type Viewer = z.infer<typeof paramsSchema>;

type Criteria = PermissionCriteria<EntitiesSearchFilter>;

const is = (key: string, ...values: string[]) => ({ key, values });

/** A filter without values would be one for anything. */
const forOnes = (claims: string[], ...keys: string[]): Criteria[] =>
  claims.length > 0 ? keys.map(key => is(key, ...claims)) : [];

const PUBLIC: Criteria = {
  allOf: [is('kind', API_CATALOGUE_KIND), is('spec.visibility', 'public')],
};

/** Of the catalogues, those in which a person sees what stands there. */
export const openTo = (claims: string[]): Criteria => ({
  anyOf: [
    PUBLIC,
    ...forOnes(claims, `relations.${RELATION_OWNED_BY}`, 'spec.audience'),
  ],
});

/**
 * The entities that a person sees: all that are not ours; what the person or a group of the person owns, approves, is
 * the audience of or publishes in; public catalogues; and what stands in a catalogue that is open to the person,
 * products only while they are active or deprecated.
 */
function seenBy({ claims, catalogues }: Viewer): Criteria {
  const listed = is(`relations.${RELATION_LISTED_IN}`, ...catalogues);
  const inCatalogues: Criteria[] = [
    { allOf: [is('kind', API_PLAN_KIND), listed] },
    {
      allOf: [
        is('kind', API_PRODUCT_KIND),
        is('spec.lifecycle', ...SEEN_LIFECYCLES),
        listed,
      ],
    },
  ];
  return {
    anyOf: [
      { not: is('apiVersion', API_PRODUCTS_API_VERSION) },
      PUBLIC,
      ...forOnes(
        claims,
        `relations.${RELATION_OWNED_BY}`,
        'spec.approvers',
        'spec.audience',
        'spec.publishers',
      ),
      ...(catalogues.length > 0 ? inCatalogues : []),
    ],
  };
}

/** What an entity has under one of the keys above, as the catalog's database has it. */
function valuesOf(entity: Entity, key: string): unknown[] {
  const [root, field] = key.split('.');
  switch (root) {
    case 'relations':
      return (entity.relations ?? []).flatMap(({ type, targetRef }) =>
        type === field ? [targetRef] : [],
      );
    case 'spec':
      return [entity.spec?.[field]].flat();
    case 'kind':
      return [entity.kind];
    default:
      return [entity.apiVersion];
  }
}

/** Whether the entity meets the criteria; letters' case does not count, as in the catalog's database. */
export function meets(entity: Entity, criteria: Criteria): boolean {
  if ('anyOf' in criteria) {
    return criteria.anyOf.some(each => meets(entity, each));
  }
  if ('allOf' in criteria) {
    return criteria.allOf.every(each => meets(entity, each));
  }
  if ('not' in criteria) {
    return !meets(entity, criteria.not);
  }
  const wanted = (criteria.values ?? []).map(value => value.toLowerCase());
  return valuesOf(entity, criteria.key).some(
    value => typeof value === 'string' && wanted.includes(value.toLowerCase()),
  );
}

/**
 * The catalog's permission rule for our kinds; other entities pass.
 *
 * @public
 */
export const isVisibleApiProductEntity = createPermissionRule({
  name: 'IS_VISIBLE_API_PRODUCT_ENTITY',
  description:
    'Allow products, plans and catalogues that the person may see, and all entities of other kinds',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema,
  apply: (entity, viewer) => meets(entity, seenBy(viewer)),
  toQuery: seenBy,
});
