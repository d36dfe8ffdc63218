/** What the clock does to a key: people are told before it ends, and then it ends. */
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { enqueue, type NewJob } from '../jobs/JobQueue';
import { OWN_LANE } from '../jobs/lanes';
import { credentialSubject, LIVE_KEYS } from './deps';

const DAY_MS = 24 * 60 * 60_000;

/** So many days before a key ends its people are told, each time once. */
const WARNING_DAYS = [30, 7, 1] as const;

type Dated = Pick<
  CredentialRow,
  'status' | 'expires_at' | 'created_at' | 'warned_days' | 'cut_off_at'
>;

/** Those that make sense for a key that lives so long. */
function warningsOf({ expires_at, created_at }: Dated): number[] {
  if (expires_at === null) {
    return [];
  }
  const lifetime = Date.parse(expires_at) - Date.parse(created_at);
  return WARNING_DAYS.filter(days => days * DAY_MS < lifetime);
}

/** Days of the warning that is to be given now; of several that are late, the most urgent one. */
export function dueWarning(key: Dated, now: number): number | undefined {
  if (key.status !== 'active' || key.expires_at === null) {
    return undefined;
  }
  const left = Date.parse(key.expires_at) - now;
  const due = warningsOf(key).filter(days => left <= days * DAY_MS);
  const days = Math.min(...due);
  const isNews = key.warned_days === null || days < key.warned_days;
  return left > 0 && due.length > 0 && isNews ? days : undefined;
}

const isPast = (date: string | null, now: number): boolean =>
  date !== null && Date.parse(date) <= now;

/** Its time is over by the portal's clock; the gateway's may say something else. */
export const hasEnded = (
  { status, expires_at }: Pick<CredentialRow, 'status' | 'expires_at'>,
  now: number,
): boolean => LIVE_KEYS.includes(status) && isPast(expires_at, now);

/** The time that it had beside the one that has taken its place is over. */
export const isToBeCutOff = (
  { status, cut_off_at }: Pick<CredentialRow, 'status' | 'cut_off_at'>,
  now: number,
): boolean => status === 'superseded' && isPast(cut_off_at, now);

/** When the clock next does something to the key; undefined if never. */
export function nextDate(key: Dated, now: number): number | undefined {
  const ends = [key.expires_at, key.cut_off_at].filter(date => date !== null);
  if (!LIVE_KEYS.includes(key.status) || ends.length === 0) {
    return undefined;
  }
  const end = Math.min(...ends.map(date => Date.parse(date)));
  const warnings =
    key.status === 'active'
      ? warningsOf(key).map(days => end - days * DAY_MS)
      : [];
  const dates = [...warnings, end].filter(date => date > now);
  return dates.length > 0 ? Math.min(...dates) : end;
}

/** For a key whose dates are new; none where it has none. */
export function watchJobs(
  key: Dated & Pick<CredentialRow, 'id'>,
  now: number,
): NewJob[] {
  const runAt = nextDate(key, now);
  return runAt === undefined
    ? []
    : [
        {
          kind: 'watch-credential',
          subject: credentialSubject(key.id),
          lane: OWN_LANE,
          runAt,
        },
      ];
}

/** Sees to it that somebody looks at the key when its next date comes, after its dates have changed. */
export async function enqueueWatch(
  tx: Knex.Transaction,
  clock: Clock,
  key: Dated & Pick<CredentialRow, 'id'>,
): Promise<void> {
  for (const job of watchJobs(key, clock.now())) {
    await enqueue(tx, clock, job);
  }
}
