import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import type { Page } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';

/** The way to the next page and back; nothing where there is one page only. */
export function Paging(props: {
  label: string;
  pageInfo: Page<unknown>['pageInfo'];
  onPage: (cursor: string) => void;
}) {
  const { label, pageInfo, onPage } = props;
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
      mt={3}
      gridGap={16}
    >
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
