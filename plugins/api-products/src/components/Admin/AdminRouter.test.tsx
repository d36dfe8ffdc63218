import { screen, within } from '@testing-library/react';
import { renderAdmin } from '../../__testUtils__/renderAdmin';
import { refuses } from '../../__testUtils__/renderWithApi';
import { dana, paula } from '../../fixtures';

describe('AdminRouter', () => {
  it('begins with the products and leads to every section', async () => {
    const user = await renderAdmin('');
    const sections = await screen.findByRole('navigation', {
      name: 'Admin sections',
    });
    expect(screen.getByTestId('location')).toHaveTextContent(
      '/api-products/admin/products',
    );
    const link = (name: string) => within(sections).getByRole('link', { name });
    expect(link('Products')).toHaveAttribute('aria-current', 'page');

    await user.click(link('Plans'));
    expect(await screen.findByRole('table', { name: 'Plans' })).toBeVisible();
    await user.click(link('Catalogues'));
    expect(
      await screen.findByRole('table', { name: 'Catalogues' }),
    ).toBeVisible();
    await user.click(link('Providers'));
    expect(
      await screen.findByRole('table', { name: 'Providers' }),
    ).toBeVisible();
    expect(link('Providers')).toHaveAttribute('aria-current', 'page');
  });

  it('tells who is no platform owner whom to ask, and loads nothing', async () => {
    const listProducts = jest.fn();
    await renderAdmin('/products', {
      getMe: async () => ({ ...dana, platformOwners: paula.groups }),
      listProducts,
    });
    expect(
      await screen.findByRole('heading', {
        name: 'Only platform owners can open this page',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/To get the role, ask/)).toHaveTextContent(
      'platform-owners',
    );
    expect(
      screen.getByRole('button', { name: 'Browse API products' }),
    ).toHaveAttribute('href', '/api-products');
    expect(
      screen.queryByRole('navigation', { name: 'Admin sections' }),
    ).toBeNull();
    expect(listProducts).not.toHaveBeenCalled();
  });

  it('names the setting where nobody is known to have the role', async () => {
    await renderAdmin('', { getMe: async () => dana });
    expect(
      await screen.findByText(/apiProducts\.platformOwners/),
    ).toBeInTheDocument();
  });

  it('says why it is not known who somebody is, and tries again', async () => {
    const getMe = jest
      .fn(async () => paula)
      .mockImplementationOnce(refuses(503, 'the database is away'));
    const user = await renderAdmin('', { getMe });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'the database is away',
    );
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('navigation', { name: 'Admin sections' }),
    ).toBeInTheDocument();
  });
});
