/**
 * A number for reading, thousands set apart by a space: `100 000`. Takes decimal strings too, so that amounts of money
 * never pass through binary fractions.
 *
 * @public
 */
export function formatNumber(value: number | string): string {
  const [whole, fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
