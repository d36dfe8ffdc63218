/** Synchronise now, how far it has come, and what the last ones did. */
import { useEffect, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { Id } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useAction } from '../../../hooks/useAction';
import { useLatest } from '../../../hooks/useLatest';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton, Problem } from '../../shared';
import { HeldBack } from './HeldBack';
import { isLive } from './providerLabels';
import { SyncProgress } from './SyncProgress';
import { SyncRunRow } from './SyncRunRow';

const LIVE_POLL_MS = 1_000;
const SHOWN = 20;

export function Synchronisation(props: { id: Id; onChanged: () => void }) {
  const { id, onChanged } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  /** The synchronisation that was begun here: its result is said. */
  const [begun, setBegun] = useState<Id>();
  const runs = useResource(
    `sync-runs ${id}`,
    signal => api.listSyncRuns(id, { limit: SHOWN }, { signal }),
    { pollMs: ({ items }) => (items.some(isLive) ? LIVE_POLL_MS : undefined) },
  );
  useRefreshSignal(runs.reloadSoon);
  const begin = async (confirmDrop: boolean) => {
    const { run } = await api.syncProvider(
      id,
      confirmDrop ? { confirmDrop } : {},
    );
    setBegun(run.id);
    runs.reload();
  };
  const now = useAction(() => begin(false));

  const items = runs.value?.items ?? [];
  const [latest] = items;
  const live = latest && isLive(latest) ? latest : undefined;
  const result = items.find(run => run.id === begun && !isLive(run));
  const resultId = result?.id;
  const changed = useLatest(onChanged);
  useEffect(() => {
    if (resultId) {
      changed.current();
    }
  }, [resultId, changed]);

  return (
    <Box maxWidth={1000}>
      <Typography variant="body2" paragraph>
        {t('adminProviders.synchronisation.explain')}
      </Typography>
      <Button
        color="primary"
        variant="contained"
        disabled={now.busy || live !== undefined}
        onClick={now.run}
      >
        {t(
          now.busy
            ? 'adminProviders.synchronisation.starting'
            : 'adminProviders.synchronisation.now',
        )}
      </Button>
      <Problem
        title={t('adminProviders.synchronisation.startFailed')}
        error={now.error}
      />
      <SyncProgress live={live} result={result} />
      {latest?.status === 'held-back' && (
        <HeldBack run={latest} onConfirm={() => begin(true)} />
      )}
      <Typography variant="h6" component="h3" gutterBottom>
        {t('adminProviders.synchronisation.runs')}
      </Typography>
      {!runs.value && runs.error && (
        <ErrorState
          title={t('adminProviders.synchronisation.loadFailed')}
          error={runs.error}
          onRetry={runs.reload}
        />
      )}
      {!runs.value && !runs.error && (
        <LoadingSkeleton label={t('adminProviders.synchronisation.loading')} />
      )}
      {runs.value && items.length === 0 && (
        <EmptyState
          title={t('adminProviders.synchronisation.emptyTitle')}
          description={t('adminProviders.synchronisation.emptyDescription')}
        />
      )}
      {items.map(run => (
        <SyncRunRow key={run.id} run={run} />
      ))}
    </Box>
  );
}
