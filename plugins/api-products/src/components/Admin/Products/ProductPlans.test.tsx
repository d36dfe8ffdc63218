import { screen, waitFor, within } from '@testing-library/react';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import {
  freePlan,
  gitProduct,
  goldPlan,
  ordersV2,
  pageOf,
  silverPlan,
} from '../../../fixtures';

const ofOrders = { namespace: 'default', name: 'orders-v2' };

async function openPlans(
  overrides: Partial<ApiProductsApi> = {},
  product = ordersV2,
) {
  const user = await renderAdmin('/products', {
    listProducts: async () => pageOf([product]),
    listPlans: async () =>
      pageOf([
        silverPlan,
        { ...silverPlan, ...goldPlan, id: 'plan-gold', name: 'gold' },
      ]),
    ...overrides,
  });
  await user.click(
    await screen.findByRole('button', {
      name: new RegExp(`^\\d+ plans? of ${product.title}$`),
    }),
  );
  return {
    user,
    table: await screen.findByRole('table', {
      name: `Plans of ${product.title}`,
    }),
  };
}

describe('ProductPlans', () => {
  it('shows plans as rows, and why one cannot be chosen', async () => {
    const { table } = await openPlans();
    const row = (name: string) =>
      within(table).getByRole('rowheader', { name }).closest('tr');
    expect(row('Free')).toHaveTextContent('FreeFreeFree20 per day5 per 10 s');
    expect(row('silver')).toHaveTextContent(
      'Nobody can choose it: no catalogue holds both',
    );
  });

  it('adds a plan that exists, and keeps those that cannot be combined', async () => {
    const updateProduct = jest
      .fn(async () => ordersV2)
      .mockImplementationOnce(refuses(409, 'it was changed since'));
    const { user } = await openPlans({ updateProduct });
    await user.click(
      screen.getByRole('button', { name: 'Add plan to Orders API v2' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Add a plan to Orders API v2',
    });
    const add = within(dialog).getByRole('button', { name: 'Add plan' });
    await user.click(add);
    expect(
      await within(dialog).findByText('Choose a plan, or make a new one'),
    ).toBeInTheDocument();
    await user.type(within(dialog).getByRole('textbox'), 'g');
    await user.click(await screen.findByRole('option', { name: /Gold/ }));
    await user.click(add);
    expect(
      await within(dialog).findByText(
        'The plan was not added: it was changed since',
      ),
    ).toBeInTheDocument();
    await user.click(add);
    expect(
      await screen.findByText('gold is added to Orders API v2.'),
    ).toBeInTheDocument();
    expect(updateProduct).toHaveBeenLastCalledWith(ofOrders, {
      revision: 7,
      plans: [freePlan.ref, silverPlan.ref, goldPlan.ref],
    });
  });

  it('makes a new plan and adds it in one go', async () => {
    const made = { ...silverPlan, ref: 'apiplan:default/team', title: 'Team' };
    const createPlan = jest.fn(async () => made);
    const updateProduct = jest.fn(async () => ordersV2);
    const { user } = await openPlans({ createPlan, updateProduct });
    await user.click(
      screen.getByRole('button', { name: 'Add plan to Orders API v2' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Make a new plan…' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Add plan' });
    const fill = (name: RegExp, text: string) =>
      user.type(within(dialog).getByRole('textbox', { name }), text);
    await fill(/^Name/, 'Team');
    await fill(/^Rate limit/, '100');
    await fill(/^Quota/, '10 000');
    await user.click(within(dialog).getByRole('button', { name: 'Save plan' }));
    expect(
      await screen.findByText('Team is added to Orders API v2.'),
    ).toBeInTheDocument();
    expect(createPlan).toHaveBeenCalledWith(
      expect.objectContaining({
        name: 'team',
        owner: ordersV2.owner,
        provider: 'sandbox',
        catalogues: ordersV2.catalogues,
        rateLimit: { requests: 100, per: 60 },
        quota: { requests: 10_000, per: 'month' },
      }),
    );
    expect(updateProduct).toHaveBeenCalledWith(ofOrders, {
      revision: 7,
      plans: [freePlan.ref, silverPlan.ref, made.ref],
    });
  });

  it('removes a plan after saying what that means', async () => {
    const updateProduct = jest.fn(async () => ordersV2);
    const { user } = await openPlans({ updateProduct });
    await user.click(
      screen.getByRole('button', {
        name: 'Remove plan Free from Orders API v2',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Remove Free from Orders API v2?',
    });
    expect(dialog).toHaveTextContent('Who is subscribed keeps their access');
    await user.dblClick(
      within(dialog).getByRole('button', { name: 'Remove plan' }),
    );
    expect(
      await screen.findByText('Free is removed from Orders API v2.'),
    ).toBeInTheDocument();
    expect(updateProduct).toHaveBeenCalledTimes(1);
    expect(updateProduct).toHaveBeenCalledWith(ofOrders, {
      revision: 7,
      plans: [silverPlan.ref],
    });
  });

  it('edits a plan, or says where it is edited', async () => {
    const updatePlan = jest.fn(async () => silverPlan);
    const { user } = await openPlans({ updatePlan });
    await user.click(screen.getByRole('button', { name: 'Edit plan silver' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit plan Silver',
    });
    const rate = within(dialog).getByRole('textbox', { name: /^Rate limit/ });
    await user.clear(rate);
    await user.type(rate, '250');
    await user.click(within(dialog).getByRole('button', { name: 'Save plan' }));
    await waitFor(() =>
      expect(updatePlan).toHaveBeenCalledWith(
        { namespace: 'default', name: 'silver' },
        { revision: 3, rateLimit: { requests: 250, per: 60 } },
      ),
    );
  });

  it('changes nothing of a product in Git, and shows where its plan is edited', async () => {
    const { user } = await openPlans(
      {
        getPlan: async () => ({
          ...silverPlan,
          title: 'Free',
          origin: 'catalog',
          editUrl: 'https://git.example.com/plans.yaml',
          actions: [],
        }),
      },
      gitProduct,
    );
    expect(screen.queryByRole('button', { name: /Add plan/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Remove plan/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Edit plan Free' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit plan Free',
    });
    expect(
      await within(dialog).findByRole('link', { name: /^Edit Free in Git/ }),
    ).toHaveAttribute('href', 'https://git.example.com/plans.yaml');
  });
});
