import type { Page } from 'backstage-plugin-api-products-common';

/** The largest page that the backend gives. */
export const PAGE_SIZE = 100;

/** The beginning of a list. */
export interface FirstPages<T> {
  items: T[];
  totalItems: number;
  /** There are more than `totalItems`. */
  totalIsAtLeast?: true;
  /** Whether there is more than that. */
  truncated: boolean;
}

/**
 * The first pages of a list, one after the other.
 *
 * @param pages - how many at most: thousands of rows are never drawn in a browser
 */
export async function firstPages<T>(
  pages: number,
  load: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
  limit: number = PAGE_SIZE,
): Promise<FirstPages<T>> {
  const first = await load({ limit });
  const items = [...first.items];
  let cursor = first.pageInfo.nextCursor;
  for (let page = 1; page < pages && cursor; page++) {
    const next = await load({ limit, cursor });
    items.push(...next.items);
    cursor = next.pageInfo.nextCursor;
  }
  const { totalItems, totalIsAtLeast } = first;
  return {
    items,
    totalItems,
    ...(totalIsAtLeast && { totalIsAtLeast }),
    truncated: Boolean(cursor),
  };
}
