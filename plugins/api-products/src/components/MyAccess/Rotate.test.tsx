import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ApiProductsApi,
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import { mainKey, pageOf, paymentsSubscription } from '../../fixtures';
import { MyAccessContent } from './MyAccessPage';

const DAY_MS = 24 * 60 * 60_000;
const inDays = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString();

async function show(
  subscription: Partial<Subscription>,
  overrides: Partial<ApiProductsApi> = {},
) {
  await renderWithApi(<MyAccessContent />, {
    listAccessRequests: async () => pageOf([]),
    listSubscriptions: async () =>
      pageOf([
        {
          ...paymentsSubscription,
          updatedAt: new Date().toISOString(),
          ...subscription,
        },
      ]),
    ...overrides,
  });
  return userEvent.setup({ delay: null });
}

const rotatable = (fields: Partial<Credential> = {}): Credential => ({
  ...mainKey,
  expiresAt: inDays(83),
  actions: ['revoke', 'rotate'],
  ...fields,
});

const [old, successor]: Credential[] = [
  {
    ...mainKey,
    expiresAt: inDays(60),
    status: 'superseded',
    replacedBy: 'credential-2',
    cutOffAt: inDays(6),
    actions: ['revoke', 'cut-off', 'extend', 'cancel-rotation'],
  },
  { ...mainKey, id: 'credential-2', name: 'key-2', replaces: mainKey.id },
];

describe('rotating a key', () => {
  const begin = async (overrides: Partial<ApiProductsApi>) => {
    const user = await show(
      { credentials: [rotatable()], rotationOverlap: 'P14D' },
      overrides,
    );
    await user.click(
      await screen.findByRole('button', { name: 'Rotate key “main”' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Rotate key “main”',
    });
    return { user, dialog };
  };

  it('begins with the time that the plan gives, and is done once', async () => {
    const rotateCredential = jest.fn(async () => successor);
    const { user, dialog } = await begin({ rotateCredential });
    expect(
      within(dialog)
        .getAllByRole('radio')
        .filter(radio => radio instanceof HTMLInputElement && radio.checked)
        .map(radio => radio.getAttribute('value')),
    ).toEqual(['P14D']);
    expect(dialog).toHaveTextContent('the gateway counts each by itself');
    await user.dblClick(
      within(dialog).getByRole('button', { name: 'Make the new key' }),
    );
    expect(
      await screen.findByText(/Key “key-2” is being made. “main” works on/),
    ).toBeInTheDocument();
    expect(rotateCredential).toHaveBeenCalledTimes(1);
    expect(rotateCredential).toHaveBeenCalledWith(mainKey.id, {
      overlap: 'P14D',
      name: undefined,
    });
  });

  it('takes another number of days, if it can be one', async () => {
    const rotateCredential = jest.fn(async () => successor);
    const { user, dialog } = await begin({ rotateCredential });
    await user.click(within(dialog).getByRole('radio', { name: 'Other…' }));
    const confirm = within(dialog).getByRole('button', {
      name: 'Make the new key',
    });
    const days = within(dialog).getByRole('textbox', { name: 'Days' });
    expect(confirm).toBeDisabled();
    await user.type(days, '100');
    expect(confirm).toBeDisabled();
    await user.clear(days);
    await user.type(days, '3');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Name of the new key' }),
      'spring',
    );
    await user.click(confirm);
    await waitFor(() =>
      expect(rotateCredential).toHaveBeenCalledWith(mainKey.id, {
        overlap: 'P3D',
        name: 'spring',
      }),
    );
  });

  it('stays with what the server says when it is refused', async () => {
    const { user, dialog } = await begin({
      rotateCredential: refuses(409, 'Key “main” is being rotated', {
        code: 'being-rotated',
      }),
    });
    await user.click(
      within(dialog).getByRole('button', { name: 'Make the new key' }),
    );
    expect(
      await within(dialog).findByText(/is being rotated/),
    ).toBeInTheDocument();
  });
});

describe('a key that another one has taken the place of', () => {
  const credentials = [old, successor];

  it('says by which, and until when it works', async () => {
    await show({ credentials });
    const row = (await screen.findByText('Key “main”')).closest('li');
    expect(row).toHaveTextContent(
      /Replaced by “key-2”, works until \d+ \w+ \(6 days\)/,
    );
  });

  it.each([
    [
      'Cut off key “main” now',
      'Cut off key “main”?',
      'Cut off now',
      'cutOffCredential',
      [mainKey.id],
    ],
    [
      'Let key “main” work longer',
      'Let key “main” work longer?',
      'Extend',
      'extendCredential',
      [mainKey.id, { overlap: 'P1D' }],
    ],
    [
      'Keep key “main” instead of “key-2”',
      'Keep key “main”?',
      'Keep the old one',
      'cancelRotation',
      [mainKey.id],
    ],
  ] as const)(
    'can be acted on after asking: %s',
    async (button, title, confirm, method, args) => {
      const call = jest.fn(async () => old);
      const user = await show({ credentials }, { [method]: call });
      await user.click(await screen.findByRole('button', { name: button }));
      const dialog = await screen.findByRole('dialog', { name: title });
      expect(call).not.toHaveBeenCalled();
      await user.dblClick(
        within(dialog).getByRole('button', { name: confirm }),
      );
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
      expect(call.mock.calls).toEqual([args]);
    },
  );
});

describe('the end of a key', () => {
  it('is told in days, and stands out when it is near', async () => {
    await show({
      credentials: [
        rotatable(),
        rotatable({ id: 'soon', name: 'soon', expiresAt: inDays(30) }),
      ],
    });
    const far = (await screen.findByText('Key “main”')).closest('li');
    expect(far).toHaveTextContent(/expires \d+ \w+ \(83 days\)/);
    const near = screen.getByText('Key “soon”').closest('li');
    expect(near).toHaveTextContent(/expires \d+ \w+ \(30 days\)/);
    expect(
      screen.getByRole('button', { name: 'Rotate key “soon”' }),
    ).toHaveClass('MuiButton-outlinedPrimary');
    expect(
      screen.getByRole('button', { name: 'Rotate key “main”' }),
    ).not.toHaveClass('MuiButton-outlinedPrimary');
  });

  it('is no end of the access while it can be renewed', async () => {
    const renewSubscription = jest.fn(async () => paymentsSubscription);
    const user = await show(
      { status: 'expired', actions: ['renew'] },
      { renewSubscription },
    );
    await user.dblClick(
      await screen.findByRole('button', {
        name: 'Renew access to Payments API',
      }),
    );
    expect(
      await screen.findByText('A new key for Payments API is being made.'),
    ).toBeInTheDocument();
    expect(renewSubscription).toHaveBeenCalledTimes(1);
  });

  it('is in sight among what is there while it can be renewed', async () => {
    await show(
      {},
      {
        listSubscriptions: async query =>
          pageOf(
            query?.status?.includes('expired')
              ? [
                  {
                    ...paymentsSubscription,
                    status: 'expired',
                    actions: ['renew'],
                  },
                  {
                    ...paymentsSubscription,
                    id: 'gone',
                    status: 'expired',
                    actions: [],
                  },
                ]
              : [],
          ),
      },
    );
    expect(
      await screen.findByRole('button', {
        name: 'Renew access to Payments API',
      }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Request access/ }),
    ).not.toBeInTheDocument();
  });

  it('leads to a request that is filled in, later', async () => {
    const user = await show({ status: 'expired', actions: [] });
    await user.click(
      await screen.findByRole('button', {
        name: 'Request access to Payments API again',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: /Request access to Payments API/,
    });
    const radios = await within(dialog).findAllByRole('radio');
    expect(
      radios
        .filter(radio => radio instanceof HTMLInputElement && radio.checked)
        .map(radio => radio.getAttribute('value')),
    ).toEqual([
      paymentsSubscription.application.id,
      paymentsSubscription.plan.ref,
    ]);
  });
});
