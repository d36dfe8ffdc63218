/** The queue of those who decide: the list on one side, the request on the other; on a narrow screen one at a time. */
import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Grid from '@material-ui/core/Grid';
import Paper from '@material-ui/core/Paper';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useApi } from '@backstage/core-plugin-api';
import { useSearchParams } from 'react-router-dom';
import {
  formatNumber,
  type AccessRequest,
  type Id,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { EmptyState, ErrorState, LoadingSkeleton } from '../shared';
import { RequestDetail } from './RequestDetail';
import { RequestList } from './RequestList';
import { useApprovals, type ApprovalsTab } from './useApprovals';

/** Access requests that the caller decides about. Mounted by the plugin at its own route. @internal */
export function ApprovalsContent() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const [tab, setTab] = useState<ApprovalsTab>('waiting');
  const [pages, setPages] = useState(1);
  const [said, setSaid] = useState('');
  const api = useApi(apiProductsApiRef);
  const me = useResource('me', signal => api.getMe({ signal }));
  const requests = useApprovals(tab, pages);
  const waiting =
    tab === 'waiting' && requests.value
      ? requests.value.totalItems
      : me.value?.counts.pendingForMe;

  const linked = params.get('request') ?? undefined;
  const items = requests.value?.items ?? [];
  const selected = linked ?? (narrow ? undefined : items[0]?.id);
  const select = (id: Id | undefined) =>
    setParams(id ? { request: id } : {}, { replace: true });
  const choose = (id: Id | undefined) => {
    setSaid('');
    select(id);
  };

  const decided = (request: AccessRequest) => {
    const what = {
      product: request.product.title,
      plan: request.plan.title,
      application: request.application.name,
    };
    setSaid(
      request.status === 'rejected'
        ? t('approvals.decide.rejected', what)
        : t('approvals.decide.approved', what),
    );
    const index = items.findIndex(({ id }) => id === request.id);
    const others = items.filter(({ id }) => id !== request.id);
    // Who came by a link to a single request is led on to the queue.
    select(
      narrow ? undefined : others[Math.max(index, 0)]?.id ?? others.at(-1)?.id,
    );
    requests.reload();
    me.reload();
  };

  const list = (
    <>
      {!requests.value && requests.error && (
        <ErrorState
          title={t('approvals.loadFailed')}
          error={requests.error}
          onRetry={requests.reload}
        />
      )}
      {!requests.value && !requests.error && (
        <LoadingSkeleton label={t('approvals.loading')} />
      )}
      {requests.value && items.length === 0 && <Nothing tab={tab} />}
      {items.length > 0 && (
        <RequestList requests={items} selected={selected} onSelect={choose} />
      )}
      {requests.value?.truncated && (
        <Button onClick={() => setPages(pages + 1)}>
          {t('approvals.more')}
        </Button>
      )}
    </>
  );
  const detail = selected && (
    <Paper variant="outlined">
      <Box p={2} component="section" aria-label={t('approvals.detail.region')}>
        {narrow && (
          <Button onClick={() => choose(undefined)}>
            {t('approvals.back')}
          </Button>
        )}
        <RequestDetail
          key={selected}
          id={selected}
          user={me.value?.user}
          onDecided={decided}
        />
      </Box>
    </Paper>
  );

  return (
    <Box maxWidth={1300}>
      <Tabs
        value={tab}
        indicatorColor="primary"
        aria-label={t('approvals.tabs')}
        onChange={(_, next: ApprovalsTab) => {
          setTab(next);
          setPages(1);
          choose(undefined);
        }}
      >
        <Tab
          value="waiting"
          label={
            waiting !== undefined
              ? t('approvals.waiting', { number: formatNumber(waiting) })
              : t('approvals.waitingPlain')
          }
        />
        <Tab value="decided" label={t('approvals.decided')} />
      </Tabs>
      <Box my={1} role="status">
        <Typography variant="body2" component="span">
          {said}
        </Typography>
      </Box>
      <Grid container spacing={2}>
        {!(narrow && selected) && (
          <Grid item xs={12} md={selected ? 5 : 12}>
            {list}
          </Grid>
        )}
        {detail && (
          <Grid item xs={12} md={7}>
            {detail}
          </Grid>
        )}
      </Grid>
    </Box>
  );
}

function Nothing({ tab }: { tab: ApprovalsTab }) {
  const t = useT();
  return tab === 'waiting' ? (
    <EmptyState
      title={t('approvals.emptyWaitingTitle')}
      description={t('approvals.emptyWaiting')}
    />
  ) : (
    <EmptyState
      title={t('approvals.emptyDecidedTitle')}
      description={t('approvals.emptyDecided')}
    />
  );
}
