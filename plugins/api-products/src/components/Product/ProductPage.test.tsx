import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NotFoundError } from '@backstage/errors';
import type {
  ApiProductsApi,
  Product,
} from 'backstage-plugin-api-products-common';
import { refuses } from '../../__testUtils__/renderWithApi';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  changedRequest,
  handbookProduct,
  loyaltyProduct,
  pageOf,
  paymentsProduct,
  paymentsSubscription,
  pendingChange,
  pendingRequest,
  shopBackend,
  returnsProduct,
  shipmentsProduct,
  trackingProduct,
  freePlan,
  goldPlan,
} from '../../fixtures';
import { ProductPage } from './ProductPage';

function renderProduct(
  product: Product,
  tab = '',
  api: Partial<ApiProductsApi> = {},
) {
  return renderPage(<ProductPage />, {
    api: { getProduct: async () => product, ...api },
    path: `/products/${product.namespace}/${product.name}${tab}`,
    mountPath: '/products/:namespace/:name/*',
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'API',
        metadata: { name: 'shipments', namespace: 'default' },
        spec: { type: 'openapi', definition: 'openapi: 3.1.0 # shipments' },
      },
    ],
  });
}

const onGold: Product = {
  ...paymentsProduct,
  myAccess: { status: 'subscribed', plan: 'Gold' },
};

const failing = (error: Error) => async () => {
  throw error;
};

describe('Product page', () => {
  it('says what the product is, who owns it and what it promises', async () => {
    renderProduct(paymentsProduct);

    expect(
      await screen.findByRole('heading', { level: 2, name: 'Payments API' }),
    ).toBeInTheDocument();
    expect(screen.getByText('1.4.0')).toBeInTheDocument();
    expect(screen.getByText('Active')).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Payments' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Quick start' })).toHaveAttribute(
      'aria-expanded',
      'false',
    );
    expect(
      screen.getByRole('link', { name: /API terms of use/ }),
    ).toHaveAttribute('href', 'https://example.com/terms/api');
    expect(screen.getByText('99.9 %')).toBeInTheDocument();
    expect(screen.getByText('http://127.0.0.1:8181/payments/')).toBeVisible();
    expect(screen.getByRole('link', { name: 'payments-team' })).toHaveAttribute(
      'href',
      '/catalog/default/group/payments-team',
    );
  });

  it('shows the plans side by side, the first first', async () => {
    renderProduct(
      { ...paymentsProduct, myAccess: { status: 'subscribed', plan: 'Gold' } },
      '/plans',
    );

    const table = await screen.findByRole('table', {
      name: 'Plans of Payments API',
    });
    const rows = within(table)
      .getAllByRole('row')
      .map(row =>
        [
          ...within(row).queryAllByRole('rowheader'),
          ...within(row).getAllByRole('cell'),
        ].map(cell => cell.textContent),
      );
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(cell => cell.textContent),
    ).toEqual([
      expect.stringContaining('Free'),
      expect.stringContaining('Gold'),
      expect.stringContaining('Metered'),
    ]);
    expect(rows.slice(1, 6)).toEqual([
      ['Price', 'Free', '$49 / month', 'from $0.002 per call'],
      ['Rate', '5 per 10 s', '100 per minute', '200 per minute'],
      ['Quota', '20 per day', '100 000 per month', 'none'],
      ['Key lives', 'forever', '90 days', '1 year'],
      ['Access', 'at once', 'payments-team decides', 'payments-team decides'],
    ]);
    expect(
      within(table).getByRole('button', { name: 'Change to this: Free' }),
    ).toBeInTheDocument();
    expect(within(table).getByText('Your plan')).toBeInTheDocument();
    expect(
      within(table).queryByRole('button', { name: /Choose|this: Gold/ }),
    ).not.toBeInTheDocument();
  });

  it('says of a plan that its keys are delayed, and lets choose it', async () => {
    renderProduct(
      {
        ...paymentsProduct,
        plans: [freePlan, { ...goldPlan, keysDelayed: true }],
      },
      '/plans',
    );
    expect(
      await screen.findByRole('columnheader', {
        name: /Gold.*keys are delayed/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('columnheader', { name: /Free/ }),
    ).not.toHaveTextContent('delayed');
    expect(
      screen.getByRole('button', { name: 'Choose Gold' }),
    ).toBeInTheDocument();
  });

  it('opens the request dialog from the header and from a plan', async () => {
    renderProduct(paymentsProduct, '/plans');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Request access' }),
    );
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
  });

  it('opens the request dialog with the plan that was chosen', async () => {
    renderProduct(paymentsProduct, '/plans');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Choose Metered' }),
    );
    expect(await screen.findByRole('dialog')).toBeInTheDocument();
    expect(await screen.findByRole('radio', { name: /Metered/ })).toBeChecked();
  });

  it('moves what the caller has to a plan, and says what comes of it', async () => {
    const reports = {
      ...paymentsSubscription,
      id: 'subscription-reports',
      application: { ...shopBackend, id: 'reports', name: 'Reports' },
    };
    const changePlan = jest.fn(async () => pendingChange);
    renderProduct(onGold, '/plans', {
      listSubscriptions: async () => pageOf([paymentsSubscription, reports]),
      changePlan,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change to this: Metered' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Change the plan of Payments API',
    });
    expect(
      await within(dialog).findByRole('radio', { name: /^Metered/ }),
    ).toBeChecked();
    await userEvent.selectOptions(
      within(dialog).getByRole('combobox', { name: 'For' }),
      'Reports — shop-team, on Gold',
    );
    expect(
      await within(dialog).findByRole('radio', { name: /^Metered/ }),
    ).toBeChecked();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Send request' }),
    );
    const sent = await screen.findByRole('dialog', { name: 'Change of plan' });
    expect(within(sent).getByRole('status')).toHaveTextContent(
      /^payments-team decides about Gold instead of Free/,
    );
    expect(
      within(sent).getByRole('button', { name: 'Go to My access' }),
    ).toHaveAttribute(
      'href',
      `/api-products/my-access?request=${pendingChange.id}`,
    );
    expect(changePlan).toHaveBeenCalledWith(
      reports.id,
      expect.objectContaining({ plan: 'apiplan:default/metered' }),
      expect.anything(),
    );
  });

  it('says that there is nothing whose plan can be changed', async () => {
    renderProduct(onGold, '/plans', {
      listSubscriptions: async () =>
        pageOf([{ ...paymentsSubscription, actions: ['revoke'] }]),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change to this: Metered' }),
    );
    expect(
      await screen.findByText(/^You have nothing of it whose plan can be/),
    ).toBeInTheDocument();
  });

  it('offers no access where the server offers none', async () => {
    renderProduct(loyaltyProduct, '/plans');
    expect(await screen.findByRole('table')).toBeInTheDocument();
    expect(screen.getByText('Coming soon')).toBeInTheDocument();
    expect(screen.getByText('Expected March')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Request access|Choose/ }),
    ).not.toBeInTheDocument();
  });

  it('says that a product is documentation only', async () => {
    renderProduct(handbookProduct, '/plans');
    expect(
      await screen.findByRole('heading', { name: 'Documentation only' }),
    ).toBeInTheDocument();
  });

  it('shows a draft to those who decide about it', async () => {
    renderProduct(trackingProduct);
    expect(await screen.findByText('Draft')).toBeInTheDocument();
    expect(
      await screen.findByRole('tab', { name: 'Requests 1' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['is unknown or hidden', refuses(404, 'No product default/tracking')],
    ['is unknown, without REST', failing(new NotFoundError('No product'))],
    ['a policy denies', refuses(403, 'You lack the permission x.read')],
  ])('is the same calm page for what %s', async (_, getProduct) => {
    renderProduct(trackingProduct, '', { getProduct });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no such product, or it is not for you',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.queryByText(/No product|permission/)).toBeNull();
    expect(
      screen.getByText(/default\/tracking that you can see/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Browse API products' }),
    ).toHaveAttribute('href', '/api-products');
  });

  it('says why it could not be loaded and tries again', async () => {
    const getProduct = jest
      .fn()
      .mockRejectedValueOnce(new Error('The database is away'))
      .mockResolvedValue(paymentsProduct);
    renderProduct(paymentsProduct, '', { getProduct });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('heading', { level: 2, name: 'Payments API' }),
    ).toBeInTheDocument();
  });

  it('lists what I have of the product, with the way to it', async () => {
    renderProduct(paymentsProduct, '/my-access');
    const list = await screen.findByRole('list', {
      name: 'My access to Payments API',
    });
    const [waiting, active] = within(list).getAllByRole('listitem');
    expect(waiting).toHaveTextContent('Shop backend · Gold');
    expect(waiting).toHaveTextContent('Waiting for payments-team');
    expect(active).toHaveTextContent('Active');
    expect(active).toHaveTextContent(
      '100 per minute · 100 000 per month · 1 key',
    );
    expect(within(active).getByRole('link')).toHaveAttribute(
      'href',
      '/api-products/my-access?subscription=subscription-payments-gold',
    );
  });

  it('says what to do without access', async () => {
    renderProduct(paymentsProduct, '/my-access', {
      listSubscriptions: async () => pageOf([]),
      listAccessRequests: async () => pageOf([]),
    });
    const heading = await screen.findByRole('heading', {
      name: 'You have no access to this product yet',
    });
    expect(heading).toBeInTheDocument();
    expect(
      screen.getAllByRole('button', { name: 'Request access' }),
    ).toHaveLength(2);
  });

  it('leads owners to the requests that wait for them', async () => {
    const listAccessRequests = jest.fn(async () => pageOf([pendingRequest]));
    renderProduct(
      { ...paymentsProduct, actions: ['see-requests'] },
      '/requests',
      { listAccessRequests },
    );
    const list = await screen.findByRole('list', {
      name: 'Requests for Payments API',
    });
    expect(
      within(list).getByRole('link', { name: 'Gold · Shop backend' }),
    ).toHaveAttribute(
      'href',
      '/api-products/approvals?request=request-payments-gold',
    );
    expect(
      screen.getByRole('button', { name: 'Decide in Approvals' }),
    ).toHaveAttribute(
      'href',
      '/api-products/approvals?product=apiproduct%3Adefault%2Fpayments',
    );
    expect(listAccessRequests).toHaveBeenCalledWith(
      {
        as: 'approver',
        product: 'apiproduct:default/payments',
        status: ['pending'],
      },
      expect.anything(),
    );
  });

  it('tells owners what has happened to it', async () => {
    const listHistory = jest.fn(async () => pageOf([changedRequest]));
    renderProduct(
      { ...paymentsProduct, actions: ['see-requests'] },
      '/history?cursor=older',
      { listHistory },
    );
    const list = await screen.findByRole('list', {
      name: 'History of Payments API',
    });
    expect(list).toHaveTextContent('Changed the plan from Free to Gold');
    expect(listHistory).toHaveBeenCalledWith(
      { product: 'apiproduct:default/payments', cursor: 'older' },
      expect.anything(),
    );
  });

  it('shows owners who uses it, how many, and with which plan', async () => {
    const listSubscriptions = jest.fn(async (_query?: object) => pageOf([]));
    renderProduct(
      { ...paymentsProduct, actions: ['see-requests'] },
      '/subscribers?plan=apiplan:default/gold',
      {
        listSubscriptions: async query =>
          query?.limit === 1
            ? { ...pageOf([]), totalItems: 12 }
            : listSubscriptions(query),
      },
    );
    expect(
      await screen.findByText('No subscription is like that'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('tab', { name: 'Subscribers 12' }),
    ).toBeInTheDocument();
    expect(listSubscriptions).toHaveBeenCalledWith(
      expect.objectContaining({
        as: 'owner',
        product: 'apiproduct:default/payments',
        plan: 'apiplan:default/gold',
      }),
    );
    expect(screen.getByRole('combobox', { name: 'Plan' })).toHaveValue(
      'apiplan:default/gold',
    );
  });

  it('does not look for subscribers where somebody else decides', async () => {
    const listSubscriptions = jest.fn(async () => pageOf([]));
    renderProduct({ ...paymentsProduct, actions: [] }, '/plans', {
      listSubscriptions,
    });
    await screen.findByRole('table');
    expect(screen.queryByRole('tab', { name: /^Subscribers/ })).toBeNull();
    expect(listSubscriptions).not.toHaveBeenCalled();
  });

  it('shows the definition of each API and says which is missing', async () => {
    renderProduct(shipmentsProduct, '/definition');
    await waitFor(
      () => expect(document.body).toHaveTextContent('# shipments'),
      { timeout: 15_000 },
    );
    await userEvent.click(screen.getByRole('button', { name: /API/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Shipment labels' }),
    );
    expect(
      await screen.findByRole('heading', {
        name: 'The API Shipment labels is not in the catalog',
      }),
    ).toBeInTheDocument();
  });

  it('shows the definition that the provider publishes of an API without an entity', async () => {
    const getProductDefinition = jest.fn(async () => ({
      openapi: '3.0.3',
      info: { title: 'Returns of the provider', version: '1' },
    }));
    renderProduct(
      { ...shipmentsProduct, apis: returnsProduct.apis },
      '/definition',
      { getProductDefinition },
    );
    await waitFor(
      () => expect(document.body).toHaveTextContent('Returns of the provider'),
      { timeout: 15_000 },
    );
    expect(getProductDefinition).toHaveBeenCalledWith(
      { namespace: 'default', name: 'shipments' },
      'api-returns',
      expect.anything(),
    );
  });

  it('says that an API without an entity has no definition either', async () => {
    renderProduct(
      { ...shipmentsProduct, apis: returnsProduct.apis },
      '/definition',
      { getProductDefinition: refuses(404, 'there is none') },
    );
    expect(
      await screen.findByRole(
        'heading',
        { name: 'The API Returns has no definition.' },
        { timeout: 15_000 },
      ),
    ).toBeInTheDocument();
  });

  it('names an API without an entity as its provider does', async () => {
    renderProduct({ ...shipmentsProduct, apis: returnsProduct.apis });
    expect(await screen.findByText('Returns')).toBeInTheDocument();
  });
});
