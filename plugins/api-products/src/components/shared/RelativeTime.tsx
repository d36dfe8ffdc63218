import Tooltip from '@material-ui/core/Tooltip';
import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import { DateTime } from 'luxon';

/** A time seen from now, with the absolute one on hover. @internal */
export function RelativeTime({ at }: { at: IsoDateTime }) {
  const time = DateTime.fromISO(at);
  if (!time.isValid) {
    return <span>{at}</span>;
  }
  return (
    <Tooltip title={time.toLocaleString(DateTime.DATETIME_FULL)}>
      <time dateTime={at}>{time.toRelative()}</time>
    </Tooltip>
  );
}
