import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useApi } from '@backstage/core-plugin-api';
import type { Credential } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { Problem } from '../shared';
import { useT } from '../../hooks/useT';

/** Says what a revocation does before it is begun. */
export function RevokeDialog(props: {
  credential: Credential;
  onClose: () => void;
  onStarted: () => void;
}) {
  const { credential, onClose, onStarted } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const { run, busy, error } = useAction(async () => {
    await api.revokeCredential(credential.id);
    onStarted();
  });
  return (
    <Dialog
      open
      fullWidth
      maxWidth="xs"
      aria-labelledby="revoke-dialog-title"
      onClose={busy ? undefined : onClose}
    >
      <DialogTitle id="revoke-dialog-title">
        {t('myAccess.revoke.title', { name: credential.name })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText>{t('myAccess.revoke.explain')}</DialogContentText>
        <DialogContentText>
          {t('myAccess.revoke.confirmExplain')}
        </DialogContentText>
        <Problem title={t('myAccess.revoke.failed')} error={error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('myAccess.revoke.cancel')}
        </Button>
        <Button
          color="primary"
          variant="contained"
          disabled={busy}
          onClick={run}
        >
          {t(busy ? 'myAccess.revoke.busy' : 'myAccess.revoke.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
