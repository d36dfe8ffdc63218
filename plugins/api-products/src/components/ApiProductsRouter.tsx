import { Route, Routes, useParams } from 'react-router-dom';
import { Content } from './backstage';
import { MarketplaceContent } from './Marketplace/MarketplaceContent';
import { ProductPage } from './Product/ProductPage';
import { NoProduct } from './Product/ProductScope';

/** An address with half of a product's name. */
function NothingThere() {
  const { name = '' } = useParams();
  return <NoProduct name={name} />;
}

/** What stands below `/api-products`: the marketplace, and every product's own page. */
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
      <Route path="/:name" element={<NothingThere />} />
    </Routes>
  );
}
