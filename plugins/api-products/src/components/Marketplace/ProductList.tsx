import { makeStyles } from '@material-ui/core/styles';
import type {
  Page,
  ProductCard as Shown,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { Paging } from '../shared';
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

interface ProductListProps {
  page: Page<Shown>;
  view: 'cards' | 'list';
  /** Another page is on its way; this one is what was there before. */
  loading: boolean;
  onPage: (cursor: string) => void;
}

/** One page of products, and the way to the next. */
export function ProductList({ page, view, loading, onPage }: ProductListProps) {
  const classes = useStyles();
  const t = useT();
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
      <Paging
        label={t('marketplace.paging')}
        pageInfo={page.pageInfo}
        onPage={onPage}
      />
    </>
  );
}
