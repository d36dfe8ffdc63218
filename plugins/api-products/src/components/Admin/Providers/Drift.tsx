/** Where the provider has something else than the portal, and how it is settled. */
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useSearchParams } from 'react-router-dom';
import type { DriftItem, Provider } from 'backstage-plugin-api-products-common';
import { useSaid } from '../../../hooks/useSaid';
import { useT } from '../../../hooks/useT';
import { useUniqueId } from '../../../hooks/useUniqueId';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Paging,
  Problem,
  RelativeTime,
} from '../../shared';
import { DriftRow } from './DriftRow';
import { useDrift, type DriftFilter } from './useDrift';
import { useDriftCheck } from './useDriftCheck';

function Nothing({ filter }: { filter: DriftFilter }) {
  const t = useT();
  return filter === 'open' ? (
    <EmptyState
      title={t('adminProviders.drift.emptyTitle')}
      description={t('adminProviders.drift.emptyDescription')}
    />
  ) : (
    <EmptyState
      title={t('adminProviders.drift.emptyResolvedTitle')}
      description={t('adminProviders.drift.emptyResolvedDescription')}
    />
  );
}

/** What became of a difference, in words. */
function useResultText() {
  const t = useT();
  return (begun: DriftItem, now?: DriftItem): string => {
    const { title } = begun.subject;
    if (!now) {
      return t('adminProviders.drift.result.settled', { title });
    }
    return now.status === 'open' || now.status === 'repairing'
      ? t('adminProviders.drift.result.failed', {
          title,
          message: now.lastError ?? '',
        })
      : t(`adminProviders.drift.result.${now.status}`, { title });
  };
}

export function Drift(props: { provider: Provider; onChanged: () => void }) {
  const { provider, onChanged } = props;
  const t = useT();
  const filterId = useUniqueId('drift-filter');
  const [params, setParams] = useSearchParams();
  const filter = params.get('show') === 'resolved' ? 'resolved' : 'open';
  const cursor = params.get('cursor') ?? undefined;
  const [said, say] = useSaid();
  const resultText = useResultText();

  const drift = useDrift(provider.id, filter, cursor, (begun, now) => {
    say(resultText(begun, now));
    onChanged();
  });
  const check = useDriftCheck(provider, onChanged, () => {
    drift.reload();
    say(t('adminProviders.drift.foundNow', { count: provider.driftCount }));
  });

  let content = <LoadingSkeleton label={t('adminProviders.drift.loading')} />;
  if (drift.value) {
    const { items, pageInfo } = drift.value;
    content =
      items.length === 0 ? (
        <Nothing filter={filter} />
      ) : (
        <section aria-label={t('adminProviders.drift.list')}>
          {items.map(item => (
            <DriftRow key={item.id} item={item} onBegun={drift.watch} />
          ))}
          <Paging
            label={t('adminProviders.drift.pages')}
            pageInfo={pageInfo}
            onPage={next => setParams({ show: filter, cursor: next })}
          />
        </section>
      );
  } else if (drift.error) {
    content = (
      <ErrorState
        title={t('adminProviders.drift.loadFailed')}
        error={drift.error}
        onRetry={drift.reload}
      />
    );
  }

  return (
    <Box maxWidth={1000}>
      <Typography variant="body2" paragraph>
        {t('adminProviders.drift.explain')}
      </Typography>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={16}>
        <Button
          variant="outlined"
          color="primary"
          disabled={check.checking}
          onClick={check.run}
        >
          {t(
            check.checking
              ? 'adminProviders.drift.checking'
              : 'adminProviders.drift.check',
          )}
        </Button>
        <Typography variant="body2" color="textSecondary">
          {provider.driftCheckedAt ? (
            <>
              {t('adminProviders.drift.checked')}{' '}
              <RelativeTime at={provider.driftCheckedAt} />
            </>
          ) : (
            t('adminProviders.drift.neverChecked')
          )}
        </Typography>
        <Box flexGrow={1} />
        <TextField
          id={filterId}
          select
          SelectProps={{ native: true }}
          variant="outlined"
          size="small"
          label={t('adminProviders.drift.show')}
          value={filter}
          onChange={event => {
            setParams(
              event.target.value === 'resolved' ? { show: 'resolved' } : {},
            );
          }}
        >
          <option value="open">{t('adminProviders.drift.open')}</option>
          <option value="resolved">{t('adminProviders.drift.resolved')}</option>
        </TextField>
      </Box>
      <Problem
        title={t('adminProviders.drift.checkFailed')}
        error={check.error}
      />
      <Box my={1} role="status">
        <Typography variant="body2" component="span">
          {said}
        </Typography>
      </Box>
      {content}
    </Box>
  );
}
