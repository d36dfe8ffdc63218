import { Duration } from 'luxon';
import type { IsoDuration } from '../model';
import { countOf } from './numbers';

const UNITS = [
  ['years', 'year'],
  ['months', 'month'],
  ['weeks', 'week'],
  ['days', 'day'],
  ['hours', 'hour'],
  ['minutes', 'minute'],
  ['seconds', 'second'],
] as const;

/**
 * An ISO 8601 duration in words: `90 days`, `24 hours`, `1 year`, `1 day 12 hours`. It is read as it is written: 24
 * hours are not a day; only 365 days are called a year. What is no duration is shown as it is.
 *
 * @public
 */
export function formatDuration(duration: IsoDuration): string {
  if (duration === 'P365D') {
    return '1 year';
  }
  const parsed = Duration.fromISO(duration);
  const words = UNITS.flatMap(([unit, noun]) => {
    const count = parsed.get(unit);
    return count > 0 ? [countOf(count, noun)] : [];
  });
  return words.length > 0 ? words.join(' ') : duration;
}

/** How long a key lives: `forever`, `90 days`, `1 year`. @public */
export function formatKeyLifetime(lifetime: IsoDuration | 'never'): string {
  return lifetime === 'never' ? 'forever' : formatDuration(lifetime);
}
