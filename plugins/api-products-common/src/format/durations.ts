import { Duration } from 'luxon';
import type { IsoDuration } from '../model';
import { formatNumber } from './numbers';

const UNITS = [
  ['years', 'year'],
  ['months', 'month'],
  ['weeks', 'week'],
  ['days', 'day'],
  ['hours', 'hour'],
  ['minutes', 'minute'],
  ['seconds', 'second'],
] as const;

/** One part of a duration: how many of which unit. */
interface DurationPart {
  count: number;
  unit: (typeof UNITS)[number][1];
}

/**
 * The parts of a duration that are not zero. Whole years of 365 days count as years, because that is what people mean
 * who write `P365D`.
 */
export function durationParts(duration: IsoDuration): DurationPart[] {
  const parsed = Duration.fromISO(duration);
  if (!parsed.isValid) {
    return [];
  }
  const parts = UNITS.map(([plural, unit]) => ({
    count: parsed.get(plural),
    unit,
  })).filter(part => part.count !== 0);
  const [only] = parts;
  if (parts.length === 1 && only.unit === 'day' && only.count % 365 === 0) {
    return [{ count: only.count / 365, unit: 'year' }];
  }
  return parts;
}

/**
 * A duration as people say it: `90 days`, `1 year`, `1 year 6 months`. What is not a duration is given back as it is.
 *
 * @public
 */
export function formatDuration(duration: IsoDuration): string {
  return (
    durationParts(duration)
      .map(
        ({ count, unit }) =>
          `${formatNumber(count)} ${unit}${count === 1 ? '' : 's'}`,
      )
      .join(' ') || duration
  );
}

/** How long a key lives: a duration, or `forever`. @public */
export function formatKeyLifetime(keyLifetime: IsoDuration | 'never'): string {
  return keyLifetime === 'never' ? 'forever' : formatDuration(keyLifetime);
}
