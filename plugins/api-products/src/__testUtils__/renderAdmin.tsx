import userEvent from '@testing-library/user-event';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';
import { Route, Routes } from 'react-router-dom';
import { AdminRouter } from '../components/Admin/AdminRouter';
import { adminApi } from '../fixtures';
import { renderWithApi } from './renderWithApi';

const group = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
});

/** Renders a page of the admin as paula's portal would. */
export async function renderAdmin(
  path: string,
  overrides: Partial<ApiProductsApi> = {},
) {
  await renderWithApi(
    <Routes>
      <Route path="/api-products/admin/*" element={<AdminRouter />} />
    </Routes>,
    { ...adminApi, ...overrides },
    {
      path: `/api-products/admin${path}`,
      catalog: catalogApiMock({
        entities: ['payments-team', 'platform-owners', 'shop-team'].map(group),
      }),
    },
  );
  return userEvent.setup({ delay: null });
}
