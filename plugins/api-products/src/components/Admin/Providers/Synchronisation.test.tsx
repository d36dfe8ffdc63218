import { screen, waitFor, within } from '@testing-library/react';
import type { SyncRun } from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { heldBackRun, pageOf, syncRun } from '../../../fixtures';

const PATH = '/providers/sandbox/synchronisation';

describe('Synchronisation', () => {
  it('lists runs; an open one says what it did to which policy, and why', async () => {
    const user = await renderAdmin(PATH);
    const run = await screen.findByRole('button', {
      name: /2 created, 1 ignored, 14 unchanged/,
    });
    expect(run).toHaveTextContent('Done');
    expect(run).toHaveTextContent('as scheduled');
    await user.click(run);
    const created = await screen.findByRole('list', { name: 'Created' });
    expect(created).toHaveTextContent('Returns (product) → returns');
    expect(created).toHaveTextContent('Silver (plan) → silver');
    expect(screen.getByRole('list', { name: 'Ignored' })).toHaveTextContent(
      'Everything: it is not partitioned',
    );
  });

  it('synchronises once however often the button is pressed, shows how far it is, and says the result', async () => {
    const running: SyncRun = {
      ...syncRun,
      id: 'run-2',
      status: 'running',
      trigger: 'request',
      requestedBy: 'user:default/paula',
      progress: { done: 1200, total: 5000 },
      items: [],
    };
    let runs = [syncRun];
    const syncProvider = jest.fn(async () => {
      runs = [running, syncRun];
      return { run: running };
    });
    const user = await renderAdmin(PATH, {
      syncProvider,
      listSyncRuns: async () => pageOf(runs),
    });
    const button = await screen.findByRole('button', {
      name: 'Synchronise now',
    });
    await user.dblClick(button);
    expect(
      await screen.findByText('Looked at 1 200 of 5 000 policies'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('progressbar', {
        name: 'Progress of the synchronisation',
      }),
    ).toHaveAttribute('aria-valuenow', '24');
    expect(button).toBeDisabled();
    expect(syncProvider).toHaveBeenCalledTimes(1);
    expect(syncProvider).toHaveBeenCalledWith('sandbox', {});

    runs = [{ ...syncRun, id: 'run-2' }, syncRun];
    expect(
      await screen.findByText(
        'The synchronisation is done: 2 created, 1 ignored, 14 unchanged.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(button).toBeEnabled();
  });

  it('says why a synchronisation failed, and why one was not begun', async () => {
    const failed: SyncRun = {
      ...syncRun,
      id: 'run-3',
      status: 'failed',
      message: 'the provider does not answer',
    };
    const user = await renderAdmin(PATH, {
      syncProvider: jest
        .fn(async () => ({ run: failed }))
        .mockImplementationOnce(refuses(403, 'not you')),
      listSyncRuns: async () => pageOf([failed]),
    });
    const button = await screen.findByRole('button', {
      name: 'Synchronise now',
    });
    await user.click(button);
    expect(
      await screen.findByText('It was not begun: not you'),
    ).toBeInTheDocument();
    await user.click(button);
    expect(
      await screen.findByText(
        'The synchronisation failed: the provider does not answer',
      ),
    ).toBeInTheDocument();
  });

  it('hides what is gone only after a person has said that it really is', async () => {
    const syncProvider = jest
      .fn(async () => ({ run: syncRun }))
      .mockImplementationOnce(refuses(503, 'try later'));
    const user = await renderAdmin(PATH, {
      syncProvider,
      listSyncRuns: async () => pageOf([heldBackRun]),
    });
    expect(
      await screen.findByText('9 of 20 policies are gone, more than 25 %'),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', {
        name: 'They really are gone: hide them',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Hide what is gone?',
    });
    expect(
      within(dialog).getByRole('list', { name: 'Held back' }),
    ).toHaveTextContent('Payments API');
    const hide = within(dialog).getByRole('button', { name: 'Hide them' });
    await user.click(hide);
    expect(
      await within(dialog).findByText('Nothing was hidden: try later'),
    ).toBeInTheDocument();
    await user.click(hide);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(syncProvider).toHaveBeenLastCalledWith('sandbox', {
      confirmDrop: true,
    });
  });

  it('says that there was none yet, and why there is no list', async () => {
    const listSyncRuns = jest
      .fn(async () => pageOf<SyncRun>([]))
      .mockImplementationOnce(refuses(500, 'broken'));
    const user = await renderAdmin(PATH, { listSyncRuns });
    expect(await screen.findByText('broken')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('heading', { name: 'Not synchronised yet' }),
    ).toBeInTheDocument();
  });
});
