import { useT } from '../../../hooks/useT';
import { RelativeTime, StatusText } from '../../shared';
import { SYNC_TONES, type SyncSummary } from './providerLabels';

/** How a synchronisation stands, and since when. */
export function SyncText({ run }: { run?: SyncSummary }) {
  const t = useT();
  if (!run) {
    return <>{t('adminProviders.sync.never')}</>;
  }
  return (
    <>
      <StatusText tone={SYNC_TONES[run.status]}>
        {run.status === 'failed' && run.message
          ? t('adminProviders.sync.failedWith', { message: run.message })
          : t(`adminProviders.sync.${run.status}`)}
      </StatusText>{' '}
      <RelativeTime at={run.finishedAt ?? run.startedAt ?? run.createdAt} />
    </>
  );
}
