import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ApiProductsApi,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import { mainKey, pageOf, paymentsSubscription } from '../../fixtures';
import { MyAccessContent } from './MyAccessPage';

const having = (subscription: Partial<Subscription>) =>
  pageOf([
    {
      ...paymentsSubscription,
      updatedAt: new Date().toISOString(),
      ...subscription,
    },
  ]);

async function ask(overrides: Partial<ApiProductsApi>) {
  await renderWithApi(<MyAccessContent />, {
    listAccessRequests: async () => pageOf([]),
    listSubscriptions: async () => having({}),
    ...overrides,
  });
  const user = userEvent.setup({ delay: null });
  await user.click(
    await screen.findByRole('button', {
      name: 'Issue a new key for Payments API',
    }),
  );
  const dialog = await screen.findByRole('dialog', {
    name: 'Issue a new key for Payments API?',
  });
  return { user, dialog };
}

describe('a new key', () => {
  it('is made only after asking, under the name that it is given', async () => {
    const issueCredential = jest.fn(async () => ({
      ...mainKey,
      name: 'staging',
    }));
    const { user, dialog } = await ask({ issueCredential });
    expect(issueCredential).not.toHaveBeenCalled();
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Name of the new key' }),
      ' staging ',
    );
    await user.dblClick(
      within(dialog).getByRole('button', { name: 'Issue the key' }),
    );
    const said = await screen.findByText('Key “staging” is being made.');
    await waitFor(() => expect(said).toHaveFocus());
    expect(issueCredential).toHaveBeenCalledTimes(1);
    expect(issueCredential).toHaveBeenCalledWith(paymentsSubscription.id, {
      name: 'staging',
      replaces: undefined,
    });
  });

  it('takes the place of a lost one, which is named before it is revoked', async () => {
    const issueCredential = jest.fn(async () => mainKey);
    const { user, dialog } = await ask({ issueCredential });
    await user.click(within(dialog).getByRole('button', { name: /Lost key/ }));
    await user.click(
      await screen.findByRole('option', { name: 'Revoke key “main”' }),
    );
    await user.click(
      within(dialog).getByRole('button', {
        name: 'Issue the key and revoke “main”',
      }),
    );
    await waitFor(() =>
      expect(issueCredential).toHaveBeenCalledWith(paymentsSubscription.id, {
        name: undefined,
        replaces: mainKey.id,
      }),
    );
  });

  it('keeps a name that was typed until throwing it away is meant', async () => {
    const { user, dialog } = await ask({});
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Name of the new key' }),
      'staging',
    );
    await user.keyboard('{Escape}');
    await user.click(
      await screen.findByRole('button', { name: 'Keep editing' }),
    );
    expect(
      within(dialog).getByRole('textbox', { name: 'Name of the new key' }),
    ).toHaveValue('staging');
  });

  it('says beside the button why none was made', async () => {
    const { user, dialog } = await ask({
      issueCredential: refuses(409, 'Gold allows 2 keys for a subscription'),
    });
    await user.click(
      within(dialog).getByRole('button', { name: 'Issue the key' }),
    );
    expect(
      await within(dialog).findByText(/Gold allows 2 keys for a subscription/),
    ).toBeInTheDocument();
  });

  it('is said to be in the making only until it is there', async () => {
    const second = { ...mainKey, id: 'credential-2', name: 'second' };
    let keys = [mainKey];
    let made = false;
    const { user, dialog } = await ask({
      issueCredential: async () => {
        keys = [mainKey, { ...second, status: 'provisioning' }];
        return second;
      },
      listSubscriptions: async () =>
        having({ credentials: made ? [mainKey, second] : keys }),
    });
    await user.click(
      within(dialog).getByRole('button', { name: 'Issue the key' }),
    );
    expect(
      await screen.findByText('Key “second” is being made.'),
    ).toBeInTheDocument();
    made = true;
    await waitFor(
      () =>
        expect(screen.queryByText('Key “second” is being made.')).toBeNull(),
      { timeout: 15_000 },
    );
    expect(screen.getByText('Key “second”')).toBeInTheDocument();
  });
});
