import { screen, waitFor, within } from '@testing-library/react';
import type { Product } from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { gitProduct, ordersV2, pageOf } from '../../../fixtures';

const card = (name: string) => screen.findByRole('article', { name });

/** A backend with this product, changed as it is asked to. */
function changing(product: Product) {
  const state = { product };
  return {
    listProducts: jest.fn(async () => pageOf([state.product])),
    updateProduct: jest.fn(
      async (
        _name: unknown,
        { lifecycle }: { lifecycle?: Product['lifecycle'] | null },
      ) => {
        state.product = {
          ...state.product,
          lifecycle: lifecycle ?? state.product.lifecycle,
        };
        return state.product;
      },
    ),
  };
}

describe('ProductsPage', () => {
  it('has a card per product with status, owner and origin; one in Git leads there and has no buttons', async () => {
    await renderAdmin('/products');
    const inGit = await card('Payments API');
    expect(inGit).toHaveTextContent('Active');
    expect(inGit).toHaveTextContent('Ownerpayments-team');
    expect(inGit).toHaveTextContent('OriginManaged in Git');
    expect(
      within(inGit).getByRole('link', { name: /^Edit Payments API in Git/ }),
    ).toHaveAttribute('href', gitProduct.editUrl);
    expect(within(inGit).queryByRole('checkbox')).toBeNull();
    expect(within(inGit).queryByRole('button', { name: /^Edit/ })).toBeNull();
    expect(within(inGit).queryByRole('button', { name: /^Delete/ })).toBeNull();

    const imported = await card('Returns');
    expect(imported).toHaveTextContent('Draft');
    expect(imported).toHaveTextContent('OriginImported');
    expect(screen.getByText('3 items')).toBeInTheDocument();
  });

  it('turns a product into a draft and back', async () => {
    const api = changing(ordersV2);
    const user = await renderAdmin('/products', api);
    await card('Orders API v2');
    const toggle = () =>
      screen.getByRole('checkbox', { name: 'Orders API v2 is active' });
    expect(toggle()).toBeChecked();
    await user.click(toggle());
    expect(
      await screen.findByText(
        'Orders API v2 is a draft again; keys that exist go on.',
      ),
    ).toBeInTheDocument();
    await waitFor(() => expect(toggle()).not.toBeChecked());
    await user.click(toggle());
    expect(
      await screen.findByText('Orders API v2 is active.'),
    ).toBeInTheDocument();
    expect(api.updateProduct.mock.calls).toEqual([
      [
        { namespace: 'default', name: 'orders-v2' },
        { revision: 7, lifecycle: 'draft' },
      ],
      [
        { namespace: 'default', name: 'orders-v2' },
        { revision: 7, lifecycle: 'active' },
      ],
    ]);
  });

  it('says why the status was not changed', async () => {
    const user = await renderAdmin('/products', {
      updateProduct: refuses(409, 'it was changed since'),
    });
    await user.click(
      await screen.findByRole('checkbox', { name: 'Orders API v2 is active' }),
    );
    expect(
      await screen.findByText(
        'The status was not changed: it was changed since',
      ),
    ).toBeInTheDocument();
  });

  it('searches and pages on the server, with both in the address', async () => {
    const listProducts = jest.fn(async () => ({
      ...pageOf([ordersV2]),
      pageInfo: { nextCursor: 'next' },
    }));
    const user = await renderAdmin('/products', { listProducts });
    await card('Orders API v2');
    await user.type(
      screen.getByRole('searchbox', { name: 'Search products' }),
      'orders',
    );
    await waitFor(() =>
      expect(listProducts).toHaveBeenLastCalledWith(
        expect.objectContaining({ q: 'orders', limit: 20 }),
        expect.anything(),
      ),
    );
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(listProducts).toHaveBeenLastCalledWith(
        expect.objectContaining({ q: 'orders', cursor: 'next' }),
        expect.anything(),
      ),
    );
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?q=orders&cursor=next',
    );
  });

  it('says that nothing matches, and what to do where there is nothing', async () => {
    await renderAdmin('/products?q=x', {
      listProducts: async () => pageOf([]),
    });
    expect(
      await screen.findByRole('heading', { name: 'No product matches' }),
    ).toBeInTheDocument();
  });

  it('deletes only what nobody uses, after its name was typed', async () => {
    let products = [ordersV2];
    const deleteProduct = jest
      .fn(async () => {
        products = [];
      })
      .mockImplementationOnce(refuses(409, 'somebody has just subscribed'));
    const user = await renderAdmin('/products', {
      listProducts: async () => pageOf(products),
      getProductDeletionImpact: async () => ({
        subscriptions: [],
        totalSubscriptions: 0,
        pendingRequests: 2,
      }),
      deleteProduct,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Delete Orders API v2' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Delete Orders API v2?',
    });
    expect(
      await within(dialog).findByText(/so nobody loses access/),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent('2 waiting requests are withdrawn.');
    const confirm = within(dialog).getByRole('button', { name: 'Delete' });
    expect(confirm).toBeDisabled();
    const field = within(dialog).getByRole('textbox', {
      name: 'Type orders-v2 to confirm',
    });
    await user.type(field, 'orders');
    expect(confirm).toBeDisabled();
    await user.type(field, '-v2{Enter}');
    expect(
      await within(dialog).findByText(
        'It was not deleted: somebody has just subscribed',
      ),
    ).toBeInTheDocument();
    await user.click(confirm);
    expect(
      await screen.findByText('Orders API v2 is deleted.'),
    ).toBeInTheDocument();
    expect(deleteProduct).toHaveBeenLastCalledWith(
      { namespace: 'default', name: 'orders-v2' },
      'orders-v2',
    );
  });

  it('says exactly who would lose access, and refuses', async () => {
    const user = await renderAdmin('/products', {
      getProductDeletionImpact: async () => ({
        subscriptions: [
          {
            id: 's1',
            application: 'Shop backend',
            owner: 'group:default/shop-team',
            product: 'Orders API v2',
            plan: 'Gold',
          },
        ],
        totalSubscriptions: 3,
        pendingRequests: 0,
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Delete Orders API v2' }),
    );
    expect(
      await screen.findByText(/3 subscriptions would break/),
    ).toBeInTheDocument();
    const list = screen.getByRole('list', { name: 'Who would lose access' });
    expect(list).toHaveTextContent(
      'Shop backend of shop-team: Orders API v2 on Gold',
    );
    expect(list).toHaveTextContent('and 2 more');
    expect(screen.queryByRole('textbox', { name: /to confirm/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Delete' })).toBeDisabled();
  });
});
