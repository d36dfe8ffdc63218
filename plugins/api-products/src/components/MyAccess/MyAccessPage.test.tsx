import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AccessRequest,
  ApiProductsApi,
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import {
  freePlan,
  mainKey,
  pageOf,
  paymentsSubscription,
  pendingRequest,
} from '../../fixtures';
import { MyAccessContent } from './MyAccessPage';

const now = new Date().toISOString();

async function open(overrides: Partial<ApiProductsApi> = {}, path?: string) {
  await renderWithApi(<MyAccessContent />, overrides, { path });
  return userEvent.setup({ delay: null });
}

/** The server's list of what there is: those in the states that are asked for. */
const listing =
  (have: () => Subscription[]): ApiProductsApi['listSubscriptions'] =>
  async ({ status, limit = 20 } = {}) => {
    const found = have().filter(
      item => !status || status.includes(item.status),
    );
    return { ...pageOf(found.slice(0, limit)), totalItems: found.length };
  };

/** A page with this one subscription and no requests. */
const having = (
  subscription: Partial<Subscription>,
  ...credentials: Partial<Credential>[]
): Partial<ApiProductsApi> => ({
  listSubscriptions: listing(() => [
    {
      ...paymentsSubscription,
      updatedAt: now,
      ...subscription,
      credentials: credentials.map((credential, index) => ({
        ...mainKey,
        id: `credential-${index}`,
        updatedAt: now,
        ...credential,
      })),
    },
  ]),
  listAccessRequests: async () => pageOf([]),
});

const waitingFor = (
  request: Partial<AccessRequest>,
): Partial<ApiProductsApi> => ({
  listSubscriptions: async () => pageOf([]),
  listAccessRequests: async () => pageOf([{ ...pendingRequest, ...request }]),
});

describe('MyAccessContent', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each(['?subscription=of-others', '?request=of-others'])(
    'says calmly that %s is not there or not theirs, beside what they have',
    async link => {
      await open(
        {
          ...having({}, {}),
          getSubscription: refuses(404, 'There is no subscription of-others'),
          getAccessRequest: refuses(403, 'It is of others'),
        },
        `/${link}`,
      );
      expect(
        await screen.findByText(/^What the link leads to is not there/),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('group', { name: 'Payments API · Gold' }),
      ).toBeInTheDocument();
      expect(screen.queryByRole('alert', { name: /./ })).toBeNull();
    },
  );

  it('says in plain words that none of it is for the caller', async () => {
    await open({
      listSubscriptions: refuses(403, 'You lack the permission x.read'),
    });
    expect(
      await screen.findByText(/^It is not for you: who runs this portal/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/permission/)).toBeNull();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('shows an application with its subscription and key', async () => {
    await open(having({}, {}));
    const item = await screen.findByRole('group', {
      name: 'Payments API · Gold',
    });
    expect(item).toHaveTextContent('100 per minute · 100 000 per month');
    expect(item).toHaveTextContent('Key “main”');
    expect(item).toHaveTextContent('ends in …a93f');
    expect(item).toHaveTextContent(/expires 12 Feb \(\d+ days\)/);
    expect(item).toHaveTextContent('made by dana');
    const heading = screen.getByRole('heading', { level: 2 });
    expect(heading).toHaveTextContent(
      'Shop backend · shop-team · component shop-backend',
    );
  });

  it.each<[Subscription['status'], string]>([
    ['provisioning', 'Getting your key…'],
    ['active', 'Active'],
    ['suspended', 'Being resumed, not yet confirmed by the gateway'],
    ['revoking', 'Revoking, not yet confirmed by the gateway'],
    ['revoked', 'Revoked'],
    ['expired', 'Expired'],
  ])('says of a subscription that is %s: “%s”', async (status, words) => {
    await open(having({ status, actions: [] }), '/?ended=true');
    const item = await screen.findByRole('group', { name: /Payments/ });
    expect(within(item).getByText(words)).toBeInTheDocument();
    expect(within(item).queryByRole('button', { name: /Issue/ })).toBeNull();
  });

  const suspension = {
    by: 'user:default/omar',
    at: new Date(Date.now() - 3 * 60 * 60_000).toISOString(),
    reason: 'ten times the load that was agreed',
  };

  it.each<[Subscription['status'], string]>([
    [
      'active',
      'Being suspended by omar, not yet confirmed by the gateway: ten times the load that was agreed · 3 hours ago',
    ],
    [
      'suspended',
      'Suspended by omar: ten times the load that was agreed · 3 hours ago',
    ],
  ])(
    'says who suspends it and why, and whom to ask: %s',
    async (status, words) => {
      await open(having({ status, suspension, actions: ['revoke'] }, {}));
      const item = await screen.findByRole('group', { name: /Payments/ });
      expect(item).toHaveTextContent(words);
      expect(item).toHaveTextContent(
        'Calls with its keys are refused until it is resumed. What was used of the quota stays used. To have it resumed, ask omar or the owner of Payments API.',
      );
      expect(
        within(item).getByRole('link', { name: 'Payments API' }),
      ).toHaveAttribute('href', '/api-products/default/payments');
      expect(within(item).queryByRole('button', { name: 'Use it' })).toBeNull();
    },
  );

  it('does not call a key active whose subscription is suspended', async () => {
    await open(having({ status: 'suspended', suspension, actions: [] }, {}));
    const key = await screen.findByRole('listitem');
    expect(key).toHaveTextContent('Suspended');
    expect(key).not.toHaveTextContent('Active');
  });

  it('says what the provider said of a failure, and tries again', async () => {
    const retrySubscription = jest.fn(async () => paymentsSubscription);
    const user = await open({
      ...having({
        status: 'failed',
        lastError: 'the policy is unknown',
        actions: ['retry'],
      }),
      retrySubscription,
    });
    expect(
      await screen.findByText('Failed: the policy is unknown'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Trying again.')).toBeInTheDocument();
    expect(retrySubscription).toHaveBeenCalledWith(paymentsSubscription.id);
  });

  it('says what is wrong and when it is tried again while the provider does not answer', async () => {
    await open(
      having(
        { status: 'provisioning', lastError: 'connection refused' },
        {
          status: 'provisioning',
          lastError: 'connection refused',
          nextTryAt: new Date(Date.now() + 60_000).toISOString(),
          actions: [],
        },
      ),
    );
    const said = await screen.findByText(
      /The gateway said: connection refused/,
    );
    expect(said).toHaveTextContent(/Next try in/);
  });

  it('says who a request waits for, and withdraws it', async () => {
    const cancelAccessRequest = jest.fn(async () => pendingRequest);
    const user = await open({ ...waitingFor({}), cancelAccessRequest });
    const item = await screen.findByRole('group', { name: /Payments/ });
    expect(item).toHaveTextContent('Waiting for payments-team');
    await user.click(within(item).getByRole('button', { name: /^Withdraw/ }));
    expect(cancelAccessRequest).not.toHaveBeenCalled();
    await user.click(
      within(
        screen.getByRole('dialog', { name: 'Withdraw the request?' }),
      ).getByRole('button', { name: 'Withdraw' }),
    );
    expect(
      await screen.findByText('The request for Payments API is withdrawn.'),
    ).toBeInTheDocument();
    expect(cancelAccessRequest).toHaveBeenCalledWith(pendingRequest.id, {
      revision: 1,
    });
  });

  it('says what was decided meanwhile, and leads to it', async () => {
    const user = await open({
      ...waitingFor({}),
      cancelAccessRequest: refuses(409, 'has already been approved', {
        code: 'already-decided',
        fields: {
          accessRequest: pendingRequest.id,
          decision: 'approved',
          decidedBy: 'user:default/omar',
          decidedAt: now,
        },
      }),
    });
    await user.click(await screen.findByRole('button', { name: /^Withdraw/ }));
    const dialog = screen.getByRole('dialog', {
      name: 'Withdraw the request?',
    });
    await user.click(within(dialog).getByRole('button', { name: 'Withdraw' }));
    expect(
      await within(dialog).findByText(/it was approved by omar .*ago/),
    ).toBeInTheDocument();
    await user.click(
      within(dialog).getByRole('link', { name: 'See it in My access' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(screen.getByTestId('location')).toHaveTextContent(
      `?request=${pendingRequest.id}`,
    );
  });

  it('says why a request was rejected', async () => {
    await open(
      waitingFor({
        status: 'rejected',
        actions: [],
        decision: {
          decision: 'rejected',
          automatic: false,
          by: 'user:default/omar',
          comment: 'use the Free plan first',
          at: now,
        },
      }),
    );
    const item = await screen.findByRole('group', { name: /Payments/ });
    expect(item).toHaveTextContent('Rejected by omar: use the Free plan first');
    expect(within(item).queryByRole('button')).toBeNull();
  });

  it('shows a key once, after asking, and copies it', async () => {
    const revealCredential = jest.fn(async () => ({
      secret: 'demo-secret-a93f',
      headerName: 'Authorization',
      headerValue: 'demo-secret-a93f',
      apis: [],
    }));
    const user = await open({ ...having({}, {}), revealCredential });
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      await screen.findByRole('button', { name: 'Reveal key “main”' }),
    );
    expect(screen.getByText('You can see this key once')).toBeInTheDocument();
    expect(revealCredential).not.toHaveBeenCalled();

    await user.dblClick(screen.getByRole('button', { name: 'Show the key' }));
    expect(await screen.findByRole('textbox', { name: 'Key' })).toHaveValue(
      'demo-secret-a93f',
    );
    expect(revealCredential).toHaveBeenCalledTimes(1);
    await user.click(screen.getByRole('button', { name: 'Copy key' }));
    expect(await screen.findByText('Copied')).toBeInTheDocument();
    expect(writeText).toHaveBeenLastCalledWith('demo-secret-a93f');
    await user.click(screen.getByRole('button', { name: 'Copy command' }));
    expect(writeText).toHaveBeenLastCalledWith(
      `curl -H 'Authorization: demo-secret-a93f' http://127.0.0.1:8181/payments/`,
    );
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByText(/demo-secret/)).toBeNull();
  });

  it('says so where copying is not possible', async () => {
    const user = await open(having({}, {}));
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new Error('not allowed'));
    await user.click(await screen.findByRole('button', { name: 'Use it' }));
    await user.click(screen.getByRole('button', { name: 'Copy command' }));
    expect(
      await screen.findByText(/select the text and copy it/),
    ).toBeInTheDocument();
  });

  it('says who saw a key that cannot be shown any more, and asks before a new one takes its place', async () => {
    const issueCredential = jest.fn(async () => mainKey);
    const user = await open({
      ...having({}, { id: mainKey.id }),
      revealCredential: refuses(410, 'The secret was shown to somebody'),
      getSubscription: async () => ({
        ...paymentsSubscription,
        credentials: [
          {
            ...mainKey,
            revealed: { by: 'user:default/devin', at: now },
            actions: ['revoke'],
          },
        ],
      }),
      issueCredential,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Reveal key “main”' }),
    );
    await user.click(screen.getByRole('button', { name: 'Show the key' }));
    expect(
      await screen.findByText('This key cannot be shown any more'),
    ).toBeInTheDocument();
    expect(screen.getByText(/saw it/)).toHaveTextContent(/devin saw it .* ago/);
    await user.click(screen.getByRole('button', { name: 'Issue a new key' }));
    expect(issueCredential).not.toHaveBeenCalled();
    await user.click(
      await screen.findByRole('button', {
        name: 'Issue the key and revoke “main”',
      }),
    );
    expect(
      await screen.findByText('Key “main” is being made.'),
    ).toBeInTheDocument();
    expect(issueCredential).toHaveBeenCalledWith(paymentsSubscription.id, {
      name: undefined,
      replaces: mainKey.id,
    });
  });

  it('says of a key that was revoked meanwhile that it is, and does not offer to revoke it', async () => {
    const user = await open({
      ...having({}, { id: mainKey.id }),
      revealCredential: refuses(410, 'The key is revoking'),
      getSubscription: async () => ({
        ...paymentsSubscription,
        credentials: [{ ...mainKey, status: 'revoking', actions: [] }],
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Reveal key “main”' }),
    );
    await user.click(screen.getByRole('button', { name: 'Show the key' }));
    expect(await screen.findByText(/^It is revoked/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Issue a new key' }));
    expect(
      await screen.findByRole('button', { name: 'Issue the key' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Lost key/)).toBeNull();
  });

  it('offers a key to be revealed or revoked only where the server does', async () => {
    await open(having({ actions: [] }, { actions: [] }));
    await screen.findByText('Key “main”');
    expect(screen.queryByRole('button', { name: /Reveal/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Issue/ })).toBeNull();
  });

  it('calls a key revoked only when the server does', async () => {
    let status: Credential['status'] = 'active';
    const revokeCredential = jest.fn(async () => {
      status = 'revoking';
      return mainKey;
    });
    const user = await open({
      listAccessRequests: async () => pageOf([]),
      listSubscriptions: async () =>
        pageOf([
          {
            ...paymentsSubscription,
            credentials: [
              {
                ...mainKey,
                status,
                updatedAt: now,
                actions: status === 'active' ? ['revoke'] : [],
              },
            ],
          },
        ]),
      revokeCredential,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Revoke key “main”' }),
    );
    expect(
      screen.getByText(/gateway is known to refuse the key/),
    ).toBeInTheDocument();
    expect(revokeCredential).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Revoke key' }));
    expect(
      await screen.findByText('Revoking, not yet confirmed by the gateway'),
    ).toBeInTheDocument();
    expect(screen.queryByText('Revoked')).toBeNull();

    status = 'revoked';
    expect(
      await screen.findByText('Revoked', {}, { timeout: 10_000 }),
    ).toBeInTheDocument();
  });

  it('shows how to call the product with a key', async () => {
    const user = await open(having({}, {}));
    await user.click(await screen.findByRole('button', { name: 'Use it' }));
    expect(
      screen.getByText(
        `curl -H 'Authorization: YOUR_KEY' http://127.0.0.1:8181/payments/`,
      ),
    ).toBeInTheDocument();
  });

  it('is narrowed by the server from ten things on', async () => {
    const many = Array.from({ length: 10 }, (_, index) => ({
      ...paymentsSubscription,
      id: `subscription-${index}`,
      products: [
        { ref: `apiproduct:default/p${index}`, title: `API ${index}` },
      ],
      credentials: [],
    }));
    const listSubscriptions = jest.fn<
      ReturnType<ApiProductsApi['listSubscriptions']>,
      Parameters<ApiProductsApi['listSubscriptions']>
    >(async ({ application, product } = {}) =>
      pageOf(application ? [] : many.slice(0, product ? 1 : 10)),
    );
    const user = await open({
      listSubscriptions,
      listAccessRequests: async () => pageOf([]),
    });
    const choose = async (field: string, option: string) => {
      await user.click(await screen.findByRole('textbox', { name: field }));
      await user.click(await screen.findByRole('option', { name: option }));
    };
    await choose('API product', 'Payments API');
    await waitFor(() =>
      expect(screen.queryByRole('group', { name: /API 3/ })).toBeNull(),
    );
    expect(screen.getByRole('group', { name: /API 0/ })).toBeInTheDocument();
    expect(listSubscriptions).toHaveBeenCalledWith(
      expect.objectContaining({ product: 'apiproduct:default/payments' }),
      expect.anything(),
    );
    await choose('Application', 'Shop backend — shop-team');
    expect(
      await screen.findByText('You have nothing like that'),
    ).toBeInTheDocument();
    expect(screen.getByTestId('location')).toHaveTextContent(
      `product=apiproduct%3Adefault%2Fpayments&application=${paymentsSubscription.application.id}`,
    );
  });

  it('goes from page to page of subscriptions; what waits stands on the first', async () => {
    const listAccessRequests = jest.fn(async () => pageOf([pendingRequest]));
    const user = await open({
      listSubscriptions: async ({ cursor, limit } = {}) =>
        cursor === 'second'
          ? pageOf([{ ...paymentsSubscription, id: 'older', plan: freePlan }], {
              prevCursor: 'first',
            })
          : pageOf(limit === 1 ? [] : [paymentsSubscription], {
              nextCursor: 'second',
            }),
      listAccessRequests,
    });
    await screen.findByText('Waiting for', { exact: false });
    const pages = screen.getByRole('navigation', { name: 'Subscriptions' });
    await user.click(within(pages).getByRole('button', { name: 'Next page' }));
    expect(
      await screen.findByRole('group', { name: 'Payments API · Free' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Waiting for/)).toBeNull();
    expect(screen.queryByRole('group', { name: /Gold/ })).toBeNull();
  });

  it.each(['/?cursor=second', '/?subscription=linked'])(
    'stays while %s loads again',
    async path => {
      let slow = false;
      const answer = async <T,>(value: T): Promise<T> =>
        slow ? new Promise<T>(() => {}) : value;
      const failed: Subscription = {
        ...paymentsSubscription,
        id: 'linked',
        status: 'failed',
        actions: ['retry'],
      };
      const user = await open(
        {
          listSubscriptions: async ({ cursor } = {}) =>
            answer(pageOf(cursor ? [failed] : [])),
          listAccessRequests: async () => answer(pageOf([])),
          getSubscription: async () => answer(failed),
          retrySubscription: async () => {
            slow = true;
            return failed;
          },
        },
        path,
      );
      await user.click(
        await screen.findByRole('button', { name: 'Try again' }),
      );
      expect(await screen.findByText('Trying again.')).toBeInTheDocument();
      expect(screen.getByRole('group', { name: /Payments/ })).toBeVisible();
      expect(screen.queryByRole('status', { name: /^Loading/ })).toBeNull();
    },
  );

  it('goes from page to page of requests', async () => {
    const user = await open({
      listSubscriptions: async () => pageOf([]),
      listAccessRequests: async ({ cursor } = {}) =>
        cursor === 'second'
          ? pageOf([{ ...pendingRequest, id: 'older', plan: freePlan }], {
              prevCursor: 'first',
            })
          : pageOf([pendingRequest], { nextCursor: 'second' }),
    });
    const pages = await screen.findByRole('navigation', { name: 'Requests' });
    await user.click(within(pages).getByRole('button', { name: 'Next page' }));
    expect(
      await screen.findByRole('group', { name: 'Payments API · Free' }),
    ).toBeInTheDocument();
  });

  it('keeps in sight what ended while somebody was looking', async () => {
    let status: Subscription['status'] = 'active';
    const subscription = (): Subscription => ({
      ...paymentsSubscription,
      status,
      actions: status === 'active' ? ['revoke'] : [],
      credentials: [],
    });
    const user = await open({
      listSubscriptions: listing(() => [subscription()]),
      listAccessRequests: async () => pageOf([]),
      getSubscription: async () => subscription(),
      revokeSubscription: async () => {
        status = 'revoking';
        return subscription();
      },
    });
    await user.click(
      await screen.findByRole('button', { name: /^Revoke subscription to/ }),
    );
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Revoke subscription',
      }),
    );
    await screen.findByText('Revoking, not yet confirmed by the gateway');
    status = 'revoked';
    expect(
      await screen.findByText('Revoked', {}, { timeout: 10_000 }),
    ).toBeInTheDocument();
  });

  it.each([
    [`?subscription=${paymentsSubscription.id}`],
    [`?request=${paymentsSubscription.accessRequest}`],
  ])('marks what %s leads to', async path => {
    await open(having({}, {}), `/${path}`);
    const item = await screen.findByRole('group', { name: /Payments/ });
    expect(item).toHaveAttribute('aria-current', 'true');
    expect(item).toHaveFocus();
  });

  it.each([
    [`?subscription=${paymentsSubscription.id}`],
    [`?request=${paymentsSubscription.accessRequest}`],
  ])('brings what %s leads to where it is not on the page', async path => {
    await open(
      {
        listSubscriptions: async () => pageOf([]),
        listAccessRequests: async () => pageOf([]),
        getSubscription: async () => paymentsSubscription,
        getAccessRequest: async () => ({
          ...pendingRequest,
          status: 'approved',
          subscription: paymentsSubscription.id,
        }),
      },
      `/${path}`,
    );
    const item = await screen.findByRole('group', { name: /Payments/ });
    expect(item).toHaveAttribute('aria-current', 'true');
  });

  it('shows user and password of basic authentication, and how to call with them', async () => {
    const user = await open({
      ...having({}, {}),
      revealCredential: async () => ({
        secret: 'YnN1X21haW46czNjcmV0',
        headerName: 'Authorization',
        headerValue: 'Basic YnN1X21haW46czNjcmV0',
        username: 'bsu_main',
        password: 's3cret',
        apis: [],
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Reveal key “main”' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Show the key' }),
    );
    expect(await screen.findByRole('textbox', { name: 'User' })).toHaveValue(
      'bsu_main',
    );
    expect(screen.getByRole('textbox', { name: 'Password' })).toHaveValue(
      's3cret',
    );
    expect(
      screen.getByText(
        "curl -u 'bsu_main:s3cret' http://127.0.0.1:8181/payments/",
      ),
    ).toBeInTheDocument();
  });

  it('shows how to call with basic authentication before the password is known', async () => {
    const user = await open(
      having({
        usage: {
          endpoint: 'https://gateway.example.com/reports',
          headerName: 'Authorization',
          headerPrefix: 'Basic ',
          apis: [],
        },
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Use it' }));
    expect(
      screen.getByText(
        "curl -u 'YOUR_USER:YOUR_PASSWORD' https://gateway.example.com/reports",
      ),
    ).toBeInTheDocument();
  });

  it('says why taking a key away may not hold', async () => {
    await open(
      having({}, { revocationWarning: 'the session cache is switched on' }),
    );
    expect(
      await screen.findByText(
        'Revoking it may not hold: the session cache is switched on',
      ),
    ).toBeInTheDocument();
  });

  it('revokes a subscription once, after saying what that means', async () => {
    const revokeSubscription = jest
      .fn(async () => paymentsSubscription)
      .mockImplementationOnce(refuses(503, 'try later'));
    const user = await open({ ...having({}, {}), revokeSubscription });
    await user.click(
      await screen.findByRole('button', {
        name: 'Revoke subscription to Payments API on Gold for Shop backend',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Revoke the subscription of Shop backend to Payments API?',
    });
    expect(dialog).toHaveTextContent('Every key of it stops');
    const confirm = within(dialog).getByRole('button', {
      name: 'Revoke subscription',
    });
    await user.click(confirm);
    expect(
      await within(dialog).findByText(
        'The subscription was not revoked: try later',
      ),
    ).toBeInTheDocument();
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Reason' }),
      ' not needed any more ',
    );
    await user.dblClick(confirm);
    expect(
      await screen.findByText('Revoking the subscription to Payments API.'),
    ).toBeInTheDocument();
    expect(revokeSubscription).toHaveBeenCalledTimes(2);
    expect(revokeSubscription).toHaveBeenLastCalledWith(
      paymentsSubscription.id,
      { reason: 'not needed any more' },
    );
  });

  it('keeps what ended long ago out of sight until it is asked for', async () => {
    const user = await open(
      having({ status: 'revoked', updatedAt: '2020-01-01T00:00:00.000Z' }),
    );
    await screen.findByText('You have no access yet');
    await user.click(
      await screen.findByRole('button', { name: 'Show ended (1)' }),
    );
    expect(await screen.findByText('Revoked')).toBeInTheDocument();
  });

  it('says what to do next where there is nothing', async () => {
    await open({
      listSubscriptions: async () => pageOf([]),
      listAccessRequests: async () => pageOf([]),
    });
    expect(
      await screen.findByText('You have no access yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Browse API products/ }),
    ).toHaveAttribute('href', '/api-products');
  });

  it('shows that it is loading, why it failed, and tries again', async () => {
    const listSubscriptions = jest
      .fn(async () => pageOf([paymentsSubscription]))
      .mockRejectedValueOnce(new Error('no connection'));
    const user = await open({ listSubscriptions });
    expect(await screen.findByText('no connection')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('Key “main”')).toBeInTheDocument();
  });

  it('keeps the place of what is loading', async () => {
    await open({ listSubscriptions: () => new Promise(() => {}) });
    expect(
      screen.getByRole('status', { name: 'Loading your access' }),
    ).toBeInTheDocument();
  });
});
