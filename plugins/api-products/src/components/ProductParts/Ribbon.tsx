import Chip from '@material-ui/core/Chip';
import type { Product } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';

type Presented = Pick<Product, 'hiddenSince' | 'lifecycle' | 'visibility'>;

/** What is special about a product, the weightiest first; an active product has nothing to say. */
export function ribbonOf(product: Presented) {
  if (product.hiddenSince) {
    return 'hidden' as const;
  }
  if (product.lifecycle !== 'active') {
    return product.lifecycle;
  }
  if (product.visibility.comingSoon) {
    return 'comingSoon' as const;
  }
  return product.visibility.preview ? ('preview' as const) : undefined;
}

/** The ribbon of a product, if it has one. */
export function Ribbon({ product }: { product: Presented }) {
  const t = useT();
  const ribbon = ribbonOf(product);
  return ribbon ? (
    <Chip
      size="small"
      variant="outlined"
      label={t(`product.ribbon.${ribbon}`)}
      style={{ margin: 0 }}
    />
  ) : null;
}
