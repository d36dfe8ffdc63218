import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ApiProductsApi,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  refusal,
  refuses,
  renderWithApi,
} from '../../__testUtils__/renderWithApi';
import {
  approvedRequest,
  freePlan,
  freeSubscription,
  goldPlan,
  mainKey,
  pageOf,
  paymentsProduct,
  paymentsSubscription,
  pendingChange,
  pendingRequest,
  shopBackend,
} from '../../fixtures';
import { RequestAccessDialog } from './RequestAccessDialog';

const provisioning: Subscription = {
  ...paymentsSubscription,
  id: 'subscription-shipments-free',
  status: 'provisioning',
  credentials: [{ ...mainKey, status: 'provisioning', actions: [] }],
  actions: [],
};
const active: Subscription = {
  ...provisioning,
  status: 'active',
  credentials: [mainKey],
  actions: ['revoke', 'issue-credential'],
};

async function open(
  overrides: Partial<ApiProductsApi> = {},
  options: { plan?: string; catalog?: ReturnType<typeof catalogApiMock> } = {},
) {
  const onClose = jest.fn();
  const onDone = jest.fn();
  await renderWithApi(
    <RequestAccessDialog
      product={paymentsProduct}
      plan={options.plan}
      onClose={onClose}
      onDone={onDone}
    />,
    { listSubscriptions: async () => pageOf([]), ...overrides },
    { catalog: options.catalog },
  );
  return { onClose, onDone, user: userEvent.setup({ delay: null }) };
}

/** A second after it has appeared, what is there can be pressed. */
const onceSettled = (press: () => Promise<void>) =>
  waitFor(press, { timeout: 5_000 });

const acceptTerms = async (user: ReturnType<typeof userEvent.setup>) =>
  user.click(await screen.findByRole('checkbox', { name: /terms of use/ }));

describe('RequestAccessDialog', () => {
  it('shows limits, price and who decides beside each plan, and what will happen', async () => {
    const { user } = await open();
    expect(
      await screen.findByRole('radio', {
        name: 'Free 5 per 10 s · 20 per day · Free · at once',
      }),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('radio', {
        name: /^Gold 100 per minute · 100 000 per month · \$49 \/ month · payments-team decides$/,
      }),
    );
    expect(
      screen.getByText(/payments-team decides, you will be notified\./),
    ).toHaveTextContent('The key ends after 90 days.');
    expect(
      screen.getByRole('button', { name: 'Send request' }),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('radio', { name: /^Free/ }));
    expect(
      screen.getByText('You get access at once. The key does not expire.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Get access' }),
    ).toBeInTheDocument();
  });

  it('offers the application that has not got the product, and leads one that has to what it has', async () => {
    const reports = {
      ...shopBackend,
      id: 'application-reports',
      name: 'Reports',
    };
    const { user } = await open({
      listApplications: async () => pageOf([shopBackend, reports]),
      listSubscriptions: async () => pageOf([paymentsSubscription]),
    });
    expect(
      await screen.findByRole('radio', { name: /^Reports/ }),
    ).toBeChecked();
    expect(screen.getByRole('button', { name: 'Get access' })).toBeEnabled();
    await user.click(screen.getByRole('radio', { name: /^Shop backend/ }));
    expect(
      screen.getByText(/Shop backend already has Payments API on Gold\./),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /See its access/ }),
    ).toHaveAttribute(
      'href',
      '/api-products/my-access?subscription=subscription-payments-gold',
    );
    expect(screen.getByRole('button', { name: 'Get access' })).toBeDisabled();
  });

  it('leads one that has the product to another plan for it, with what is filled in', async () => {
    const changePlan = jest.fn(async () => pendingChange);
    const { user, onDone } = await open(
      {
        listSubscriptions: async () => pageOf([freeSubscription]),
        getAccessRequest: async () => pendingRequest,
        changePlan,
      },
      { plan: goldPlan.ref },
    );
    await user.click(
      await screen.findByRole('radio', { name: /^Shop backend/ }),
    );
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'growth');
    await user.click(
      screen.getByRole('button', { name: 'Change the plan of it…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Change the plan of Payments API',
    });
    expect(
      await within(dialog).findByRole('radio', { name: /^Gold/ }),
    ).toBeChecked();
    await user.click(
      within(dialog).getByRole('button', { name: 'Send request' }),
    );
    expect(
      await screen.findByText(/^payments-team decides about Gold instead/),
    ).toHaveFocus();
    expect(changePlan).toHaveBeenCalledWith(
      freeSubscription.id,
      expect.objectContaining({ plan: goldPlan.ref, reason: 'growth' }),
      expect.anything(),
    );
    expect(onDone).toHaveBeenCalledWith(pendingChange);
  });

  it('lets one search among many applications, and asks what the chosen one has', async () => {
    const mobile = { ...shopBackend, id: 'application-mobile', name: 'Mobile' };
    const listSubscriptions = jest.fn<
      ReturnType<ApiProductsApi['listSubscriptions']>,
      Parameters<ApiProductsApi['listSubscriptions']>
    >(async ({ application } = {}) =>
      pageOf(
        application === mobile.id
          ? [{ ...paymentsSubscription, application: mobile }]
          : [],
      ),
    );
    const { user } = await open({
      listApplications: async ({ q } = {}) =>
        q ? pageOf([mobile]) : pageOf([shopBackend], { nextCursor: 'next' }),
      listSubscriptions,
    });
    const field = await screen.findByRole('textbox', { name: 'For' });
    expect(field).toHaveValue('Shop backend');
    expect(screen.queryByRole('radio', { name: /^Shop/ })).toBeNull();
    await user.clear(field);
    expect(
      await screen.findByRole('textbox', { name: /^Name/ }),
    ).toBeInTheDocument();
    await user.type(field, 'mob');
    await user.click(await screen.findByRole('option', { name: /^Mobile/ }));
    expect(
      await screen.findByText(/Mobile already has Payments API on Gold\./),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: /^Name/ })).toBeNull();
    expect(listSubscriptions).toHaveBeenLastCalledWith(
      expect.objectContaining({ application: mobile.id, limit: 1 }),
      expect.anything(),
    );
  });

  it('asks before Esc throws away what was filled in', async () => {
    const { user, onClose } = await open();
    await user.type(
      await screen.findByRole('textbox', { name: 'Reason' }),
      'x',
    );
    await user.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect(screen.getByRole('textbox', { name: 'Reason' })).toHaveValue('x');
  });

  it('says before anything is sent that keys will be delayed, and lets ask', async () => {
    const user = userEvent.setup({ delay: null });
    await renderWithApi(
      <RequestAccessDialog
        product={{
          ...paymentsProduct,
          plans: [freePlan, { ...goldPlan, keysDelayed: true }],
        }}
        plan={freePlan.ref}
        onClose={() => {}}
      />,
    );
    const gold = await screen.findByRole('radio', {
      name: /Gold .*keys are delayed/,
    });
    expect(screen.queryByText(/Keys will be delayed/)).not.toBeInTheDocument();
    await user.click(gold);
    expect(
      screen.getByText(/Keys will be delayed: Payments API on Gold is not set/),
    ).toHaveAttribute('role', 'alert');
    expect(screen.getByRole('button', { name: 'Send request' })).toBeEnabled();
  });

  it('lists the plans in the order their owners want them read', async () => {
    await renderWithApi(
      <RequestAccessDialog
        product={{ ...paymentsProduct, plans: [goldPlan, freePlan] }}
        onClose={() => {}}
      />,
    );
    const plans = await screen.findByRole('radiogroup', { name: 'Plan' });
    expect(
      within(plans)
        .getAllByRole('radio')
        .map(radio => radio.getAttribute('value')),
    ).toEqual([freePlan.ref, goldPlan.ref]);
  });

  it('goes on from an automatic approval to the key, in the same dialog', async () => {
    const createAccessRequest = jest.fn(async () => approvedRequest);
    const getSubscription = jest
      .fn(async () => active)
      .mockResolvedValueOnce(provisioning);
    const { user, onDone, onClose } = await open(
      { createAccessRequest, getSubscription },
      { plan: freePlan.ref },
    );
    await acceptTerms(user);
    await user.click(screen.getByRole('button', { name: 'Get access' }));

    expect(await screen.findByText('Getting your key…')).toBeInTheDocument();
    expect(onDone).toHaveBeenCalledWith(approvedRequest);
    expect(createAccessRequest).toHaveBeenCalledWith(
      {
        product: paymentsProduct.ref,
        plan: freePlan.ref,
        application: 'application-shop-backend',
        acceptedTerms: [{ name: 'API terms of use', version: '2026-01' }],
      },
      { idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/) },
    );

    const show = await screen.findByRole(
      'button',
      { name: 'Show the key' },
      { timeout: 5000 },
    );
    await onceSettled(() => user.click(show));
    expect(await screen.findByRole('textbox', { name: 'Key' })).toHaveValue(
      'demo-secret-a93f',
    );
    expect(
      screen.getByText(
        `curl -H 'Authorization: demo-secret-a93f' http://127.0.0.1:8181/payments/`,
      ),
    ).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('says who decides where the plan is approved by hand, and leads to My access', async () => {
    const { user, onDone } = await open({}, { plan: goldPlan.ref });
    await acceptTerms(user);
    await user.type(
      screen.getByRole('textbox', { name: 'Reason' }),
      'checkout rewrite',
    );
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(
      await screen.findByText(
        'payments-team decides about Payments API on Gold. You will be notified.',
      ),
    ).toBeInTheDocument();
    expect(onDone).toHaveBeenCalledWith(pendingRequest);
    expect(
      screen.getByRole('button', { name: /Go to My access/ }),
    ).toHaveAttribute(
      'href',
      '/api-products/my-access?request=request-payments-gold',
    );
  });

  it('says what the provider said when the key could not be made', async () => {
    const { user } = await open(
      {
        createAccessRequest: async () => approvedRequest,
        getSubscription: async () => ({
          ...provisioning,
          status: 'failed',
          lastError: 'the policy is unknown',
        }),
      },
      { plan: freePlan.ref },
    );
    await acceptTerms(user);
    await user.click(screen.getByRole('button', { name: 'Get access' }));
    expect(
      await screen.findByText(
        'The key could not be made: the policy is unknown',
      ),
    ).toBeInTheDocument();
  });

  it('makes one request of a double click', async () => {
    const createAccessRequest = jest.fn(async () => pendingRequest);
    const { user } = await open(
      { createAccessRequest },
      { plan: goldPlan.ref },
    );
    await acceptTerms(user);
    await user.dblClick(screen.getByRole('button', { name: 'Send request' }));
    await screen.findByText(/You will be notified\.$/);
    expect(createAccessRequest).toHaveBeenCalledTimes(1);
  });

  it('does not press for a moment what sending has brought under the pointer', async () => {
    const { user, onClose } = await open({}, { plan: goldPlan.ref });
    await acceptTerms(user);
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    const close = await screen.findByRole('button', { name: 'Close' });
    await expect(user.click(close)).rejects.toThrow('pointer-events');
    expect(onClose).not.toHaveBeenCalled();
    await onceSettled(() => user.click(close));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('does not send without the required terms', async () => {
    const createAccessRequest = jest.fn(async () => pendingRequest);
    const { user } = await open(
      { createAccessRequest },
      { plan: goldPlan.ref },
    );
    expect(
      await screen.findByRole('checkbox', { name: /— required$/ }),
    ).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(
      await screen.findByText('Accept the required terms to go on'),
    ).toBeInTheDocument();
    expect(createAccessRequest).not.toHaveBeenCalled();
  });

  it('says a refusal at its field and loses nothing that was typed', async () => {
    const createAccessRequest = jest
      .fn(async () => pendingRequest)
      .mockRejectedValueOnce(
        await refusal(400, `name must NOT have fewer than 3 characters`),
      );
    const { user } = await open(
      { createAccessRequest, listApplications: async () => pageOf([]) },
      { plan: goldPlan.ref },
    );
    await acceptTerms(user);
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'ab');
    await user.type(
      screen.getByRole('textbox', { name: 'Reason' }),
      'checkout rewrite',
    );
    await user.click(screen.getByRole('button', { name: 'Send request' }));

    const name = screen.getByRole('textbox', { name: /^Name/ });
    await waitFor(() =>
      expect(name).toHaveAccessibleDescription(
        'Must NOT have fewer than 3 characters',
      ),
    );
    expect(name).toHaveValue('ab');
    expect(screen.getByRole('textbox', { name: 'Reason' })).toHaveValue(
      'checkout rewrite',
    );
    await user.type(name, 'c');
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    await screen.findByText(/You will be notified\.$/);
    const keys = createAccessRequest.mock.calls.map(
      (call: unknown[]) => call[1],
    );
    expect(keys[0]).not.toEqual(keys[1]);
  });

  it('says a refusal that concerns no field at the top', async () => {
    const { user } = await open(
      { createAccessRequest: refuses(429, 'Plan access quota exceeded') },
      { plan: goldPlan.ref },
    );
    await acceptTerms(user);
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(
      await screen.findByText(
        'The request was not sent: Plan access quota exceeded',
      ),
    ).toBeInTheDocument();
  });

  it('makes a new application with an owner and a component', async () => {
    const createAccessRequest = jest.fn(async () => pendingRequest);
    const { user } = await open(
      { createAccessRequest },
      {
        plan: goldPlan.ref,
        catalog: catalogApiMock({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'shop-backend', title: 'Shop backend' },
              relations: [
                { type: 'ownedBy', targetRef: 'group:default/shop-team' },
              ],
            },
          ],
        }),
      },
    );
    await acceptTerms(user);
    await user.click(screen.getByRole('radio', { name: 'New application…' }));
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'Kiosk');
    const owner = screen.getByRole('combobox', { name: 'Owner' });
    expect(
      within(owner)
        .getAllByRole('option')
        .map(option => option.textContent),
    ).toEqual(['shop-team', 'dana (you)']);
    await user.selectOptions(owner, 'dana (you)');
    await screen.findByRole('option', { name: 'Shop backend' });
    await user.selectOptions(
      screen.getByRole('combobox', { name: /^Component/ }),
      'Shop backend',
    );
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    await screen.findByText(/You will be notified\.$/);
    expect(createAccessRequest).toHaveBeenCalledWith(
      expect.objectContaining({
        application: {
          name: 'Kiosk',
          owner: 'user:default/dana',
          component: 'component:default/shop-backend',
        },
      }),
      expect.anything(),
    );
  });

  it('says why the applications could not be loaded, and tries again', async () => {
    const listApplications = jest
      .fn(async () => pageOf([]))
      .mockRejectedValueOnce(new Error('no connection'));
    const { user } = await open({ listApplications });
    expect(await screen.findByText('no connection')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('textbox', { name: /^Name/ }),
    ).toBeInTheDocument();
  });
});
