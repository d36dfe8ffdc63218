/** Days as the portal writes them, `YYYY-MM-DD` in UTC, and as paths of a Dashboard do: the day first. */

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Undefined for what is no day, such as the 31st of February. */
export function pathOfDay(day: string): string[] | undefined {
  const [, year, month, date] = (DAY.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) {
    return undefined;
  }
  const time = new Date(Date.UTC(year, month - 1, date));
  const exists = time.getUTCMonth() === month - 1 && time.getUTCDate() === date;
  return exists ? [date, month, year].map(String) : undefined;
}

/** @param time - milliseconds since the epoch */
export function pathOfTime(time: number): string[] {
  const date = new Date(time);
  return [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()].map(
    String,
  );
}

/** @param time - milliseconds since the epoch */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Undefined where a row of a Dashboard names no day. */
export function dayOfRow(row: {
  year: number;
  month: number;
  day: number;
}): string | undefined {
  const two = (number: number) => String(number).padStart(2, '0');
  const text = `${row.year}-${two(row.month)}-${two(row.day)}`;
  return pathOfDay(text) && text;
}
