/** The catalog's API entities, as far as a product that is made of them has to know them. */
import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_PROVIDER,
  ANNOTATION_PROVIDER_API_ID,
  type EntityRef,
} from 'backstage-plugin-api-products-common';

export interface ApiEntity {
  ref: EntityRef;
  title: string;
  /** The provider's id of the API, by the entity's own annotation. */
  providerApiId?: string;
  /** The provider that this is an id of, where the entity says so. */
  provider?: string;
  owners: EntityRef[];
}

/** So that a question fits into a URL. */
const IDS_AT_ONCE = 50;
const PAGE = 500;

const IN_ANNOTATION =
  `metadata.annotations.${ANNOTATION_PROVIDER_API_ID}` as const;
const IN_LABEL = `metadata.labels.${ANNOTATION_PROVIDER_API_ID}` as const;

/** What counts here of an API's entity, without its definition. */
export const API_FIELDS = ['kind', 'metadata', 'relations'];

/** The provider's id of the API that the entity stands for. */
const providerApiIdOf = ({ metadata }: Entity): string | undefined =>
  (metadata.annotations?.[ANNOTATION_PROVIDER_API_ID] ??
    metadata.labels?.[ANNOTATION_PROVIDER_API_ID]) ||
  undefined;

export function apiEntityOf(entity: Entity): ApiEntity {
  const providerApiId = providerApiIdOf(entity);
  const provider = entity.metadata.annotations?.[ANNOTATION_PROVIDER];
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    ...(providerApiId ? { providerApiId } : {}),
    ...(provider ? { provider } : {}),
    owners: (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US')),
  };
}

async function named(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  refs: EntityRef[],
): Promise<Entity[]> {
  if (refs.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: refs, fields: API_FIELDS },
    { credentials },
  );
  return items.flatMap(entity => entity ?? []);
}

/** What the catalog can be asked by. */
export type CatalogQuery = NonNullable<
  Exclude<
    NonNullable<Parameters<CatalogService['queryEntities']>[0]>,
    { cursor: string }
  >['query']
>;

/** An entity that stands for such an API of a provider. */
export const standsForApi = (
  id: { $in: string[] } | { $exists: true },
): CatalogQuery => ({
  $all: [
    { kind: 'API' },
    { $any: [{ [IN_ANNOTATION]: id }, { [IN_LABEL]: id }] },
  ],
});

async function* withApiId(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  id: { $in: string[] } | { $exists: true },
): AsyncGenerator<Entity> {
  let cursor: string | undefined;
  do {
    const { items, pageInfo } = await catalog.queryEntities(
      cursor === undefined
        ? {
            query: standsForApi(id),
            fields: API_FIELDS,
            limit: PAGE,
          }
        : { cursor, fields: API_FIELDS, limit: PAGE },
      { credentials },
    );
    yield* items;
    cursor = pageInfo.nextCursor;
  } while (cursor !== undefined);
}

/** Those that stand for one of the provider's APIs, which only are asked for. */
async function* standing(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  ids: readonly string[],
): AsyncGenerator<Entity> {
  for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
    yield* withApiId(catalog, credentials, {
      $in: ids.slice(i, i + IDS_AT_ONCE),
    });
  }
}

/** All that stand for an API of a provider. */
export async function standingEntities(
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<ApiEntity[]> {
  const found: ApiEntity[] = [];
  for await (const entity of withApiId(catalog, credentials, {
    $exists: true,
  })) {
    found.push(apiEntityOf(entity));
  }
  return found;
}

/** Those that are named, and those that stand for one of the provider's APIs. */
export async function findApiEntities(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  wanted: { refs: EntityRef[]; providerApiIds: string[] },
): Promise<ApiEntity[]> {
  const entities = await named(catalog, credentials, wanted.refs);
  for await (const entity of standing(
    catalog,
    credentials,
    wanted.providerApiIds,
  )) {
    entities.push(entity);
  }
  return [
    ...new Map(
      entities.map(apiEntityOf).map(api => [api.ref, api] as const),
    ).values(),
  ];
}

export interface CatalogDeps {
  auth: AuthService;
  catalog: CatalogService;
}

/**
 * Which entity stands for an API of a provider: the first by ref where several do.
 *
 * @throws whatever asking the catalog throws
 */
export async function apiEntitiesOf(
  { auth, catalog }: CatalogDeps,
  apiIds: Iterable<string>,
): Promise<Map<string, EntityRef>> {
  const wanted = [...new Set(apiIds)].sort();
  const found = new Map<string, EntityRef>();
  if (wanted.length === 0) {
    return found;
  }
  const credentials = await auth.getOwnServiceCredentials();
  for await (const entity of standing(catalog, credentials, wanted)) {
    const ref = stringifyEntityRef(entity);
    const id = providerApiIdOf(entity);
    const other = id === undefined ? undefined : found.get(id);
    if (id !== undefined && (other === undefined || ref < other)) {
      found.set(id, ref);
    }
  }
  return found;
}
