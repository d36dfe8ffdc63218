import { screen, waitFor } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { dana, paula } from '../fixtures';
import { ApiAdminSidebarItem } from './ApiAdminSidebarItem';

describe('ApiAdminSidebarItem', () => {
  it('leads a platform owner to the API admin pages', async () => {
    renderPage(<ApiAdminSidebarItem />, {
      api: { getMe: async () => paula },
    });
    expect(
      await screen.findByRole('link', { name: 'API admin' }),
    ).toHaveAttribute('href', '/api-products/admin');
  });

  it('is not there for anybody else', async () => {
    const getMe = jest.fn(async () => dana);
    renderPage(<ApiAdminSidebarItem />, { api: { getMe } });
    await waitFor(() => expect(getMe).toHaveBeenCalled());
    expect(screen.queryByText('API admin')).not.toBeInTheDocument();
  });
});
