import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { refName } from '../../../hooks/refName';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { ConfirmDialog, ErrorState, StatusText } from '../../shared';

/** One of our kinds in a word; anything else would be a mistake of the backend's, and is named as it is. */
function useKindName(): (ref: EntityRef) => string {
  const t = useT();
  return ref => {
    const { kind } = parseEntityRef(ref);
    switch (kind) {
      case 'apiproduct':
        return t('adminProviders.removals.product');
      case 'apiplan':
        return t('adminProviders.removals.plan');
      case 'apicatalogue':
        return t('adminProviders.removals.catalogue');
      default:
        return kind;
    }
  };
}

function Entities({ refs }: { refs: EntityRef[] }) {
  const t = useT();
  const kindName = useKindName();
  return (
    <Typography
      component="ul"
      variant="body2"
      style={{ overflowWrap: 'anywhere' }}
      aria-label={t('adminProviders.removals.list')}
    >
      {refs.map(ref => (
        <li key={ref}>
          {kindName(ref)} {refName(ref)}
        </li>
      ))}
    </Typography>
  );
}

/**
 * Entities that the catalog keeps though the portal has no record of them: a person has to say that they are to go.
 * Nothing where there are none.
 * @internal
 */
export function CatalogRemovals() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [asked, setAsked] = useState<EntityRef[]>();
  const removals = useResource('catalog removals', signal =>
    api.listCatalogRemovals({ signal }),
  );
  useRefreshSignal(removals.reload);

  if (!removals.value) {
    return removals.error ? (
      <ErrorState
        title={t('adminProviders.removals.loadingFailed')}
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
            {t('adminProviders.removals.title', { count: refs.length })}
          </StatusText>
        </Typography>
        <Typography variant="body2" paragraph>
          {t('adminProviders.removals.explain')}
        </Typography>
        <Button variant="outlined" onClick={() => setAsked(refs)}>
          {t('adminProviders.removals.ask')}
        </Button>
      </Box>
      {asked && (
        <ConfirmDialog
          title={t('adminProviders.removals.dialogTitle')}
          confirm={t('adminProviders.removals.confirm')}
          busy={t('adminProviders.removals.confirming')}
          cancel={t('adminProviders.removals.cancel')}
          failed={t('adminProviders.removals.failed')}
          onConfirm={async () => {
            await api.confirmCatalogRemovals(asked);
            setAsked(undefined);
            removals.reload();
          }}
          onClose={() => setAsked(undefined)}
        >
          <DialogContentText>
            {t('adminProviders.removals.dialogExplain')}
          </DialogContentText>
          <Entities refs={asked} />
        </ConfirmDialog>
      )}
    </Paper>
  );
}
