import { useEffect, useState } from 'react';
import Tooltip from '@material-ui/core/Tooltip';
import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import { DateTime } from 'luxon';
import { useT } from '../../hooks/useT';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** As often as what it says can change. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(ticking);
  }, []);
  return now;
}

/** A day to come and how long that is, as people count: what is left of 7 days a moment after they began is 7 days. */
export function TimeLeft({ at }: { at: IsoDateTime }) {
  const t = useT();
  const now = useNow();
  const time = DateTime.fromISO(at);
  const left = time.toMillis() - now;
  const rounded = (unit: number) => Math.floor((left + MINUTE_MS) / unit);
  const words = () => {
    if (left <= 0) return t('shared.left.over');
    if (rounded(DAY_MS) > 0) {
      return t('shared.left.days', { count: rounded(DAY_MS) });
    }
    return rounded(HOUR_MS) > 0
      ? t('shared.left.hours', { count: rounded(HOUR_MS) })
      : t('shared.left.minutes', { count: rounded(MINUTE_MS) });
  };
  const isFar = Math.abs(left) > 300 * DAY_MS;
  return (
    <Tooltip title={time.toLocaleString(DateTime.DATETIME_FULL)}>
      <time dateTime={at}>
        {time.toFormat(isFar ? 'd LLL yyyy' : 'd LLL')} ({words()})
      </time>
    </Tooltip>
  );
}
