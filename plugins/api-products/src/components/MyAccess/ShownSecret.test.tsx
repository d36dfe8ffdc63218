import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApi } from '../../__testUtils__/renderWithApi';
import { ShownSecret } from './ShownSecret';

const show = () =>
  renderWithApi(
    <ShownSecret
      secret={{
        secret: 'demo-secret-a93f',
        headerName: 'Authorization',
        headerValue: 'demo-secret-a93f',
        apis: [],
      }}
      onStored={() => {}}
    />,
    {},
  );

const leaving = () => {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event;
};

describe('a secret that is shown', () => {
  it('is not lost by one step back, which says so instead', async () => {
    await show();
    expect(screen.queryByRole('alert')).toBeNull();
    act(() => window.history.back());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You have not said yet that you have stored it, and it cannot be shown again.',
    );
    expect(screen.getByRole('textbox', { name: 'Key' })).toHaveValue(
      'demo-secret-a93f',
    );
    expect(
      screen.getByRole('button', { name: 'I have stored it' }),
    ).toHaveFocus();
  });

  it('is not lost by Esc, which says so too', async () => {
    await show();
    await userEvent.setup({ delay: null }).keyboard('{Escape}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You have not said yet that you have stored it',
    );
    expect(
      screen.getByRole('button', { name: 'I have stored it' }),
    ).toHaveFocus();
  });

  it('is not lost by a reload or a closed tab without the browser asking', async () => {
    await show();
    expect(leaving().defaultPrevented).toBe(true);
    cleanup();
    await waitFor(() => expect(leaving().defaultPrevented).toBe(false));
  });
});
