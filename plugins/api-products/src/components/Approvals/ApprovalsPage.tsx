/** The queue of those who decide: the list on one side, the request on the other; on a narrow screen one at a time. */
import { useCallback, useEffect, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Grid from '@material-ui/core/Grid';
import Paper from '@material-ui/core/Paper';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useApi } from '@backstage/core-plugin-api';
import { useSearchParams } from 'react-router-dom';
import type { AccessRequest, Id } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';
import { useSettled } from '../../hooks/useSettled';
import { useT } from '../../hooks/useT';
import {
  EmptyState,
  EntityName,
  ErrorState,
  formatTotal,
  LoadingSkeleton,
  Paging,
  type Total,
} from '../shared';
import { DecideMany } from './DecideMany';
import { RequestDetail } from './RequestDetail';
import { RequestList } from './RequestList';
import { useApprovals, type ApprovalsTab } from './useApprovals';
import { useMany } from './useMany';

const useStyles = makeStyles(
  theme => ({
    // Beside a long list, too.
    detail: {
      position: 'sticky',
      top: theme.spacing(2),
      maxHeight: `calc(100vh - ${theme.spacing(4)}px)`,
      overflowY: 'auto',
    },
  }),
  { name: 'ApiProductsApprovals' },
);

const tabOf = (params: URLSearchParams): ApprovalsTab =>
  params.get('tab') === 'decided' ? 'decided' : 'waiting';

/** Access requests that the caller decides about. Mounted by the plugin at its own route. */
export function ApprovalsContent() {
  const t = useT();
  const classes = useStyles();
  const [params, setParams] = useSearchParams();
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  const tab = tabOf(params);
  const product = params.get('product') ?? undefined;
  const cursor = params.get('cursor') ?? undefined;
  const [chosen, setChosen] = useState(false);
  const [manyDecided, setManyDecided] = useState(0);
  const api = useApi(apiProductsApiRef);
  const me = useResource('me', signal => api.getMe({ signal }));
  const requests = useApprovals({ tab, product, cursor });
  const total = requests.news ?? requests.value;
  const pending: Total | undefined = me.value && {
    totalItems: me.value.counts.pendingForMe,
  };
  const waiting = tab === 'waiting' && !product && total ? total : pending;

  const items = requests.value?.items ?? [];
  const selected = params.get('request') ?? undefined;
  const settled = useSettled(selected);
  const go = useCallback(
    (changes: Record<string, string | undefined>, replace = false) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) {
              after.delete(name);
            } else {
              after.set(name, value);
            }
          }
          return after;
        },
        { replace },
      ),
    [setParams],
  );
  // What is looked at stands in the address from the beginning, so that a newer list does not bring another one.
  const first = narrow || selected !== undefined ? undefined : items[0]?.id;
  useEffect(() => {
    if (first) {
      go({ request: first }, true);
    }
  }, [first, go]);
  // Everything on a later page has been decided: what waits still is on the first one.
  const emptied = cursor !== undefined && requests.value?.items.length === 0;
  useEffect(() => {
    if (emptied) {
      go({ cursor: undefined }, true);
    }
  }, [emptied, go]);
  const choose = (id: Id | undefined) => {
    setChosen(true);
    go({ request: id });
  };
  const others = items.filter(({ id }) => id !== selected);

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
      {requests.value && tab === 'waiting' && (
        <Queue
          key={product}
          requests={items}
          page={cursor}
          selected={selected}
          onSelect={choose}
          onDecided={() => {
            setManyDecided(times => times + 1);
            requests.refresh();
            me.reload();
          }}
        />
      )}
      {requests.value && items.length === 0 && <Nothing tab={tab} />}
      {tab === 'decided' && items.length > 0 && (
        <RequestList requests={items} selected={selected} onSelect={choose} />
      )}
      {requests.value && (
        <Paging
          label={t('approvals.pages')}
          pageInfo={requests.value.pageInfo}
          onPage={next => go({ cursor: next, request: undefined })}
        />
      )}
    </>
  );
  const detail = selected && (
    <Paper variant="outlined" className={narrow ? undefined : classes.detail}>
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
          chosen={chosen}
          settled={settled}
          manyDecided={manyDecided}
          next={tab === 'waiting' ? others[0] : undefined}
          onNext={({ id }) => choose(id)}
          onBack={() => choose(undefined)}
          onDecided={() => {
            requests.refresh();
            me.reload();
          }}
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
          setChosen(false);
          go({
            tab: next === 'decided' ? next : undefined,
            cursor: undefined,
            request: undefined,
          });
        }}
      >
        <Tab
          value="waiting"
          label={
            waiting !== undefined
              ? t('approvals.waiting', { number: formatTotal(waiting) })
              : t('approvals.waitingPlain')
          }
        />
        <Tab value="decided" label={t('approvals.decided')} />
      </Tabs>
      <Box my={1} minHeight={32}>
        {product && (
          <Typography variant="body2" component="span">
            {t('approvals.ofProduct', {
              product: <EntityName entityRef={product} />,
            })}{' '}
            <Button
              color="primary"
              size="small"
              onClick={() =>
                go({
                  product: undefined,
                  cursor: undefined,
                  request: undefined,
                })
              }
            >
              {t('approvals.ofAll')}
            </Button>
          </Typography>
        )}
        <Typography variant="body2" component="span" role="status">
          {requests.news && (
            <News
              before={items}
              now={requests.news.items}
              onShow={requests.show}
            />
          )}
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

/** What waits, to be decided one by one or many together. */
function Queue(props: {
  requests: AccessRequest[];
  page?: string;
  selected?: Id;
  onSelect: (id: Id) => void;
  onDecided: () => void;
}) {
  const { requests, page, selected, onSelect, onDecided } = props;
  const many = useMany(requests, page, onDecided);
  return (
    <>
      <DecideMany many={many} />
      {many.shown.length > 0 && (
        <RequestList
          requests={many.shown}
          selected={selected}
          onSelect={onSelect}
          many={many}
        />
      )}
    </>
  );
}

/** What the list would be like, and the way to it. */
function News(props: {
  before: AccessRequest[];
  now: AccessRequest[];
  onShow: () => void;
}) {
  const t = useT();
  const known = new Set(props.before.map(({ id }) => id));
  const count = props.now.filter(({ id }) => !known.has(id)).length;
  return (
    <>
      {count > 0 ? t('approvals.news', { count }) : t('approvals.changed')}{' '}
      <Button color="primary" size="small" onClick={props.onShow}>
        {t('approvals.show')}
      </Button>
    </>
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
