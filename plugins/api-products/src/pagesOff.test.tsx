/** An app may switch each page off: whatever links to it works, without that link. */
import { screen, waitFor } from '@testing-library/react';
import { Route } from 'react-router-dom';
import { FlatRoutes } from '@backstage/core-app-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import apiProductsPlugin, { apiProductsApiRef } from '.';
import { adminApi, createFakeApi } from './fixtures';
import {
  ApiProductsAdminPage,
  ApiProductsPage,
  ApprovalsPage,
  MyAccessPage,
} from './legacy';

const PAGES = [
  {
    id: 'page:api-products',
    path: '/api-products',
    element: <ApiProductsPage />,
    below: [
      '/api-products',
      '/api-products/default/payments/my-access',
      '/api-products/default/payments/requests',
      '/api-products/default/payments/subscribers',
      '/api-products/default/nothing',
    ],
  },
  {
    id: 'page:api-products/my-access',
    path: '/api-products/my-access',
    element: <MyAccessPage />,
    below: ['/api-products/my-access'],
  },
  {
    id: 'page:api-products/approvals',
    path: '/api-products/approvals',
    element: <ApprovalsPage />,
    below: ['/api-products/approvals'],
  },
  {
    id: 'page:api-products/admin',
    path: '/api-products/admin',
    element: <ApiProductsAdminPage />,
    below: ['/api-products/admin/products'],
  },
];

/** Each page switched off, with addresses of the others. */
const casesWith = (addresses: (page: (typeof PAGES)[number]) => string[]) =>
  PAGES.flatMap(off =>
    PAGES.filter(page => page !== off).flatMap(page =>
      addresses(page).map(path => ({ off, path })),
    ),
  );

const apis = [
  [apiProductsApiRef, createFakeApi(adminApi)],
  [catalogApiRef, catalogApiMock()],
] as const;

async function loaded() {
  await waitFor(
    () => {
      expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
      expect(screen.queryByTestId('progress')).not.toBeInTheDocument();
      expect(screen.getAllByRole('heading').length).toBeGreaterThan(0);
    },
    { timeout: 20_000 },
  );
}

const pathsOfLinks = () =>
  screen
    .queryAllByRole('link')
    .map(link => link.getAttribute('href')?.split('?')[0]);

/** What a page that crashed leaves, in either system. */
const CRASH = /No path for|Error in/;

describe('pages that are switched off', () => {
  it.each(casesWith(page => page.below))(
    'leave $path whole in the new frontend system: $off.id',
    async ({ off, path }) => {
      renderTestApp({
        features: [apiProductsPlugin],
        apis: [...apis],
        initialRouteEntries: [path],
        config: { app: { extensions: [{ [off.id]: false }] } },
      });
      await loaded();
      expect(document.body).not.toHaveTextContent(CRASH);
      expect(pathsOfLinks()).not.toContain(off.path);
    },
  );

  it.each(casesWith(page => page.below.slice(0, 1)))(
    'leave $path whole in the legacy frontend system: $off.id',
    async ({ off, path }) => {
      await renderInTestApp(
        <TestApiProvider apis={[...apis]}>
          <FlatRoutes>
            {PAGES.filter(page => page !== off).map(page => (
              <Route key={page.id} path={page.path} element={page.element} />
            ))}
          </FlatRoutes>
        </TestApiProvider>,
        { routeEntries: [path] },
      );
      await loaded();
      expect(document.body).not.toHaveTextContent(CRASH);
      expect(pathsOfLinks()).not.toContain(off.path);
    },
  );
});
