import { useState } from 'react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import Typography from '@material-ui/core/Typography';
import type {
  Credential,
  Id,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime } from '../shared';
import { IssueDialog } from './IssueKey';

function Why({ credential }: { credential?: Credential }) {
  const t = useT();
  if (credential?.status === 'revoking' || credential?.status === 'revoked') {
    return <>{t('myAccess.reveal.goneRevoked')}</>;
  }
  if (!credential?.revealed) {
    return <>{t('myAccess.reveal.gonePlain')}</>;
  }
  const { by, at } = credential.revealed;
  return (
    <>
      {t('myAccess.reveal.goneBy', { person: <EntityName entityRef={by} /> })}{' '}
      <RelativeTime at={at} />
    </>
  );
}

/** The secret was shown before, or is gone: why, and what to do if it is lost. */
export function RevealGone(props: {
  /** As it is now, as far as that could be read. */
  subscription: Subscription;
  credential: Id;
  onClose: () => void;
  onReplaced: (what: string) => void;
}) {
  const { subscription, credential, onClose, onReplaced } = props;
  const t = useT();
  const [asking, setAsking] = useState(false);
  const mayIssue = subscription.actions.includes('issue-credential');

  return (
    <>
      <DialogContent>
        <Typography variant="subtitle1" component="p" role="alert">
          <strong>{t('myAccess.reveal.goneTitle')}</strong>
        </Typography>
        <DialogContentText component="p">
          <Why
            credential={subscription.credentials.find(
              ({ id }) => id === credential,
            )}
          />
        </DialogContentText>
        {mayIssue && (
          <DialogContentText>{t('myAccess.reveal.lost')}</DialogContentText>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('myAccess.reveal.close')}</Button>
        {mayIssue && (
          <Button
            color="primary"
            variant="contained"
            onClick={() => setAsking(true)}
          >
            {t('myAccess.reveal.replace')}
          </Button>
        )}
      </DialogActions>
      {asking && (
        <IssueDialog
          subscription={subscription}
          lost={credential}
          onClose={() => setAsking(false)}
          onStarted={onReplaced}
        />
      )}
    </>
  );
}
