/**
 * The definitions of a product's APIs, rendered by the api-docs plugin with the widgets that the app has configured.
 * The renderers are large: this file is only loaded when somebody looks at a definition.
 */
import { useState } from 'react';
import Box from '@material-ui/core/Box';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import {
  ApiDefinitionCard,
  PlainApiDefinitionWidget,
  apiDocsConfigRef,
} from '@backstage/plugin-api-docs';
import { EntityProvider, catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  EntityRef,
  Product,
  ProductApi,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton } from '../shared';

function ApiDefinition({ api, owner }: { api: ProductApi; owner: EntityRef }) {
  const t = useT();
  const catalog = useApi(catalogApiRef);
  const hasApiDocs = useApiHolder().get(apiDocsConfigRef) !== undefined;
  const name = api.title ?? refName(api.ref);
  // Wrapped, because a catalog that has no such entity answers undefined, which is not "still loading".
  const { value, error, reload } = useResource(`api ${api.ref}`, async () => ({
    entity: await catalog.getEntityByRef(api.ref),
  }));

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
    return (
      <EmptyState
        title={t('product.definition.missingTitle', { api: name })}
        description={t('product.definition.missingDescription', {
          owner: refName(owner),
        })}
      />
    );
  }
  const definition = value.entity.spec?.definition;
  if (typeof definition !== 'string' || definition.trim() === '') {
    return <EmptyState title={t('product.definition.none', { api: name })} />;
  }
  return hasApiDocs ? (
    <EntityProvider entity={value.entity}>
      <ApiDefinitionCard />
    </EntityProvider>
  ) : (
    <PlainApiDefinitionWidget definition={definition} language="yaml" />
  );
}

/** The definition of one of the product's APIs, with a choice where there are several. @internal */
export function Definition({ product }: { product: Product }) {
  const t = useT();
  const [chosen, setChosen] = useState<EntityRef>();
  const api =
    product.apis.find(item => item.ref === chosen) ?? product.apis.at(0);

  if (!api) {
    return (
      <EmptyState
        title={t('product.definition.emptyTitle')}
        description={t('product.definition.emptyDescription')}
      />
    );
  }
  return (
    <>
      {product.apis.length > 1 && (
        <Box mb={2}>
          <TextField
            select
            id="api-products-definition"
            variant="outlined"
            size="small"
            label={t('product.definition.choose')}
            value={api.ref}
            onChange={event => setChosen(event.target.value)}
          >
            {product.apis.map(item => (
              <MenuItem key={item.ref} value={item.ref}>
                {item.title ?? refName(item.ref)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
      )}
      <ApiDefinition key={api.ref} api={api} owner={product.owner} />
    </>
  );
}
