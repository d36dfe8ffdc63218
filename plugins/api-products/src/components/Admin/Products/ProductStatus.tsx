import Chip from '@material-ui/core/Chip';
import Switch from '@material-ui/core/Switch';
import { useApi } from '@backstage/core-plugin-api';
import type { Product } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useAction } from '../../../hooks/useAction';
import { useT } from '../../../hooks/useT';
import { Problem } from '../../shared';
import { recordName } from '../recordName';

/** The status in words, and the switch between draft and active where the reader may turn it. */
export function ProductStatus(props: {
  product: Product;
  onChanged: (what: string) => void;
}) {
  const { product, onChanged } = props;
  const { title, lifecycle, actions, hiddenSince } = product;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const toggle = useAction(async () => {
    const next = lifecycle === 'active' ? 'draft' : 'active';
    await api.updateProduct(recordName(product), {
      revision: product.revision,
      lifecycle: next,
    });
    onChanged(
      t(
        next === 'active' ? 'adminProducts.activated' : 'adminProducts.drafted',
        { name: title },
      ),
    );
  });
  const may =
    actions.includes('edit') &&
    (lifecycle === 'draft' || lifecycle === 'active');

  return (
    <>
      <Chip
        size="small"
        variant={lifecycle === 'active' ? 'default' : 'outlined'}
        color={lifecycle === 'active' ? 'primary' : 'default'}
        label={t(`product.lifecycle.${lifecycle}`)}
        style={{ margin: 0 }}
      />
      {hiddenSince && (
        <Chip
          size="small"
          variant="outlined"
          label={t('product.ribbon.hidden')}
          style={{ margin: 0 }}
        />
      )}
      {may && (
        <Switch
          size="small"
          color="primary"
          checked={lifecycle === 'active'}
          disabled={toggle.busy}
          inputProps={{
            'aria-label': t('adminProducts.toggle', { name: title }),
          }}
          onChange={() => toggle.run()}
        />
      )}
      <Problem title={t('adminProducts.toggleFailed')} error={toggle.error} />
    </>
  );
}
