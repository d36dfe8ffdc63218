import Tooltip from '@material-ui/core/Tooltip';
import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import { DateTime } from 'luxon';

const MINUTE_MS = 60_000;
/** Up to here days are counted: a key of 90 days does not end “in 2 months”. */
const IN_DAYS_MS = 100 * 24 * 60 * MINUTE_MS;

/** What is left of 7 days a moment after they began is 7 days, not 6. */
function labelOf(time: DateTime): string | null {
  const left = time.toMillis() - Date.now();
  return time.toRelative({
    padding: left > MINUTE_MS ? MINUTE_MS : 0,
    unit:
      Math.abs(left) < IN_DAYS_MS
        ? ['days', 'hours', 'minutes', 'seconds']
        : ['years', 'months'],
  });
}

/** A time seen from now, with the absolute one on hover. */
export function RelativeTime({ at }: { at: IsoDateTime }) {
  const time = DateTime.fromISO(at);
  if (!time.isValid) {
    return <span>{at}</span>;
  }
  return (
    <Tooltip title={time.toLocaleString(DateTime.DATETIME_FULL)}>
      <time dateTime={at}>{labelOf(time)}</time>
    </Tooltip>
  );
}
