import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApi } from '../../__testUtils__/renderWithApi';
import { changedRequest, pageOf, paymentsSubscription } from '../../fixtures';
import { MyAccessContent } from './MyAccessPage';

async function open(path?: string) {
  const listHistory = jest.fn(async () => pageOf([changedRequest]));
  await renderWithApi(
    <MyAccessContent />,
    {
      listHistory,
      listSubscriptions: async () => pageOf([paymentsSubscription]),
      listAccessRequests: async () => pageOf([]),
    },
    { path },
  );
  return { listHistory, user: userEvent.setup({ delay: null }) };
}

describe('the history in My access', () => {
  it('of a subscription opens over the page, stands in the address, and goes', async () => {
    const { listHistory, user } = await open();
    await user.click(
      await screen.findByRole('button', { name: /^History of Payments API/ }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'History of Payments API' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Changed the plan from Free to Gold'),
    ).toBeInTheDocument();
    expect(listHistory).toHaveBeenCalledWith(
      { subscription: paymentsSubscription.id, limit: 10 },
      expect.anything(),
    );
    const location = screen.getByTestId('location');
    expect(location).toHaveTextContent('history=subscription');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(location).not.toHaveTextContent('history');
  });

  it('of an application is where a link leads to', async () => {
    const { id, name } = paymentsSubscription.application;
    const { listHistory } = await open(`/?history=application:${id}`);
    expect(
      await screen.findByRole('dialog', { name: `History of ${name}` }),
    ).toBeInTheDocument();
    expect(listHistory).toHaveBeenCalledWith(
      { application: id, limit: 10 },
      expect.anything(),
    );
  });
});
