/**
 * The definition of one API: that of its catalog entity, or, as long as it has none, the one that its provider
 * publishes.
 */
import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  EntityRef,
  Product,
  ProductApi,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import { isNotForCaller } from '../../hooks/serverError';
import { useResource, type Resource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton } from '../shared';
import { DrawnDefinition } from './DrawnDefinition';

/** Tells the APIs of a product apart. */
export const apiKeyOf = ({ ref, providerApiId }: ProductApi): string =>
  ref ?? providerApiId ?? '';

/** What an API is called. */
export const apiNameOf = ({ ref, title, providerApiId }: ProductApi): string =>
  title ?? (ref ? refName(ref) : providerApiId ?? '');

interface Found {
  /** Absent where the catalog has none that the reader may see. */
  entity?: Entity;
}

function Rendered(props: {
  name: string;
  found: Resource<Found>;
  missing: JSX.Element;
}) {
  const { name, found, missing } = props;
  const t = useT();
  const { value, error, reload } = found;

  if (!value) {
    return error ? (
      <ErrorState
        title={t('product.definition.failedTitle', { api: name })}
        error={error}
        onRetry={reload}
      />
    ) : (
      <LoadingSkeleton label={t('product.definition.loading')} />
    );
  }
  if (!value.entity) {
    return missing;
  }
  const definition = value.entity.spec?.definition;
  if (typeof definition !== 'string' || definition.trim() === '') {
    return <EmptyState title={t('product.definition.none', { api: name })} />;
  }
  return (
    <DrawnDefinition
      name={name}
      entity={value.entity}
      definition={definition}
    />
  );
}

function OfEntity(props: {
  entityRef: EntityRef;
  name: string;
  owner: string;
}) {
  const { entityRef, name, owner } = props;
  const t = useT();
  const catalog = useApi(catalogApiRef);
  // Wrapped, because a catalog that has no such entity answers undefined, which is not "still loading".
  const found = useResource<Found>(`api ${entityRef}`, async () => ({
    entity: await catalog.getEntityByRef(entityRef),
  }));
  return (
    <Rendered
      name={name}
      found={found}
      missing={
        <EmptyState
          title={t('product.definition.missingTitle', { api: name })}
          description={t('product.definition.missingDescription', { owner })}
        />
      }
    />
  );
}

/** The renderers want an entity of kind API; this one stands in no catalog. */
const standIn = (name: string, definition: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name: 'definition', title: name },
  spec: {
    type: 'openapi',
    lifecycle: 'production',
    owner: 'unknown',
    definition,
  },
});

function OfProvider(props: { product: Product; apiId: string; name: string }) {
  const { product, apiId, name } = props;
  const { namespace, name: productName } = product;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const found = useResource<Found>(
    `definition ${product.ref} ${apiId}`,
    async signal => {
      try {
        const definition = await api.getProductDefinition(
          { namespace, name: productName },
          apiId,
          { signal },
        );
        return { entity: standIn(name, JSON.stringify(definition, null, 2)) };
      } catch (error) {
        if (error instanceof Error && isNotForCaller(error)) {
          return {};
        }
        throw error;
      }
    },
  );
  return (
    <Rendered
      name={name}
      found={found}
      missing={
        <EmptyState title={t('product.definition.none', { api: name })} />
      }
    />
  );
}

export function ApiDefinition(props: { product: Product; api: ProductApi }) {
  const { product, api } = props;
  const name = apiNameOf(api);
  return api.ref ? (
    <OfEntity entityRef={api.ref} name={name} owner={refName(product.owner)} />
  ) : (
    <OfProvider product={product} apiId={api.providerApiId ?? ''} name={name} />
  );
}
