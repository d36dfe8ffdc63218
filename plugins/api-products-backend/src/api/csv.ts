/** Tables as text: RFC 4180, and nothing in them is carried out by the program that opens them. */

/** What a spreadsheet takes for the beginning of a formula. */
const BEGINS_A_FORMULA = /^[=+\-@\t\r]/;

const cellOf = (value: string | undefined): string => {
  if (value === undefined) {
    return '';
  }
  const text = BEGINS_A_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One record, with its end of line. */
export const csvRecord = (values: readonly (string | undefined)[]): string =>
  `${values.map(cellOf).join(',')}\r\n`;
