import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { refName } from '../../../hooks/refName';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog, ErrorState, StatusText } from '../../shared';
import { useKindName } from './useKindName';

function Entities({ refs }: { refs: EntityRef[] }) {
  const t = useT();
  const kindName = useKindName();
  return (
    <Typography
      component="ul"
      variant="body2"
      style={{ overflowWrap: 'anywhere' }}
      aria-label={t('adminCleanUp.removals.list')}
    >
      {refs.map(ref => (
        <li key={ref}>
          {kindName(ref.split(':')[0])} {refName(ref)}
        </li>
      ))}
    </Typography>
  );
}

/**
 * Entities that the catalog keeps though the portal has no record of them: a person has to say that they are to go.
 * Nothing where there are none.
 */
export function CatalogRemovals() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [asked, setAsked] = useState<EntityRef[]>();
  const removals = useResource('catalog removals', signal =>
    api.listCatalogRemovals({ signal }),
  );
  useRefreshSignal(removals.reloadSoon);

  if (!removals.value) {
    return removals.error ? (
      <ErrorState
        title={t('adminCleanUp.removals.loadingFailed')}
        error={removals.error}
        onRetry={removals.reload}
      />
    ) : null;
  }
  const refs = removals.value.items.map(({ ref }) => ref);
  if (refs.length === 0) {
    return null;
  }
  return (
    <Paper variant="outlined">
      <Box p={2} mb={2}>
        <Typography variant="subtitle1" component="h2">
          <StatusText tone="warning">
            {t('adminCleanUp.removals.title', { count: refs.length })}
          </StatusText>
        </Typography>
        <Typography variant="body2" paragraph>
          {t('adminCleanUp.removals.explain')}
        </Typography>
        <Button variant="outlined" onClick={() => setAsked(refs)}>
          {t('adminCleanUp.removals.ask')}
        </Button>
      </Box>
      {asked && (
        <ConfirmDialog
          title={t('adminCleanUp.removals.dialogTitle')}
          confirm={t('adminCleanUp.removals.confirm')}
          busy={t('adminCleanUp.removals.confirming')}
          cancel={t('adminCleanUp.removals.cancel')}
          failed={t('adminCleanUp.removals.failed')}
          onConfirm={async () => {
            await api.confirmCatalogRemovals(asked);
            setAsked(undefined);
            removals.reload();
          }}
          onClose={() => setAsked(undefined)}
        >
          <DialogContentText>
            {t('adminCleanUp.removals.dialogExplain')}
          </DialogContentText>
          <Entities refs={asked} />
        </ConfirmDialog>
      )}
    </Paper>
  );
}
