import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Page } from 'backstage-plugin-api-products-common';
import type { Resource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import {
  EmptyState,
  ErrorState,
  formatTotal,
  LoadingSkeleton,
  Paging,
  Problem,
  SearchField,
} from '../shared';
import type { ListQuery } from './useListQuery';

const useStyles = makeStyles(
  theme => ({
    // Seen from the end of a long list, too.
    said: {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      backgroundColor: theme.palette.background.default,
      // Keeps its place, so that the list keeps its.
      minHeight: 20,
    },
  }),
  { name: 'ApiProductsListFrame' },
);

interface ListFrameProps<T> {
  page: Resource<Page<T>>;
  query: ListQuery;
  labels: {
    search: string;
    add: string;
    loading: string;
    failed: string;
    emptyTitle: string;
    emptyDescription: string;
    noMatch: string;
    pages: string;
  };
  /** What was done last. */
  said: string;
  skeleton?: 'rows' | 'cards';
  onAdd: () => void;
  children: (items: T[]) => ReactNode;
}

/** Search, adding and pages around a list, and what to say where there is none. */
export function ListFrame<T>(props: ListFrameProps<T>) {
  const { page, query, labels, said, onAdd, children } = props;
  const t = useT();
  const classes = useStyles();

  let content: ReactNode = (
    <LoadingSkeleton label={labels.loading} variant={props.skeleton} />
  );
  if (page.value && page.value.items.length > 0) {
    content = (
      <>
        <Problem title={labels.failed} error={page.error} background />
        {children(page.value.items)}
        <Paging
          label={labels.pages}
          pageInfo={page.value.pageInfo}
          onPage={query.turnTo}
        />
      </>
    );
  } else if (page.error) {
    content = (
      <ErrorState
        title={labels.failed}
        error={page.error}
        onRetry={page.reload}
      />
    );
  } else if (page.value) {
    content = query.q ? (
      <EmptyState title={labels.noMatch} />
    ) : (
      <EmptyState
        title={labels.emptyTitle}
        description={labels.emptyDescription}
      />
    );
  }

  return (
    <>
      <Box
        display="flex"
        flexWrap="wrap"
        alignItems="center"
        gridGap={16}
        mb={2}
      >
        <SearchField
          label={labels.search}
          q={query.q}
          onSearch={query.search}
        />
        <Box flexGrow={1}>
          {page.value && (
            <Typography color="textSecondary" component="span">
              {page.value.totalIsAtLeast
                ? t('admin.countAtLeast', { number: formatTotal(page.value) })
                : t('admin.count', { count: page.value.totalItems })}
            </Typography>
          )}
        </Box>
        <Button color="primary" variant="contained" onClick={onAdd}>
          {labels.add}
        </Button>
      </Box>
      <Box mb={1} role="status" className={classes.said}>
        <Typography variant="body2" component="span">
          {said}
        </Typography>
      </Box>
      {content}
    </>
  );
}
