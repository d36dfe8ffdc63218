import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type { Page } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';

/** The way to the next page and back; nothing where there is one page only. */
export function Paging(props: {
  label: string;
  /** Beside other pages, it is said which these are. */
  visibleLabel?: boolean;
  pageInfo: Page<unknown>['pageInfo'];
  onPage: (cursor: string) => void;
}) {
  const { label, visibleLabel = false, pageInfo, onPage } = props;
  const { prevCursor, nextCursor } = pageInfo;
  const t = useT();
  if (!prevCursor && !nextCursor) {
    return null;
  }
  return (
    <Box
      component="nav"
      aria-label={label}
      display="flex"
      justifyContent="center"
      alignItems="center"
      mt={3}
      gridGap={16}
    >
      {visibleLabel && (
        <Typography variant="body2" aria-hidden="true">
          {label}
        </Typography>
      )}
      <Button
        variant="outlined"
        disabled={!prevCursor}
        onClick={() => prevCursor && onPage(prevCursor)}
      >
        {t('shared.previous')}
      </Button>
      <Button
        variant="outlined"
        disabled={!nextCursor}
        onClick={() => nextCursor && onPage(nextCursor)}
      >
        {t('shared.next')}
      </Button>
    </Box>
  );
}
