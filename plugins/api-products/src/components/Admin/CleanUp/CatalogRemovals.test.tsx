import { screen, waitFor, within } from '@testing-library/react';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';

const HELD_BACK = ['apiproduct:default/orders', 'apiplan:partners/gold'];

const kept = () =>
  jest.fn(async () => ({
    items: HELD_BACK.map(ref => ({
      ref,
      heldBackAt: '2026-11-21T12:00:00.000Z',
    })),
  }));

const TITLE = '2 entries of the catalog have no record here';

describe('entities that the catalog keeps without a record', () => {
  it('go when a platform owner has seen which they are and says so', async () => {
    const confirmCatalogRemovals = jest.fn(async (refs: string[]) => ({
      refs,
    }));
    const listCatalogRemovals = kept();
    const user = await renderAdmin('/clean-up', {
      listCatalogRemovals,
      confirmCatalogRemovals,
    });
    expect(
      await screen.findByRole('heading', { name: new RegExp(TITLE) }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'See what they are' }));
    const dialog = screen.getByRole('dialog', {
      name: 'Remove them from the catalog?',
    });
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['product orders', 'plan partners/gold']);
    listCatalogRemovals.mockResolvedValue({ items: [] });
    await user.click(
      within(dialog).getByRole('button', { name: 'Remove them' }),
    );
    expect(confirmCatalogRemovals).toHaveBeenCalledWith(HELD_BACK);
    await waitFor(() =>
      expect(screen.queryByText(TITLE)).not.toBeInTheDocument(),
    );
  });

  it('stay, with the reason, when it could not be said', async () => {
    const user = await renderAdmin('/clean-up', {
      listCatalogRemovals: kept(),
      confirmCatalogRemovals: refuses(503, 'no database'),
    });
    await user.click(
      await screen.findByRole('button', { name: 'See what they are' }),
    );
    await user.click(screen.getByRole('button', { name: 'Remove them' }));
    expect(await screen.findByText(/no database/)).toBeInTheDocument();
  });

  it('are not spoken of where there are none', async () => {
    await renderAdmin('/clean-up');
    await screen.findAllByText('Nothing is left behind.');
    expect(
      screen.queryByRole('button', { name: 'See what they are' }),
    ).not.toBeInTheDocument();
  });
});
