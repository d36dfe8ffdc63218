import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AccessRequest,
  ApiProductsApi,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { renderWithApi } from '../../__testUtils__/renderWithApi';
import {
  freePlan,
  freeSubscription,
  goldPlan,
  pageOf,
  pendingChange,
} from '../../fixtures';
import { MyAccessContent } from './MyAccessPage';

const moving = (at?: string): Subscription => ({
  ...freeSubscription,
  planChange: { plan: goldPlan, at },
  actions: ['revoke', 'issue-credential', 'withdraw-plan-change'],
});

const rejected: AccessRequest = {
  ...pendingChange,
  status: 'rejected',
  actions: [],
  decision: {
    decision: 'rejected',
    by: 'user:default/omar',
    automatic: false,
    comment: 'Not before the audit',
    at: '2026-11-20T12:00:00.000Z',
  },
};

async function open(
  subscription: Subscription,
  requests: AccessRequest[] = [],
  overrides: Partial<ApiProductsApi> = {},
  path?: string,
) {
  await renderWithApi(
    <MyAccessContent />,
    {
      listSubscriptions: async ({ limit = 20 } = {}) =>
        pageOf(limit === 1 ? [] : [subscription]),
      listAccessRequests: async () => pageOf(requests),
      getSubscription: async () => subscription,
      ...overrides,
    },
    { path },
  );
  const item = await screen.findByRole('group', {
    name: 'Payments API · Free',
  });
  return { item, user: userEvent.setup({ delay: null }) };
}

const button = (item: HTMLElement, name: RegExp) =>
  within(item).queryByRole('button', { name });

describe('plan changes in My access', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<[string, string | undefined, boolean]>([
    ['Moves to Gold on 1 Dec', '2026-12-01T00:00:00.000Z', true],
    ['Moves to Gold on 1 Jan 2027', '2027-01-01T00:00:00.000Z', true],
    ['Moves to Gold when its quota period is over', undefined, true],
    [
      'Being moved to Gold, not yet confirmed by the gateway',
      '2026-11-20T09:59:59.000Z',
      false,
    ],
  ])('says “%s”', async (words, at, withdrawable) => {
    jest
      .spyOn(Date, 'now')
      .mockReturnValue(Date.parse('2026-11-20T10:00:00.000Z'));
    const { item } = await open(moving(at));
    expect(within(item).getByText(words)).toBeInTheDocument();
    expect(button(item, /^Withdraw the change to Gold$/) !== null).toBe(
      withdrawable,
    );
    expect(button(item, /^Change plan/)).toBeNull();
  });

  it('says in the row who decides, and withdraws the request', async () => {
    const cancelAccessRequest = jest.fn(async () => pendingChange);
    const { item, user } = await open(freeSubscription, [pendingChange], {
      cancelAccessRequest,
    });
    expect(item).toHaveTextContent(
      'Waiting for payments-team: Gold instead of Free',
    );
    expect(button(item, /^Change plan/)).toBeNull();
    expect(screen.getAllByRole('group')).toHaveLength(1);
    await user.click(
      within(item).getByRole('button', { name: /^Withdraw the request/ }),
    );
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Withdraw',
      }),
    );
    expect(cancelAccessRequest).toHaveBeenCalledTimes(1);
    expect(
      await screen.findByText('The request for Payments API is withdrawn.'),
    ).toBeInTheDocument();
  });

  it('withdraws a change that has not begun', async () => {
    const withdrawPlanChange = jest.fn(async () => freeSubscription);
    const { item, user } = await open(moving(), [], { withdrawPlanChange });
    await user.click(
      within(item).getByRole('button', { name: 'Withdraw the change to Gold' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Stay on Free?' });
    await user.dblClick(
      within(dialog).getByRole('button', { name: 'Withdraw' }),
    );
    expect(
      await screen.findByText('Payments API stays on Free.'),
    ).toBeInTheDocument();
    expect(withdrawPlanChange).toHaveBeenCalledTimes(1);
    expect(withdrawPlanChange).toHaveBeenCalledWith(freeSubscription.id);
  });

  it('asks for another plan, and says where the reader goes on what comes of it', async () => {
    const { item, user } = await open(freeSubscription);
    await user.click(
      within(item).getByRole('button', {
        name: 'Change plan… of Payments API on Free',
      }),
    );
    await user.click(await screen.findByRole('radio', { name: /^Gold/ }));
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    const said = await within(item).findByText(
      'payments-team decides about Gold instead of Free, which works until then.',
    );
    expect(said).toHaveFocus();
  });

  it.each<[string, AccessRequest, string]>([
    [
      'rejected',
      rejected,
      'Rejected by omar: Gold instead of Free. “Not before the audit”',
    ],
    ['pending', pendingChange, 'Waiting for payments-team: Gold instead'],
    ['approved', { ...pendingChange, status: 'approved' }, 'Free'],
  ])(
    'leads to the subscription from a link to a change that is %s',
    async (_, request, words) => {
      await open(
        freeSubscription,
        [],
        { getAccessRequest: async () => request },
        `/?request=${request.id}`,
      );
      const item = await screen.findByRole('group', { current: true });
      expect(item).toHaveTextContent(words);
      expect(screen.getAllByRole('group')).toHaveLength(1);
    },
  );

  it('shows a change whose subscription stands on another page', async () => {
    await renderWithApi(<MyAccessContent />, {
      listSubscriptions: async () => pageOf([]),
      listAccessRequests: async () => pageOf([pendingChange]),
    });
    expect(
      await screen.findByRole('group', {
        name: `Payments API · ${freePlan.title} → Gold`,
      }),
    ).toBeInTheDocument();
  });
});
