/** Every product as a card with its status and its plans; the server searches and pages. */
import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../../api';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useSaid } from '../../../hooks/useSaid';
import { useT } from '../../../hooks/useT';
import { ListFrame } from '../ListFrame';
import { useListQuery } from '../useListQuery';
import { AdminProductCard } from './AdminProductCard';
import { ProductDialog } from './ProductDialog';

const PAGE_SIZE = 20;

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  }),
  { name: 'ApiProductsAdminProducts' },
);

export function ProductsPage() {
  const t = useT();
  const classes = useStyles();
  const api = useApi(apiProductsApiRef);
  const query = useListQuery();
  const { q, cursor } = query;
  const [adding, setAdding] = useState(false);
  const [said, say] = useSaid();
  const products = useResource(
    `admin products ${q} ${cursor ?? ''}`,
    signal =>
      api.listProducts(
        {
          ...(q && { q }),
          ...(cursor && { cursor }),
          orderBy: 'title',
          limit: PAGE_SIZE,
        },
        { signal },
      ),
    { keepPrevious: true },
  );
  useRefreshSignal(products.reloadSoon);
  const changed = (what: string) => {
    say(what);
    products.reload();
  };

  return (
    <>
      <ListFrame
        page={products}
        query={query}
        said={said}
        skeleton="cards"
        labels={{
          search: t('adminProducts.search'),
          add: t('adminProducts.add'),
          loading: t('adminProducts.loading'),
          failed: t('adminProducts.failed'),
          emptyTitle: t('adminProducts.emptyTitle'),
          emptyDescription: t('adminProducts.emptyDescription'),
          noMatch: t('adminProducts.noMatch'),
          pages: t('adminProducts.pages'),
        }}
        onAdd={() => setAdding(true)}
      >
        {items => (
          <ul aria-label={t('adminProducts.list')} className={classes.list}>
            {items.map(product => (
              <li key={product.ref}>
                <AdminProductCard product={product} onChanged={changed} />
              </li>
            ))}
          </ul>
        )}
      </ListFrame>
      {adding && (
        <ProductDialog
          onClose={() => setAdding(false)}
          onSaved={({ title }) => {
            setAdding(false);
            changed(t('adminProducts.dialog.created', { name: title }));
          }}
        />
      )}
    </>
  );
}
