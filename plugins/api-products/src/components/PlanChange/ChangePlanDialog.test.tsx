import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ApiProductsApi,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import {
  freePlan,
  freeSubscription,
  meteredPlan,
  paymentsProduct,
  paymentsSubscription,
  pendingChange,
  pendingRequest,
} from '../../fixtures';
import {
  ChangePlanDialog,
  type ChangePlanDialogProps,
} from './ChangePlanDialog';

const fresh: Partial<ApiProductsApi> = {
  getAccessRequest: async () => ({ ...pendingRequest, acceptedTerms: [] }),
};

async function open(
  subscription: Subscription,
  overrides: Partial<ApiProductsApi> = {},
  props: Partial<ChangePlanDialogProps> = {},
) {
  const onClose = jest.fn();
  const onDone = jest.fn();
  await renderWithApi(
    <ChangePlanDialog
      subscriptions={[subscription]}
      onClose={onClose}
      onDone={onDone}
      {...props}
    />,
    overrides,
  );
  await screen.findByRole('radiogroup', { name: 'Plan' });
  return { onClose, onDone, user: userEvent.setup({ delay: null }) };
}

const plan = (name: RegExp) => screen.getByRole('radio', { name });
const then = () =>
  within(screen.getByRole('table', { name: 'What changes' }))
    .getAllByRole('row')
    .map(row => row.textContent);

describe('ChangePlanDialog', () => {
  afterEach(() => jest.restoreAllMocks());

  it('shows what another plan changes side by side, and who decides', async () => {
    const { user } = await open(freeSubscription);
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'Shop backend has Payments API on Free.',
    );
    expect(screen.queryByRole('radio', { name: /^Free/ })).toBeNull();
    await user.click(plan(/^Gold/));
    expect(then()).toEqual([
      'Now: FreeThen: Gold',
      'Rate5 per 10 s100 per minute',
      'Quota20 per day100 000 per month',
      'PriceFree$49 / month',
      'Key livesforever90 days, from the next rotation on',
      'Accessat oncepayments-team decides',
    ]);
    expect(plan(/^At once/)).toBeChecked();
    expect(screen.getByRole('status')).toHaveTextContent(
      'payments-team decides, you will be notified. Until then Free works as before. Its keys stay the same, and what they have used stays used.',
    );
  });

  it('waits for the end of the month where the other plan gives less, unless it is asked otherwise', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-20T10:00:00Z'));
    const changePlan = jest.fn(async () => pendingChange);
    const { user } = await open(paymentsSubscription, { changePlan });
    await user.click(plan(/^Free/));
    expect(plan(/^When the quota period is over, on 1 Dec$/)).toBeChecked();
    expect(screen.getByRole('status')).toHaveTextContent(
      'It moves to Free on 1 Dec.',
    );
    await user.click(plan(/^At once$/));
    expect(screen.getByRole('status')).toHaveTextContent(
      'It moves to Free at once.',
    );
    await user.click(screen.getByRole('button', { name: 'Change plan' }));
    expect(changePlan).toHaveBeenCalledWith(
      paymentsSubscription.id,
      {
        plan: freePlan.ref,
        when: 'now',
        acceptedTerms: [{ name: 'API terms of use', version: '2026-01' }],
      },
      { idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/) },
    );
  });

  it('asks nothing about when where the plan has no quota', async () => {
    const { user } = await open({ ...freeSubscription, plan: meteredPlan });
    await user.click(plan(/^Free/));
    expect(screen.queryByRole('radio', { name: /^At once$/ })).toBeNull();
  });

  it('says which terms have been accepted, and asks for those that have not', async () => {
    const changePlan = jest.fn(async () => pendingChange);
    const { user } = await open(freeSubscription, { ...fresh, changePlan });
    await user.click(plan(/^Gold/));
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(
      screen.getByText('Accept the required terms to go on'),
    ).toBeInTheDocument();
    expect(changePlan).not.toHaveBeenCalled();
    await user.click(screen.getByRole('checkbox', { name: /terms of use/ }));
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(changePlan).toHaveBeenCalledTimes(1);
  });

  it('counts only what the caller has accepted', async () => {
    await open({ ...freeSubscription, requester: 'user:default/devin' });
    expect(
      screen.getByRole('checkbox', { name: /terms of use/ }),
    ).not.toBeChecked();
  });

  it('asks for a plan beside the plans', async () => {
    const { user } = await open(freeSubscription);
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(screen.getByText('Choose a plan')).toBeInTheDocument();
  });

  it('makes one request of a double click, and the same one after a failure', async () => {
    const keys: (string | undefined)[] = [];
    const changePlan = jest.fn<
      ReturnType<ApiProductsApi['changePlan']>,
      Parameters<ApiProductsApi['changePlan']>
    >(async (_id, _change, options) => {
      keys.push(options?.idempotencyKey);
      if (keys.length === 1) {
        throw new TypeError('Failed to fetch');
      }
      return pendingChange;
    });
    const { user, onDone } = await open(freeSubscription, { changePlan });
    await user.click(plan(/^Gold/));
    const send = screen.getByRole('button', { name: 'Send request' });
    await user.dblClick(send);
    expect(await screen.findByText(/^The plan was not changed/)).toBeVisible();
    expect(keys).toHaveLength(1);
    await user.dblClick(send);
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    expect(onDone).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'of another change that waits',
      'already-pending',
      {
        field: 'subscription',
        application: 'Shop backend',
        product: 'Payments API',
        plan: 'Metered',
        accessRequest: 'request-other',
      },
      'Shop backend already waits for Payments API on Metered.',
    ],
    [
      'of a suspension',
      'not-active',
      { field: 'subscription', subscription: 'x', status: 'suspended' },
      'the access is suspended, and its plan is changed while it is active.',
    ],
    [
      'of its end',
      'not-active',
      { field: 'subscription', subscription: 'x', status: 'revoked' },
      'the access is not active, and its plan is changed while it is.',
    ],
    [
      'of a change that is on its way',
      'conflict',
      { field: 'subscription', subscription: 'x' },
      'it is on its way to another plan already. Withdraw that first.',
    ],
  ] as const)('says why not, because %s', async (_, code, fields, words) => {
    const { user } = await open(freeSubscription, {
      changePlan: refuses(409, 'subscription: no', { code, fields }),
    });
    await user.click(plan(/^Gold/));
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `The plan was not changed: ${words} See it in My access`,
    );
  });

  it.each([
    ['plan', /^Plan$/],
    ['reason', /^Reason$/],
    ['when', /^When$/],
  ])('says beside the field what is wrong with %s', async field => {
    const { user } = await open(freeSubscription, {
      changePlan: refuses(400, `${field}: it is not like that`, {
        code: 'invalid',
        fields: { field },
      }),
    });
    await user.click(plan(/^Gold/));
    await user.click(screen.getByRole('button', { name: 'Send request' }));
    expect(await screen.findByText('it is not like that')).toBeInTheDocument();
    expect(screen.queryByText(/The plan was not changed/)).toBeNull();
  });

  it('says that there is no other plan, and sends nothing', async () => {
    await renderWithApi(
      <ChangePlanDialog
        subscriptions={[freeSubscription]}
        onClose={() => {}}
        onDone={() => {}}
      />,
      { getProduct: async () => ({ ...paymentsProduct, plans: [freePlan] }) },
    );
    expect(
      await screen.findByText('The product offers you no other plan.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send request' })).toBeDisabled();
  });
});
