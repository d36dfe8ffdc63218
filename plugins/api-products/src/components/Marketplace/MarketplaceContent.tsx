import Button from '@material-ui/core/Button';
import Grid from '@material-ui/core/Grid';
import { useSearchParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton } from '../shared';
import { Filters } from './Filters';
import { MarketplaceLinks } from './MarketplaceLinks';
import {
  isNarrowed,
  readQuery,
  withFilter,
  withoutFilters,
  withValue,
} from './marketplaceQuery';
import { ProductList } from './ProductList';
import { Toolbar } from './Toolbar';
import { useFacets } from './useFacets';

/** Find a product: filters, search, order and page stand in the address; the server does the work. */
export function MarketplaceContent() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const facets = useFacets();
  const [params, setParams] = useSearchParams();
  const query = readQuery(params);
  const narrowed = isNarrowed(query);
  const view = params.get('view') === 'list' ? 'list' : 'cards';
  const products = useResource(
    `products ${JSON.stringify(query)}`,
    signal => api.listProductCards(query, { signal }),
    { keepPrevious: true },
  );
  useRefreshSignal(products.reloadSoon);

  const clear = () => setParams(withoutFilters(params));
  const setValue = (
    name: 'q' | 'orderBy' | 'cursor' | 'view',
    value?: string,
  ) => setParams(withValue(params, name, value), { replace: name === 'q' });

  let content = (
    <LoadingSkeleton label={t('marketplace.loading')} variant="cards" />
  );
  if (products.value && products.value.items.length > 0) {
    content = (
      <ProductList
        page={products.value}
        view={view}
        loading={products.loading}
        onPage={cursor => setValue('cursor', cursor)}
      />
    );
  } else if (products.error) {
    content = (
      <ErrorState
        title={t('marketplace.failedTitle')}
        error={products.error}
        onRetry={products.reload}
      />
    );
  } else if (products.value) {
    content = narrowed ? (
      <EmptyState
        title={t('marketplace.noMatchTitle')}
        description={t('marketplace.noMatchDescription')}
        action={
          <Button variant="outlined" color="primary" onClick={clear}>
            {t('marketplace.clear')}
          </Button>
        }
      />
    ) : (
      <EmptyState
        title={t('marketplace.emptyTitle')}
        description={t('marketplace.emptyDescription')}
      />
    );
  }

  return (
    <>
      <MarketplaceLinks />
      <Grid container spacing={3}>
        <Grid item xs={12} md={3} lg={2}>
          <Filters
            facets={facets}
            query={query}
            narrowed={narrowed}
            onChange={(name, values) =>
              setParams(withFilter(params, name, values))
            }
            onClear={clear}
          />
        </Grid>
        <Grid item xs={12} md={9} lg={10}>
          <Toolbar
            q={query.q ?? ''}
            order={query.orderBy ?? 'relevance'}
            view={view}
            total={products.value}
            onSearch={q => setValue('q', q)}
            onOrder={order => setValue('orderBy', order)}
            onView={next =>
              setValue('view', next === 'list' ? next : undefined)
            }
          />
          {content}
        </Grid>
      </Grid>
    </>
  );
}
