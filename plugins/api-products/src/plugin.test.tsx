import { screen, waitFor } from '@testing-library/react';
import {
  createExtensionTester,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import apiProductsPlugin, { apiProductsApiRef } from '.';
import { createFakeApi } from './fixtures';

const apis = [
  [apiProductsApiRef, createFakeApi()],
  [catalogApiRef, catalogApiMock()],
] as const;

function renderAt(path: string) {
  renderTestApp({
    features: [apiProductsPlugin],
    apis: [...apis],
    initialRouteEntries: [path],
  });
}

describe('the plugin in the new frontend system', () => {
  it('has the marketplace at /api-products', async () => {
    renderAt('/api-products');
    expect(
      await screen.findByRole('list', { name: 'API products' }),
    ).toHaveTextContent('Payments API');
  });

  it('has a page for each product below it', async () => {
    renderAt('/api-products/default/payments/plans');
    expect(
      await screen.findByRole('table', { name: 'Plans of Payments API' }),
    ).toBeInTheDocument();
  });

  it('is calm about an address with half of a name', async () => {
    renderAt('/api-products/payments');
    expect(
      await screen.findByRole('heading', {
        name: 'There is no such product, or it is not for you',
      }),
    ).toBeInTheDocument();
  });

  it.each([
    ['/api-products/my-access', 'My API access'],
    ['/api-products/approvals', 'Approvals'],
    ['/api-products/admin', 'API admin'],
  ])('has a page of its own at %s', async (path, title) => {
    renderAt(path);
    await waitFor(() =>
      expect(screen.getByRole('heading', { name: title })).toBeInTheDocument(),
    );
    expect(
      screen.queryByRole('heading', {
        name: 'There is no such product, or it is not for you',
      }),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['plans', 'Plans'],
    ['definition', 'Definition'],
    ['my-access', 'My access'],
    ['requests', 'Requests'],
    ['history', 'History'],
  ] as const)('gives entities the tab %s', (name, title) => {
    const extension = createExtensionTester(
      apiProductsPlugin.getExtension(`entity-content:api-products/${name}`),
    );
    expect(extension.get(EntityContentBlueprint.dataRefs.title)).toBe(title);
  });

  it('gives its tabs to products only', () => {
    const extension = createExtensionTester(
      apiProductsPlugin.getExtension('entity-content:api-products/plans'),
    );
    const filter = extension.get(
      EntityContentBlueprint.dataRefs.filterFunction,
    );
    const entity = (kind: string) => ({
      apiVersion: 'api-products/v1alpha1',
      kind,
      metadata: { name: 'payments' },
    });
    expect(filter?.(entity('APIProduct'))).toBe(true);
    expect(filter?.(entity('APIPlan'))).toBe(false);
  });
});
