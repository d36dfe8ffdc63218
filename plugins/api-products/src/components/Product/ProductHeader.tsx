import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { useT } from '../../hooks/useT';
import { Logo } from '../ProductParts/Logo';
import { canRequestAccess } from '../ProductParts/plans';
import { Ribbon, ribbonOf } from '../ProductParts/Ribbon';
import type { ProductView } from './ProductScope';

/** Which product this is, and the one thing most people come for. */
export function ProductHeader({ product, requestAccess }: ProductView) {
  const t = useT();
  return (
    <Box
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      gridGap={12}
      px={3}
      py={2}
    >
      <Logo product={product} />
      <Typography variant="h4" component="h2" style={{ margin: 0 }}>
        {product.title}
      </Typography>
      {product.version && (
        <Typography color="textSecondary">{product.version}</Typography>
      )}
      {ribbonOf(product) ? (
        <Ribbon product={product} />
      ) : (
        <Chip
          size="small"
          variant="outlined"
          label={t(`product.lifecycle.${product.lifecycle}`)}
          style={{ margin: 0 }}
        />
      )}
      {product.visibility.comingSoon && product.visibility.comingSoonText && (
        <Typography color="textSecondary">
          {product.visibility.comingSoonText}
        </Typography>
      )}
      <Box flexGrow={1} />
      {canRequestAccess(product) && (
        <Button
          variant="contained"
          color="primary"
          onClick={() => requestAccess()}
        >
          {t('product.requestAccess')}
        </Button>
      )}
    </Box>
  );
}
