import { Suspense, lazy } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { Content } from './backstage';
import { useT } from '../hooks/useT';
import { MarketplaceContent } from './Marketplace/MarketplaceContent';
import { NoProduct } from './Product/NoProduct';
import { LoadingSkeleton } from './shared';

const ProductPage = lazy(() =>
  import('./Product/ProductPage').then(m => ({ default: m.ProductPage })),
);

/** An address with half of a product's name. */
function NothingThere() {
  const { name = '' } = useParams();
  return <NoProduct name={name} />;
}

/** What stands below `/api-products`: the marketplace, and every product's own page. */
export function ApiProductsRouter() {
  const t = useT();
  return (
    <Routes>
      <Route
        path="/"
        element={
          <Content>
            <MarketplaceContent />
          </Content>
        }
      />
      <Route
        path="/:namespace/:name/*"
        element={
          <Suspense fallback={<LoadingSkeleton label={t('product.loading')} />}>
            <ProductPage />
          </Suspense>
        }
      />
      <Route path="/:name" element={<NothingThere />} />
    </Routes>
  );
}
