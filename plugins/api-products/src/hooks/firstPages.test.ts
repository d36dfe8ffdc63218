import { firstPages } from './firstPages';

const load = async ({ cursor = '0' }: { cursor?: string }) => ({
  items: [Number(cursor)],
  totalItems: 3,
  pageInfo: cursor === '2' ? {} : { nextCursor: String(Number(cursor) + 1) },
});

describe('firstPages', () => {
  it('follows the cursors to the end', async () => {
    await expect(firstPages(5, load)).resolves.toEqual({
      items: [0, 1, 2],
      totalItems: 3,
      truncated: false,
    });
  });

  it('stops at the given number of pages and says so', async () => {
    await expect(firstPages(2, load)).resolves.toEqual({
      items: [0, 1],
      totalItems: 3,
      truncated: true,
    });
  });
});
