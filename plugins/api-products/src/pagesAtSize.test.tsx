/**
 * That no page asks for all there is, for the same thing twice, or for more than it shows: each is drawn over a backend
 * with thousands of everything, and what it asks for is counted. A page that is new is added here.
 */
import type { ReactElement } from 'react';
import { screen, waitFor } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Route, Routes } from 'react-router-dom';
import { apiAtSize } from './__testUtils__/apiAtSize';
import { renderPage } from './__testUtils__/renderPage';
import { AdminRouter } from './components/Admin/AdminRouter';
import { ApiAdminSidebarItem } from './components/ApiAdminSidebarItem';
import { ApprovalsContent } from './components/Approvals/ApprovalsPage';
import { MarketplaceContent } from './components/Marketplace/MarketplaceContent';
import { MyAccessContent } from './components/MyAccess/MyAccessPage';
import { ChangePlanDialog } from './components/PlanChange/ChangePlanDialog';
import { ChangePlanOfProduct } from './components/PlanChange/ChangePlanOfProduct';
import {
  EntityAbout,
  EntityDetails,
  EntityPlans,
} from './components/Product/entity';
import { ProductPage } from './components/Product/ProductPage';
import { RequestAccessDialog } from './components/RequestAccess/RequestAccessDialog';
import {
  adminApi,
  changedRequest,
  createFakeApi,
  freePlan,
  freeSubscription,
  ordersV2,
  pageOf,
  paymentsProduct,
  pendingRequest,
} from './fixtures';

jest.setTimeout(60_000);

/** Of the providers, and of what a gateway answers itself: the backend gives them whole. */
const WHOLE_LISTS = ['listProviders', 'listProviderApis', 'listCredentials'];

/** More than that nobody looks at. */
const MOST_ROWS = 100;
const MOST_CALLS = 5;
const MOST_BYTES = 60_000;

interface Case {
  page: ReactElement;
  path?: string;
  /** What is there many times when the page has come. */
  row: [role: string, name?: RegExp];
}

const admin = (path: string, row: Case['row']): Case => ({
  page: (
    <Routes>
      <Route path="/api-products/admin/*" element={<AdminRouter />} />
    </Routes>
  ),
  path: `/api-products/admin${path}`,
  row,
});

const product = (tab: string, row: Case['row']): Case => ({
  page: (
    <Routes>
      <Route path="/products/:namespace/:name/*" element={<ProductPage />} />
    </Routes>
  ),
  path: `/products/${paymentsProduct.namespace}/${paymentsProduct.name}${tab}`,
  row,
});

const CASES: Record<string, Case> = {
  marketplace: {
    page: (
      <>
        <ApiAdminSidebarItem />
        <MarketplaceContent />
      </>
    ),
    row: ['article'],
  },
  'My access': { page: <MyAccessContent />, row: ['group', /Payments/] },
  'My access with what ended': {
    page: <MyAccessContent />,
    path: '/?ended=true',
    row: ['group', /Payments/],
  },
  approvals: {
    page: <ApprovalsContent />,
    row: ['button', /Shop backend/],
  },
  'admin products': admin('/products', ['article']),
  'admin plans': admin('/plans', ['row']),
  'admin catalogues': admin('/catalogues', ['row']),
  'admin providers': admin('/providers', ['row']),
  'a provider’s runs': admin('/providers/sandbox/synchronisation', [
    'listitem',
  ]),
  'a provider’s differences': admin('/providers/sandbox/drift', ['button']),
  'a provider’s APIs': admin('/providers/sandbox/apis', ['row']),
  'a provider’s imports': admin('/providers/sandbox/imports', ['article']),
  'admin history': admin('/history', ['listitem']),
  'admin subscriptions': admin('/subscriptions', ['row']),
  'clean-up': admin('/clean-up', ['heading']),
  'a product': product('', ['heading']),
  'a product’s access': product('/my-access', ['listitem']),
  'a product’s requests': product('/requests', ['listitem']),
  'a product’s history': product('/history', ['listitem']),
  'the history of an application': {
    page: <MyAccessContent />,
    path: '/?history=application:application-1',
    row: ['list', /^History/],
  },
  'a product’s subscribers': product('/subscribers', ['row']),
  'the dialog in which access is asked for': {
    page: <RequestAccessDialog product={paymentsProduct} onClose={() => {}} />,
    row: ['radio'],
  },
  'the dialog in which another plan is asked for': {
    page: (
      <ChangePlanDialog
        subscriptions={[freeSubscription]}
        onClose={() => {}}
        onDone={() => {}}
      />
    ),
    row: ['radio'],
  },
  'what of a product can move to a plan': {
    page: (
      <ChangePlanOfProduct
        product={paymentsProduct}
        plan={freePlan.ref}
        onClose={() => {}}
        onDone={() => {}}
      />
    ),
    row: ['radio'],
  },
  'a product’s entity': {
    page: (
      <EntityProvider
        entity={{
          apiVersion: 'api-products.io/v1alpha1',
          kind: 'APIProduct',
          metadata: {
            namespace: paymentsProduct.namespace,
            name: paymentsProduct.name,
          },
        }}
      >
        <EntityAbout />
        <EntityDetails />
        <EntityPlans />
      </EntityProvider>
    ),
    row: ['heading'],
  },
};

describe('pages at size', () => {
  it.each(Object.keys(CASES))('%s asks for what it shows, once', async name => {
    const { page, path, row } = CASES[name];
    const { api, asked } = apiAtSize(
      createFakeApi({
        ...adminApi,
        listProducts: async () => ({
          items: [ordersV2],
          totalItems: 1,
          pageInfo: {},
        }),
        getProduct: async () => ({
          ...paymentsProduct,
          actions: ['see-requests'],
        }),
        getAccessRequest: async () => pendingRequest,
        listHistory: async () => pageOf([changedRequest]),
      }),
      WHOLE_LISTS,
    );
    renderPage(page, { api, path });
    const [role, label] = row;
    const rows = () => screen.queryAllByRole(role, { name: label });
    await screen.findAllByRole(role, { name: label });
    await waitFor(() => {
      expect(asked.running).toBe(0);
      expect(screen.queryByRole('status', { name: /^Loading/ })).toBeNull();
    });

    const twice = asked.calls.filter(
      (call, i) => asked.calls.indexOf(call) !== i,
    );
    expect(twice).toEqual([]);
    expect(asked.calls.filter(call => call.includes('"cursor"'))).toEqual([]);
    expect(asked.calls.length).toBeLessThanOrEqual(MOST_CALLS);
    expect(asked.bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(rows().length).toBeLessThanOrEqual(MOST_ROWS);
  });
});
