import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { Product } from 'backstage-plugin-api-products-common';
import { Link } from '../../backstage';
import { apiProductsApiRef } from '../../../api';
import { useT } from '../../../hooks/useT';
import { useRoute } from '../../../hooks/useRoute';
import { productRouteRef } from '../../../routes';
import { EntityName } from '../../shared';
import { DeleteDialog } from '../DeleteDialog';
import { Facts } from '../Facts';
import { OriginText } from '../OriginText';
import { RecordNotes } from '../RecordNotes';
import { recordName } from '../recordName';
import { ProductDialog } from './ProductDialog';
import { ProductPlans } from './ProductPlans';
import { ProductStatus } from './ProductStatus';

function ProductFacts({ product }: { product: Product }) {
  const t = useT();
  const { owner, provider, authentication } = product;
  return (
    <Facts
      facts={[
        [t('adminProducts.owner'), <EntityName entityRef={owner} link />],
        [
          t('adminProducts.provider'),
          provider ?? t('adminProducts.documentation'),
        ],
        [
          t('adminProducts.signIn'),
          authentication
            ? t(`product.auth.${authentication}`)
            : t('admin.none'),
        ],
        [t('adminProducts.origin'), <OriginText record={product} />],
      ]}
    />
  );
}

/** A product as its platform owner looks after it. */
export function AdminProductCard(props: {
  product: Product;
  /** Something was done; what, in words. */
  onChanged: (what: string) => void;
}) {
  const { product, onChanged } = props;
  const { title, actions, namespace, name } = product;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const productLink = useRoute(productRouteRef);
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const close = () => setOpen(undefined);
  const done = (what: string) => {
    close();
    onChanged(what);
  };

  return (
    <Card component="article" variant="outlined" aria-label={title}>
      <CardContent>
        <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={12}>
          <Box
            flex="1 1 240px"
            minWidth={0}
            style={{ overflowWrap: 'anywhere' }}
          >
            <Typography variant="h6" component="h2">
              <Link to={productLink?.({ namespace, name })}>{title}</Link>
            </Typography>
          </Box>
          <ProductStatus product={product} onChanged={onChanged} />
          {actions.includes('edit') && (
            <Button
              size="small"
              variant="outlined"
              aria-label={t('admin.editLabel', { name: title })}
              onClick={() => setOpen('edit')}
            >
              {t('admin.edit')}
            </Button>
          )}
          {actions.includes('delete') && (
            <Button
              size="small"
              aria-label={t('admin.deleteLabel', { name: title })}
              onClick={() => setOpen('delete')}
            >
              {t('admin.deleteAction')}
            </Button>
          )}
        </Box>
        <Typography variant="body2" color="textSecondary" paragraph>
          {product.description ?? t('adminProducts.noDescription')}
        </Typography>
        <ProductFacts product={product} />
        <RecordNotes record={product} />
        <ProductPlans product={product} onChanged={onChanged} />
      </CardContent>
      {open === 'edit' && (
        <ProductDialog
          product={product}
          onClose={close}
          onSaved={saved =>
            done(t('adminProducts.dialog.created', { name: saved.title }))
          }
        />
      )}
      {open === 'delete' && (
        <DeleteDialog
          title={title}
          name={name}
          loadImpact={signal =>
            api.getProductDeletionImpact(recordName(product), { signal })
          }
          onDelete={async confirm => {
            await api.deleteProduct(recordName(product), confirm);
            done(t('admin.delete.deleted', { name: title }));
          }}
          onClose={close}
        />
      )}
    </Card>
  );
}
