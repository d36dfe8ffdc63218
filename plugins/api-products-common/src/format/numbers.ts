/**
 * Groups of three digits with a narrow space that does not break, as the screens show them. Intl's groups follow a
 * language, and no two of them agree; these are read the same way everywhere.
 */
const GROUP_SEPARATOR = '\u202f';

/**
 * A number for reading: `100 000`, `1 234.5`. The spaces are narrow and do not break.
 *
 * @param value - a number, or a decimal string, of which no digit is lost
 * @public
 */
export function formatNumber(value: number | string): string {
  const [whole, fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, GROUP_SEPARATOR);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `1 day`, `90 days`. @internal */
export function countOf(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
