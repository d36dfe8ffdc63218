import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AccessRequest,
  ApiProductsApi,
  DecisionResult,
  Me,
} from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import { freePlan, pageOf, pendingRequest } from '../../fixtures';
import { ApprovalsContent } from './ApprovalsPage';

const omar: Me = {
  user: 'user:default/omar',
  groups: ['group:default/payments-team'],
  platformOwner: false,
  planAuthor: false,
  ownedProducts: [pendingRequest.product.ref],
  counts: { pendingForMe: 4, myPending: 0 },
};

const requestOf = (name: string, minute: number): AccessRequest => ({
  ...pendingRequest,
  id: `request-${name}`,
  createdAt: `2026-11-30T10:0${minute}:00.000Z`,
  actions: ['approve', 'reject'],
  application: { ...pendingRequest.application, name },
});
const shop = requestOf('Shop', 1);
const phone = requestOf('Phone', 2);
const depot = requestOf('Depot', 3);
const own: AccessRequest = {
  ...requestOf('Mine', 4),
  requester: omar.user,
  actions: ['edit', 'cancel'],
};

const rejectedByOlga = (id: string): DecisionResult => ({
  id,
  status: 409,
  error: {
    name: 'ConflictError',
    message: 'The request has already been rejected by user:default/olga',
    code: 'already-decided',
    fields: {
      accessRequest: id,
      decision: 'rejected',
      decidedBy: 'user:default/olga',
      decidedAt: new Date().toISOString(),
    },
  },
});

/** A queue from which what is decided disappears; olga has rejected some of it already. */
function queue(waiting: AccessRequest[], olgas: string[] = []) {
  let left = waiting;
  return {
    getMe: async () => omar,
    listSubscriptions: async () => pageOf([]),
    listAccessRequests: async () => pageOf(left),
    getAccessRequest: async (id: string) =>
      waiting.find(request => request.id === id) ?? shop,
    decideAccessRequests: jest.fn<
      ReturnType<ApiProductsApi['decideAccessRequests']>,
      Parameters<ApiProductsApi['decideAccessRequests']>
    >(async items => {
      const ids = items.map(({ id }) => id);
      left = left.filter(({ id }) => !ids.includes(id));
      return items.map(({ id }) =>
        olgas.includes(id) ? rejectedByOlga(id) : { id, status: 200 },
      );
    }),
  };
}

async function open(overrides: Partial<ApiProductsApi>) {
  await renderWithApi(<ApprovalsContent />, overrides);
  await screen.findByRole('list', { name: 'Access requests' });
  return userEvent.setup({ delay: null });
}

const mark = (name: string) =>
  screen.getByRole('checkbox', {
    name: `Select Payments API · Gold · ${name}`,
  });
const button = (name: string) => screen.getByRole('button', { name });
const outcome = () =>
  screen
    .getAllByRole('status')
    .find(({ textContent }) =>
      /approved\.|rejected\.|Nothing was/.test(textContent ?? ''),
    );

describe('deciding many', () => {
  it('approves the revisions that are in the list, and says how many', async () => {
    const api = queue([shop, phone, depot]);
    const user = await open(api);
    expect(button('Approve selected')).toBeDisabled();
    await user.click(mark('Shop'));
    await user.click(mark('Depot'));
    await user.click(button('Approve 2'));
    await waitFor(() => expect(outcome()).toHaveTextContent('2 approved.'));
    expect(api.decideAccessRequests.mock.calls).toEqual([
      [
        [
          { id: shop.id, revision: 1, decision: 'approve' },
          { id: depot.id, revision: 1, decision: 'approve' },
        ],
      ],
    ]);
    expect(outcome()).toHaveFocus();
    await waitFor(() =>
      expect(screen.queryByRole('checkbox', { name: /Shop/ })).toBeNull(),
    );
    expect(mark('Phone')).not.toBeChecked();
    expect(button('Approve selected')).toBeDisabled();
  });

  it('says which change of plan was not decided, and why', async () => {
    const change = { ...shop, change: { from: freePlan } };
    const user = await open({
      ...queue([change]),
      decideAccessRequests: async () => [
        {
          id: change.id,
          status: 409,
          error: {
            name: 'ConflictError',
            code: 'not-active',
            message: 'subscription: it is suspended',
            fields: { field: 'subscription', status: 'suspended' },
          },
        },
      ],
    });
    await user.click(
      screen.getByRole('checkbox', {
        name: 'Select Payments API · Free → Gold · Shop',
      }),
    );
    await user.click(button('Approve 1'));
    await waitFor(() =>
      expect(outcome()).toHaveTextContent(
        'Payments API: Free → Gold for Shop: the access is suspended',
      ),
    );
  });

  it('says of each that was not decided why, and leaves it selected', async () => {
    const api = queue([shop, phone, depot], [phone.id]);
    const user = await open(api);
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    await user.click(button('Approve 3'));
    await waitFor(() =>
      expect(outcome()).toHaveTextContent(
        /^2 approved\. 1 not:Payments API → Gold for Phone: it was rejected by olga/,
      ),
    );
    const list = screen.getByRole('list', { name: 'Access requests' });
    await waitFor(() =>
      expect(within(list).getAllByRole('listitem')).toHaveLength(1),
    );
    expect(list).toHaveTextContent('Not decided: it was rejected by olga');
    expect(mark('Phone')).toBeChecked();
    // What the second half of a double click, or the next click without a look, would press.
    expect(button('Approve 1')).toBeDisabled();
    await waitFor(() => expect(button('Approve 1')).toBeEnabled(), {
      timeout: 5_000,
    });
  });

  it('rejects with one comment for all', async () => {
    const api = queue([shop, phone]);
    const user = await open(api);
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    await user.click(button('Reject 2…'));
    const dialog = screen.getByRole('dialog', { name: 'Reject 2 requests?' });
    await user.click(
      within(dialog).getByRole('button', { name: 'Reject 2 requests' }),
    );
    expect(dialog).toHaveTextContent(
      'Say why, so that those who asked for these 2 know what to do',
    );
    expect(api.decideAccessRequests).not.toHaveBeenCalled();
    await user.type(within(dialog).getByRole('textbox'), ' no budget ');
    await user.click(
      within(dialog).getByRole('button', { name: 'Reject 2 requests' }),
    );
    await waitFor(() => expect(outcome()).toHaveTextContent('2 rejected.'));
    expect(api.decideAccessRequests.mock.calls).toEqual([
      [
        [shop, phone].map(({ id }) => ({
          id,
          revision: 1,
          decision: 'reject',
          comment: 'no budget',
        })),
      ],
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(outcome()).toHaveFocus();
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
  });

  it('does one thing for two clicks', async () => {
    const api = queue([shop, phone]);
    const user = await open(api);
    await user.click(mark('Phone'));
    await user.dblClick(button('Approve 1'));
    await waitFor(() => expect(outcome()).toHaveTextContent('1 approved.'));
    expect(api.decideAccessRequests).toHaveBeenCalledTimes(1);
  });

  it('is used with the keyboard alone', async () => {
    const api = queue([shop, phone]);
    const user = await open(api);
    mark('Phone').focus();
    await user.keyboard(' ');
    expect(mark('Phone')).toBeChecked();
    button('Approve 1').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(outcome()).toHaveTextContent('1 approved.'));
  });

  it('cannot select one’s own request', async () => {
    const api = queue([shop, own]);
    const user = await open(api);
    expect(screen.queryByRole('checkbox', { name: /Mine/ })).toBeNull();
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    expect(button('Approve 1')).toBeEnabled();
  });

  it('says why nothing was answered, and keeps what is selected', async () => {
    const user = await open({
      ...queue([shop, phone]),
      decideAccessRequests: refuses(403, 'You lack the permission'),
    });
    await user.click(mark('Shop'));
    await user.click(button('Approve 1'));
    const problem = await screen.findByText(
      'The decisions were not made: You lack the permission',
    );
    expect(problem.parentElement).toHaveFocus();
    expect(mark('Shop')).toBeChecked();
    expect(button('Approve 1')).toBeEnabled();
  });
});
