import { screen, within } from '@testing-library/react';
import type {
  GoneRecord,
  OwnerlessItem,
} from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { pageOf } from '../../../fixtures';

const shop: GoneRecord = {
  kind: 'product',
  ref: 'apiproduct:default/shop',
  name: 'shop',
  title: 'Shop',
  owner: 'group:default/shop-team',
  provider: 'sandbox',
  goneSince: '2026-11-21T12:00:00.000Z',
  liveSubscriptions: 2,
  pendingRequests: 0,
  successors: [
    {
      ref: 'apiproduct:default/store',
      owner: 'group:default/payments-team',
      saysSo: true,
      liveSubscriptions: 0,
      pendingRequests: 0,
    },
  ],
};

const backend: OwnerlessItem = {
  kind: 'application',
  id: 'a1',
  revision: 3,
  name: 'Backend',
  title: 'Backend',
  owner: 'group:default/gone-team',
};

const having = (...records: GoneRecord[]) => ({
  listGoneRecords: jest.fn(async () => pageOf(records)),
});

describe('records whose entity is gone', () => {
  it('go on under another name when a platform owner says so', async () => {
    const confirmRename = jest.fn(async () => {});
    const user = await renderAdmin('/clean-up', {
      ...having(shop),
      confirmRename,
    });
    const row = within(
      await screen.findByRole('row', { name: /Shop \(product shop\)/ }),
    );
    expect(row.getByText('2 subscriptions')).toBeInTheDocument();
    expect(row.getByText('its entity says so')).toBeInTheDocument();
    await user.click(
      row.getByRole('button', { name: 'Shop goes on as store' }),
    );
    expect(
      screen.getByText(
        /hangs on shop of shop-team is then that of store of payments-team/,
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'It goes on' }));
    expect(confirmRename).toHaveBeenCalledWith({
      from: shop.ref,
      to: 'apiproduct:default/store',
    });
    expect(
      await screen.findByText('Shop goes on as store when Git is read next.'),
    ).toBeInTheDocument();
  });

  it('are not asked for twice, nor taken by what is in use', async () => {
    const [successor] = shop.successors;
    await renderAdmin(
      '/clean-up',
      having({
        ...shop,
        successors: [
          { ...successor, confirmedBy: 'user:default/paula' },
          {
            ...successor,
            ref: 'apiproduct:default/market',
            pendingRequests: 1,
          },
        ],
      }),
    );
    expect(
      await screen.findByText('Goes on as store when Git is read next'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('market has the same title, but is in use itself'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /goes on as/ }),
    ).not.toBeInTheDocument();
  });

  it('are deleted, or it is said who would lose what', async () => {
    const deleteProduct = jest.fn(async () => {});
    const user = await renderAdmin('/clean-up', {
      ...having({ ...shop, liveSubscriptions: 0, successors: [] }),
      deleteProduct,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Delete Shop' }),
    );
    await user.type(
      await screen.findByRole('textbox', { name: 'Type shop to confirm' }),
      'shop',
    );
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(deleteProduct).toHaveBeenCalledWith(
      { namespace: 'default', name: 'shop' },
      'shop',
    );
    expect(await screen.findByText('Shop is deleted.')).toBeInTheDocument();
  });

  it('are none in most portals', async () => {
    await renderAdmin('/clean-up');
    expect(await screen.findAllByText('Nothing is left behind.')).toHaveLength(
      2,
    );
  });
});

describe('owners that are gone', () => {
  it('are followed by others', async () => {
    const updateApplication = jest.fn(async () => ({
      ...backend,
      createdBy: 'user:default/dana',
      createdAt: '2026-11-21T12:00:00.000Z',
      updatedAt: '2026-11-21T12:00:00.000Z',
    }));
    const user = await renderAdmin('/clean-up', {
      listOwnerless: async () => pageOf([backend]),
      updateApplication,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Give Backend another owner' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Hand it over' });
    expect(confirm).toBeDisabled();
    await user.type(dialog.getByRole('textbox', { name: /^Owner/ }), 'shop');
    await user.click(await screen.findByRole('option', { name: /shop-team/ }));
    await user.click(confirm);
    expect(updateApplication).toHaveBeenCalledWith('a1', {
      revision: 3,
      owner: 'group:default/shop-team',
    });
    expect(
      await screen.findByText('Backend is shop-team’s now.'),
    ).toBeInTheDocument();
  });

  it('are changed in Git where the record comes from there', async () => {
    await renderAdmin('/clean-up', {
      listOwnerless: async () =>
        pageOf([
          {
            ...backend,
            kind: 'plan' as const,
            ref: 'apiplan:default/gold',
            origin: 'catalog' as const,
            editUrl: 'https://git.example.com/gold',
          },
        ]),
    });
    expect(
      await screen.findByRole('link', { name: /Edit Backend in Git/ }),
    ).toHaveAttribute('href', 'https://git.example.com/gold');
    expect(
      screen.queryByRole('button', { name: /another owner/ }),
    ).not.toBeInTheDocument();
  });

  it('are not guessed while the catalog does not answer', async () => {
    await renderAdmin('/clean-up', {
      listOwnerless: refuses(503, 'The catalog does not say'),
    });
    expect(
      await screen.findByText('It is not known which owners are gone'),
    ).toBeInTheDocument();
  });
});
