/** What a rotation is, from the rows: which keys belong together, how long both work, and what can be done now. */
import { InputError } from '@backstage/errors';
import type {
  CredentialAction,
  Id,
} from 'backstage-plugin-api-products-common';
import { DateTime, Duration } from 'luxon';
import { toIso } from '../lib/clock';
import { refused } from '../lib/errors';
import { isTrue, type CredentialRow } from '../lib/rows';
import { hasEnded, isToBeCutOff } from './dates';

/** Two keys for one consumer are for the change, not for ever. */
const LONGEST_OVERLAP = 'P90D';

type Rotated = Pick<
  CredentialRow,
  'id' | 'status' | 'replaces' | 'expires_at' | 'cut_off_at' | 'extended'
>;

const later = (time: number, overlap: string): number =>
  DateTime.fromMillis(time, { zone: 'utc' })
    .plus(Duration.fromISO(overlap))
    .toMillis();

/** A time as people read it: in UTC, to the minute. */
export const inWords = (at: string): string =>
  `${at.slice(0, 16).replace('T', ' ')} UTC`;

/** Also not a time that no calendar has. */
const isShort = (time: number, now: number): boolean =>
  time <= later(now, LONGEST_OVERLAP);

/** @throws InputError naming `overlap` */
function refuseOverlap(message: string): never {
  throw refused(new InputError(`overlap: ${message}`), 'invalid', {
    field: 'overlap',
  });
}

/**
 * How long the old key is to go on.
 *
 * @param wanted - absent: as the plan says, as far as that is allowed
 * @throws InputError naming `overlap`
 */
export function overlapFor(
  wanted: string | undefined,
  ofPlan: string,
  now: number,
): string {
  if (wanted === undefined) {
    return isShort(later(now, ofPlan), now) ? ofPlan : LONGEST_OVERLAP;
  }
  return isShort(later(now, wanted), now)
    ? wanted
    : refuseOverlap(`must be at most ${LONGEST_OVERLAP}`);
}

/** When the old key is cut off, which is never after its own end. */
export function cutOffAfter(
  overlap: string,
  { expires_at }: Pick<CredentialRow, 'expires_at'>,
  now: number,
): string {
  const end = toIso(later(now, overlap));
  return expires_at !== null && expires_at < end ? expires_at : end;
}

/**
 * When it is cut off instead.
 *
 * @throws InputError naming `until` or `overlap`
 */
export function extendedCutOff(
  { cut_off_at, expires_at }: { cut_off_at: string; expires_at: string | null },
  wanted: { until?: string; overlap?: string },
  now: number,
): string {
  if ((wanted.until === undefined) === (wanted.overlap === undefined)) {
    return refuseOverlap('must be given, or `until`, and not both');
  }
  const field = wanted.until === undefined ? 'overlap' : 'until';
  const until =
    wanted.overlap === undefined
      ? Date.parse(wanted.until ?? '')
      : later(Date.parse(cut_off_at), wanted.overlap);
  const refuse = (message: string): never => {
    throw refused(new InputError(`${field}: ${message}`), 'invalid', { field });
  };
  if (!isShort(until, now)) {
    refuse(`must be at most ${LONGEST_OVERLAP} from now`);
  }
  const end = toIso(until);
  const last = expires_at !== null && expires_at < end ? expires_at : end;
  return last > cut_off_at
    ? last
    : refuse(
        `must be later than ${inWords(
          cut_off_at,
        )}, and no later than the key ends by itself`,
      );
}

/** Of a key, the one that takes, or is to take, its place: the last one that was made for that. */
export const successorOf = <T extends Pick<CredentialRow, 'replaces'>>(
  id: Id,
  oldestFirst: readonly T[],
): T | undefined =>
  oldestFirst.filter(({ replaces }) => replaces === id).at(-1);

const OVER: CredentialRow['status'][] = ['revoked', 'expired'];
const GIVEN_UP: CredentialRow['status'][] = ['revoking', ...OVER];

/** Not one that was given up while the key itself went on. */
export function shownSuccessorOf<T extends Rotated>(
  key: T,
  all: readonly T[],
): T | undefined {
  const successor = successorOf(key.id, all);
  return successor &&
    (key.cut_off_at !== null || !GIVEN_UP.includes(successor.status))
    ? successor
    : undefined;
}

/**
 * The other key of the same rotation that is not over: as long as there is one, a third would be one too many. A
 * successor that could not be made is no such key, it is made again.
 */
export const partnerOf = <T extends Rotated>(
  key: Rotated,
  all: readonly T[],
): T | undefined =>
  all.find(
    other =>
      !OVER.includes(other.status) &&
      (other.id === key.replaces ||
        (other.replaces === key.id && other.status !== 'failed')),
  );

/** Both of a rotation take one place of those that the plan gives, until the old one is cut off. */
export const placesTaken = (
  live: readonly Pick<CredentialRow, 'id' | 'replaces'>[],
): number =>
  live.filter(({ replaces }) => !live.some(({ id }) => id === replaces)).length;

/** Of a key whose consumer is asking, and that the gateway accepts. */
export function rotationActions(
  key: Rotated,
  all: readonly Rotated[],
  { now, takesKeys }: { now: number; takesKeys: boolean },
): CredentialAction[] {
  if (hasEnded(key, now) || isToBeCutOff(key, now)) {
    return [];
  }
  if (key.status === 'superseded') {
    return isTrue(key.extended)
      ? ['cut-off', 'cancel-rotation']
      : ['cut-off', 'extend', 'cancel-rotation'];
  }
  return key.status === 'active' && takesKeys && !partnerOf(key, all)
    ? ['rotate']
    : [];
}
