import { formatNumber, type Page } from 'backstage-plugin-api-products-common';

/** How many there are, as far as they were counted. */
export type Total = Pick<Page<unknown>, 'totalItems' | 'totalIsAtLeast'>;

/** `12`, or `1,000+` where there are more. */
export const formatTotal = ({ totalItems, totalIsAtLeast }: Total): string =>
  `${formatNumber(totalItems)}${totalIsAtLeast ? '+' : ''}`;
