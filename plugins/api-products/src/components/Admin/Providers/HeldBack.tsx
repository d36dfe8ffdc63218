import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import type { SyncRun } from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog, StatusText } from '../../shared';
import { SyncItems } from './SyncItems';

/** Too much was gone at once: a person has to say that it really is. */
export function HeldBack(props: {
  run: SyncRun;
  /** Synchronises again, hiding what is gone. */
  onConfirm: () => Promise<void>;
}) {
  const { run, onConfirm } = props;
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <Paper variant="outlined">
      <Box p={2} mb={2}>
        <Typography variant="subtitle1" component="h4">
          <StatusText tone="warning">
            {t('adminProviders.synchronisation.heldBack.title')}
          </StatusText>
        </Typography>
        {run.message && <Typography variant="body2">{run.message}</Typography>}
        <Typography variant="body2" paragraph>
          {t('adminProviders.synchronisation.heldBack.explain')}
        </Typography>
        <Button variant="outlined" onClick={() => setAsking(true)}>
          {t('adminProviders.synchronisation.heldBack.confirm')}
        </Button>
      </Box>
      {asking && (
        <ConfirmDialog
          title={t('adminProviders.synchronisation.heldBack.dialogTitle')}
          confirm={t('adminProviders.synchronisation.heldBack.hide')}
          busy={t('adminProviders.synchronisation.heldBack.hiding')}
          cancel={t('adminProviders.synchronisation.heldBack.cancel')}
          failed={t('adminProviders.synchronisation.heldBack.failed')}
          onConfirm={async () => {
            await onConfirm();
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        >
          <DialogContentText>
            {t('adminProviders.synchronisation.heldBack.dialogExplain')}
          </DialogContentText>
          <SyncItems
            items={run.items.filter(({ outcome }) => outcome === 'held-back')}
          />
        </ConfirmDialog>
      )}
    </Paper>
  );
}
