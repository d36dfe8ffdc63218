import { screen, waitFor, within } from '@testing-library/react';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { pageOf, silverPlan } from '../../../fixtures';

const field = (dialog: HTMLElement, name: RegExp) =>
  within(dialog).getByRole('textbox', { name });

describe('PlansPage', () => {
  it('lists plans with limits, price and origin; one in Git has no buttons', async () => {
    await renderAdmin('/plans', {
      listPlans: async () =>
        pageOf([
          silverPlan,
          {
            ...silverPlan,
            ref: 'apiplan:default/bronze',
            title: 'Bronze',
            origin: 'catalog',
            editUrl: 'https://git.example.com/bronze.yaml',
            actions: [],
            findings: ['spec.owner: only platform owners make plans'],
          },
        ]),
    });
    const row = (
      await screen.findByRole('rowheader', { name: 'Silver' })
    ).closest('tr');
    expect(row).toHaveTextContent(
      'platform-ownersFixed$49 / month100 per minute100 000 per month90 daysthe owner decidesImported',
    );
    expect(
      screen.getByRole('link', { name: /^Edit Bronze in Git/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('spec.owner: only platform owners make plans'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Edit Bronze' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Edit Silver' })).toBeVisible();
  });

  it('adds a plan with calendar month, billing mode, price, approval and lifetime', async () => {
    const createPlan = jest.fn(async () => silverPlan);
    const user = await renderAdmin('/plans', { createPlan });
    await user.click(await screen.findByRole('button', { name: 'Add plan' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add plan' });
    const select = (name: string, option: string) =>
      user.selectOptions(
        within(dialog).getByRole('combobox', { name }),
        option,
      );
    await user.type(field(dialog, /^Name/), 'Silver');
    await select('Billing mode', 'Fixed');
    const save = within(dialog).getByRole('button', { name: 'Save plan' });
    await user.click(save);
    expect(field(dialog, /^Price label/)).toHaveAccessibleDescription(
      'Say what it costs, e.g. $49/month',
    );
    expect(field(dialog, /^Rate limit/)).toHaveAccessibleDescription(
      'A whole number of at least 1',
    );
    await user.type(field(dialog, /^Price label/), '$19/month');
    await user.type(field(dialog, /^Rate limit/), '50');
    await user.type(field(dialog, /^Quota/), '20000');
    await select('Keys live', '90 days');
    await select('Access requests', 'Approved at once');
    await user.type(field(dialog, /^Allowance of access requests/), '3');
    await user.type(field(dialog, /^Owner/), 'plat');
    await user.click(
      await screen.findByRole('option', { name: /platform-owners/ }),
    );
    await user.dblClick(save);
    expect(await screen.findByText('Silver is saved.')).toBeInTheDocument();
    expect(createPlan).toHaveBeenCalledTimes(1);
    expect(createPlan).toHaveBeenCalledWith({
      name: 'silver',
      title: 'Silver',
      owner: 'group:default/platform-owners',
      rateLimit: { requests: 50, per: 60 },
      quota: { requests: 20_000, per: 'month' },
      keyLifetime: 'P90D',
      approval: { mode: 'auto' },
      accessRequests: { allowance: 3, per: 'P30D' },
      pricing: { mode: 'fixed', label: '$19/month' },
      catalogues: [],
    });
  });

  it('says a refusal at the limit that it names', async () => {
    const user = await renderAdmin('/plans', {
      updatePlan: refuses(400, 'rateLimit.per must be a number of seconds'),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Edit Silver' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit plan Silver',
    });
    const rate = field(dialog, /^Rate limit/);
    await user.type(rate, '0');
    await user.click(within(dialog).getByRole('button', { name: 'Save plan' }));
    await waitFor(() =>
      expect(rate).toHaveAccessibleDescription('Must be a number of seconds'),
    );
    expect(rate).toHaveValue('1000');
  });

  it('changes the newest one if somebody else was quicker', async () => {
    const updatePlan = jest
      .fn(async () => silverPlan)
      .mockImplementationOnce(
        refuses(409, 'revision: it has been changed', {
          code: 'changed-since',
        }),
      );
    const getPlan = jest.fn(async () => ({
      ...silverPlan,
      revision: silverPlan.revision + 1,
      description: 'Changed meanwhile',
    }));
    const user = await renderAdmin('/plans', { updatePlan, getPlan });
    await user.click(
      await screen.findByRole('button', { name: 'Edit Silver' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit plan Silver',
    });
    await user.type(field(dialog, /^Rate limit/), '0');
    const save = () =>
      within(dialog).getByRole('button', { name: 'Save plan' });
    await user.click(save());
    await user.click(
      await within(dialog).findByRole('button', { name: /newest version$/ }),
    );
    await waitFor(() =>
      expect(field(dialog, /^Description/)).toHaveValue('Changed meanwhile'),
    );
    expect(field(dialog, /^Rate limit/)).toHaveValue('1000');
    await user.click(save());
    await waitFor(() =>
      expect(updatePlan).toHaveBeenLastCalledWith(
        { namespace: 'default', name: 'silver' },
        {
          revision: silverPlan.revision + 1,
          rateLimit: { requests: 1000, per: 60 },
        },
      ),
    );
    expect(getPlan).toHaveBeenCalledWith({
      namespace: 'default',
      name: 'silver',
    });
  });

  it('refuses to delete a plan with subscribers, and says who they are', async () => {
    const user = await renderAdmin('/plans', {
      getPlanDeletionImpact: async () => ({
        subscriptions: [
          {
            id: 's1',
            application: 'Shop backend',
            owner: 'group:default/shop-team',
            product: 'Payments API',
            plan: 'Silver',
          },
        ],
        totalSubscriptions: 1,
        pendingRequests: 0,
      }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Delete Silver' }),
    );
    expect(
      await screen.findByText(/1 subscription would break/),
    ).toBeInTheDocument();
    expect(screen.getByText(/Shop backend of shop-team/)).toBeInTheDocument();
  });

  it('says why there is no list', async () => {
    await renderAdmin('/plans', { listPlans: refuses(500, 'broken') });
    expect(await screen.findByText('broken')).toBeInTheDocument();
  });
});
