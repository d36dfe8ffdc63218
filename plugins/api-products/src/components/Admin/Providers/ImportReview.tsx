/**
 * What a synchronisation made drafts of. Each row is changed and published where it stands, and says itself what became
 * of it.
 */
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatNumber,
  type Provider,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { firstPages, PAGE_SIZE } from '../../../hooks/firstPages';
import { useResource } from '../../../hooks/useResource';
import { useSaid } from '../../../hooks/useSaid';
import { useT } from '../../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton } from '../../shared';
import { ImportedPlan } from './ImportedPlan';
import { ImportedProduct } from './ImportedProduct';

/** Pages of each list that are looked through. */
const MAX_PAGES = 5;

function useImported(provider: string) {
  const api = useApi(apiProductsApiRef);
  return useResource(`imported ${provider}`, async signal => {
    const [products, plans] = await Promise.all([
      firstPages(MAX_PAGES, query =>
        api.listProducts(
          { ...query, origin: ['provider'], lifecycle: ['draft'] },
          { signal },
        ),
      ),
      firstPages(MAX_PAGES, query =>
        api.listPlans({ ...query, origin: ['provider'] }, { signal }),
      ),
    ]);
    return {
      products: products.items.filter(item => item.provider === provider),
      // Plans have no lifecycle: one that stands in a catalogue has been looked at.
      plans: plans.items.filter(
        item => item.provider === provider && item.catalogues.length === 0,
      ),
      truncated: products.truncated || plans.truncated,
    };
  });
}

export function ImportReview({ provider }: { provider: Provider }) {
  const t = useT();
  const imported = useImported(provider.id);
  const [said, say] = useSaid();
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
  const { products, plans, truncated } = imported.value;
  return (
    <Box maxWidth={1100}>
      <Typography variant="body2" paragraph>
        {t('adminProviders.imports.explain')}
      </Typography>
      <Typography variant="body2" role="status" style={{ minHeight: 20 }}>
        {said}
      </Typography>
      {products.length + plans.length === 0 && (
        <EmptyState
          title={t('adminProviders.imports.emptyTitle')}
          description={t('adminProviders.imports.emptyDescription')}
        />
      )}
      {plans.length > 0 && (
        <section aria-label={t('adminProviders.imports.plans')}>
          <Typography variant="h6" component="h3" gutterBottom>
            {t('adminProviders.imports.plans')}
          </Typography>
          {plans.map(plan => (
            <ImportedPlan
              key={`${plan.ref} ${plan.revision}`}
              plan={plan}
              onDone={done}
            />
          ))}
        </section>
      )}
      {products.length > 0 && (
        <section aria-label={t('adminProviders.imports.products')}>
          <Typography variant="h6" component="h3" gutterBottom>
            {t('adminProviders.imports.products')}
          </Typography>
          {products.map(product => (
            <ImportedProduct
              key={`${product.ref} ${product.revision}`}
              product={product}
              onDone={done}
            />
          ))}
        </section>
      )}
      {truncated && (
        <Typography variant="body2">
          {t('adminProviders.imports.truncated', {
            number: formatNumber(MAX_PAGES * PAGE_SIZE),
          })}
        </Typography>
      )}
    </Box>
  );
}
