import { makeStyles } from '@material-ui/core/styles';
import ExtensionIcon from '@material-ui/icons/Extension';
import type { Product } from 'backstage-plugin-api-products-common';

const useStyles = makeStyles(
  { logo: { width: 28, height: 28, objectFit: 'contain', flexShrink: 0 } },
  { name: 'ApiProductsLogo' },
);

/** The product's own logo, or a sign that stands for any; the title beside it says what it is. */
export function Logo({ product }: { product: Pick<Product, 'visibility'> }) {
  const classes = useStyles();
  return product.visibility.logo ? (
    <img className={classes.logo} src={product.visibility.logo} alt="" />
  ) : (
    <ExtensionIcon
      className={classes.logo}
      color="primary"
      aria-hidden="true"
    />
  );
}
