import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type { Page } from 'backstage-plugin-api-products-common';
import type { Resource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import {
  ErrorState,
  LoadingSkeleton,
  Paging,
  Problem,
  useTableStyles,
} from '../../shared';

/** A section of the page: what is left behind, a page of it at a time. */
export function LeftBehind<T>(props: {
  page: Resource<Page<T>>;
  labels: {
    title: string;
    explain: string;
    table: string;
    loading: string;
    failed: string;
    pages: string;
  };
  /** What was done last. */
  said: string;
  /** The first one names the row. */
  columns: [title: string, cell: (item: T) => ReactNode][];
  keyOf: (item: T) => string;
  onPage: (cursor: string) => void;
}) {
  const { page, labels, said, columns, keyOf, onPage } = props;
  const t = useT();
  const classes = useTableStyles();

  let content: ReactNode = (
    <LoadingSkeleton label={labels.loading} variant="text" count={2} />
  );
  if (page.value) {
    content = (
      <>
        <Problem title={labels.failed} error={page.error} background />
        {page.value.items.length === 0 ? (
          <Typography variant="body2">{t('adminCleanUp.nothing')}</Typography>
        ) : (
          <TableContainer component={Paper}>
            <Table
              className={classes.table}
              size="small"
              aria-label={labels.table}
            >
              <TableHead>
                <TableRow>
                  {columns.map(([title]) => (
                    <TableCell key={title} scope="col">
                      {title}
                    </TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {page.value.items.map(item => (
                  <TableRow key={keyOf(item)}>
                    {columns.map(([title, cell], index) =>
                      index === 0 ? (
                        <TableCell
                          key={title}
                          component="th"
                          scope="row"
                          role="rowheader"
                        >
                          {cell(item)}
                        </TableCell>
                      ) : (
                        <TableCell key={title}>{cell(item)}</TableCell>
                      ),
                    )}
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        )}
        <Paging
          label={labels.pages}
          pageInfo={page.value.pageInfo}
          onPage={onPage}
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
  }

  return (
    <Box component="section" mb={4}>
      <Typography variant="h6" component="h2">
        {labels.title}
      </Typography>
      <Typography variant="body2" color="textSecondary" paragraph>
        {labels.explain}
      </Typography>
      <Box mb={1} role="status">
        <Typography variant="body2" component="span">
          {said}
        </Typography>
      </Box>
      {content}
    </Box>
  );
}
