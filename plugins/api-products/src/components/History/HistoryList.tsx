import List from '@material-ui/core/List';
import Paper from '@material-ui/core/Paper';
import { useApi } from '@backstage/core-plugin-api';
import type { HistoryQuery } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  Paging,
  Problem,
} from '../shared';
import { HistoryLine } from './HistoryLine';

/** Which lines, without their page. */
export type HistoryFilter = Omit<HistoryQuery, 'limit' | 'cursor'>;

/** Lines of the history, the latest first, a page at a time. */
export function HistoryList(props: {
  filter: HistoryFilter;
  /** What it is the history of, for those who hear the page. */
  label: string;
  /** Somebody looks for something; otherwise all there is is shown. */
  searching?: boolean;
  /** Lines on a page; as many as the server gives if absent. */
  limit?: number;
  cursor?: string;
  onPage: (cursor: string) => void;
}) {
  const { filter, label, searching, limit, cursor, onPage } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const query = {
    ...filter,
    ...(limit && { limit }),
    ...(cursor && { cursor }),
  };
  const page = useResource(`history ${JSON.stringify(query)}`, signal =>
    api.listHistory(query, { signal }),
  );
  useRefreshSignal(page.reloadSoon);

  if (!page.value) {
    return page.error ? (
      <ErrorState
        title={t('history.failed')}
        error={page.error}
        onRetry={page.reload}
      />
    ) : (
      <LoadingSkeleton label={t('history.loading')} />
    );
  }
  const { items, pageInfo } = page.value;
  if (items.length === 0) {
    return searching ? (
      <EmptyState title={t('history.nothingFound')} />
    ) : (
      <EmptyState
        title={t('history.emptyTitle')}
        description={t('history.emptyDescription')}
      />
    );
  }
  return (
    <>
      <Problem title={t('history.failed')} error={page.error} background />
      <Paper variant="outlined">
        <List aria-label={label}>
          {items.map(entry => (
            <HistoryLine key={entry.id} entry={entry} />
          ))}
        </List>
      </Paper>
      <Paging label={t('history.pages')} pageInfo={pageInfo} onPage={onPage} />
    </>
  );
}
