/**
 * Which API entity of the catalog stands for an API of a provider: the one whose annotation says so, the first by ref
 * where several do. The catalog is asked for the APIs in question only.
 */
import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_PROVIDER_API_ID,
  type EntityRef,
} from 'backstage-plugin-api-products-common';

/** So that a question fits into a URL. */
const IDS_AT_ONCE = 50;
const PAGE = 500;

const PLACES = ['annotations', 'labels'] as const;

const idsOf = ({ metadata }: Entity): string[] =>
  PLACES.flatMap(place => metadata[place]?.[ANNOTATION_PROVIDER_API_ID] ?? []);

/** @internal */
export interface CatalogDeps {
  auth: AuthService;
  catalog: CatalogService;
}

/**
 * @throws whatever asking the catalog throws
 * @internal
 */
export async function apiEntitiesOf(
  { auth, catalog }: CatalogDeps,
  apiIds: Iterable<string>,
): Promise<Map<string, EntityRef>> {
  const asked = new Set(apiIds);
  const wanted = [...asked].sort();
  const found = new Map<string, EntityRef>();
  if (wanted.length === 0) {
    return found;
  }
  const credentials = await auth.getOwnServiceCredentials();
  for (let i = 0; i < wanted.length; i += IDS_AT_ONCE) {
    const ids = wanted.slice(i, i + IDS_AT_ONCE);
    let cursor: string | undefined;
    do {
      const page = await catalog.queryEntities(
        cursor === undefined
          ? {
              filter: PLACES.map(place => ({
                kind: 'api',
                [`metadata.${place}.${ANNOTATION_PROVIDER_API_ID}`]: ids,
              })),
              fields: ['kind', 'metadata'],
              limit: PAGE,
            }
          : { cursor, fields: ['kind', 'metadata'], limit: PAGE },
        { credentials },
      );
      for (const entity of page.items) {
        const ref = stringifyEntityRef(entity);
        for (const id of idsOf(entity).filter(one => asked.has(one))) {
          const other = found.get(id);
          if (other === undefined || ref < other) {
            found.set(id, ref);
          }
        }
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined);
  }
  return found;
}
