import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  cardOf,
  dana,
  loyaltyProduct,
  pageOf,
  paymentsProduct,
  shipmentsProduct,
} from '../../fixtures';
import { MarketplaceContent } from './MarketplaceContent';

type ListCards = ApiProductsApi['listProductCards'];

/** Answers each call of the list. */
const listing = (answer: ListCards) =>
  jest.fn<ReturnType<ListCards>, Parameters<ListCards>>(answer);

const address = () => screen.getByLabelText('Address');
const cards = () => screen.findByRole('list', { name: 'API products' });

describe('Marketplace', () => {
  it('keeps the place of the products while they load', async () => {
    renderPage(<MarketplaceContent />, {
      api: { listProductCards: () => new Promise(() => {}) },
    });
    expect(
      await screen.findByRole('status', { name: 'Loading API products' }),
    ).toBeInTheDocument();
  });

  it('shows of each product what one chooses by', async () => {
    const listProductCards = listing(async () =>
      pageOf([
        {
          ...cardOf(paymentsProduct),
          myAccess: { status: 'subscribed', plan: 'Gold' },
        },
        {
          ...cardOf(shipmentsProduct),
          myAccess: { status: 'pending', plan: 'Gold' },
        },
        cardOf(loyaltyProduct),
      ]),
    );
    renderPage(<MarketplaceContent />, { api: { listProductCards } });

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
      api: { listProductCards: async () => pageOf([]) },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'There are no API products yet',
      }),
    ).toBeInTheDocument();
  });

  it('says why it failed and tries again', async () => {
    let fails = true;
    const listProductCards = listing(async () => {
      if (fails) {
        throw new Error('The database is away');
      }
      return pageOf([cardOf(paymentsProduct)]);
    });
    renderPage(<MarketplaceContent />, { api: { listProductCards } });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await cards()).toHaveTextContent('Payments API');
  });

  it('puts each filter into the address and asks the server with it', async () => {
    const listProductCards = listing(async () =>
      pageOf([cardOf(paymentsProduct)]),
    );
    renderPage(<MarketplaceContent />, {
      api: { listProductCards },
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
      expect(listProductCards).toHaveBeenLastCalledWith(
        expect.objectContaining({
          owner: ['group:default/payments-team'],
          billing: ['free'],
          cursor: undefined,
        }),
        expect.anything(),
      ),
    );
  });

  it('offers a field to search in where there are many to choose from', async () => {
    const owner = (value: string) => ({ value: `group:default/${value}` });
    const listProductFacets = jest.fn<
      ReturnType<ApiProductsApi['listProductFacets']>,
      Parameters<ApiProductsApi['listProductFacets']>
    >(async ({ q } = {}) => ({
      catalogue: { values: [] },
      owner: q
        ? { values: [owner('zoo')] }
        : { values: [owner('ant')], more: true },
      tag: { values: [] },
    }));
    renderPage(<MarketplaceContent />, { api: { listProductFacets } });

    const user = userEvent.setup({ delay: null });
    await user.type(
      await screen.findByRole('textbox', { name: 'Owner' }),
      'zo',
    );
    await user.click(await screen.findByRole('option', { name: 'zoo' }));
    await waitFor(() =>
      expect(address()).toHaveTextContent('/?owner=group%3Adefault%2Fzoo'),
    );
    expect(listProductFacets).toHaveBeenCalledWith(
      { q: 'zo' },
      expect.anything(),
    );
    expect(screen.queryByRole('group', { name: 'Owner' })).toBeNull();
  });

  it('reads its filters from the address and clears them', async () => {
    const listProductCards = listing(async query =>
      query?.q ? pageOf([]) : pageOf([cardOf(paymentsProduct)]),
    );
    renderPage(<MarketplaceContent />, {
      api: { listProductCards },
      path: '/?q=banana&lifecycle=deprecated&lifecycle=nonsense&orderBy=title',
    });

    expect(
      await screen.findByRole('heading', { name: 'No product matches' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('searchbox')).toHaveValue('banana');
    expect(screen.getByRole('checkbox', { name: 'Deprecated' })).toBeChecked();
    expect(listProductCards).toHaveBeenCalledWith(
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
    const listProductCards = listing(async () =>
      pageOf([cardOf(paymentsProduct)]),
    );
    renderPage(<MarketplaceContent />, { api: { listProductCards } });

    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search products' }),
      'refund',
    );

    await waitFor(() => expect(address()).toHaveTextContent('/?q=refund'));
    await waitFor(() =>
      expect(listProductCards).toHaveBeenLastCalledWith(
        expect.objectContaining({ q: 'refund' }),
        expect.anything(),
      ),
    );
  });

  it('goes from page to page by the server’s cursors', async () => {
    const listProductCards = listing(async query =>
      query?.cursor === 'second'
        ? {
            ...pageOf([cardOf(shipmentsProduct)], { prevCursor: 'first' }),
            totalItems: 2,
          }
        : {
            ...pageOf([cardOf(paymentsProduct)], { nextCursor: 'second' }),
            totalItems: 2,
          },
    );
    renderPage(<MarketplaceContent />, { api: { listProductCards } });

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
