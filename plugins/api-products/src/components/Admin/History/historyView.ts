/** What of the history somebody looks at stands in the address. Pure, so that it is tested without a page. */
import type { HistoryFilter } from '../../History/HistoryList';

const PARTS = ['person', 'product', 'from', 'to', 'subject'] as const;

export type HistoryPart = (typeof PARTS)[number];

export type HistoryView = Partial<Record<HistoryPart | 'cursor', string>>;

export const readHistoryView = (params: URLSearchParams): HistoryView =>
  Object.fromEntries(
    [...PARTS, 'cursor'].flatMap(name => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  );

/** Another filter begins on the first page. */
export function withHistoryPart(
  params: URLSearchParams,
  part: HistoryPart | 'cursor',
  value: string | undefined,
): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('cursor');
  if (value) {
    next.set(part, value);
  } else {
    next.delete(part);
  }
  return next;
}

/** The beginning of a day, so many days later, where the reader is; undefined for what is no day. */
function dayBegins(day: string, later = 0): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  const begins = new Date(
    Number(year),
    Number(month) - 1,
    Number(date) + later,
  );
  return Number.isNaN(begins.getTime()) ? undefined : begins.toISOString();
}

/** Both days are part of it. */
export function historyFilter(view: HistoryView): HistoryFilter {
  const from = view.from === undefined ? undefined : dayBegins(view.from);
  const to = view.to === undefined ? undefined : dayBegins(view.to, 1);
  return {
    ...(view.person && { actor: view.person }),
    ...(view.product && { product: view.product }),
    ...(view.subject && { subject: view.subject }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

export const isSearching = (view: HistoryView): boolean =>
  PARTS.some(part => view[part] !== undefined);
