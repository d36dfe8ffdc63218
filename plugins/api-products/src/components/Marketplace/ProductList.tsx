import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type { Page, Product } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { ProductCard } from './ProductCard';

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      display: 'grid',
      gap: theme.spacing(2),
    },
    cards: {
      gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))',
    },
    loading: { opacity: 0.6 },
  }),
  { name: 'ApiProductsProductList' },
);

/** @internal */
export interface ProductListProps {
  page: Page<Product>;
  view: 'cards' | 'list';
  /** Another page is on its way; this one is what was there before. */
  loading: boolean;
  onPage: (cursor: string) => void;
}

/** One page of products, and the way to the next. @internal */
export function ProductList({ page, view, loading, onPage }: ProductListProps) {
  const classes = useStyles();
  const t = useT();
  const { prevCursor, nextCursor } = page.pageInfo;
  return (
    <>
      <ul
        aria-label={t('marketplace.list')}
        aria-busy={loading}
        className={[
          classes.list,
          view === 'cards' ? classes.cards : '',
          loading ? classes.loading : '',
        ].join(' ')}
      >
        {page.items.map(product => (
          <li key={product.ref}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
      {(prevCursor || nextCursor) && (
        <Box
          component="nav"
          aria-label={t('marketplace.paging')}
          display="flex"
          justifyContent="center"
          mt={3}
          gridGap={16}
        >
          <Button
            variant="outlined"
            disabled={!prevCursor}
            onClick={() => prevCursor && onPage(prevCursor)}
          >
            {t('marketplace.previous')}
          </Button>
          <Button
            variant="outlined"
            disabled={!nextCursor}
            onClick={() => nextCursor && onPage(nextCursor)}
          >
            {t('marketplace.next')}
          </Button>
        </Box>
      )}
    </>
  );
}
