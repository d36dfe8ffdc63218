/** The catalog's API entities, as far as a product that is made of them has to know them. */
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_PROVIDER_API_ID,
  type EntityRef,
} from 'backstage-plugin-api-products-common';

/** @internal */
export interface ApiEntity {
  ref: EntityRef;
  title: string;
  /** The provider's id of the API, by the entity's own annotation. */
  providerApiId?: string;
  owners: EntityRef[];
}

const FIELDS = ['kind', 'metadata', 'relations'];

/** The provider's id of the API that the entity stands for. @internal */
export const providerApiIdOf = ({ metadata }: Entity): string | undefined =>
  (metadata.annotations?.[ANNOTATION_PROVIDER_API_ID] ??
    metadata.labels?.[ANNOTATION_PROVIDER_API_ID]) ||
  undefined;

function apiEntityOf(entity: Entity): ApiEntity {
  const providerApiId = providerApiIdOf(entity);
  return {
    ref: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    ...(providerApiId ? { providerApiId } : {}),
    owners: (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US')),
  };
}

/**
 * Those that are named, and those that stand for one of the provider's APIs.
 * @internal
 */
export async function findApiEntities(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  wanted: { refs: EntityRef[]; providerApiIds: string[] },
): Promise<ApiEntity[]> {
  const { refs, providerApiIds } = wanted;
  const named =
    refs.length === 0
      ? []
      : (
          await catalog.getEntitiesByRefs(
            { entityRefs: refs, fields: FIELDS },
            { credentials },
          )
        ).items;
  const standing =
    providerApiIds.length === 0
      ? []
      : (
          await catalog.getEntities(
            {
              filter: ['annotations', 'labels'].map(where => ({
                kind: 'API',
                [`metadata.${where}.${ANNOTATION_PROVIDER_API_ID}`]:
                  providerApiIds,
              })),
              fields: FIELDS,
            },
            { credentials },
          )
        ).items;
  const found = new Map<EntityRef, ApiEntity>();
  for (const entity of [...named, ...standing]) {
    if (entity) {
      const api = apiEntityOf(entity);
      found.set(api.ref, api);
    }
  }
  return [...found.values()];
}
