import { useEffect, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import Typography from '@material-ui/core/Typography';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { LinkButton } from '../backstage';
import type { Resource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { Problem } from '../shared';
import { useRoute } from '../../hooks/useRoute';
import { myAccessRouteRef } from '../../routes';

/** After this, people are told that they need not wait. */
const SLOW_MS = 15_000;

/** Waits for the key. It may be closed at any time: the key will be found in My access. */
export function IssuingKey(props: {
  subscription: Resource<Subscription>;
  onClose: () => void;
}) {
  const { subscription, onClose } = props;
  const { value, error, reload } = subscription;
  const t = useT();
  const myAccess = useRoute(myAccessRouteRef);
  const waiting = !value || value.status === 'provisioning';

  return (
    <>
      <DialogContent>
        {waiting ? (
          <Waiting subscription={value} />
        ) : (
          <Typography role="alert">
            <Ending subscription={value} />
          </Typography>
        )}
        <Problem
          title={t('requestAccess.lookFailed')}
          error={error}
          background
        />
      </DialogContent>
      <DialogActions>
        {error && (
          <Button color="primary" onClick={reload}>
            {t('shared.retry')}
          </Button>
        )}
        <Button onClick={onClose}>{t('requestAccess.close')}</Button>
        {!waiting && (
          <LinkButton
            to={
              myAccess &&
              `${myAccess()}?subscription=${encodeURIComponent(value.id)}`
            }
            color="primary"
          >
            {t('requestAccess.myAccess')}
          </LinkButton>
        )}
      </DialogActions>
    </>
  );
}

function Waiting({ subscription }: { subscription?: Subscription }) {
  const t = useT();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Box display="flex" alignItems="center" gridGap={16} mb={1} role="status">
        <CircularProgress size={24} aria-hidden />
        <Typography>{t('requestAccess.issuing')}</Typography>
      </Box>
      {subscription?.lastError && (
        <DialogContentText>
          {t('myAccess.provisioning.lastError', {
            message: subscription.lastError,
          })}
        </DialogContentText>
      )}
      {slow && (
        <DialogContentText>{t('requestAccess.issuingSlow')}</DialogContentText>
      )}
    </>
  );
}

function Ending({ subscription }: { subscription: Subscription }) {
  const t = useT();
  if (subscription.status !== 'failed') {
    return <>{t('requestAccess.elsewhere')}</>;
  }
  return (
    <>
      {subscription.lastError
        ? t('requestAccess.issuingFailed', { message: subscription.lastError })
        : t('requestAccess.issuingFailedPlain')}
    </>
  );
}
