import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';
import type { EntityRef, Me } from 'backstage-plugin-api-products-common';

/** A catalog component of the caller or their groups. */
interface OwnComponent {
  ref: EntityRef;
  title: string;
}

/**
 * Components that a new application of this owner may point at; none while they are not known. A person's own may point at
 * those of the person's groups, too.
 */
export function useOwnComponents(
  me: Pick<Me, 'user' | 'groups'>,
  owner: EntityRef,
): {
  components: OwnComponent[];
  failed: boolean;
} {
  const catalog = useApi(catalogApiRef);
  const { value, error } = useAsync(async () => {
    const { items } = await catalog.getEntities({
      filter: {
        kind: 'Component',
        'relations.ownedBy':
          owner === me.user ? [me.user, ...me.groups] : [owner],
      },
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'metadata.title'],
    });
    return items
      .map(entity => ({
        ref: stringifyEntityRef(entity),
        title: entity.metadata.title ?? entity.metadata.name,
      }))
      .sort((a, b) => a.title.localeCompare(b.title));
  }, [catalog, me, owner]);
  return { components: value ?? [], failed: error !== undefined };
}
