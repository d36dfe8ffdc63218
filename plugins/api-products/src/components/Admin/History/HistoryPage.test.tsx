import { screen, waitFor, within } from '@testing-library/react';
import type { HistoryVerification } from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { changedRequest, pageOf } from '../../../fixtures';

const listing = () => ({
  listHistory: jest.fn(async () => pageOf([changedRequest])),
});

describe('the history of the portal', () => {
  it('is narrowed by what stands in the address, and by what is typed', async () => {
    const { listHistory } = listing();
    const user = await renderAdmin('/history?person=dana&from=2026-11-30', {
      listHistory,
    });
    await screen.findByText('Changed the plan from Free to Gold');
    expect(listHistory).toHaveBeenLastCalledWith(
      { actor: 'dana', from: new Date(2026, 10, 30).toISOString() },
      expect.anything(),
    );
    const filters = within(
      screen.getByRole('region', { name: 'What of the history' }),
    );
    await user.type(
      filters.getByRole('searchbox', { name: 'Product' }),
      'payments',
    );
    await waitFor(() =>
      expect(listHistory).toHaveBeenLastCalledWith(
        expect.objectContaining({ actor: 'dana', product: 'payments' }),
        expect.anything(),
      ),
    );
    expect(screen.getByTestId('location')).toHaveTextContent(
      'person=dana&from=2026-11-30&product=payments',
    );
  });

  it('shows one thing where a link leads to it, and everything again', async () => {
    const { listHistory } = listing();
    const user = await renderAdmin('/history?subject=product:p1', {
      listHistory,
    });
    await screen.findByText('Changed the plan from Free to Gold');
    expect(listHistory).toHaveBeenLastCalledWith(
      { subject: 'product:p1' },
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: 'Show everything' }));
    await waitFor(() =>
      expect(listHistory).toHaveBeenLastCalledWith({}, expect.anything()),
    );
  });

  const check = async (found: HistoryVerification) => {
    const getHistoryVerification = jest.fn(async () => found);
    const user = await renderAdmin('/history', { getHistoryVerification });
    const button = await screen.findByRole('button', { name: 'Check it' });
    expect(getHistoryVerification).not.toHaveBeenCalled();
    await user.click(button);
  };

  it('says that it is as it was written', async () => {
    await check({
      whole: true,
      lines: 1_200,
      hash: 'abc',
      unsealed: 1,
      late: 2,
      firstLate: 7,
    });
    expect(
      await screen.findByText(/^All .* lines are as they were written\.$/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('1 line was just written and is not sealed yet.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/2 lines say that they are much older .* line 7 on/),
    ).toBeInTheDocument();
    expect(screen.getByText(/Fingerprint of line .*: abc/)).toBeInTheDocument();
  });

  it.each([
    ['changed', 'Line 3 is not what was written.'],
    ['removed', 'Line 3 is gone.'],
    ['inserted', 'Line 3 was put behind the end.'],
  ] as const)(
    'says the first line that is not right: %s',
    async (kind, words) => {
      await check({
        whole: false,
        lines: 2,
        unsealed: 0,
        late: 0,
        problem: { kind, position: 3, message: 'Nothing happened' },
      });
      expect(await screen.findByText(words)).toBeInTheDocument();
      expect(
        screen.getByText('It says now: Nothing happened'),
      ).toBeInTheDocument();
    },
  );

  it('says why it could not be checked', async () => {
    const user = await renderAdmin('/history', {
      getHistoryVerification: refuses(500, 'The database is away'),
    });
    await user.click(await screen.findByRole('button', { name: 'Check it' }));
    expect(
      await screen.findByText(/It could not be checked/),
    ).toBeInTheDocument();
  });
});
