/**
 * Reads products, plans and catalogues from the catalog, with what the catalog says about the APIs they name. An
 * error anywhere fails the whole reading: half an answer must not look like records that are gone.
 */
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_ORIGIN,
  ANNOTATION_PROVIDER_API_ID,
  catalogueFromEntity,
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
  planFromEntity,
  productFromEntity,
  type CatalogueSpec,
  type EntityRef,
  type PlanSpec,
  type ProductSpec,
} from 'backstage-plugin-api-products-common';
import { CATALOGUE_KIND, PLAN_KIND, PRODUCT_KIND } from '../../lib/refs';
import type { ApiFacts } from '../write/drafts';

const PAGE = 500;
const REFS_AT_ONCE = 500;

/** What the catalog has. */
export interface Sources {
  products: ProductSpec[];
  plans: PlanSpec[];
  catalogues: CatalogueSpec[];
  /** Refs of all entities that are there, broken ones too: being broken is not being gone. */
  present: Set<EntityRef>;
  broken: { ref: EntityRef; reason: string }[];
  /** What is known of the APIs that the products name; an API that the catalog does not have is missing. */
  apis: Map<EntityRef, ApiFacts>;
}

interface Connection {
  catalog: CatalogService;
  credentials: BackstageCredentials;
}

async function* entitiesOf({
  catalog,
  credentials,
}: Connection): AsyncGenerator<Entity> {
  let cursor: string | undefined;
  do {
    const page = await catalog.queryEntities(
      cursor === undefined
        ? {
            filter: { kind: [PRODUCT_KIND, PLAN_KIND, CATALOGUE_KIND] },
            limit: PAGE,
          }
        : { cursor, limit: PAGE },
      { credentials },
    );
    yield* page.items;
    cursor = page.pageInfo.nextCursor;
  } while (cursor !== undefined);
}

function apiFactsOf({ metadata }: Entity): ApiFacts {
  const id =
    metadata.annotations?.[ANNOTATION_PROVIDER_API_ID] ??
    metadata.labels?.[ANNOTATION_PROVIDER_API_ID];
  return {
    title: metadata.title ?? metadata.name,
    ...(id ? { providerApiId: id } : {}),
  };
}

async function readApis(
  { catalog, credentials }: Connection,
  refs: EntityRef[],
): Promise<Map<EntityRef, ApiFacts>> {
  const found = new Map<EntityRef, ApiFacts>();
  for (let i = 0; i < refs.length; i += REFS_AT_ONCE) {
    const entityRefs = refs.slice(i, i + REFS_AT_ONCE);
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata'] },
      { credentials },
    );
    items.forEach((entity, j) => {
      if (entity) {
        found.set(entityRefs[j], apiFactsOf(entity));
      }
    });
  }
  return found;
}

function sort(entity: Entity, into: Sources): void {
  switch (entity.kind.toLocaleLowerCase('en-US')) {
    case PRODUCT_KIND:
      into.products.push(productFromEntity(parseProductEntity(entity)));
      break;
    case PLAN_KIND:
      into.plans.push(planFromEntity(parsePlanEntity(entity)));
      break;
    case CATALOGUE_KIND:
      into.catalogues.push(catalogueFromEntity(parseCatalogueEntity(entity)));
      break;
    default:
  }
}

/** Every API entity that the products name, once. */
export const refsOfApis = (products: ProductSpec[]): EntityRef[] => [
  ...new Set(
    products.flatMap(({ apis }) =>
      apis.flatMap(({ ref }) => (ref === undefined ? [] : [ref])),
    ),
  ),
];

export async function readSources(connection: Connection): Promise<Sources> {
  const sources: Sources = {
    products: [],
    plans: [],
    catalogues: [],
    present: new Set(),
    broken: [],
    apis: new Map(),
  };
  for await (const entity of entitiesOf(connection)) {
    // What the portal itself has put into the catalog would come back to where it came from.
    if (entity.metadata.annotations?.[ANNOTATION_ORIGIN]) {
      continue;
    }
    const ref = stringifyEntityRef(entity);
    sources.present.add(ref);
    try {
      sort(entity, sources);
    } catch (error) {
      sources.broken.push({ ref, reason: toError(error).message });
    }
  }
  sources.apis = await readApis(connection, refsOfApis(sources.products));
  return sources;
}
