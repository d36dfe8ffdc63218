/** Who uses a product, or all of them, as those who look after it see it. */
import { useState, type ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useSearchParams } from 'react-router-dom';
import type {
  Page,
  Product,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import {
  EmptyState,
  ErrorState,
  formatTotal,
  LoadingSkeleton,
  Paging,
  Problem,
  useTableStyles,
} from '../shared';
import { SubscriptionFilters } from './SubscriptionFilters';
import { SubscriptionRow } from './SubscriptionRow';
import {
  isFiltered,
  queryOf,
  readView,
  withPart,
  type SubscriptionsView,
} from './subscriptionsView';
import { useSubscriptions } from './useSubscriptions';

const COLUMNS = [
  'application',
  'owner',
  'product',
  'plan',
  'status',
  'since',
  'keys',
  'requester',
  'actions',
] as const;

function SubscriptionTable(props: {
  product?: Product;
  subscriptions: Subscription[];
  onChanged: () => void;
}) {
  const { product, subscriptions, onChanged } = props;
  const t = useT();
  const classes = useTableStyles();
  const [done, setDone] = useState(0);
  return (
    <TableContainer component={Paper}>
      <Table
        className={classes.table}
        size="small"
        aria-label={
          product
            ? t('subscriptions.tableOf', { product: product.title })
            : t('subscriptions.table')
        }
      >
        <TableHead>
          <TableRow>
            {COLUMNS.filter(column => !product || column !== 'product').map(
              column => (
                <TableCell key={column} scope="col">
                  {t(`subscriptions.column.${column}`)}
                </TableCell>
              ),
            )}
          </TableRow>
        </TableHead>
        <TableBody>
          {subscriptions.map(subscription => (
            <SubscriptionRow
              key={subscription.id}
              subscription={subscription}
              withProduct={!product}
              done={done}
              onDone={() => {
                setDone(count => count + 1);
                onChanged();
              }}
              onStale={onChanged}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** Keeps its place, so that the table keeps its. */
function News(props: { hasNews: boolean; onShow: () => void }) {
  const t = useT();
  return (
    <div role="status" style={{ minHeight: 28 }}>
      {props.hasNews && (
        <Typography variant="body2" component="div">
          {t('subscriptions.news')}{' '}
          <Button color="primary" size="small" onClick={props.onShow}>
            {t('subscriptions.show')}
          </Button>
        </Typography>
      )}
    </div>
  );
}

function Count({ page }: { page: Page<Subscription> }) {
  const t = useT();
  return (
    <Typography color="textSecondary">
      {page.totalIsAtLeast
        ? t('subscriptions.countAtLeast', { number: formatTotal(page) })
        : t('subscriptions.count', { count: page.totalItems })}
    </Typography>
  );
}

/**
 * Subscriptions, a page at a time, with search and filters in the address.
 *
 * @param product - whose subscribers they are; without one, subscriptions to all products are listed
 */
export function SubscriptionList({ product }: { product?: Product }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const { page, error, hasNews, show, reload } = useSubscriptions(
    queryOf(view, product?.ref),
  );
  const look = (part: keyof SubscriptionsView, value: string | undefined) =>
    setParams(withPart(params, part, value), { replace: part === 'q' });

  let content: ReactNode = (
    <LoadingSkeleton label={t('subscriptions.loading')} />
  );
  if (page && page.items.length > 0) {
    content = (
      <>
        <Problem title={t('subscriptions.failed')} error={error} background />
        <Count page={page} />
        <News hasNews={hasNews} onShow={show} />
        <SubscriptionTable
          product={product}
          subscriptions={page.items}
          onChanged={reload}
        />
        <Paging
          label={t('subscriptions.pages')}
          pageInfo={page.pageInfo}
          onPage={cursor => look('cursor', cursor)}
        />
      </>
    );
  } else if (error) {
    content = (
      <ErrorState
        title={t('subscriptions.failed')}
        error={error}
        onRetry={reload}
      />
    );
  } else if (page) {
    content = isFiltered(view) ? (
      <EmptyState title={t('subscriptions.nothingFound')} />
    ) : (
      <EmptyState
        title={t('subscriptions.emptyTitle')}
        description={t('subscriptions.emptyDescription')}
      />
    );
  }
  return (
    <Box>
      <SubscriptionFilters product={product} view={view} onChange={look} />
      {content}
    </Box>
  );
}
