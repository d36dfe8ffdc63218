/**
 * The definitions of a product's APIs. The renderers are large: this file is only loaded when somebody looks at a
 * definition.
 */
import { useState } from 'react';
import Box from '@material-ui/core/Box';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { Product } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EmptyState } from '../shared';
import { ApiDefinition, apiKeyOf, apiNameOf } from './ApiDefinition';

/** The definition of one of the product's APIs, with a choice where there are several. */
export function Definition({ product }: { product: Product }) {
  const t = useT();
  const [chosen, setChosen] = useState<string>();
  const api =
    product.apis.find(item => apiKeyOf(item) === chosen) ?? product.apis.at(0);

  if (!api) {
    return (
      <EmptyState
        title={t('product.definition.emptyTitle')}
        description={t('product.definition.emptyDescription')}
      />
    );
  }
  const key = apiKeyOf(api);
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
            value={key}
            onChange={event => setChosen(event.target.value)}
          >
            {product.apis.map(item => (
              <MenuItem key={apiKeyOf(item)} value={apiKeyOf(item)}>
                {apiNameOf(item)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
      )}
      <ApiDefinition key={key} product={product} api={api} />
    </>
  );
}
