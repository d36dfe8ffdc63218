import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  createFakeApi,
  dana,
  loyaltyProduct,
  pageOf,
  paymentsProduct,
  shipmentsProduct,
} from '../../fixtures';
import { MarketplaceContent } from './MarketplaceContent';

/** Answers each call of the list itself; the facets ask for a hundred. */
function listing(
  answer: NonNullable<Parameters<typeof createFakeApi>[0]>['listProducts'],
) {
  const all = createFakeApi();
  return jest.fn<
    ReturnType<typeof all.listProducts>,
    Parameters<typeof all.listProducts>
  >((query, options) =>
    query?.limit === 100 || !answer
      ? all.listProducts(query, options)
      : answer(query, options),
  );
}

const address = () => screen.getByLabelText('Address');
const cards = () => screen.findByRole('list', { name: 'API products' });

describe('Marketplace', () => {
  it('keeps the place of the products while they load', async () => {
    renderPage(<MarketplaceContent />, {
      api: { listProducts: () => new Promise(() => {}) },
    });
    expect(
      await screen.findByRole('status', { name: 'Loading API products' }),
    ).toBeInTheDocument();
  });

  it('shows of each product what one chooses by', async () => {
    const listProducts = listing(async () =>
      pageOf([
        {
          ...paymentsProduct,
          myAccess: { status: 'subscribed', plan: 'Gold' },
        },
        { ...shipmentsProduct, myAccess: { status: 'pending', plan: 'Gold' } },
        loyaltyProduct,
      ]),
    );
    renderPage(<MarketplaceContent />, { api: { listProducts } });

    const [payments, shipments, loyalty] = within(await cards()).getAllByRole(
      'article',
    );
    expect(
      within(payments).getByRole('link', { name: 'Payments API' }),
    ).toHaveAttribute('href', '/api-products/default/payments');
    expect(payments).toHaveTextContent('1.4.0');
    expect(payments).toHaveTextContent('Take and refund card payments.');
    expect(payments).toHaveTextContent('payments-team · REST · Key');
    expect(payments).toHaveTextContent('Free · Gold $49/month · +');
    expect(within(payments).getByLabelText('and 1 more')).toBeInTheDocument();
    expect(payments).toHaveTextContent('You have access (Gold)');
    expect(shipments).toHaveTextContent('Waiting for approval (Gold)');
    expect(loyalty).toHaveTextContent('Coming soon');
    expect(loyalty).toHaveTextContent('Expected March');
    expect(loyalty).not.toHaveTextContent('Free');
    expect(screen.getByText('3 products')).toBeInTheDocument();
  });

  it('says what to do when there is nothing at all', async () => {
    renderPage(<MarketplaceContent />, {
      api: { listProducts: async () => pageOf([]) },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'There are no API products yet',
      }),
    ).toBeInTheDocument();
  });

  it('says why it failed and tries again', async () => {
    let fails = true;
    const listProducts = listing(async () => {
      if (fails) {
        throw new Error('The database is away');
      }
      return pageOf([paymentsProduct]);
    });
    renderPage(<MarketplaceContent />, { api: { listProducts } });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await cards()).toHaveTextContent('Payments API');
  });

  it('puts each filter into the address and asks the server with it', async () => {
    const listProducts = listing(async () => pageOf([paymentsProduct]));
    renderPage(<MarketplaceContent />, {
      api: { listProducts },
      path: '/?cursor=page-2',
    });

    const owners = await screen.findByRole('group', { name: 'Owner' });
    await userEvent.click(
      await within(owners).findByRole('checkbox', { name: 'payments-team' }),
    );
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Price' })).getByRole(
        'checkbox',
        { name: 'Free' },
      ),
    );

    await waitFor(() =>
      expect(address()).toHaveTextContent(
        '/?owner=group%3Adefault%2Fpayments-team&billing=free',
      ),
    );
    await waitFor(() =>
      expect(listProducts).toHaveBeenLastCalledWith(
        expect.objectContaining({
          owner: ['group:default/payments-team'],
          billing: ['free'],
          cursor: undefined,
        }),
        expect.anything(),
      ),
    );
  });

  it('reads its filters from the address and clears them', async () => {
    const listProducts = listing(async query =>
      query?.q ? pageOf([]) : pageOf([paymentsProduct]),
    );
    renderPage(<MarketplaceContent />, {
      api: { listProducts },
      path: '/?q=banana&lifecycle=deprecated&lifecycle=nonsense&orderBy=title',
    });

    expect(
      await screen.findByRole('heading', { name: 'No product matches' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('searchbox')).toHaveValue('banana');
    expect(screen.getByRole('checkbox', { name: 'Deprecated' })).toBeChecked();
    expect(listProducts).toHaveBeenCalledWith(
      expect.objectContaining({
        q: 'banana',
        lifecycle: ['deprecated'],
        orderBy: 'title',
      }),
      expect.anything(),
    );

    await userEvent.click(
      screen.getAllByRole('button', { name: 'Clear filters' })[0],
    );
    expect(await cards()).toHaveTextContent('Payments API');
    expect(address()).toHaveTextContent(/^\/\?orderBy=title$/);
  });

  it('searches for what is typed', async () => {
    const listProducts = listing(async () => pageOf([paymentsProduct]));
    renderPage(<MarketplaceContent />, { api: { listProducts } });

    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search products' }),
      'refund',
    );

    await waitFor(() => expect(address()).toHaveTextContent('/?q=refund'));
    await waitFor(() =>
      expect(listProducts).toHaveBeenLastCalledWith(
        expect.objectContaining({ q: 'refund' }),
        expect.anything(),
      ),
    );
  });

  it('goes from page to page by the server’s cursors', async () => {
    const listProducts = listing(async query =>
      query?.cursor === 'second'
        ? {
            ...pageOf([shipmentsProduct], { prevCursor: 'first' }),
            totalItems: 2,
          }
        : {
            ...pageOf([paymentsProduct], { nextCursor: 'second' }),
            totalItems: 2,
          },
    );
    renderPage(<MarketplaceContent />, { api: { listProducts } });

    expect(await cards()).toHaveTextContent('Payments API');
    expect(
      screen.getByRole('button', { name: 'Previous page' }),
    ).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));

    await waitFor(async () =>
      expect(await cards()).toHaveTextContent('Shipments API'),
    );
    expect(address()).toHaveTextContent('/?cursor=second');
    expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled();
  });

  it('leads to my access and, with their number, to what waits for me', async () => {
    renderPage(<MarketplaceContent />, {
      api: {
        getMe: async () => ({
          ...dana,
          counts: { pendingForMe: 3, myPending: 0 },
        }),
      },
    });
    expect(
      await screen.findByRole('button', { name: 'Approvals (3)' }),
    ).toHaveAttribute('href', '/api-products/approvals');
    expect(screen.getByRole('button', { name: 'My access' })).toHaveAttribute(
      'href',
      '/api-products/my-access',
    );
  });
});
