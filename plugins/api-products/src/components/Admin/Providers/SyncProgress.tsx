import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import {
  formatNumber,
  type SyncRun,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import type { SyncSummary } from './providerLabels';
import { useCountsText } from './useCountsText';

/** How far a synchronisation has come, and how the one that was begun here ended. */
export function SyncProgress(props: { live?: SyncRun; result?: SyncRun }) {
  const { live, result } = props;
  const t = useT();
  const countsText = useCountsText();

  const resultText = (run: SyncSummary): string => {
    if (run.status === 'failed') {
      return t('adminProviders.synchronisation.resultFailed', {
        message: run.message ?? '',
      });
    }
    return run.status === 'held-back'
      ? t('adminProviders.synchronisation.resultHeldBack')
      : t('adminProviders.synchronisation.result', { counts: countsText(run) });
  };
  const liveText = ({ status, progress }: SyncRun): string => {
    if (status === 'queued') {
      return t('adminProviders.synchronisation.queued');
    }
    return progress && progress.total > 0
      ? t('adminProviders.synchronisation.lookedAt', {
          done: formatNumber(progress.done),
          total: formatNumber(progress.total),
        })
      : t('adminProviders.synchronisation.looking');
  };
  const { done = 0, total = 0 } = live?.progress ?? {};
  const said = result ? resultText(result) : '';
  return (
    <Box my={2}>
      <Typography variant="body2" role="status">
        {live ? liveText(live) : said}
      </Typography>
      {live && (
        <LinearProgress
          aria-label={t('adminProviders.synchronisation.progress')}
          variant={total > 0 ? 'determinate' : 'indeterminate'}
          value={total > 0 ? Math.round((100 * done) / total) : undefined}
        />
      )}
    </Box>
  );
}
