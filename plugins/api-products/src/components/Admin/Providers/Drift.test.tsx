import { screen, waitFor, within } from '@testing-library/react';
import type {
  ApiProductsApi,
  DriftItem,
  Provider,
} from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { limitsDrift, pageOf, sandboxProvider } from '../../../fixtures';

const PATH = '/providers/sandbox/drift';

const summary = (name = /^Gold/) => screen.findByRole('button', { name });

/** A backend that knows this one difference, in whatever state it is. */
function knowing(first: DriftItem) {
  const state = { item: first };
  const listDrift: ApiProductsApi['listDrift'] = async (_provider, query) =>
    pageOf(query?.status?.includes(state.item.status) ? [state.item] : []);
  return { state, listDrift };
}

describe('Drift', () => {
  it('shows both sides field by field, and says beforehand what each action does', async () => {
    const user = await renderAdmin(PATH);
    const item = await summary();
    expect(item).toHaveTextContent('Gold (plan) · Other limits');
    expect(item).toHaveTextContent(
      'The rate limit and the quota were changed at the provider',
    );
    await user.click(item);
    const table = await screen.findByRole('table', {
      name: 'Differences of Gold',
    });
    const rows = within(table)
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows).toEqual([
      'FieldPortalProvider',
      'rateLimit100 per minute500 per minute',
      'quota100 000 per monthnothing',
    ]);
    expect(
      screen.getByRole('button', { name: 'Push ours: Gold' }),
    ).toHaveAccessibleDescription(/The provider gets what the portal says/);
    expect(
      screen.getByRole('button', { name: 'Take theirs: Gold' }),
    ).toHaveAccessibleDescription(/The portal takes over/);
    expect(
      screen.getByRole('button', { name: 'Ignore: Gold' }),
    ).toHaveAccessibleDescription(/Nothing is changed/);
    expect(screen.getByText(/seen 2 times/)).toBeInTheDocument();
  });

  it('repairs once, waits for the job, and says by itself that it is done', async () => {
    const { state, listDrift } = knowing(limitsDrift);
    const repairDrift = jest.fn(async (): Promise<DriftItem> => {
      state.item = { ...limitsDrift, status: 'repairing', actions: [] };
      return state.item;
    });
    const user = await renderAdmin(PATH, { listDrift, repairDrift });
    await user.click(await summary());
    await user.dblClick(
      await screen.findByRole('button', { name: 'Push ours: Gold' }),
    );
    expect(
      await screen.findByText(
        'Being repaired; the result appears here by itself.',
      ),
    ).toBeInTheDocument();
    expect(repairDrift).toHaveBeenCalledTimes(1);
    expect(repairDrift).toHaveBeenCalledWith('sandbox', limitsDrift.id, {
      action: 'push-ours',
    });
    state.item = { ...state.item, status: 'repaired' };
    expect(await screen.findByText('Gold: repaired.')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'No differences' }),
    ).toBeInTheDocument();
  });

  it('says why a repair did not succeed', async () => {
    const { state, listDrift } = knowing(limitsDrift);
    const repairDrift = async (): Promise<DriftItem> => {
      state.item = { ...limitsDrift, lastError: 'the policy is locked' };
      return { ...limitsDrift, status: 'repairing' };
    };
    const user = await renderAdmin(PATH, { listDrift, repairDrift });
    await user.click(await summary());
    await user.click(
      await screen.findByRole('button', { name: 'Take theirs: Gold' }),
    );
    expect(
      await screen.findByText('Gold: not repaired. the policy is locked'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The last repair did not succeed: the policy is locked'),
    ).toBeInTheDocument();
  });

  it('says that it was ignored, and why something was refused', async () => {
    const { state, listDrift } = knowing(limitsDrift);
    const repairDrift = jest
      .fn(async (): Promise<DriftItem> => {
        state.item = { ...limitsDrift, status: 'ignored', actions: [] };
        return state.item;
      })
      .mockImplementationOnce(refuses(409, 'it is no longer open'));
    const user = await renderAdmin(PATH, { listDrift, repairDrift });
    await user.click(await summary());
    const ignore = await screen.findByRole('button', { name: 'Ignore: Gold' });
    await user.click(ignore);
    expect(
      await screen.findByText('It was not done: it is no longer open'),
    ).toBeInTheDocument();
    await user.click(ignore);
    expect(
      await screen.findByText('Gold: ignored from now on.'),
    ).toBeInTheDocument();
  });

  it('shows what was settled, how and by whom', async () => {
    const { listDrift } = knowing({
      ...limitsDrift,
      status: 'repaired',
      actions: [],
      resolution: {
        action: 'push-ours',
        by: 'user:default/paula',
        at: limitsDrift.updatedAt,
      },
    });
    const user = await renderAdmin(PATH, { listDrift });
    expect(
      await screen.findByRole('heading', { name: 'No differences' }),
    ).toBeInTheDocument();
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Show' }),
      'Settled',
    );
    const item = await summary();
    expect(item).toHaveTextContent('Repaired');
    await user.click(item);
    expect(await screen.findByText(/Push ours/)).toHaveTextContent('by paula');
    expect(screen.queryByRole('button', { name: /: Gold$/ })).toBeNull();
    expect(screen.getByTestId('location')).toHaveTextContent('?show=resolved');
  });

  it('looks for differences now, and says how many there are', async () => {
    let provider: Provider = { ...sandboxProvider, driftCheckedAt: undefined };
    const checkDrift = jest.fn(async () => {
      provider = { ...sandboxProvider, driftCount: 2 };
    });
    const user = await renderAdmin(PATH, {
      checkDrift,
      getProvider: async () => provider,
    });
    expect(
      await screen.findByText('Not looked through yet'),
    ).toBeInTheDocument();
    await user.dblClick(
      screen.getByRole('button', { name: 'Look for differences now' }),
    );
    expect(
      await screen.findByText('Looked through: 2 open differences.'),
    ).toBeInTheDocument();
    expect(checkDrift).toHaveBeenCalledTimes(1);
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Look for differences now' }),
      ).toBeEnabled(),
    );
  });

  it('says why there is no list', async () => {
    await renderAdmin(PATH, { listDrift: refuses(500, 'broken') });
    expect(await screen.findByText('broken')).toBeInTheDocument();
  });
});
