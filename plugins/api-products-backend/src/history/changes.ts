/** What is other between two states of a record, as people read it. */
import type { HistoryChange } from 'backstage-plugin-api-products-common';
import { shortened } from '../lib/texts';

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const partsOf = (value: unknown): string[] => {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.map(item => partsOf(item).join(' ')).filter(text => text);
  }
  return isGroup(value)
    ? Object.values(value).flatMap(partsOf)
    : [String(value)];
};

/** Undefined where there is nothing. */
const textOf = (value: unknown): string | undefined =>
  shortened(partsOf(value).join(', ')) || undefined;

/** What cannot be told apart where it is shortened is only named. */
function changeOf(field: string, was: unknown, is: unknown): HistoryChange {
  const [before, after] = [textOf(was), textOf(is)];
  return before === after ? { field } : { field, before, after };
}

/** Names of all fields, in the order in which they are told. */
const fieldsOf = (...records: Record<string, unknown>[]): string[] => [
  ...new Set(records.flatMap(record => Object.keys(record))),
];

/**
 * The fields that are not the same, each by its path (`limits.rate.requests`). What is new or gone has one side only; a
 * long text is shortened, and has no side where its beginning is the same.
 */
export function changesBetween(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path = '',
): HistoryChange[] {
  return fieldsOf(before, after).flatMap(name => {
    const field = path + name;
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was ?? null) === JSON.stringify(is ?? null)) {
      return [];
    }
    return isGroup(was) && isGroup(is)
      ? changesBetween(was, is, `${field}.`)
      : [changeOf(field, was, is)];
  });
}
