import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';
import { refuses, renderWithApi } from '../../__testUtils__/renderWithApi';
import { changedRequest, pageOf } from '../../fixtures';
import { ExportHistory } from './ExportHistory';
import { HistoryList } from './HistoryList';

const filter = { subscription: 's1' };

async function open(
  api: Partial<ApiProductsApi> = {},
  props: { searching?: boolean; onPage?: (cursor: string) => void } = {},
) {
  await renderWithApi(
    <HistoryList
      filter={filter}
      label="History of it"
      onPage={props.onPage ?? (() => {})}
      searching={props.searching}
    />,
    api,
  );
  return userEvent.setup({ delay: null });
}

describe('the history', () => {
  it('says what happened, by whom, why, and what is other than before', async () => {
    const listHistory = jest.fn(async () =>
      pageOf([
        {
          ...changedRequest,
          changes: [
            { field: 'plan', before: 'Free', after: 'Gold' },
            { field: 'owner', after: 'group:default/shop-team' },
            { field: 'keyLifetime', before: 'P90D' },
            { field: 'content' },
          ],
        },
        {
          id: 'line-2',
          at: '2026-11-20T12:00:00.000Z',
          subject: 'product:p1',
          event: 'product.hidden',
          message: 'apiproduct:default/payments is gone from Git',
        },
      ]),
    );
    await open({ listHistory });
    const list = await screen.findByRole('list', { name: 'History of it' });
    const [changed, hidden] = within(list)
      .getAllByRole('listitem')
      .filter(item => item.parentElement === list);
    expect(listHistory).toHaveBeenCalledWith(filter, expect.anything());
    expect(changed).toHaveTextContent('Changed the plan from Free to Gold');
    expect(changed).toHaveTextContent('dana');
    expect(changed).toHaveTextContent('Reason: “We grow”');
    expect(changed).toHaveTextContent('Plan: “Free” became “Gold”');
    expect(changed).toHaveTextContent('Owner: now “shop-team”');
    expect(changed).toHaveTextContent('Key lifetime: no longer “P90D”');
    expect(changed).toHaveTextContent('Content: other than before');
    expect(hidden).toHaveTextContent('payments is gone from Git');
    expect(hidden).toHaveTextContent('The portal');
  });

  it('says that there is nothing, and that nothing was found', async () => {
    await open();
    expect(
      await screen.findByText('Nothing has happened yet'),
    ).toBeInTheDocument();
  });

  it('says that nothing was found', async () => {
    await open({}, { searching: true });
    expect(
      await screen.findByText('Nothing like that has happened'),
    ).toBeInTheDocument();
  });

  it('says why it could not be loaded, and tries again', async () => {
    const listHistory = jest
      .fn<Promise<ReturnType<typeof pageOf<typeof changedRequest>>>, []>()
      .mockImplementationOnce(refuses(500, 'The database is away'))
      .mockResolvedValue(pageOf([changedRequest]));
    const user = await open({ listHistory });
    expect(
      await screen.findByText('The history could not be loaded'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByText('Changed the plan from Free to Gold'),
    ).toBeInTheDocument();
  });

  it('is read page by page', async () => {
    const onPage = jest.fn();
    const user = await open(
      {
        listHistory: async () => ({
          ...pageOf([changedRequest]),
          pageInfo: { nextCursor: 'older' },
        }),
      },
      { onPage },
    );
    await user.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(onPage).toHaveBeenCalledWith('older');
  });
});

describe('exporting the history', () => {
  beforeEach(() => {
    URL.createObjectURL = jest.fn(() => 'blob:file');
    URL.revokeObjectURL = jest.fn();
  });

  it('asks for what is listed, and hands it to the browser', async () => {
    const clicked = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    const file = new Blob(['at,actor']);
    const getHistoryExport = jest.fn(async () => file);
    await renderWithApi(<ExportHistory filter={filter} />, {
      getHistoryExport,
    });
    const user = userEvent.setup({ delay: null });
    await user.click(screen.getByRole('button', { name: 'Export as CSV' }));
    expect(
      await screen.findByText('The history was exported.'),
    ).toBeInTheDocument();
    expect(getHistoryExport).toHaveBeenCalledWith({ ...filter, format: 'csv' });
    expect(URL.createObjectURL).toHaveBeenCalledWith(file);
    expect(clicked).toHaveBeenCalledTimes(1);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:file');
    clicked.mockRestore();
  });

  it('says why it did not happen', async () => {
    await renderWithApi(<ExportHistory filter={filter} />, {
      getHistoryExport: refuses(503, 'The catalog does not answer'),
    });
    const user = userEvent.setup({ delay: null });
    await user.click(screen.getByRole('button', { name: 'Export as JSON' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The history was not exported',
    );
  });
});
