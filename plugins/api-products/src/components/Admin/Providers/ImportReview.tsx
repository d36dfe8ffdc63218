/**
 * What a synchronisation made drafts of. Each row is changed and published where it stands, and says itself what became
 * of it.
 */
import { useEffect, useState } from 'react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { Provider } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useResource } from '../../../hooks/useResource';
import { useSaid } from '../../../hooks/useSaid';
import { useT } from '../../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton, Paging } from '../../shared';
import { ImportedPlan } from './ImportedPlan';
import { ImportedProduct } from './ImportedProduct';

/** Of each list on a page: every row is a form. */
const PAGE_SIZE = 20;

interface Pages {
  products?: string;
  plans?: string;
}

function useImported(provider: string, pages: Pages) {
  const api = useApi(apiProductsApiRef);
  return useResource(
    `imported ${provider} ${JSON.stringify(pages)}`,
    async signal => {
      const imported = { provider, origin: ['provider' as const] };
      const [products, plans] = await Promise.all([
        api.listProducts(
          {
            ...imported,
            lifecycle: ['draft'],
            cursor: pages.products,
            limit: PAGE_SIZE,
          },
          { signal },
        ),
        // Plans have no lifecycle: one that stands in a catalogue has been looked at.
        api.listPlans(
          {
            ...imported,
            unlisted: true,
            cursor: pages.plans,
            limit: PAGE_SIZE,
          },
          { signal },
        ),
      ]);
      return { products, plans };
    },
    { keepPrevious: true },
  );
}

export function ImportReview({ provider }: { provider: Provider }) {
  const t = useT();
  const [pages, setPages] = useState<Pages>({});
  const imported = useImported(provider.id, pages);
  const [said, say] = useSaid();
  // All of a later page has been looked at: what is left stands on the first one.
  const emptied =
    (pages.products && imported.value?.products.items.length === 0) ||
    (pages.plans && imported.value?.plans.items.length === 0);
  useEffect(() => {
    if (emptied) {
      setPages({});
    }
  }, [emptied]);
  const done = (what: string) => {
    say(what);
    imported.reload();
  };

  if (!imported.value) {
    return imported.error ? (
      <ErrorState
        title={t('adminProviders.imports.failed')}
        error={imported.error}
        onRetry={imported.reload}
      />
    ) : (
      <LoadingSkeleton label={t('adminProviders.imports.loading')} />
    );
  }
  const { products, plans } = imported.value;
  return (
    <Box maxWidth={1100}>
      <Typography variant="body2" paragraph>
        {t('adminProviders.imports.explain')}
      </Typography>
      <Typography variant="body2" role="status" style={{ minHeight: 20 }}>
        {said}
      </Typography>
      {products.items.length + plans.items.length === 0 && (
        <EmptyState
          title={t('adminProviders.imports.emptyTitle')}
          description={t('adminProviders.imports.emptyDescription')}
        />
      )}
      {plans.items.length > 0 && (
        <section aria-label={t('adminProviders.imports.plans')}>
          <Typography variant="h6" component="h3" gutterBottom>
            {t('adminProviders.imports.plans')}
          </Typography>
          {plans.items.map(plan => (
            <ImportedPlan
              key={`${plan.ref} ${plan.revision}`}
              plan={plan}
              onDone={done}
            />
          ))}
          <Paging
            label={t('adminProviders.imports.planPages')}
            pageInfo={plans.pageInfo}
            onPage={cursor => setPages({ ...pages, plans: cursor })}
          />
        </section>
      )}
      {products.items.length > 0 && (
        <section aria-label={t('adminProviders.imports.products')}>
          <Typography variant="h6" component="h3" gutterBottom>
            {t('adminProviders.imports.products')}
          </Typography>
          {products.items.map(product => (
            <ImportedProduct
              key={`${product.ref} ${product.revision}`}
              product={product}
              onDone={done}
            />
          ))}
          <Paging
            label={t('adminProviders.imports.productPages')}
            pageInfo={products.pageInfo}
            onPage={cursor => setPages({ ...pages, products: cursor })}
          />
        </section>
      )}
    </Box>
  );
}
