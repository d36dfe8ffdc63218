import { Route, Routes } from 'react-router-dom';
import { Content } from './backstage';
import { MarketplaceContent } from './Marketplace/MarketplaceContent';
import { ProductPage } from './Product/ProductPage';

/** What stands below `/api-products`: the marketplace, and every product's own page. @internal */
export function ApiProductsRouter() {
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
      <Route path="/:namespace/:name/*" element={<ProductPage />} />
    </Routes>
  );
}
