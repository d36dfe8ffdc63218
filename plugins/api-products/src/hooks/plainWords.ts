/** The backend's sentences as people read them: names for references, times seen from now, no ids. */
import { DateTime } from 'luxon';
import { refName } from './refName';

const REFERENCE =
  /\b(?:user|group|apiproduct|apiplan|apicatalogue|component|api|system):[a-z0-9_.-]+\/[a-z0-9_.-]*[a-z0-9]/gi;
/** With the word before it, which a relative time has no room for. */
const INSTANT =
  /\b(?:(at|on|until) )?(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))/g;
/** With what leads up to it: `…: 0b1c…`, `… (0b1c…)`. */
const ID =
  /(?:[:,]?\s*\(?)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b\)?/gi;

function seenFromNow(_: string, before: string | undefined, instant: string) {
  const time = DateTime.fromISO(instant);
  return before === 'until'
    ? `until ${time.toLocaleString(DateTime.DATETIME_MED)}`
    : time.toRelative() ?? instant;
}

export const plainWords = (sentence: string): string =>
  sentence
    .replace(ID, '')
    .replace(INSTANT, seenFromNow)
    .replace(REFERENCE, ref => refName(ref));
