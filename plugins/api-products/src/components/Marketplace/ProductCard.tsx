import Box from '@material-ui/core/Box';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ProductCard as Shown } from 'backstage-plugin-api-products-common';
import { Link } from '../backstage';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { productRouteRef } from '../../routes';
import { Logo } from '../ProductParts/Logo';
import { shortPlan } from '../ProductParts/plans';
import { Ribbon } from '../ProductParts/Ribbon';
import { typeLabel } from '../ProductParts/typeLabel';
import { EntityName, StatusText } from '../shared';

const useStyles = makeStyles(
  theme => ({
    // The title's link covers the card, so that a click anywhere opens it and there is one link to hear.
    card: {
      position: 'relative',
      height: '100%',
      '&:hover, &:focus-within': { boxShadow: theme.shadows[6] },
    },
    link: {
      overflowWrap: 'anywhere',
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    content: {
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      height: '100%',
    },
    summary: {
      display: '-webkit-box',
      '-webkit-line-clamp': 2,
      '-webkit-box-orient': 'vertical',
      overflow: 'hidden',
    },
  }),
  { name: 'ApiProductsProductCard' },
);

function Plans({ product }: { product: Shown }) {
  const t = useT();
  if (product.visibility.comingSoon) {
    return <>{product.visibility.comingSoonText}</>;
  }
  const { plans, morePlans: more } = product;
  if (plans.length === 0) {
    return product.documentationOnly ? (
      <>{t('marketplace.card.documentationOnly')}</>
    ) : null;
  }
  return (
    <>
      {plans.map(shortPlan).join(' · ')}
      {more > 0 && (
        <span
          role="img"
          title={t('marketplace.card.more', { others: String(more) })}
          aria-label={t('marketplace.card.more', { others: String(more) })}
        >
          {' · +'}
        </span>
      )}
    </>
  );
}

function MyState({ product }: { product: Shown }) {
  const t = useT();
  if (!product.myAccess) {
    return null;
  }
  const { status, plan } = product.myAccess;
  return status === 'subscribed' ? (
    <StatusText tone="ok">
      {t('marketplace.card.subscribed', { plan })}
    </StatusText>
  ) : (
    <StatusText tone="waiting">
      {t('marketplace.card.pending', { plan })}
    </StatusText>
  );
}

/** A product in the shop window. */
export function ProductCard({ product }: { product: Shown }) {
  const classes = useStyles();
  const t = useT();
  const productLink = useRoute(productRouteRef);
  const { namespace, name } = product;
  return (
    <Card component="article" className={classes.card}>
      <CardContent className={classes.content}>
        <Box display="flex" alignItems="center" gridGap={8}>
          <Logo product={product} />
          <Box flexGrow={1} minWidth={0}>
            <Typography variant="h6" component="h2">
              <Link
                to={productLink?.({ namespace, name })}
                className={classes.link}
              >
                {product.title}
              </Link>
            </Typography>
          </Box>
          <Ribbon product={product} />
          {product.version && (
            <Typography
              variant="body2"
              color="textSecondary"
              title={t('marketplace.card.version', {
                version: product.version,
              })}
            >
              {product.version}
            </Typography>
          )}
        </Box>
        <Typography variant="body2" className={classes.summary}>
          {product.description}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          <EntityName entityRef={product.owner} />
          {` · ${typeLabel(product.type)}`}
          {product.authentication &&
            ` · ${t(`product.auth.${product.authentication}`)}`}
        </Typography>
        <Typography variant="body2">
          <Plans product={product} />
        </Typography>
        <Typography variant="body2" component="div">
          <MyState product={product} />
        </Typography>
      </CardContent>
    </Card>
  );
}
