/** Owners that the catalog does not have any more: a group that was deleted, somebody who has left. */
import type { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-api-products-common';

const REFS_AT_ONCE = 500;

/**
 * Which of the groups and people the catalog does not have.
 *
 * @throws ServiceUnavailableError while it does not answer: what is not known is not gone
 */
export type GoneOwners = (
  owners: readonly EntityRef[],
) => Promise<ReadonlySet<EntityRef>>;

export function goneOwnersIn({
  auth,
  catalog,
}: {
  auth: AuthService;
  catalog: CatalogService;
}): GoneOwners {
  const missing = async (entityRefs: EntityRef[]): Promise<EntityRef[]> => {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata.namespace', 'metadata.name'] },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return entityRefs.filter((_, i) => !items[i]);
  };
  return async owners => {
    const gone = new Set<EntityRef>();
    try {
      for (let i = 0; i < owners.length; i += REFS_AT_ONCE) {
        const some = await missing(owners.slice(i, i + REFS_AT_ONCE));
        some.forEach(ref => gone.add(ref));
      }
    } catch (error) {
      throw new ServiceUnavailableError(
        'The catalog does not say which owners it has; try again in a moment',
        error,
      );
    }
    return gone;
  };
}
