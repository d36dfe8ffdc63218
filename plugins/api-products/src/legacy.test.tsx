import { screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { FlatRoutes } from '@backstage/core-app-api';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import {
  EntityProvider,
  catalogApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { createFakeApi } from './fixtures';
import {
  ApiProductsAdminPage,
  ApiProductsPage,
  ApprovalsPage,
  EntityApiProductPlansContent,
  MyAccessPage,
  apiProductsApiRef,
  apiProductsPlugin,
} from './legacy';

async function renderAt(path: string, element: JSX.Element) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [apiProductsApiRef, createFakeApi()],
        [catalogApiRef, catalogApiMock()],
      ]}
    >
      {element}
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

const pages = (
  <FlatRoutes>
    <Route path="/api-products/my-access" element={<MyAccessPage />} />
    <Route path="/api-products/approvals" element={<ApprovalsPage />} />
    <Route path="/api-products/admin" element={<ApiProductsAdminPage />} />
    <Route path="/api-products" element={<ApiProductsPage />} />
  </FlatRoutes>
);

describe('the plugin in the legacy frontend system', () => {
  it('makes the client for its pages', () => {
    expect([...apiProductsPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      apiProductsApiRef.id,
    ]);
  });

  it('has the marketplace with a header', async () => {
    await renderAt('/api-products', pages);
    expect(
      await screen.findByRole('heading', { level: 1, name: 'API products' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Payments API' }),
    ).toHaveAttribute('href', '/api-products/default/payments');
  });

  it('has product pages', async () => {
    await renderAt('/api-products/default/payments', pages);
    expect(
      await screen.findByRole('heading', { name: 'Payments API' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['/api-products/my-access', 'My API access'],
    ['/api-products/approvals', 'Approvals'],
    ['/api-products/admin', 'API admin'],
  ])('has %s with a header', async (path, title) => {
    await renderAt(path, pages);
    expect(
      await screen.findByRole('heading', { level: 1, name: title }),
    ).toBeInTheDocument();
  });

  it('has parts for the entity page', async () => {
    await renderAt(
      '/',
      <EntityProvider
        entity={{
          apiVersion: 'api-products/v1alpha1',
          kind: 'APIProduct',
          metadata: { name: 'payments' },
        }}
      >
        <EntityApiProductPlansContent />
      </EntityProvider>,
    );
    expect(
      await screen.findByRole('table', { name: 'Plans of Payments API' }),
    ).toBeInTheDocument();
  });
});
