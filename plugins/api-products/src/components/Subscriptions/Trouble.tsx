import Typography from '@material-ui/core/Typography';
import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { RelativeTime } from '../shared';

/** What the provider said last, and when it is asked again, while something is not yet as it should be. */
export function Trouble(props: {
  lastError?: string;
  nextTryAt?: IsoDateTime;
}) {
  const { lastError, nextTryAt } = props;
  const t = useT();
  if (!lastError) {
    return null;
  }
  return (
    <Typography variant="body2" color="error">
      {t('myAccess.provisioning.lastError', { message: lastError })}
      {nextTryAt && (
        <>
          {' · '}
          {t('myAccess.provisioning.nextTry')} <RelativeTime at={nextTryAt} />
        </>
      )}
    </Typography>
  );
}
