/** How long an old key goes on, as people choose it. Pure, so that it is tested without a page. */
import type { IsoDuration } from 'backstage-plugin-api-products-common';

export const OTHER = 'other';
const AT_ONCE = 'PT0S';
const DAY = 'P1D';
const WEEK = 'P7D';
const MOST_DAYS = 90;

export interface Overlap {
  /** One of the durations, or `other`. */
  choice: string;
  /** As it was typed, for `other`. */
  days: string;
}

/** Two ways to write one day are one choice. */
const same = (duration: IsoDuration): IsoDuration =>
  duration === 'PT24H' ? DAY : duration;

/** What can be chosen for a rotation, with what the plan says among it. */
export function rotationChoices(
  ofPlan: IsoDuration | undefined,
): IsoDuration[] {
  const usual = [AT_ONCE, DAY, WEEK];
  const own = ofPlan === undefined ? DAY : same(ofPlan);
  return usual.includes(own) ? usual : [...usual, own];
}

export const extensionChoices: IsoDuration[] = [DAY, WEEK];

/** To begin with. */
export const chosen = (duration: IsoDuration = DAY): Overlap => ({
  choice: same(duration),
  days: '',
});

export function daysOf({ days }: Overlap): number | undefined {
  const count = Number(days);
  return /^\d+$/.test(days) && count >= 1 && count <= MOST_DAYS
    ? count
    : undefined;
}

/** As the server wants it; undefined while it is not filled in. */
export function durationOf(overlap: Overlap): IsoDuration | undefined {
  if (overlap.choice !== OTHER) {
    return overlap.choice;
  }
  const days = daysOf(overlap);
  return days === undefined ? undefined : `P${days}D`;
}
