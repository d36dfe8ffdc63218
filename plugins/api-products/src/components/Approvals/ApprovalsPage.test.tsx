import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockBreakpoint } from '@backstage/core-components/testUtils';
import type {
  AccessRequest,
  ApiProductsApi,
  Me,
} from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import {
  freePlan,
  goldPlan,
  pageOf,
  paymentsSubscription,
  pendingChange,
  pendingRequest,
  shipmentsProduct,
} from '../../fixtures';
import { ApprovalsContent } from './ApprovalsPage';

const omar: Me = {
  user: 'user:default/omar',
  groups: ['group:default/payments-team'],
  platformOwner: false,
  planAuthor: false,
  ownedProducts: [pendingRequest.product.ref],
  counts: { pendingForMe: 2, myPending: 0 },
};
const forShop: AccessRequest = {
  ...pendingRequest,
  actions: ['approve', 'reject'],
};
const forMobile: AccessRequest = {
  ...forShop,
  id: 'request-mobile',
  requester: 'user:default/mia',
  reason: undefined,
  application: {
    id: 'application-mobile-app',
    name: 'Mobile app',
    owner: 'group:default/mobile-team',
  },
};
const decidedBy = (
  decision: 'approved' | 'rejected',
  by: string,
): AccessRequest => ({
  ...forShop,
  revision: 2,
  status: decision,
  actions: [],
  decision: {
    decision,
    by,
    automatic: false,
    at: new Date().toISOString(),
  },
});

/** A queue from which what is decided disappears. */
function queue(...waiting: AccessRequest[]) {
  let left = waiting;
  const leave = (id: string): AccessRequest => {
    const request = waiting.find(item => item.id === id) ?? forShop;
    left = left.filter(item => item.id !== id);
    return request;
  };
  return {
    getMe: async () => omar,
    listSubscriptions: async () => pageOf([]),
    listAccessRequests: async () => pageOf(left),
    getAccessRequest: async (id: string) =>
      waiting.find(item => item.id === id) ?? forShop,
    approveAccessRequest: jest.fn(
      async (id: string): Promise<AccessRequest> => ({
        ...leave(id),
        status: 'approved',
      }),
    ),
    rejectAccessRequest: jest.fn(
      async (id: string): Promise<AccessRequest> => ({
        ...leave(id),
        status: 'rejected',
      }),
    ),
  };
}

async function open(overrides: Partial<ApiProductsApi>, path?: string) {
  await renderWithApi(<ApprovalsContent />, overrides, { path });
  return userEvent.setup({ delay: null });
}

const detail = () => screen.findByRole('region', { name: /access request/ });

describe('ApprovalsContent', () => {
  it('shows what is asked for, by whom, why, and what it would allow', async () => {
    await open({
      ...queue(forShop),
      listSubscriptions: async () =>
        pageOf([
          {
            ...paymentsSubscription,
            products: [shipmentsProduct],
            plan: freePlan,
          },
        ]),
    });
    const region = await detail();
    expect(
      await within(region).findByRole('heading', {
        name: 'Payments API → Gold for Shop backend',
      }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(region).toHaveTextContent('Has alreadyShipments API · Free'),
    );
    expect(region).toHaveTextContent('Requesterdana');
    expect(region).toHaveTextContent('Application ofshop-team');
    expect(region).toHaveTextContent('“checkout rewrite, 2 000 orders a day”');
    expect(region).toHaveTextContent(
      'Limits100 per minute · 100 000 per month',
    );
    expect(region).toHaveTextContent('Price$49 / month');
    expect(region).toHaveTextContent('Key lives90 days');
    expect(region).toHaveTextContent('API terms of use (2026-01)');
    expect(screen.getByRole('tab', { name: 'Waiting 1' })).toBeInTheDocument();
  });

  it('says that a request is for another plan, what that changes and when', async () => {
    const change: AccessRequest = {
      ...pendingChange,
      actions: ['approve', 'reject'],
    };
    const user = await open(queue(change, forMobile));
    const region = await detail();
    expect(
      await within(region).findByRole('heading', {
        name: 'Payments API: Free → Gold for Shop backend',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: /^Payments API · Free → Gold · Shop backend/,
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('checkbox', {
        name: 'Select Payments API · Free → Gold · Shop backend',
      }),
    ).toBeInTheDocument();
    const table = within(region).getByRole('table', { name: 'What changes' });
    expect(table).toHaveTextContent('Quota20 per day100 000 per month');
    expect(region).toHaveTextContent('WhenAt once');
    expect(region).not.toHaveTextContent('Limits');
    await user.click(within(region).getByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(
        'Shop backend may move from Free to Gold of Payments API.',
      ),
    ).toBeInTheDocument();
  });

  it('says when a change is to hold where nobody said when', async () => {
    const change: AccessRequest = {
      ...pendingChange,
      plan: freePlan,
      change: { from: goldPlan },
    };
    await open(queue(change));
    const region = await detail();
    await within(region).findByRole('table', { name: 'What changes' });
    expect(region).toHaveTextContent(
      /WhenWhen the quota period is over, on 1 /,
    );
  });

  it('says among what is decided that it was another plan', async () => {
    await open(
      queue({
        ...decidedBy('rejected', 'user:default/omar'),
        change: pendingChange.change,
      }),
      '/?tab=decided',
    );
    expect(
      await screen.findByRole('button', {
        name: /^Payments API · Free → Gold · Shop backend.*Rejected by omar/,
      }),
    ).toBeInTheDocument();
  });

  it('approves the revision that was looked at, stays with it, and leads to the next', async () => {
    const api = queue(forShop, forMobile);
    const user = await open(api);
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(
        'Payments API on Gold is approved for Shop backend.',
      ),
    ).toBeInTheDocument();
    expect(api.approveAccessRequest).toHaveBeenCalledWith(forShop.id, {
      revision: 1,
    });
    // The second half of a double click finds nothing that decides.
    expect(
      screen.getByRole('heading', { name: /for Shop backend/ }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(
      screen.getByText('Payments API on Gold is approved for Shop backend.'),
    ).toHaveFocus();
    expect(
      await screen.findByRole('tab', { name: 'Waiting 1' }),
    ).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', {
        name: 'Next: Payments API · Gold · Mobile app',
      }),
    );
    expect(
      await screen.findByRole('heading', { name: /for Mobile app/ }),
    ).toHaveFocus();
    expect(screen.getByTestId('location')).toHaveTextContent(
      '?request=request-mobile',
    );
    const approve = screen.getByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    await waitFor(() => expect(approve).toBeEnabled(), { timeout: 5_000 });
    expect(api.approveAccessRequest).toHaveBeenCalledTimes(1);
  });

  it('says that nothing waits after the last decision', async () => {
    const user = await open(queue(forShop));
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText('Nothing waits for you'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/is approved for Shop backend/),
    ).toBeInTheDocument();
  });

  it('rejects with a comment only', async () => {
    const api = queue(forShop);
    const user = await open(api);
    await user.click(await screen.findByRole('button', { name: 'Reject…' }));
    await user.click(screen.getByRole('button', { name: 'Reject request' }));
    expect(
      await screen.findByText('Say why, so that dana knows what to do'),
    ).toBeInTheDocument();
    expect(api.rejectAccessRequest).not.toHaveBeenCalled();

    await user.type(
      screen.getByRole('textbox', { name: /Comment/ }),
      ' use the Free plan first ',
    );
    await user.click(screen.getByRole('button', { name: 'Reject request' }));
    expect(
      await screen.findByText(
        'Payments API on Gold is rejected for Shop backend.',
      ),
    ).toBeInTheDocument();
    expect(api.rejectAccessRequest).toHaveBeenCalledWith(forShop.id, {
      revision: 1,
      comment: 'use the Free plan first',
    });
  });

  it('says who decided meanwhile', async () => {
    const getAccessRequest = jest
      .fn(async () => decidedBy('rejected', 'user:default/olga'))
      .mockResolvedValueOnce(forShop);
    const user = await open({
      ...queue(forShop),
      getAccessRequest,
      approveAccessRequest: refuses(409, 'has already been rejected'),
    });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(await screen.findByText(/Decided meanwhile/)).toHaveTextContent(
      'Decided meanwhile: rejected by olga.',
    );
    expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
    await user.click(
      screen.getByRole('button', { name: 'Show it as it is now' }),
    );
    expect(await screen.findByText(/Rejected by/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('shows the new version of a request that was edited since', async () => {
    const edited: AccessRequest = {
      ...forShop,
      revision: 2,
      reason: 'now 9 000 a day',
    };
    const getAccessRequest = jest
      .fn(async () => edited)
      .mockResolvedValueOnce(forShop);
    const approveAccessRequest = jest
      .fn(async () => decidedBy('approved', omar.user))
      .mockImplementationOnce(refuses(409, 'edited since you looked at it'));
    const user = await open({
      ...queue(forShop),
      getAccessRequest,
      approveAccessRequest,
    });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(/was edited since you looked at it/),
    ).toBeInTheDocument();
    expect(screen.queryByText('“now 9 000 a day”')).toBeNull();
    await user.click(
      screen.getByRole('button', { name: 'Show it as it is now' }),
    );
    expect(screen.getByText('“now 9 000 a day”')).toBeInTheDocument();
    const approve = screen.getByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    await waitFor(() => expect(approve).toBeEnabled(), { timeout: 5_000 });
    await user.click(approve);
    await screen.findByText(/is approved for Shop backend/);
    expect(approveAccessRequest).toHaveBeenLastCalledWith(forShop.id, {
      revision: 2,
    });
  });

  it('says who may decide when the server refuses', async () => {
    const user = await open({
      ...queue(forShop),
      approveAccessRequest: refuses(403, 'Only payments-team can decide'),
    });
    await user.click(await screen.findByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(
        'You cannot decide this request: Only payments-team can decide',
      ),
    ).toBeInTheDocument();
  });

  it('offers no decision about one’s own request, and says why', async () => {
    await open(
      queue({ ...forShop, requester: omar.user, actions: ['edit', 'cancel'] }),
    );
    expect(
      await screen.findByText(
        'You asked for this yourself, so somebody else has to decide: payments-team.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Reject…' })).toBeNull();
  });

  it('is used with the keyboard alone', async () => {
    const user = await open(queue(forShop, forMobile));
    const item = await screen.findByRole('button', { name: /Mobile app/ });
    item.focus();
    await user.keyboard('{Enter}');
    expect(
      await screen.findByRole('heading', { name: /for Mobile app/ }),
    ).toBeInTheDocument();
    expect(item).toHaveAttribute('aria-current', 'true');
  });

  it('shows one thing at a time on a narrow screen', async () => {
    mockBreakpoint({ matches: true });
    const user = await open(queue(forShop, forMobile));
    await user.click(await screen.findByRole('button', { name: /Mobile app/ }));
    expect(
      await screen.findByRole('heading', { name: /for Mobile app/ }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Access requests' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(
      await screen.findByRole('list', { name: 'Access requests' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: /access request/ })).toBeNull();
    mockBreakpoint({ matches: false });
  });

  it('opens the request that a link leads to', async () => {
    await open(queue(forShop, forMobile), '/?request=request-mobile');
    expect(
      await screen.findByRole('heading', { name: /for Mobile app/ }),
    ).toBeInTheDocument();
  });

  it.each([404, 403])(
    'is calm about a linked request that is not there or not theirs: %s',
    async status => {
      const getAccessRequest = jest
        .fn(async () => forShop)
        .mockImplementationOnce(refuses(status, 'There is no request 17'));
      const user = await open(
        { ...queue(forShop), getAccessRequest },
        '/?request=17',
      );
      expect(
        await screen.findByRole('heading', {
          name: 'There is no such request, or it is not for you',
        }),
      ).toBeInTheDocument();
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
      expect(screen.queryByText(/request 17/)).toBeNull();
      await user.click(
        screen.getByRole('button', { name: 'Back to the list' }),
      );
      expect(
        await screen.findByRole('heading', { name: /for Shop backend/ }),
      ).toBeInTheDocument();
    },
  );

  it('says why a linked request cannot be shown, and tries again', async () => {
    const getAccessRequest = jest
      .fn(async () => forShop)
      .mockImplementationOnce(refuses(500, 'The database is away'));
    const user = await open(
      { ...queue(forShop), getAccessRequest },
      '/?request=17',
    );
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('heading', { name: /for Shop backend/ }),
    ).toBeInTheDocument();
  });

  it('lists what was decided, by whom and why', async () => {
    const done: AccessRequest = {
      ...decidedBy('approved', 'user:default/olga'),
    };
    const listAccessRequests: ApiProductsApi['listAccessRequests'] =
      async query => pageOf(query?.status?.includes('pending') ? [] : [done]);
    const user = await open({
      ...queue(),
      listAccessRequests,
      getAccessRequest: async () => done,
    });
    expect(
      await screen.findByText('Nothing waits for you'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'Decided' }));
    const list = await screen.findByRole('list', { name: 'Access requests' });
    expect(list).toHaveTextContent('Approved by olga');
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('goes from page to page', async () => {
    const listAccessRequests: ApiProductsApi['listAccessRequests'] =
      async query =>
        query?.cursor === 'next'
          ? pageOf([forMobile], { prevCursor: 'first' })
          : pageOf([forShop], { nextCursor: 'next' });
    const user = await open({ ...queue(forShop), listAccessRequests });
    await user.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(
      await screen.findByRole('button', { name: /Mobile app/ }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Shop backend/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(
      await screen.findByRole('button', { name: /Shop backend/ }),
    ).toBeInTheDocument();
  });

  it('goes to the first page where everything on a later one has been decided', async () => {
    const listAccessRequests: ApiProductsApi['listAccessRequests'] =
      async query => pageOf(query?.cursor ? [] : [forShop]);
    await open({ ...queue(forShop), listAccessRequests }, '/?cursor=next');
    expect(
      await screen.findByRole('button', { name: /Shop backend/ }),
    ).toBeInTheDocument();
  });

  it('says why the queue could not be loaded, and tries again', async () => {
    const listAccessRequests = jest
      .fn(async () => pageOf([forShop]))
      .mockRejectedValueOnce(new Error('no connection'));
    const user = await open({ ...queue(forShop), listAccessRequests });
    expect(await screen.findByText('no connection')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('button', { name: /Shop backend/ }),
    ).toBeInTheDocument();
  });

  it('keeps the place of what is loading', async () => {
    await open({
      ...queue(),
      listAccessRequests: () => new Promise(() => {}),
    });
    expect(
      screen.getByRole('status', { name: 'Loading access requests' }),
    ).toBeInTheDocument();
  });
});
