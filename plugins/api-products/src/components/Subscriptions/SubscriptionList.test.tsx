import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ApiProductsApi,
  Subscription,
  SubscriptionQuery,
} from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../__testUtils__/renderAdmin';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import {
  pageOf,
  paymentsProduct,
  paymentsSubscription,
  shopBackend,
} from '../../fixtures';
import { SubscriptionList } from './SubscriptionList';

jest.setTimeout(30_000);

const suspension = {
  by: 'user:default/omar',
  at: new Date(Date.now() - 3 * 60 * 60_000).toISOString(),
  reason: 'too many calls',
};

const active: Subscription = {
  ...paymentsSubscription,
  actions: ['revoke', 'suspend'],
};
const beingSuspended: Subscription = {
  ...active,
  suspension,
  actions: ['revoke', 'resume'],
};
const suspended: Subscription = { ...beingSuspended, status: 'suspended' };
const other: Subscription = {
  ...active,
  id: 'subscription-other',
  application: { ...shopBackend, id: 'application-till', name: 'Till' },
};

/** A backend that has what `now` says. */
const having = (now: { items: Subscription[] }): Partial<ApiProductsApi> => ({
  listSubscriptions: async () => pageOf(now.items),
  getSubscription: async id =>
    now.items.find(item => item.id === id) ?? suspended,
});

async function open(api: Partial<ApiProductsApi> = {}, path?: string) {
  await renderWithApi(<SubscriptionList product={paymentsProduct} />, api, {
    path,
  });
  return userEvent.setup({ delay: null });
}

const rowOf = async (application: string): Promise<HTMLElement> => {
  const header = await screen.findByRole('rowheader', { name: application });
  const row = header.closest('tr');
  if (!row) {
    throw new Error(`${application} stands in no row`);
  }
  return row;
};

const buttonIn = (place: HTMLElement, name: RegExp | string) =>
  within(place).getByRole('button', { name });

describe('SubscriptionList', () => {
  it('says who uses what, since when, with which keys, and how it stands', async () => {
    await open(
      having({ items: [active, { ...suspended, id: 'two', actions: [] }] }),
    );
    const table = await screen.findByRole('table', {
      name: 'Subscribers of Payments API',
    });
    const columns = within(table).getAllByRole('columnheader');
    expect(columns.map(({ textContent }) => textContent)).toEqual([
      'Application',
      'Owner',
      'Plan',
      'Status',
      'Since',
      'Keys',
      'Asked by',
      'Actions',
    ]);
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('Shop backendshop-teamGold');
    expect(first).toHaveTextContent('Active');
    expect(first).toHaveTextContent('“main” …a93f');
    expect(first).toHaveTextContent('dana');
    expect(second).toHaveTextContent(
      'Suspended by omar: too many calls · 3 hours ago',
    );
    expect(within(second).queryByRole('button')).toBeNull();
    expect(screen.getByText('2 subscriptions')).toBeInTheDocument();
  });

  it('suspends once, with a reason, after saying what that means', async () => {
    const now = { items: [active, other] };
    const suspendSubscription = jest.fn(async () => {
      now.items = [beingSuspended, other];
      return beingSuspended;
    });
    const user = await open({ ...having(now), suspendSubscription });
    const row = await rowOf('Shop backend');
    await user.click(buttonIn(row, /^Suspend/));
    const dialog = await screen.findByRole('dialog', {
      name: 'Suspend Shop backend on Payments API?',
    });
    expect(dialog).toHaveTextContent(
      'Calls with its keys are refused until it is resumed.',
    );
    expect(dialog).toHaveTextContent(
      'what was used of the quota stays used. shop-team is told, and reads your reason.',
    );
    const reason = within(dialog).getByRole('textbox', { name: /^Reason/ });
    expect(reason).toHaveFocus();
    await user.click(buttonIn(dialog, 'Suspend'));
    expect(reason).toHaveAccessibleDescription(
      'Say why: it is all that shop-team has to go on',
    );
    expect(reason).toHaveFocus();
    expect(suspendSubscription).not.toHaveBeenCalled();

    await user.type(reason, ' too many calls ');
    await user.dblClick(buttonIn(dialog, 'Suspend'));
    expect(
      await within(row).findByText('Shop backend is being suspended.'),
    ).toHaveFocus();
    expect(suspendSubscription).toHaveBeenCalledTimes(1);
    expect(suspendSubscription).toHaveBeenCalledWith(active.id, {
      reason: 'too many calls',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    await waitFor(() =>
      expect(row).toHaveTextContent(
        'Being suspended by omar, not yet confirmed by the gateway: too many calls',
      ),
    );
    // For a moment nothing in the list can be pressed by mistake.
    const till = await rowOf('Till');
    expect(buttonIn(till, /^Suspend/)).toBeDisabled();
    await waitFor(() => expect(buttonIn(till, /^Suspend/)).toBeEnabled(), {
      timeout: 3_000,
    });

    now.items = [suspended, other];
    await waitFor(
      () => expect(row).toHaveTextContent('Suspended by omar: too many calls'),
      { timeout: 5_000 },
    );
    expect(row).not.toHaveTextContent('is being suspended.');
  });

  it('says at the button why it was not suspended, and shows how it is now', async () => {
    const now = { items: [active] };
    const user = await open({
      ...having(now),
      suspendSubscription: async () => {
        now.items = [{ ...active, status: 'revoking', actions: [] }];
        return refuses(409, 'The subscription is revoking', {
          code: 'not-active',
          fields: { subscription: active.id },
        })();
      },
    });
    const row = await rowOf('Shop backend');
    await user.click(buttonIn(row, /^Suspend/));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), 'why not');
    await user.click(buttonIn(dialog, 'Suspend'));
    expect(
      await within(dialog).findByText(
        /^It was not suspended: the subscription is not active/,
      ),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(row).toHaveTextContent('Revoking, not yet confirmed'),
    );
    expect(within(dialog).getByRole('textbox')).toHaveValue('why not');
  });

  it('asks before a reason is thrown away, and gives the focus back', async () => {
    const user = await open(having({ items: [active] }));
    const row = await rowOf('Shop backend');
    await user.click(buttonIn(row, /^Suspend/));
    await user.type(
      await screen.findByRole('textbox', { name: /^Reason/ }),
      'a',
    );
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(buttonIn(row, /^Suspend/)).toHaveFocus();
  });

  it('resumes once, and says what it waits for', async () => {
    const now = { items: [suspended] };
    const resumeSubscription = jest
      .fn(async () => {
        const { suspension: _, ...rest } = suspended;
        now.items = [
          { ...rest, lastError: 'the gateway is away', actions: [] },
        ];
        return now.items[0];
      })
      .mockImplementationOnce(refuses(503, 'try later'));
    const user = await open({ ...having(now), resumeSubscription });
    const row = await rowOf('Shop backend');
    await user.click(buttonIn(row, /^Resume/));
    expect(
      await within(row).findByText('It was not resumed: try later'),
    ).toBeInTheDocument();
    await user.dblClick(buttonIn(row, /^Resume/));
    expect(
      await within(row).findByText('Shop backend is being resumed.'),
    ).toHaveFocus();
    expect(resumeSubscription).toHaveBeenCalledTimes(2);
    await waitFor(() =>
      expect(row).toHaveTextContent(
        'Being resumed, not yet confirmed by the gateway',
      ),
    );
    expect(row).toHaveTextContent('the gateway is away');
  });

  it('revokes, and keeps the row where it was when it has left the list', async () => {
    const now = { items: [active, other] };
    const revoking: Subscription = {
      ...active,
      status: 'revoking',
      actions: [],
    };
    const user = await open({
      ...having(now),
      getSubscription: async () => ({ ...revoking, status: 'revoked' }),
      revokeSubscription: async () => {
        now.items = [revoking, other];
        return revoking;
      },
    });
    const row = await rowOf('Shop backend');
    await user.click(
      buttonIn(
        row,
        'Revoke subscription to Payments API on Gold for Shop backend',
      ),
    );
    const dialog = await screen.findByRole('dialog');
    await user.click(buttonIn(dialog, 'Revoke subscription'));
    await waitFor(() =>
      expect(row).toHaveTextContent('Revoking, not yet confirmed'),
    );
    const late: Subscription = {
      ...other,
      id: 'subscription-late',
      application: { ...shopBackend, name: 'Latecomer' },
    };
    now.items = [late, other];
    await waitFor(() => expect(row).toHaveTextContent('Revoked'), {
      timeout: 6_000,
    });
    const names = () =>
      screen.getAllByRole('rowheader').map(({ textContent }) => textContent);
    expect(names()).toEqual(['Shop backend', 'Till']);
    await user.click(screen.getByRole('button', { name: 'Show them' }));
    expect(names()).toEqual(['Latecomer', 'Till']);
  });

  it('keeps search, filters and page in the address', async () => {
    const asked: (SubscriptionQuery | undefined)[] = [];
    const user = await open(
      {
        listSubscriptions: async query => {
          asked.push(query);
          return pageOf([active], { nextCursor: 'next' });
        },
      },
      '/?status=suspended',
    );
    await rowOf('Shop backend');
    expect(asked.at(-1)).toEqual({
      as: 'owner',
      limit: 20,
      product: paymentsProduct.ref,
      status: ['suspended'],
    });
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    await rowOf('Shop backend');
    expect(asked.at(-1)).toMatchObject({ cursor: 'next' });
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Status' }),
      'Ended',
    );
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Plan' }),
      'Free',
    );
    await user.type(
      screen.getByRole('searchbox', { name: 'Search applications' }),
      'shop',
    );
    await waitFor(() =>
      expect(screen.getByTestId('location')).toHaveTextContent(
        '/?status=ended&plan=apiplan%3Adefault%2Ffree&q=shop',
      ),
    );
    await waitFor(() =>
      expect(asked.at(-1)).toEqual({
        as: 'owner',
        limit: 20,
        product: paymentsProduct.ref,
        plan: 'apiplan:default/free',
        status: ['revoked', 'expired'],
        q: 'shop',
      }),
    );
  });

  it('says that there is nothing, and what is wrong, and tries again', async () => {
    let works = false;
    const user = await open({
      listSubscriptions: async () =>
        works ? pageOf([]) : refuses(503, 'try later')(),
    });
    expect(
      await screen.findByRole('heading', {
        name: 'The subscriptions could not be loaded',
      }),
    ).toBeInTheDocument();
    works = true;
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Nobody is subscribed')).toBeInTheDocument();
  });

  it('is there for platform owners over all products', async () => {
    const asked: (SubscriptionQuery | undefined)[] = [];
    const user = await renderAdmin('/subscriptions', {
      listSubscriptions: async query => {
        asked.push(query);
        return pageOf([active]);
      },
    });
    expect(await rowOf('Shop backend')).toHaveTextContent(
      'shop-teamPayments APIGold',
    );
    expect(
      within(
        screen.getByRole('navigation', { name: 'Admin sections' }),
      ).getByRole('link', { name: 'Subscriptions' }),
    ).toHaveAttribute('aria-current', 'page');
    await user.click(screen.getByRole('textbox', { name: 'API product' }));
    await user.click(
      await screen.findByRole('option', { name: /Shipments API/ }),
    );
    await waitFor(() =>
      expect(asked.at(-1)).toMatchObject({
        as: 'owner',
        product: 'apiproduct:default/shipments',
      }),
    );
  });
});
