/**
 * Texts that have to fit. Characters are counted as a database counts them, by code point, so that none is ever cut in
 * two: half of an emoji is no text in any encoding.
 */

/** What a column of names takes. */
const LONGEST_NAME = 255;

/** The beginning, for names that are compared or told to a provider. */
export const beginningOf = (text: string, longest = LONGEST_NAME): string =>
  text.length <= longest ? text : [...text].slice(0, longest).join('');

/** With an ellipsis where something is left out, for people to read. */
export const shortened = (text: string, longest = LONGEST_NAME): string =>
  beginningOf(text, longest) === text
    ? text
    : `${beginningOf(text, longest - 1)}…`;
