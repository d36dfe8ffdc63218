const DAY_MS = 86_400_000;

/** Milliseconds since the epoch; the end is not included. */
interface Period {
  start: number;
  end: number;
}

/** Midnight (UTC) of a day; `undefined` for what is no date, such as the 31st of February. */
function midnight(parts: string[]): number | undefined {
  if (!parts.every(part => /^\d{1,4}$/.test(part))) return undefined;
  const [day, month, year] = parts.map(Number);
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const exists = date.getUTCDate() === day && date.getUTCMonth() === month - 1;
  return exists ? time : undefined;
}

/**
 * Reads `d/m/Y/d/m/Y`: the day first, with or without leading zeros, the last day included.
 *
 * @returns `undefined` for what is no period
 */
export function readPeriod(parts: string[]): Period | undefined {
  const first = midnight(parts.slice(0, 3));
  const last = midnight(parts.slice(3, 6));
  return first === undefined || last === undefined
    ? undefined
    : { start: first, end: last + DAY_MS };
}
